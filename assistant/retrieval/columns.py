"""What documents are filtered on, as one array per attribute."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.documents import MODELS, Document
from assistant.retrieval.text import term_key

Array = NDArray[Any]
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Tables:
    """What the codes in the columns stand for."""

    kinds: list[str]
    categories: list[str]
    tags: list[str]  # bit n of word n // 64 of a row's tags
    zones: list[str]  # IANA names
    hours: list[list[list[int]]]  # patterns of opening hours: (from, to) in minutes of the week


@dataclass(frozen=True)
class Columns:
    """One entry per document in every array, in the order of `Document.key`."""

    model: Array  # uint8, place in documents.MODELS
    row: Array  # int64, id in the database
    merchant: Array  # int64, 0: none
    city: Array  # int32
    zone: Array  # uint16
    kind: Array  # uint16
    category: Array  # uint16
    cuisine: Array  # uint16
    price: Array  # int64, hundredths, -1: unknown
    rating: Array  # int8, tenths, -1: unknown
    spice: Array  # int8, -1: unknown
    district: Array  # int64, 0: not known
    lat: Array  # float64, degrees; NaN: not known
    lng: Array  # float64
    tags: Array  # uint64, (documents, words)
    hours: Array  # uint32, place in tables.hours
    delivery_km: Array  # float64, -1: does not deliver
    active: Array  # bool
    popularity: Array  # float32, 0..1
    titles: Array  # uint64, (documents, 2): term keys of the Chinese and English name
    digest: Array  # uint64
    tables: Tables = field(metadata={"array": False})

    def __len__(self) -> int:
        return len(self.row)

    def counts(self) -> dict[str, int]:
        """Return how many documents there are of each model."""
        found = np.bincount(self.model, minlength=len(MODELS))
        return {model: int(found[number]) for number, model in enumerate(MODELS)}

    def find(self, model: str, row: int) -> int | None:
        """Return the place of a row, or None."""
        start, end = np.searchsorted(self.model, [MODELS.index(model), MODELS.index(model) + 1])
        place = int(start + np.searchsorted(self.row[start:end], row))
        return place if place < end and self.row[place] == row else None


def _code(codes: dict[T, int], value: T) -> int:
    """Return the number of `value`: values are numbered in the order they come."""
    return codes.setdefault(value, len(codes))


def make_columns(documents: Sequence[Document]) -> Columns:
    """Return the columns of `documents`, which must stand in the order of model and row."""
    kinds: dict[str, int] = {}
    categories: dict[str, int] = {}
    zones: dict[str, int] = {}
    hours: dict[tuple[tuple[int, int], ...], int] = {}
    tags = {tag: bit for bit, tag in enumerate(sorted({tag for document in documents for tag in document.tags}))}

    def column(kind: Any, value: Callable[[Document], Any]) -> Array:
        return np.fromiter((value(document) for document in documents), dtype=kind, count=len(documents))

    arrays = {
        "model": column(np.uint8, lambda document: MODELS.index(document.model)),
        "row": column(np.int64, lambda document: document.row),
        "merchant": column(np.int64, lambda document: document.merchant),
        "city": column(np.int32, lambda document: document.city),
        "zone": column(np.uint16, lambda document: _code(zones, document.zone)),
        "kind": column(np.uint16, lambda document: _code(kinds, document.kind)),
        "category": column(np.uint16, lambda document: _code(categories, document.category)),
        "cuisine": column(np.uint16, lambda document: _code(categories, document.cuisine)),
        "price": column(np.int64, lambda document: document.price),
        "rating": column(np.int8, lambda document: document.rating),
        "spice": column(np.int8, lambda document: document.spice),
        "district": column(np.int64, lambda document: document.district),
        "lat": column(np.float64, lambda document: document.lat),
        "lng": column(np.float64, lambda document: document.lng),
        "tags": _tag_bits(documents, tags),
        "hours": column(np.uint32, lambda document: _code(hours, document.hours)),
        "delivery_km": column(np.float64, lambda document: document.delivery_km),
        "active": column(np.bool_, lambda document: document.active),
        "popularity": column(np.float32, lambda document: document.popularity),
        "titles": np.array([[*map(term_key, document.titles)] for document in documents], np.uint64).reshape(-1, 2),
        "digest": column(np.uint64, lambda document: document.digest),
    }
    patterns = [[list(span) for span in pattern] for pattern in hours]
    tables = Tables(list(kinds), list(categories), list(tags), list(zones), patterns)
    return Columns(**arrays, tables=tables)


def _tag_bits(documents: Sequence[Document], codes: dict[str, int]) -> Array:
    bits = np.zeros((len(documents), max(1, -(-len(codes) // 64))), dtype=np.uint64)
    for place, document in enumerate(documents):
        for tag in document.tags:
            word, bit = divmod(codes[tag], 64)
            bits[place, word] |= np.uint64(1 << bit)
    return bits
