"""What a basket costs in the end: dishes, packing, delivery by distance, the best promotion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from integrations.models import Merchant
from integrations.orders import money
from integrations.orders.baskets import Line

NEAR_KM = 3  # the merchant's delivery fee holds so far; each kilometre begun beyond costs more
PER_KM = {"CNY": Decimal("1.00"), "HKD": Decimal("3.00"), "SGD": Decimal("0.50"), "GBP": Decimal("0.40")}
RIDE_BASE_MINUTES = 6
RIDE_MINUTES_PER_KM = 4.5


@dataclass(frozen=True)
class Price:
    """The sums of a basket. `discount` is positive; `total` is what is paid."""

    food: Decimal
    packing: Decimal
    delivery: Decimal
    discount: Decimal
    promotion: dict[str, Any] | None
    short: Decimal  # what is missing to the minimum order
    currency: str

    @property
    def total(self) -> Decimal:
        """Return the sum to pay."""
        return self.food + self.packing + self.delivery - self.discount


def price(merchant: Merchant, lines: Sequence[Line], km: float) -> Price:
    """Return what `lines` cost delivered over `km`."""
    food = sum((line.amount for line in lines), money.ZERO)
    delivery = delivery_fee(merchant, km)
    promotion, discount = best_promotion(merchant.promotions, food, delivery)
    short = max(money.ZERO, merchant.minimum_order - food)
    return Price(food, merchant.packing_fee, delivery, discount, promotion, short, merchant.currency)


def delivery_fee(merchant: Merchant, km: float) -> Decimal:
    """Return the delivery fee over a distance."""
    beyond = max(0, math.ceil(km - NEAR_KM))
    return merchant.delivery_fee + beyond * PER_KM.get(merchant.currency, Decimal("0.50"))


def best_promotion(
    promotions: Sequence[dict[str, Any]], food: Decimal, delivery: Decimal
) -> tuple[dict[str, Any] | None, Decimal]:
    """Return the promotion that takes most off, and how much; one holds for an order."""
    worth = [(_worth(promotion, food, delivery), index) for index, promotion in enumerate(promotions)]
    best, index = max(worth, key=lambda pair: (pair[0], -pair[1]), default=(money.ZERO, 0))
    return (promotions[index], best) if best > 0 else (None, money.ZERO)


def _worth(promotion: dict[str, Any], food: Decimal, delivery: Decimal) -> Decimal:
    if food < Decimal(promotion.get("spend", "0")):
        return money.ZERO
    if promotion["kind"] == "threshold":
        return min(Decimal(promotion["off"]), food)
    if promotion["kind"] == "free_delivery":
        return delivery
    return money.ZERO  # a kind we do not know gives nothing


def promotion_text(promotion: dict[str, Any], currency: str) -> str:
    """Return a promotion in words: 满 60 减 8."""
    spend = money.plain(Decimal(promotion.get("spend", "0")))
    if promotion["kind"] == "free_delivery":
        return _("Free delivery from %(spend)s") % {"spend": money.short(Decimal(spend), currency)}
    off = money.plain(Decimal(promotion["off"]))
    return _("%(symbol)s%(off)s off %(spend)s") % {"symbol": money.symbol(currency), "off": off, "spend": spend}


def ride_minutes(km: float) -> int:
    """Return how long a courier takes over a distance."""
    return math.ceil(RIDE_BASE_MINUTES + RIDE_MINUTES_PER_KM * km)


def minutes(merchant: Merchant, km: float) -> int:
    """Return how long an order takes from payment to the door."""
    return merchant.prepare_minutes + ride_minutes(km)
