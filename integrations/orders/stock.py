"""Dishes that are counted: taken when an order is confirmed, given back when it comes to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from integrations.catalogue.edits import give_back_stock, take_stock


class SoldOut(Exception):
    """Somebody else took the last one."""


def take(wanted: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Take each (offer, how many) inside the caller's transaction and return what was taken; raise SoldOut.

    Rows are taken in the order of their ids, so that two orders never wait for each other.
    """
    taken = []
    for offer, count in sorted(wanted):
        if not take_stock(offer, count):
            raise SoldOut(offer)
        taken.append([offer, count])
    return taken


def give_back(taken: Sequence[Sequence[int]]) -> None:
    """Put back what was taken."""
    for offer, count in sorted((int(pair[0]), int(pair[1])) for pair in taken):
        give_back_stock(offer, count)
