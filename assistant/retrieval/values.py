"""What documents are said to be or have, as whole values: a facility, a recommended dish, a class of hotel, a tag."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.retrieval.columns import Array
from assistant.retrieval.documents import Document
from assistant.retrieval.names import name_key


@dataclass(frozen=True)
class Value:
    """A value that documents have."""

    key: str  # the name key it is looked up by
    text: str  # as it is written in the catalogue
    attribute: str


@dataclass(frozen=True)
class Values:
    """All values in the order of their keys, and the documents that have each."""

    values: list[Value] = field(metadata={"array": False})
    starts: Array  # int64, one more than values: where a value's documents stand in `places`
    places: Array  # int32, ascending within a value

    def find(self, key: str) -> Iterator[int]:
        """Yield the numbers of the values with this key, one for each attribute that has it."""
        at = bisect_left(self.values, key, key=lambda value: value.key)
        while at < len(self.values) and self.values[at].key == key:
            yield at
            at += 1

    def of(self, number: int) -> Array:
        """Return the places of the documents that have value `number`."""
        return self.places[int(self.starts[number]) : int(self.starts[number + 1])]

    def holding(self, keys: Sequence[str], documents: int) -> Array:
        """Return which of all `documents` have one of the values, bool."""
        mask = np.zeros(documents, dtype=np.bool_)
        for key in keys:
            for number in self.find(key):
                mask[self.of(number)] = True
        return mask


def make_values(documents: Sequence[Document]) -> Values:
    """Return the values of `documents`, which are named by their places in the sequence."""
    found: dict[tuple[str, str], tuple[str, list[int]]] = {}
    for place, document in enumerate(documents):
        for attribute, text in document.values:
            if key := name_key(text):
                places = found.setdefault((key, attribute), (text, []))[1]
                if not places or places[-1] != place:
                    places.append(place)
    ordered = sorted(found)
    lists = [found[name][1] for name in ordered]
    starts = np.cumsum([0, *map(len, lists)], dtype=np.int64)
    flat = np.fromiter((place for several in lists for place in several), dtype=np.int32, count=int(starts[-1]))
    values = [Value(key, found[key, attribute][0], attribute) for key, attribute in ordered]
    return Values(values, starts, flat)
