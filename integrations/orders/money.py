"""Amounts: how they are shown, rounded, and whether an order's add up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from integrations.models import Order, Payment, Refund

SYMBOLS = {"CNY": "¥", "HKD": "HK$", "SGD": "S$", "GBP": "£", "USD": "$", "EUR": "€", "JPY": "JP¥"}
CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def cents(amount: Decimal) -> Decimal:
    """Return `amount` rounded half up to hundredths."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def symbol(currency: str) -> str:
    """Return a currency's sign, else its code and a space."""
    return SYMBOLS.get(currency, f"{currency} ")


def show(amount: Decimal, currency: str) -> str:
    """Return an amount as a bill shows it: ¥62.00, −¥8.00."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{symbol(currency)}{abs(cents(amount))}"


def short(amount: Decimal, currency: str) -> str:
    """Return an amount as it stands in a sentence: ¥62, £8.95."""
    return show(amount, currency).removesuffix(".00")


def plain(amount: Decimal) -> str:
    """Return a bare number: 60, 8.5."""
    return f"{amount.normalize():f}"


def paid(order: Order) -> Decimal:
    """Return what was taken for an order."""
    rows = Payment.objects.filter(order=order, state=Payment.State.PAID)
    return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO


def refunded(order: Order) -> Decimal:
    """Return what was given back of an order."""
    rows = Refund.objects.filter(payment__order=order, state=Payment.State.PAID)
    return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO


def promised_back(order: Order) -> Decimal:
    """Return what was given back or will be."""
    rows = Refund.objects.filter(payment__order=order).exclude(state=Payment.State.FAILED)
    return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO


def adds_up(order: Order) -> bool:
    """Return whether payments less refunds are what the order's states say."""
    taken, back, promised = paid(order), refunded(order), promised_back(order)
    if promised > taken or any(row.amount <= 0 for row in Refund.objects.filter(payment__order=order)):
        return False
    return {
        Order.Payment.NONE: taken == 0 and back == 0,
        Order.Payment.PENDING: taken == 0 and back == 0,
        Order.Payment.UNKNOWN: taken == 0 and back == 0,
        Order.Payment.PAID: taken == order.total and back == 0,
        Order.Payment.PARTLY_REFUNDED: taken == order.total and 0 < back < taken,
        Order.Payment.REFUNDED: taken == order.total and back == taken,
    }[Order.Payment(order.payment)]
