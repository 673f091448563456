"""Prices: a base price in CNY becomes a price of a city, in its currency, rounded the way menus there are."""

from __future__ import annotations

import math
from decimal import Decimal

# currency -> (added, times) for what is eaten as a meal, and for drinks and small sweet things: both are cheap here
# in other proportions than there.
MEAL = {"CNY": (0.0, 1.0), "HKD": (8.0, 1.9), "SGD": (1.5, 0.3), "GBP": (2.6, 0.21)}
SMALL = {"CNY": (0.0, 1.0), "HKD": (8.0, 1.35), "SGD": (1.0, 0.2), "GBP": (1.2, 0.12)}
# Rooms, goods and tickets.
GOODS = {"CNY": (0.0, 1.0), "HKD": (0.0, 1.5), "SGD": (0.0, 0.24), "GBP": (0.0, 0.15)}
FEES = {"CNY": 1.0, "HKD": 3.0, "SGD": 0.6, "GBP": 0.5}


def rounded(amount: float, currency: str) -> Decimal:
    """Return `amount` as a price that a menu would show."""
    if currency in {"CNY", "HKD"}:
        whole = amount >= 12 or currency == "HKD"
        value = math.floor(amount + 0.5) if whole else math.floor(amount * 2 + 0.5) / 2
    else:
        value = math.floor(amount * 2 + 0.5) / 2 - (0.1 if currency == "SGD" else 0.05)
    return Decimal(f"{max(value, 0.5):.2f}")


def price(base: float, kind: str, currency: str, level: float = 1.0) -> Decimal:
    """Return the price of something of base price `base` CNY; kind: meal, small or goods."""
    add, times = {"meal": MEAL, "small": SMALL, "goods": GOODS}[kind][currency]
    return rounded((add + times * base) * level, currency)


def fee(base: float, currency: str) -> Decimal:
    """Return a fee or threshold of base `base` CNY, rounded to half units."""
    amount = base * FEES[currency]
    return Decimal(f"{math.floor(amount * 2 + 0.5) / 2:.2f}")


def text(amount: Decimal) -> str:
    """Return an amount as it is written in JSON: whole ones without decimals."""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"
