"""Find meals: the restaurants around, what they have for the wish, and the best meal of each within the budget."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from integrations.base import Context
from integrations.models import Offer
from integrations.scenarios.food import matching, meals, nearby
from integrations.scenarios.food.matching import Matches
from integrations.scenarios.food.meals import Kitchen, Meal, Want
from integrations.scenarios.food.nearby import Around, Shop
from integrations.scenarios.food.requests import Request


@dataclass(frozen=True)
class Found:
    """What a search came to. `meals`: the best of each restaurant, best first.

    Where there is none, `blocker` says what was in the way: nobody (no restaurant), delivery, closed, merchant, diet,
    wish, sold_out or budget; `instead` holds what there is when just that is given up, and `later` the first time at
    which it can be had, and where.
    """

    around: Around
    meals: tuple[Meal, ...] = ()
    blocker: str = ""
    instead: tuple[Meal, ...] = ()
    literal: bool = True
    later: tuple[datetime, Shop] | None = None


def find(request: Request, context: Context) -> Found:
    """Return meals for a request; where only the hour is wrong, when there would be some."""
    around = nearby.around(request.where, when=request.when, now=context.now, near=request.near)
    found = _find(request, around, context)
    if found.meals or found.blocker not in {"closed", "wish"}:
        return found
    later = _later(request, around, context)
    return replace(found, blocker="closed", later=later) if later else found


def _find(request: Request, around: Around, context: Context) -> Found:
    shops = around.open
    if request.merchant:
        named = _named(request.merchant, around)
        if not named:
            return Found(
                around, blocker="merchant", instead=_find(replace(request, merchant=""), around, context).meals
            )
        shops = tuple(shop for shop in named if shop.open)
    if not around.reachable:
        return Found(around, blocker="delivery" if around.count else "nobody")
    if not shops:
        return Found(around, blocker="closed")
    return _among(request, around, shops, context)


def _later(request: Request, around: Around, context: Context) -> tuple[datetime, Shop] | None:
    """Return when the first of the closed restaurants could meet the request, and which one that is."""
    named = _named(request.merchant, around) if request.merchant else around.reachable
    closed = tuple(shop for shop in named if not shop.open and shop.opens_at)
    kitchens = _Kitchens(request, around, closed, nearby.menus(closed), context)
    matches = kitchens.match(request)
    if not matches.found or not matches.literal:
        return None
    found = _best(kitchens.cook(request, matches), request)
    times = [(meal.shop.opens_at, meal.shop.merchant.pk, meal.shop) for meal in found if meal.shop.opens_at]
    at, _pk, shop = min(times, key=lambda time: time[:2], default=(None, 0, None))
    return (at, shop) if at and shop else None


@dataclass(frozen=True)
class _Kitchens:
    """The open restaurants of a search with what they sell."""

    request: Request
    around: Around
    shops: tuple[Shop, ...]
    menus: dict[int, list[Offer]]
    context: Context

    def match(self, request: Request) -> Matches:
        """Return what the wish means on these menus."""
        found = matching.match(request.wish, self.shops, self.menus, self.context)
        if request.merchant and not request.wish.parts:
            return replace(found, shops=None)  # whoever was asked for by name may be a café
        return found

    def cook(self, request: Request, matches: Matches) -> dict[Shop, list[Meal]]:
        """Return what each restaurant can make, whatever it costs."""
        want = Want(request.people, request.budget, request.diets, request.wish.meal, tuple(matches.counts))
        made = {}
        for shop in self.shops:
            pk = shop.merchant.pk
            kitchen = Kitchen(shop, self.menus.get(pk, ()), want)
            if matches.dishes:
                if pk in matches.dishes:
                    complete = bool(request.wish.meal) or not matches.literal
                    made[shop] = meals.dishes(kitchen, matches.dishes[pk], complete=complete)
            elif matches.shops is None or pk in matches.shops:
                made[shop] = meals.whole(kitchen)
        return {shop: found for shop, found in made.items() if found}

    def without_wish(self) -> tuple[Meal, ...]:
        """Return what there is when the wish is given up, and only it: a diet never is."""
        wish = replace(self.request.wish, parts=(), cuisine="", meal="any")
        plain = replace(self.request, wish=wish)
        return _rank(_best(self.cook(plain, self.match(plain)), plain), plain)


def _among(request: Request, around: Around, shops: tuple[Shop, ...], context: Context) -> Found:
    kitchens = _Kitchens(request, around, shops, nearby.menus(shops), context)
    matches = kitchens.match(request)
    is_missing = not matches.found or not matches.literal
    if is_missing and request.wish.parts and matching.is_named(request.wish, nearby.menus(shops, sold_out=True)):
        return Found(around, blocker="sold_out", instead=kitchens.without_wish())
    if not matches.found:
        return Found(around, blocker="wish", instead=kitchens.without_wish())
    every = kitchens.cook(request, matches)
    if not every:
        is_diet = bool(request.diets) and bool(kitchens.cook(replace(request, diets=()), matches))
        return Found(around, blocker="diet" if is_diet else "wish", instead=kitchens.without_wish())
    within = _best(every, request)
    if within:
        return Found(around, _rank(within, request), literal=matches.literal)
    free = replace(request, budget=None, sort="cheap")
    return Found(around, blocker="budget", instead=_rank(_best(every, free), free), literal=matches.literal)


def _best(every: dict[Shop, list[Meal]], request: Request) -> list[Meal]:
    found = (meals.best(made, request.budget, cheapest=request.sort == "cheap") for made in every.values())
    return [meal for meal in found if meal]


def _named(words: str, around: Around) -> tuple[Shop, ...]:
    low = words.lower()
    found = []
    for shop in around.reachable:
        names = (shop.merchant.name_zh.lower(), shop.merchant.name_en.lower())
        if any(low in name or name in low for name in names):
            found.append(shop)
    return tuple(found)


def _rank(found: Sequence[Meal], request: Request) -> tuple[Meal, ...]:
    """Return meals in the order that was asked for, else by how well they fit on the whole."""
    keys = {
        "cheap": lambda meal: (meal.total, meal.shop.km),
        "near": lambda meal: (round(meal.shop.km, 1), meal.total),
        "fast": lambda meal: (meal.shop.minutes, meal.total),
        "best": lambda meal: (-(meal.shop.merchant.rating or 0), -meal.shop.merchant.reviews),
        "popular": lambda meal: (-meal.lead.sold, meal.total),
    }
    key = keys.get(request.sort, lambda meal: (-score(meal, request.budget),))
    return tuple(sorted(found, key=lambda meal: (*key(meal), meal.shop.merchant.pk)))


def score(meal: Meal, budget: Decimal | None) -> float:
    """Return how well a meal fits on the whole: the wish first, then rating, nearness, time, price."""
    shop = meal.shop
    rating = float(shop.merchant.rating or Decimal("3.5"))
    trust = min(1.0, math.log10(shop.merchant.reviews + 1) / 3)
    price = 0.0 if budget is None else float(1 - meal.total / budget)
    return (
        1.5 * meal.fit
        + 0.5 * (rating - 3.5) * trust
        + 0.4 * (1 - shop.km / nearby.LOOK_KM)
        + 0.3 * (1 - shop.minutes / 60)
        + 0.2 * price
        - 0.1 * len(meal.added)
    )
