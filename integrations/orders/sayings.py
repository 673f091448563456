"""What is said of an order: right after a confirmation, and when it moves by itself."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from integrations.models import Order, OrderEvent
from integrations.orders import moments, money
from integrations.orders.names import speaking, text


def event_text(event: OrderEvent, *, language: str, now: datetime | None = None) -> str:
    """Return what a person is told of an event; events that need no telling have a plain sentence too."""
    with speaking(language):
        return _event_text(event, language, now or event.at)


def _event_text(event: OrderEvent, language: str, now: datetime) -> str:
    order = event.order
    values = {
        "title": order.title_en if language == "en" else order.title_zh,
        "number": order.number,
        "amount": money.show(Decimal(event.data.get("amount", "0")), order.currency),
        "time": moments.about(order.promised_at, now, order.details["zone"]) if order.promised_at else "",
        "name": text(order.details.get("courier", {}), language),
    }
    return _sentence(event) % values


def _sentence(event: OrderEvent) -> str:
    if event.kind == "cancelled" and event.data.get("by") == "seller":
        return _("%(title)s has cancelled your order %(number)s. %(amount)s will be given back.")
    return {
        "paid": _("%(amount)s is paid for %(title)s, and the order is placed. It arrives %(time)s."),
        "payment_unknown": _("The wallet has not answered for %(title)s yet. I keep asking; you need not pay again."),
        "failed": _("%(title)s could not be ordered, and no money was taken. Shall I look for something else?"),
        "courier": _("%(name)s has picked up your %(title)s order and is on the way. It arrives %(time)s."),
        "delivered": _("Your %(title)s order is here. Enjoy the meal."),
        "cancelled": _("Your order %(number)s is cancelled. %(amount)s will be given back."),
        "cancel_refused": _("%(title)s could not be cancelled any more; the order goes on."),
        "refunded": _("%(amount)s for %(title)s was given back to the demo wallet."),
    }.get(event.kind, _("There is news of your order %(number)s."))


def confirmed_text(order: Order, *, language: str, now: datetime) -> str:
    """Return what is said right after a confirmation, about a new order or a cancelled one."""
    zone = order.details["zone"]
    with speaking(language):
        values = {
            "amount": money.show(order.total, order.currency),
            "back": money.show(money.refunded(order), order.currency),
            "time": moments.about(order.promised_at, now, zone) if order.promised_at else "",
        }
        return _confirmed(order) % values


def _confirmed(order: Order) -> str:
    if order.state == Order.State.FAILED:
        return _("The order did not go through, and no money was taken.")
    if order.state == Order.State.CANCELLED:
        if order.payment in (Order.Payment.REFUNDED, Order.Payment.PARTLY_REFUNDED):
            return _("Cancelled. %(back)s was given back to the demo wallet.")
        return _("Cancelled.")
    if order.payment == Order.Payment.UNKNOWN:
        return _("The wallet has not answered yet. I keep asking and will tell you; you need not pay again.")
    if order.payment == Order.Payment.PENDING:
        return _("The shop has not answered yet. I keep trying and will tell you; nothing has been paid.")
    if order.payment in (Order.Payment.REFUNDED, Order.Payment.PARTLY_REFUNDED):
        return _("%(back)s was given back to the demo wallet.")
    if order.state == Order.State.ACTIVE and not order.total:
        return _("Ordered. It arrives %(time)s.")
    return _("Ordered, %(amount)s paid from the demo wallet. It arrives %(time)s.")
