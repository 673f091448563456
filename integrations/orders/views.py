"""An order as it is shown, and what is said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations.base import (
    Action,
    Money,
    OrderStep,
    OrderView,
    PlaceView,
    ProviderError,
    QuoteLine,
)
from integrations.models import Order
from integrations.orders import moments, money
from integrations.orders.errands import errand, provider_of
from integrations.orders.food import place_view, sandbox_badge, sum_lines
from integrations.orders.names import name, speaking, text
from integrations.orders.sayings import confirmed_text, event_text
from integrations.orders.terms import cancel_terms
from integrations.places import Where, distance
from integrations.providers.base import Progress

__all__ = ["confirmed_text", "event_text", "headline", "order_view", "state_text"]


def order_view(order: Order, *, language: str, now: datetime) -> OrderView:
    """Return `order` as it stands at `now`, the courier where they are by now."""
    with speaking(language):
        return _view(order, language, now)


def _view(order: Order, language: str, now: datetime) -> OrderView:
    details = order.details
    progress = _progress(order, now)
    back = money.refunded(order)
    return OrderView(
        number=order.number,
        kind=order.kind,
        title=order.title_en if language == "en" else order.title_zh,
        headline=headline(order, now),
        detail=detail(order, progress, language),
        state=order.state,
        payment=order.payment,
        fulfilment=order.fulfilment,
        state_text=state_text(order),
        badges=[sandbox_badge()] if order.is_sandbox else [],
        place=place_view(Where.from_json(details["place"])),
        origin=_origin(order, language),
        courier=progress.position if progress else None,
        progress=round(_share(order, progress), 3),
        lines=_lines(order, language),
        sums=sum_lines(details["sums"], order.currency),
        total=Money(amount=order.total, currency=order.currency),
        refunded=Money(amount=back, currency=order.currency) if back else None,
        steps=steps(order),
        actions=_actions(order, now),
        version=order.version,
    )


def headline(order: Order, now: datetime) -> str:
    """Return the line that is shown largest."""
    zone = order.details["zone"]
    if order.state == Order.State.COMPLETED:
        at = datetime.fromisoformat(order.details["reached"]["delivered"])
        return _("Delivered at %(time)s") % {"time": moments.clock(at, at, zone)}
    if order.state == Order.State.CANCELLED:
        return pgettext("order", "Cancelled")
    if order.state == Order.State.FAILED:
        return pgettext("order", "Not ordered")
    if order.details.get("cancelling"):
        return pgettext("order", "Cancelling")
    if order.state == Order.State.CONFIRMED:
        return _("Confirming the payment") if order.payment == Order.Payment.UNKNOWN else _("Placing the order")
    if order.promised_at is None:
        return state_text(order)
    return _("Arrives %(time)s") % {"time": moments.about(order.promised_at, now, zone)}


def state_text(order: Order) -> str:
    """Return how an order is, in a word or two."""
    if order.state == Order.State.ACTIVE:
        return {
            "waiting": _("Waiting for the kitchen"),
            "preparing": pgettext("order", "Being prepared"),
            "pickup": _("Courier at the shop"),
            "courier": pgettext("order", "On the way"),
        }.get(order.fulfilment, pgettext("order", "Under way"))
    return {
        Order.State.CONFIRMED: _("Placing the order"),
        Order.State.COMPLETED: pgettext("order", "Delivered"),
        Order.State.CANCELLED: pgettext("order", "Cancelled"),
        Order.State.FAILED: pgettext("order", "Not ordered"),
        Order.State.HANDED_OFF: _("Continued at the provider"),
    }[Order.State(order.state)]


def detail(order: Order, progress: Progress | None, language: str) -> str:
    """Return the line below: the courier's distance, or what became of the money."""
    if order.state == Order.State.FAILED:
        return _("No money was taken.")
    if order.payment == Order.Payment.UNKNOWN:
        return _("The wallet has not answered yet. I keep asking; you need not pay again.")
    back = money.refunded(order)
    if back:
        return _("%(amount)s was given back to the demo wallet.") % {"amount": money.show(back, order.currency)}
    if order.state == Order.State.CANCELLED and money.promised_back(order):
        return _("The refund is under way.")
    if progress and progress.position and order.fulfilment == "courier":
        place = order.details["place"]
        km = distance(progress.position, (place["lat"], place["lng"]))
        courier = text(progress.courier, language)
        return _("Courier %(name)s is %(km).1f km away") % {"name": courier, "km": max(km, 0.1)}
    speed = order.details.get("provider", {}).get("speed", 1)
    if order.is_sandbox and order.state == Order.State.ACTIVE and speed != 1:
        return _("A demo order: its time runs %(speed)s times as fast") % {"speed": f"{speed:g}"}
    return ""


def steps(order: Order) -> list[OrderStep]:
    """Return the five steps with the times at which they were reached."""
    reached = order.details.get("reached", {})
    is_paid = bool(order.details.get("paid_at"))
    stages = [
        ("waiting", pgettext("step", "Paid") if order.total else pgettext("step", "Confirmed")),
        ("preparing", pgettext("step", "Cooking")),
        ("pickup", pgettext("step", "Pick-up")),
        ("courier", pgettext("step", "On the way")),
        ("delivered", pgettext("step", "Delivered")),
    ]
    now_at = order.fulfilment if order.state == Order.State.ACTIVE else ""
    shown = []
    for stage, words in stages:
        at = datetime.fromisoformat(reached[stage]) if stage in reached else None
        state: Literal["done", "now", "todo"] = "todo"
        if stage in reached:
            state = "now" if stage == now_at and stage != "waiting" else "done"
        elif stage == "waiting" and not is_paid and order.state == Order.State.CONFIRMED:
            state = "now"
        shown.append(OrderStep(text=words, state=state, at=at))
    return shown


def _progress(order: Order, now: datetime) -> Progress | None:
    """Return how far the courier is; None where that is not to be had, or nobody is on the way."""
    if order.state != Order.State.ACTIVE or order.fulfilment != "courier":
        return None
    try:
        return provider_of(order).status(errand(order), now)
    except ProviderError:
        return None  # the card then shows what stands in the database


def _share(order: Order, progress: Progress | None) -> float:
    if order.state == Order.State.COMPLETED:
        return 1.0
    return progress.share if progress else 0.0


def _origin(order: Order, language: str) -> PlaceView:
    origin = order.details["origin"]
    label = name(order.merchant, language) if order.merchant else ""
    return PlaceView(label=label, address=text(origin, language), lat=origin["lat"], lng=origin["lng"])


def _lines(order: Order, language: str) -> list[QuoteLine]:
    return [
        QuoteLine(
            text=text(line, language, "name"),
            detail=text(line, language, "detail"),
            quantity=line["count"],
            amount=Money(amount=line["amount"], currency=order.currency),
        )
        for line in order.details["lines"]
    ]


def _actions(order: Order, now: datetime) -> list[Action]:
    """Return the buttons: cancel while that is possible, order again once it is over."""
    again = Action(label=pgettext("order", "Order again"), tool="food.again", inputs={"number": order.number})
    if order.state in (Order.State.COMPLETED, Order.State.CANCELLED, Order.State.FAILED):
        return [again]
    if cancel_terms(order, now).possible:
        return [
            Action(
                label=pgettext("order", "Cancel order"),
                style="danger",
                tool="orders.cancel",
                inputs={"number": order.number},
            )
        ]
    return []
