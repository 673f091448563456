"""The names locations go by, to look up exactly, by their beginning and by what they hold."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.retrieval.text import normalise

_SEPARATORS = re.compile(r"[\W_]+")
# What people add to a name or leave away, longest first.
_ENDINGS = {
    "metro": ("地铁站", "地铁", "站", "metrostation", "metro", "station"),
    "station": ("火车站", "高铁站", "站", "railwaystation", "station"),
    "airport": ("国际机场", "机场", "internationalairport", "airport"),
    "district": ("新区", "区", "district"),
    "area": ("商圈", "area"),
}


def name_key(text: str) -> str:
    """Return a name in the form it is looked up by: Jing'an Temple -> jingantemple."""
    return _SEPARATORS.sub("", normalise(text))


def name_keys(kind: str, names: Iterable[str], city: Sequence[str]) -> tuple[str, ...]:
    """Return every key of a location: its names, with and without the ending of its kind and its city in front.

    The city's own name is none of them: 上海站 is not meant by 上海.
    """
    cities = {name_key(name) for name in city}
    keys = {name_key(name) for name in names}
    keys |= {key.removeprefix(name) for key in keys for name in cities if key.startswith(name)}
    endings = _ENDINGS.get(kind, ())
    for key in list(keys):
        ending = next((ending for ending in endings if key.endswith(ending)), "")
        base = key.removesuffix(ending)
        keys |= {base} | {base + other for other in endings if other.isascii() == base.isascii()}
    return tuple(sorted(key for key in keys - cities if len(key) > 1 and key not in endings))


@dataclass(frozen=True)
class Names:
    """Name keys in order, and beside each the place of its document."""

    keys: list[str]
    places: list[int]

    def exact(self, key: str) -> Iterator[int]:
        """Yield the documents that go by this very name."""
        for at in range(bisect_left(self.keys, key), len(self.keys)):
            if self.keys[at] != key:
                return
            yield self.places[at]

    def holding(self, part: str) -> Iterator[tuple[str, int]]:
        """Yield (name, document) of names with `part` anywhere inside."""
        for name, place in zip(self.keys, self.places, strict=True):
            if part in name:
                yield name, place


def make_names(names: Sequence[Sequence[str]]) -> Names:
    """Return the name keys of documents, given in the order of their places."""
    pairs = sorted((key, place) for place, several in enumerate(names) for key in set(several))
    return Names([key for key, _ in pairs], [place for _, place in pairs])
