"""Find meals: the restaurants around, what they have for the wish, and the best meal of each within the budget."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
    """What a search came to. `meals`: the best of each restaurant, best first. Where there is none, `blocker` says what
    was in the way: nobody (no restaurant), delivery, closed, merchant, diet, wish, minimum, budget; and `instead` holds
    what there is when just that is given up.
    """

    around: Around
    meals: tuple[Meal, ...] = ()
    blocker: str = ""
    instead: tuple[Meal, ...] = ()
    literal: bool = True
    shops: tuple[Shop, ...] = field(default=())  # the restaurants that were asked for by name


def find(request: Request, context: Context) -> Found:
    """Return meals for a request."""
    around = nearby.around(request.where, when=request.when, now=context.now, near=request.near)
    shops = around.open
    if request.merchant:
        named = _named(request.merchant, around)
        if not named:
            return Found(around, blocker="merchant", instead=_all(replace(request, merchant=""), around, context)[0])
        shops = tuple(shop for shop in named if shop.open)
        if not shops:
            return Found(around, blocker="closed", shops=named)
    if not around.reachable:
        return Found(around, blocker="delivery" if around.count else "nobody")
    if not shops:
        return Found(around, blocker="closed")
    return _among(request, around, shops, context)


def _among(request: Request, around: Around, shops: tuple[Shop, ...], context: Context) -> Found:
    menus = nearby.menus(shops)
    matches = _match(request, shops, menus, context)
    if not matches.found:
        return Found(around, blocker="wish", instead=_rank(_without_wish(request, shops, menus), request))
    every = _cook(request, shops, menus, matches)
    if not every:
        return _nothing(request, around, shops, menus, matches)
    within = _best(every, request)
    if within:
        return Found(around, _rank(within, request), literal=matches.literal)
    free = replace(request, budget=None, sort="cheap")
    return Found(around, blocker="budget", instead=_rank(_best(every, free), free), literal=matches.literal)


def _match(
    request: Request, shops: Sequence[Shop], menus: dict[int, list[Offer]], context: Context
) -> Matches:  # fmt: skip
    found = matching.match(request.wish, shops, menus, context)
    if request.merchant and found.shops is not None and not request.wish.parts:
        return replace(found, shops=None)  # a café that was asked for by name
    return found


def _cook(
    request: Request, shops: Sequence[Shop], menus: dict[int, list[Offer]], matches: Matches
) -> dict[Shop, list[Meal]]:  # fmt: skip
    """Return what each restaurant can make, whatever it costs."""
    counts = tuple(part.count for part in request.wish.parts)
    want = Want(request.people, request.budget, request.diets, request.wish.meal, counts)
    made = {}
    for shop in shops:
        pk = shop.merchant.pk
        kitchen = Kitchen(shop, menus.get(pk, ()), want, dict(matches.weights))
        if matches.dishes:
            if pk in matches.dishes:
                made[shop] = meals.dishes(kitchen, matches.dishes[pk], complete=bool(request.wish.meal))
        elif matches.shops is None or pk in matches.shops:
            made[shop] = meals.whole(kitchen)
    return {shop: found for shop, found in made.items() if found}


def _best(every: dict[Shop, list[Meal]], request: Request) -> list[Meal]:
    found = (meals.best(made, request.budget, cheapest=request.sort == "cheap") for made in every.values())
    return [meal for meal in found if meal]


def _nothing(
    request: Request, around: Around, shops: tuple[Shop, ...], menus: dict[int, list[Offer]], matches: Matches
) -> Found:  # fmt: skip
    """Say what stood in the way where no restaurant can make the meal: the diet, or else the wish."""
    if request.diets and _cook(replace(request, diets=()), shops, menus, matches):
        return Found(around, blocker="diet", instead=_rank(_without_wish(request, shops, menus), request))
    return Found(around, blocker="wish", instead=_rank(_without_wish(request, shops, menus), request))


def _without_wish(request: Request, shops: Sequence[Shop], menus: dict[int, list[Offer]]) -> list[Meal]:
    """Return what there is when the wish is given up, and only it: a diet never is."""
    plain = replace(request, wish=replace(request.wish, parts=(), cuisine="", meal="any"))
    no_cafes = frozenset(shop.merchant.pk for shop in shops if shop.merchant.category not in matching.CAFES)
    return _best(_cook(plain, shops, menus, Matches(shops=no_cafes)), plain)


def _all(request: Request, around: Around, context: Context) -> tuple[tuple[Meal, ...], Around]:
    found = _among(request, around, around.open, context) if around.open else Found(around)
    return found.meals, around


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
