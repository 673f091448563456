"""Whether the money of an order adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from dashboard.templatetags.dash import money
from integrations.models import Order, Payment, Refund


@dataclass(frozen=True)
class Ledger:
    """What was paid and given back, and what is wrong with it (nothing, if it adds up)."""

    payments: Sequence[Payment]
    refunds: Sequence[Refund]
    paid: Decimal
    refunded: Decimal
    problems: list[str]

    @property
    def kept(self) -> Decimal:
        """Payments less refunds."""
        return self.paid - self.refunded


def ledger(order: Order) -> Ledger:
    """Return an order's ledger; two queries."""
    payments = list(order.payments.order_by("id"))
    refunds = list(Refund.objects.filter(payment__order=order).select_related("payment").order_by("id"))
    paid = sum((payment.amount for payment in payments if payment.state == Payment.State.PAID), Decimal(0))
    refunded = sum((refund.amount for refund in refunds if refund.state == Payment.State.PAID), Decimal(0))
    problems = [*_against_state(order, paid, refunded), *_per_payment(payments, refunds)]
    return Ledger(payments, refunds, paid, refunded, problems)


def _against_state(order: Order, paid: Decimal, refunded: Decimal) -> list[str]:
    """Compare the sums with what the payment state says."""
    state, currency = order.payment, order.currency
    wanted = {
        Order.Payment.NONE: (paid == 0, _("The order says not paid, but %(sum)s was taken.")),
        Order.Payment.PENDING: (paid == 0, _("The order says paying, but %(sum)s was taken already.")),
        Order.Payment.UNKNOWN: (paid == 0, _("The order says not certain, but %(sum)s was taken.")),
        Order.Payment.PAID: (
            paid == order.total and refunded == 0,
            _("The order says paid, but %(sum)s was taken and %(back)s given back of %(total)s."),
        ),
        Order.Payment.PARTLY_REFUNDED: (
            paid == order.total and 0 < refunded < paid,
            _("The order says partly refunded, but %(sum)s was taken and %(back)s given back of %(total)s."),
        ),
        Order.Payment.REFUNDED: (
            paid == order.total and refunded == paid,
            _("The order says refunded, but %(sum)s was taken and %(back)s given back of %(total)s."),
        ),
    }
    fits, sentence = wanted[Order.Payment(state)]
    if fits:
        return []
    amounts = {"sum": money(paid, currency), "back": money(refunded, currency), "total": money(order.total, currency)}
    return [sentence % amounts]


def _per_payment(payments: Sequence[Payment], refunds: Sequence[Refund]) -> list[str]:
    """No payment may be given back more than once."""
    problems = []
    for payment in payments:
        back = sum((refund.amount for refund in refunds if refund.payment_id == payment.pk
                    and refund.state != Payment.State.FAILED), Decimal(0))  # fmt: skip
        if back > payment.amount:
            over = money(back - payment.amount, payment.currency)
            problems.append(_("More was given back than was taken: %(over)s too much.") % {"over": over})
    return problems
