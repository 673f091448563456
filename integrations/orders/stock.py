"""Dishes that are counted: taken when an order is confirmed, given back when it comes to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F

from integrations.models import Offer


class SoldOut(Exception):
    """Somebody else took the last one."""


def take(wanted: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Take each (offer, how many) inside the caller's transaction and return what was taken; raise SoldOut.

    Rows are taken in the order of their ids, so that two orders never wait for each other.
    """
    taken = []
    for offer, count in sorted(wanted):
        if not _take_stock(offer, count):
            raise SoldOut(offer)
        taken.append([offer, count])
    return taken


def give_back(taken: Sequence[Sequence[int]]) -> None:
    """Put back what was taken."""
    for offer, count in sorted((int(pair[0]), int(pair[1])) for pair in taken):
        _give_back_stock(offer, count)


def _take_stock(offer: int, count: int) -> bool:
    rows = Offer.objects.filter(pk=offer, is_active=True)
    if rows.filter(stock=None).exists():
        return True
    return bool(rows.filter(stock__gte=count).update(stock=F("stock") - count))


def _give_back_stock(offer: int, count: int) -> None:
    Offer.objects.filter(pk=offer).exclude(stock=None).update(stock=F("stock") + count)
