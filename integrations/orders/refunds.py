"""Give money back, once. A refund row is `pending` until the provider is called, `unknown` until its answer is kept."""

from __future__ import annotations

import logging
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from integrations.base import ProviderError
from integrations.models import Order, Payment, Refund
from integrations.orders import money
from integrations.orders.errands import provider_of
from integrations.orders.moves import Stale, look_again, move
from integrations.orders.payments import RETRY
from integrations.providers.base import Settled

logger = logging.getLogger(__name__)
OPEN = (Payment.State.PENDING, Payment.State.UNKNOWN)


def promise(order: Order, amount: Decimal, *, key: str, reason: str) -> Refund | None:
    """Write down that `amount` will be given back, inside the caller's transaction, before the order's move there.
    None where there is nothing to give; raise ValueError where it is more than is left of the payment.
    """
    if amount <= 0:
        return None
    payment = order.payments.filter(state=Payment.State.PAID).get()
    if amount > payment.amount - money.promised_back(order):
        raise ValueError(f"more than was paid would be given back of {order.number}")
    refund, _made = Refund.objects.get_or_create(
        key=key, defaults={"payment": payment, "amount": amount, "reason": reason[:200]}
    )
    return refund


def open_refund(order: Order) -> Refund | None:
    """Return the oldest refund of an order that is not carried out yet."""
    return Refund.objects.filter(payment__order=order, state__in=OPEN).select_related("payment").order_by("id").first()


def carry_out(order: Order, refund: Refund, now: datetime, told: bool) -> bool:
    """Give the money back, or ask what became of it; return whether the order goes on."""
    claimed = Refund.objects.filter(pk=refund.pk, state=Payment.State.PENDING).update(state=Payment.State.UNKNOWN)
    payment = refund.payment
    try:
        provider = provider_of(order)
        if claimed:
            settled = provider.refund(refund.key, payment.external_id, refund.amount, payment.currency)
        else:
            settled = provider.query_refund(refund.key)
    except ProviderError as error:
        logger.warning("refund %s is not settled: %s", refund.pk, error)
        if claimed and not error.unknown:
            _to_pending(refund)
        look_again(order, now + RETRY)
        return False
    return _settled(order, refund, settled, now, told)


def _settled(order: Order, refund: Refund, settled: Settled, now: datetime, told: bool) -> bool:
    if settled.state == "none":
        _to_pending(refund)
        return True
    if settled.state != "paid":  # a refund that is owed is never given up: an operator sees it stand open
        if settled.state == "failed":
            logger.error("refund %s was refused: %s", refund.pk, settled.reason)
            _to_pending(refund)
        look_again(order, now + RETRY)
        return False
    with transaction.atomic():
        done = Refund.objects.filter(pk=refund.pk, state__in=OPEN)
        if not done.update(state=Payment.State.PAID, external_id=settled.external_id):
            raise Stale(refund.key)
        whole = money.refunded(order) == money.paid(order)
        payment = Order.Payment.REFUNDED if whole else Order.Payment.PARTLY_REFUNDED
        data = {"amount": str(refund.amount)}
        move(order, "refunded", key=f"refunded:{refund.pk}", now=now, told=told, data=data, payment=payment)
    return True


def _to_pending(refund: Refund) -> None:
    """Note that the provider has certainly not given the money back."""
    Refund.objects.filter(pk=refund.pk, state=Payment.State.UNKNOWN).update(state=Payment.State.PENDING)
