"""Hard filters, evaluated on the columns before anything is ranked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from zoneinfo import ZoneInfo

import numpy as np

from assistant.retrieval.columns import Array, Columns
from assistant.retrieval.documents import MODELS
from assistant.retrieval.segment import Segment
from integrations.base import Filters

EARTH_KM = 6371.0088  # mean radius, IUGG


def distance_km(lat: Array, lng: Array, point: tuple[float, float]) -> Array:
    """Return the great-circle distances to `point` (haversine) in kilometres."""
    here, there = np.radians(lat), math.radians(point[0])
    half = np.sin((here - there) / 2) ** 2
    half += np.cos(here) * math.cos(there) * np.sin(np.radians(lng - point[1]) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def select(segment: Segment, filters: Filters, alive: Array | None = None) -> Array:
    """Return the places (int64, ascending) of the active documents that satisfy every filter."""
    columns = segment.columns
    mask = columns.active & alive if alive is not None else columns.active.copy()
    if filters.model:
        mask &= columns.model == MODELS.index(filters.model)
    if filters.city is not None:
        mask &= columns.city == filters.city
    if filters.district is not None:
        mask &= columns.district == filters.district
    if filters.box is not None:
        south, west, north, east = filters.box
        mask &= (columns.lat >= south) & (columns.lat <= north) & (columns.lng >= west) & (columns.lng <= east)
    for keys in filters.values:
        mask &= segment.values.holding(keys, len(segment))
    if filters.kinds:
        mask &= _among(columns.kind, columns.tables.kinds, filters.kinds)
    if filters.categories:
        own = _among(columns.category, columns.tables.categories, filters.categories)
        mask &= own | _among(columns.cuisine, columns.tables.categories, filters.categories)
    if filters.merchants:
        mask &= np.isin(columns.merchant, np.array(filters.merchants, dtype=np.int64))
    _numbers(mask, columns, filters)
    _tags(mask, columns, filters)
    places = np.flatnonzero(mask)
    if filters.open_at is not None and len(places):
        places = places[is_open(columns, places, filters.open_at)]
    return _around(columns, places, filters)


def _numbers(mask: Array, columns: Columns, filters: Filters) -> None:
    """Price, rating and spice: what is not known does not satisfy."""
    if filters.min_price is not None:
        mask &= columns.price >= _hundredths(filters.min_price, ROUND_CEILING)
    if filters.max_price is not None:
        mask &= columns.price <= _hundredths(filters.max_price, ROUND_FLOOR)
    if filters.min_price is not None or filters.max_price is not None:
        mask &= columns.price >= 0
    if filters.min_rating is not None:
        mask &= columns.rating >= math.ceil(round(filters.min_rating * 10, 6))
        mask &= columns.rating >= 0
    if filters.max_spice is not None:
        mask &= (columns.spice >= 0) & (columns.spice <= filters.max_spice)


def _hundredths(price: Decimal, rounding: str) -> int:
    return int((Decimal(price) * 100).to_integral_value(rounding))


def _tags(mask: Array, columns: Columns, filters: Filters) -> None:
    known = {tag: place for place, tag in enumerate(columns.tables.tags)}
    for tag in filters.tags:
        mask &= _has(columns, known[tag]) if tag in known else False
    for tag in filters.without:
        if tag in known:
            mask &= ~_has(columns, known[tag])


def _has(columns: Columns, tag: int) -> Array:
    word, bit = divmod(tag, 64)
    return np.asarray((columns.tags[:, word] & np.uint64(1 << bit)) != 0)


def _among(column: Array, names: Sequence[str], wanted: Sequence[str]) -> Array:
    hit = np.array([name in wanted and name != "" for name in names], dtype=np.bool_)
    return hit[column] if len(names) else np.zeros(len(column), dtype=np.bool_)


def is_open(columns: Columns, places: Array, at: datetime) -> Array:
    """Return which of the documents at `places` are open at `at`, each by the clock of its city; no hours: always."""
    tables = columns.tables
    table = np.zeros((len(tables.zones), len(tables.hours)), dtype=np.bool_)
    for zone, name in enumerate(tables.zones):
        local = at.astimezone(ZoneInfo(name))
        minute = local.weekday() * 1440 + local.hour * 60 + local.minute
        table[zone] = [not pattern or any(start <= minute < end for start, end in pattern) for pattern in tables.hours]
    return np.asarray(table[columns.zone[places], columns.hours[places]])


def _around(columns: Columns, places: Array, filters: Filters) -> Array:
    if filters.near is not None and filters.km is not None and len(places):
        places = places[distance_km(columns.lat[places], columns.lng[places], filters.near) <= filters.km]
    if filters.delivers_to is not None and len(places):
        reach = columns.delivery_km[places]
        places = places[distance_km(columns.lat[places], columns.lng[places], filters.delivers_to) <= reach]
    return places
