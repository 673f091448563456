"""A meal as a card."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations.base import Action, Badge, Card, Fact, Money
from integrations.orders import money, pricing, wording
from integrations.orders.baskets import Basket, Line
from integrations.orders.food import sandbox_badge
from integrations.orders.names import name
from integrations.scenarios.food import diets
from integrations.scenarios.food.meals import Meal
from integrations.scenarios.food.requests import Request


def card(meal: Meal, request: Request, *, language: str, note: str = "", best: bool = False) -> Card:
    """Return the card of a meal: every fact on it stands in the database or follows from what does."""
    merchant = meal.shop.merchant
    return Card(
        kind="offer",
        id=f"offer:{meal.lead.pk}",
        title=title(meal, language),
        subtitle=name(merchant, language),
        picture=meal.lead.picture,
        price=Money(amount=meal.total, currency=meal.price.currency),
        facts=facts(meal),
        badges=badges(meal, request, language),
        actions=[
            Action(
                label=pgettext("food", "Choose this"),
                style="primary" if best else "plain",
                tool="food.choose",
                inputs={"basket": basket(meal, request).to_json()},
            ),
            Action(label=pgettext("food", "Why"), tool="food.why", inputs={"name": name(merchant, language)}),
        ],
        best=best,
        note=note,
        lat=merchant.lat,
        lng=merchant.lng,
    )


def title(meal: Meal, language: str) -> str:
    """Return what a meal is called: its dish, with how many, or its first dish and how many more."""
    words = line_text(meal.lines[0], language)
    more = len(meal.lines) - 1
    if more <= 0:
        return words
    if more == 1:
        return f"{words} + {line_text(meal.lines[1], language)}"
    return _("%(dish)s + %(more)d more") % {"dish": words, "more": more}


def facts(meal: Meal) -> list[Fact]:
    """Return rating, distance and time."""
    shop, found = meal.shop, []
    if shop.merchant.rating is not None:
        found.append(Fact(text=f"{shop.merchant.rating}", icon="star"))
    found.append(Fact(text=_("%(km).1f km") % {"km": shop.km}, icon="map-pin"))
    found.append(Fact(text=_("about %(minutes)d min") % {"minutes": shop.minutes}, icon="clock"))
    return found


def badges(meal: Meal, request: Request, language: str) -> list[Badge]:
    """Return what is invented, the coupon that is already taken off, and the diet that holds."""
    merchant = meal.shop.merchant
    shown = [sandbox_badge()] if merchant.is_demo else []
    if meal.price.promotion:
        shown.append(Badge(text=pricing.promotion_text(meal.price.promotion, meal.price.currency)))
    if meal.price.delivery == 0:
        shown.append(Badge(text=pgettext("food", "Free delivery")))
    shown += [Badge(text=diet, style="ok") for diet in diets.names(request.diets[:2], language)]
    return shown


def basket(meal: Meal, request: Request) -> Basket:
    """Return a meal as a basket for where and when it was searched."""
    return Basket(meal.shop.merchant, meal.lines, request.where, request.when, request.people, request.diets)


def contents(meal: Meal, language: str) -> str:
    """Return what is in a meal, in words."""
    parts = []
    for line in meal.lines:
        held = line.includes(language)
        parts.append(line_text(line, language) + (wording.bracketed(wording.items(held)) if held else ""))
    return wording.items(parts)


def line_text(line: Line, language: str) -> str:
    """Return a dish with its options and how many."""
    detail = line.detail(language)
    words = name(line.offer, language) + (wording.bracketed(detail) if detail else "")
    return f"{words} ×{line.count}" if line.count > 1 else words


def shown(meal: Meal, request: Request, language: str) -> dict[str, Any]:
    """Return what the conversation keeps of a card: enough to choose it, to compare with it, and to say why."""
    merchant = meal.shop.merchant
    return {
        "id": f"offer:{meal.lead.pk}",
        "title": title(meal, language),
        "merchant": name(merchant, language),
        "contents": contents(meal, language),
        "basket": basket(meal, request).to_json(),
        "total": str(money.cents(meal.total)),
        "currency": meal.price.currency,
        "km": round(meal.shop.km, 1),
        "minutes": meal.shop.minutes,
        "rating": str(merchant.rating) if merchant.rating is not None else "",
        "reviews": merchant.reviews,
        "sold": meal.lead.sold,
        "added": [name(offer, language) for offer in meal.added],
        "sums": sums(meal),
    }


def sums(meal: Meal) -> str:
    """Return how the sum to pay comes about."""
    price, currency = meal.price, meal.price.currency
    parts = [_("food %(amount)s") % {"amount": money.short(price.food, currency)}]
    if price.packing:
        parts.append(_("packing %(amount)s") % {"amount": money.short(price.packing, currency)})
    parts.append(_("delivery %(amount)s") % {"amount": money.short(price.delivery, currency)})
    if price.discount:
        parts.append(_("coupon %(amount)s") % {"amount": money.short(-price.discount, currency)})
    return money.short(price.total, currency) + wording.bracketed(wording.items(parts))
