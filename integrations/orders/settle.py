"""Carry an order on as far as it goes now. Every step can be repeated; killed at any point, the next call goes on."""

from __future__ import annotations

from datetime import datetime

from integrations.base import ProviderError
from integrations.models import Order
from integrations.orders import cancel, payments, refunds
from integrations.orders.errands import errand, provider_of
from integrations.orders.moves import Stale, look_again, move

STEPS = 12  # more than any order needs in one go
UNPAID = (Order.Payment.PENDING, Order.Payment.UNKNOWN)


def settle(order: Order, now: datetime, *, told: bool = False) -> Order:
    """Do what is open: placing, paying, starting, cancelling, refunding, releasing. Return the order as it then stands.

    `told`: the caller shows the outcome to the person itself, so no message is made of it.
    """
    for _step in range(STEPS):
        try:
            if not _next_step(order, now, told):
                break
        except Stale:
            order.refresh_from_db()
    return order


def is_open(order: Order) -> bool:
    """Return whether `settle` has something to do."""
    return (
        order.state == Order.State.CONFIRMED
        or bool(order.details.get("cancelling"))
        or _unreleased(order)
        or refunds.open_refund(order) is not None
    )


def _next_step(order: Order, now: datetime, told: bool) -> bool:
    """Take one step; return whether there may be another."""
    if order.state == Order.State.CONFIRMED:
        if not order.external_id:
            return payments.place(order, now, told)
        if order.payment in UNPAID:
            return payments.pay(order, now, told)
        return payments.start(order, now)
    if order.details.get("cancelling"):
        return cancel.carry_on(order, now, told)
    refund = refunds.open_refund(order)
    if refund is not None:
        return refunds.carry_out(order, refund, now, told)
    if _unreleased(order):
        return _release(order, now)
    return False


def _unreleased(order: Order) -> bool:
    """Return whether an order that failed still stands at its provider."""
    return order.state == Order.State.FAILED and not order.details.get("released")


def _release(order: Order, now: datetime) -> bool:
    """Tell the provider that nothing comes of an order."""
    try:
        provider_of(order).cancel(errand(order), f"release:{order.number}", now)
    except ProviderError as error:
        if not error.permanent:
            look_again(order, now + payments.RETRY)
            return False
    move(order, "released", key="released", now=now, details={**order.details, "released": True}, check_at=None)
    return False
