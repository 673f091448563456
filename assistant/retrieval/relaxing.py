"""Which filters are given up, and in which order, where nothing satisfies all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from integrations.base import Filters


def loosen(filters: Filters) -> Iterator[tuple[tuple[str, ...], Filters]]:
    """Yield ever looser filters with the names of those given up: one alone, then several, least important first."""
    steps = list(_steps(filters))
    for name, variants in steps:
        for variant in variants:
            yield (name,), replace(filters, **variant)
    given_up: tuple[str, ...] = ()
    so_far = filters
    for name, variants in steps:
        if given_up:
            for variant in variants:
                yield (*given_up, name), replace(so_far, **variant)
        given_up, so_far = (*given_up, name), replace(so_far, **variants[-1])


def _steps(filters: Filters) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if filters.min_rating is not None:
        yield "min_rating", [{"min_rating": None}]
    if filters.categories:
        yield "categories", [{"categories": ()}]
    if filters.max_price is not None:
        yield "max_price", [{"max_price": filters.max_price * Decimal("1.25")}, {"max_price": None}]
    if filters.near is not None and filters.km is not None:
        yield "km", [{"km": filters.km * 2}, {"km": None}]
    if filters.open_at is not None:
        yield "open_at", [{"open_at": None}]
