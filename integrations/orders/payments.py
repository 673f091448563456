"""Hand an order to its provider, and take the money once.

A payment row is `pending` until the provider is called, `unknown` from just before the call until its answer stands in
the database. So whatever is killed, and whenever, an `unknown` one is settled by asking and never by paying again.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from integrations.base import ProviderError
from integrations.models import Order, Payment
from integrations.orders import stock
from integrations.orders.errands import errand, provider_of
from integrations.orders.moves import LEASE, Stale, look_again, move
from integrations.providers.base import Settled

logger = logging.getLogger(__name__)
RETRY = timedelta(seconds=10)
GIVE_UP = timedelta(minutes=10)  # an order that no provider takes for so long has failed


def place(order: Order, now: datetime, told: bool) -> bool:
    """Hand the order over; return whether it goes on."""
    try:
        placed = provider_of(order).place(errand(order), now)
    except ProviderError as error:
        logger.warning("order %s could not be placed: %s", order.pk, error)
        if error.permanent or now - order.created_at > GIVE_UP:
            fail(order, "refused", now, told)
            return True
        look_again(order, now + RETRY)
        return False
    details = {**order.details, "provider": placed.said}
    move(order, "placed", key="placed", now=now, external_id=placed.external_id, details=details)
    return True


def pay(order: Order, now: datetime, told: bool) -> bool:
    """Take the money, or ask what became of it; return whether the order goes on."""
    payment = order.payments.get()
    claimed = Payment.objects.filter(pk=payment.pk, state=Payment.State.PENDING).update(state=Payment.State.UNKNOWN)
    try:
        provider = provider_of(order)
        if claimed:
            settled = provider.pay(payment.key, payment.amount, payment.currency)
        else:
            settled = provider.query_payment(payment.key)
    except ProviderError as error:
        logger.warning("payment of order %s is not settled: %s", order.pk, error)
        return _unsettled(order, payment, error, now, told, asked=not claimed)
    return _settled(order, payment, settled, now, told)


def _unsettled(
    order: Order, payment: Payment, error: ProviderError, now: datetime, told: bool, *, asked: bool
) -> bool:  # fmt: skip
    """Handle a call without a clear answer."""
    if asked or error.unknown:
        if order.payment == Order.Payment.PENDING:
            move(order, "payment_unknown", key="payment_unknown", now=now, told=told, payment=Order.Payment.UNKNOWN)
        look_again(order, now + RETRY)
        return False
    if error.permanent:
        return _settled(order, payment, Settled("failed", reason="refused"), now, told)
    _to_pending(payment)
    if now - order.created_at > GIVE_UP:
        return _settled(order, payment, Settled("failed", reason="no answer"), now, told)
    look_again(order, now + RETRY)
    return False


def _to_pending(payment: Payment) -> None:
    """Note that the provider has certainly not taken the money, so that it may be asked for again."""
    Payment.objects.filter(pk=payment.pk, state=Payment.State.UNKNOWN).update(state=Payment.State.PENDING)


def _settled(order: Order, payment: Payment, settled: Settled, now: datetime, told: bool) -> bool:
    """Write down what the provider says became of the payment."""
    if settled.state == "none":
        _to_pending(payment)
        return True
    if settled.state == "pending":
        look_again(order, now + RETRY)
        return False
    open_ones = Payment.objects.filter(pk=payment.pk, state__in=[Payment.State.PENDING, Payment.State.UNKNOWN])
    with transaction.atomic():
        if settled.state == "failed":
            if not open_ones.update(state=Payment.State.FAILED):
                raise Stale(payment.key)
            fail(order, settled.reason or "declined", now, told)
        else:
            if not open_ones.update(state=Payment.State.PAID, external_id=settled.external_id):
                raise Stale(payment.key)
            data = {"amount": str(payment.amount)}
            move(order, "paid", key="paid", now=now, told=told, data=data, payment=Order.Payment.PAID)
    return True


def start(order: Order, now: datetime) -> bool:
    """Let a paid (or free) order run."""
    details = {**order.details, "paid_at": now.isoformat(), "reached": {"waiting": now.isoformat()}}
    move(
        order, "started", key="started", now=now, state=Order.State.ACTIVE, fulfilment="waiting", details=details,
        check_at=now,
    )  # fmt: skip
    return True


def fail(order: Order, reason: str, now: datetime, told: bool) -> None:
    """Give up an order for which nothing was paid, and put its dishes back on sale."""
    with transaction.atomic():
        open_ones = order.payments.filter(state__in=[Payment.State.PENDING, Payment.State.UNKNOWN])
        open_ones.update(state=Payment.State.FAILED)
        details = {**order.details, "stock": [], "released": not order.external_id}
        left = order.details.get("stock", [])
        move(
            order, "failed", key="failed", now=now, told=told, data={"reason": reason}, state=Order.State.FAILED,
            payment=Order.Payment.NONE, details=details, check_at=now + LEASE if order.external_id else None,
        )  # fmt: skip
        stock.give_back(left)
