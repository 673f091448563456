"""The one way an order moves: compare-and-set on (state, version), with an event under a key of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from integrations.models import Order, OrderEvent

LEASE = timedelta(seconds=60)  # how long whoever works on an order is left alone


class Stale(Exception):
    """Somebody else has moved the order."""


def move(
    order: Order,
    event: str,
    *,
    key: str,
    now: datetime,
    told: bool = True,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Move `order` from the state and version it was read at, in one transaction with its event, and bring `order` up
    to date. Raise Stale where it has been moved since, or where the same cause has moved it before.

    `told`: the person knows already, or needs no telling; else a message will be made of the event.
    """
    with transaction.atomic():
        unmoved = Order.objects.filter(pk=order.pk, state=order.state, version=order.version)
        if not unmoved.update(version=F("version") + 1, updated_at=timezone.now(), **changes):
            raise Stale(order.number)
        name = f"{order.pk}:{key}"
        if OrderEvent.objects.filter(key=name).exists():
            raise Stale(name)
        OrderEvent.objects.create(order=order, key=name, kind=event, data=data or {}, at=now, announced=told)
    order.refresh_from_db()


def look_again(order: Order, at: datetime | None) -> None:
    """Set when the clock should look at `order` next, unless somebody has moved it since."""
    Order.objects.filter(pk=order.pk, version=order.version).update(check_at=at)


def take(order_id: int, now: datetime) -> Order | None:
    """Return an order that is due, taken for a minute against others; None where it is not due or another has it."""
    due = Order.objects.filter(pk=order_id, check_at__lte=now)
    if not due.update(check_at=now + LEASE):
        return None
    return Order.objects.select_related("merchant", "person").get(pk=order_id)
