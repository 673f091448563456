"""The published rules: what is given back when an order is cancelled, or when something was wrong with it.

Before the kitchen begins, and in the first minute after payment: everything. While it cooks: the delivery fee and 70 %
of the food. Once the courier has it: nothing can be called off. After delivery: what was wrong, within a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from integrations.models import Order
from integrations.orders import money
from integrations.orders.errands import moment

SECOND_THOUGHTS = timedelta(seconds=60)
FOOD_SHARE = Decimal("0.70")
PROBLEM_TIME = timedelta(hours=24)


@dataclass(frozen=True)
class Terms:
    """What cancelling means now. `rule`: free and early (everything back), kitchen, or why it cannot be: unsettled,
    courier, delivered, over.
    """

    rule: str
    refund: Decimal = money.ZERO
    kept: Decimal = money.ZERO
    restock: bool = False

    @property
    def possible(self) -> bool:
        """Return whether the order can be cancelled."""
        return self.rule in {"free", "early", "kitchen"}


def cancel_terms(order: Order, now: datetime) -> Terms:
    """Return what cancelling `order` now would mean."""
    if order.state == Order.State.COMPLETED:
        return Terms("delivered")
    if order.state not in (Order.State.CONFIRMED, Order.State.ACTIVE) or order.details.get("cancelling"):
        return Terms("over")
    if order.state == Order.State.CONFIRMED:
        return Terms("unsettled")
    left = money.paid(order) - money.promised_back(order)
    paid_at = moment(order.details, "paid_at")
    early = paid_at is not None and now - paid_at <= SECOND_THOUGHTS
    if order.fulfilment == "waiting":
        return Terms("free", left, restock=True)
    if early and order.fulfilment in {"preparing", "pickup"}:
        return Terms("early", left, restock=True)
    if order.fulfilment in {"preparing", "pickup"}:
        kept = min(left, money.cents(food_paid(order) * (1 - FOOD_SHARE)))
        return Terms("kitchen", left - kept, kept)
    return Terms("courier")


def food_paid(order: Order) -> Decimal:
    """Return what was paid for food and packing, after discounts."""
    fee = sum((Decimal(row["amount"]) for row in order.details["sums"] if row["kind"] == "delivery"), money.ZERO)
    return max(money.ZERO, order.total - fee)


def rule_text(terms: Terms) -> str:
    """Return the rule that holds, in words."""
    return {
        "free": _("The kitchen has not started, so everything is given back."),
        "early": _("It was paid less than a minute ago, so everything is given back."),
        "kitchen": _("The kitchen has started: the delivery fee and seven tenths of the food are given back."),
        "unsettled": _("The payment is still being confirmed. You can cancel as soon as it is settled."),
        "courier": _(
            "The courier has it already, so it cannot be cancelled. If something is wrong when it comes, tell me."
        ),
        "delivered": _("It was delivered, so it cannot be cancelled. If something was wrong, tell me which dish."),
        "over": _("This order is over; there is nothing to cancel."),
    }[terms.rule]


def problem_refund(order: Order, wrong: Sequence[int], now: datetime) -> Decimal:
    """Return what is given back for the dishes at these places of the order; nothing after a day."""
    delivered = moment(order.details, "delivered_at")
    if delivered is None or now - delivered > PROBLEM_TIME:
        return money.ZERO
    lines: list[dict[str, Any]] = order.details["lines"]
    food = sum((Decimal(line["amount"]) for line in lines), money.ZERO)
    off = -sum((Decimal(row["amount"]) for row in order.details["sums"] if row["kind"] == "discount"), money.ZERO)
    asked = sum((Decimal(lines[index]["amount"]) for index in wrong), money.ZERO)
    share = (food - off) / food if food else money.ZERO
    return min(money.cents(asked * share), money.paid(order) - money.promised_back(order))
