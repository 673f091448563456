"""Orders under way: what the clock looks at, and how they move."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from integrations.base import ProviderError
from integrations.models import Order
from integrations.orders import cancel, money, settle
from integrations.orders.errands import errand, provider_of
from integrations.orders.moves import Stale, look_again, move, take
from integrations.orders.payments import RETRY
from integrations.providers.base import Progress

logger = logging.getLogger(__name__)
STAGES = ("waiting", "preparing", "pickup", "courier", "delivered")
AT_ONCE = 200


def due(now: datetime) -> list[int]:
    """Return the ids of the orders that the clock should look at."""
    return list(Order.objects.filter(check_at__lte=now).order_by("check_at").values_list("pk", flat=True)[:AT_ONCE])


def advance(order_id: int, now: datetime) -> bool:
    """Finish what is half done and follow the provider; return whether anything changed. Safe to call at any time and
    from several processes.
    """
    order = take(order_id, now)
    if order is None:
        return False
    before = order.version
    if settle.is_open(order):
        settle.settle(order, now)
    if order.state == Order.State.ACTIVE and not settle.is_open(order):
        follow(order, now)
    elif not settle.is_open(order):
        look_again(order, None)
    return order.version != before


def follow(order: Order, now: datetime) -> Order:
    """Bring an active order to where its provider says it is."""
    try:
        progress = provider_of(order).status(errand(order), now)
    except ProviderError as error:
        logger.warning("the status of order %s is not to be had: %s", order.pk, error)
        look_again(order, now + RETRY)
        return order
    try:
        if progress.stage == "cancelled":
            _called_off(order, now)
        else:
            _move_on(order, progress, now)
    except Stale:
        order.refresh_from_db()
    return order


def _move_on(order: Order, progress: Progress, now: datetime) -> None:
    """Write down each stage that was reached since. A person is told of the courier and of the delivery; who is at the
    door already does not hear that the courier has left.
    """
    passed = STAGES[STAGES.index(order.fulfilment) + 1 : STAGES.index(progress.stage) + 1]
    for stage in passed:
        at = progress.reached.get(stage, now)
        reached = {**order.details.get("reached", {}), stage: at.isoformat()}
        told = stage not in {"courier", "delivered"} or (stage == "courier" and progress.stage == "delivered")
        details = {**order.details, "reached": reached}
        changes: dict[str, Any] = {"fulfilment": stage}
        if stage == progress.stage:  # until then nobody else need look at it
            changes["check_at"] = progress.next_at or now + RETRY
        if progress.promised_at and (order.promised_at is None or progress.promised_at > order.promised_at):
            changes["promised_at"] = progress.promised_at
        if progress.courier:
            details["courier"] = progress.courier
        if stage == "delivered":
            details["delivered_at"] = now.isoformat()
            changes |= {"state": Order.State.COMPLETED, "check_at": None}
        move(
            order,
            stage,
            key=f"stage:{stage}",
            now=now,
            told=told,
            data={"at": at.isoformat()},
            details=details,
            **changes,
        )
    if not passed:
        look_again(order, progress.next_at or now + RETRY)


def _called_off(order: Order, now: datetime) -> None:
    """Close an order that the seller cancelled: everything is given back."""
    left = money.paid(order) - money.promised_back(order)
    plan = {"quote": f"seller:{order.number}", "refund": str(left), "restock": False, "by": "seller"}
    cancel.close(order, plan, dict(order.details), now, told=False)
    settle.settle(order, now)
