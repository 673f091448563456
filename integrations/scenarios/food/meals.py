"""Meals that a restaurant can make for some people: sets, dishes put together, or exactly what was asked for."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from integrations.models import Offer
from integrations.orders.baskets import Line
from integrations.orders.pricing import Price, price
from integrations.scenarios.food import diets
from integrations.scenarios.food.matching import CAFES, SMALL, Match
from integrations.scenarios.food.nearby import Shop

# Dishes that are a meal for one without rice, by their picture.
WHOLE = frozenset(
    [
        *("rice", "fried_rice", "noodles", "soup_noodles", "dumplings", "congee", "malatang", "sushi", "ramen"),
        *("bibimbap", "pizza", "burger", "pasta", "salad", "sandwich"),
    ]
)
PLAIN_SHARE = Decimal("0.4")  # a staple that costs less than this of a main dish comes beside it
COURSES = ("main", "vegetable", "main", "soup", "main", "vegetable", "main", "main")  # in which order dishes are added
TIMED = {
    "breakfast": re.compile(r"早餐|早茶|breakfast", re.IGNORECASE),
    "tea": re.compile(r"下午茶|afternoon", re.IGNORECASE),
}
MOST_TOPPING = 4


@dataclass(frozen=True)
class Want:
    """What a meal must be. `budget`: the most to pay in all, with packing, delivery and coupon."""

    people: int = 1
    budget: Decimal | None = None
    diets: tuple[str, ...] = ()
    meal: str = ""
    counts: tuple[int | None, ...] = ()  # said with each part of the wish


@dataclass(frozen=True)
class Meal:
    """A basket of one restaurant with its price. `added`: dishes that only fill it up to the minimum order."""

    shop: Shop
    lines: tuple[Line, ...]
    price: Price
    fit: float
    kind: str  # set, combo, dish
    added: tuple[Offer, ...] = ()

    @property
    def total(self) -> Decimal:
        """Return the sum to pay."""
        return self.price.total

    @property
    def lead(self) -> Offer:
        """Return the dish that the meal is called after."""
        return self.lines[0].offer


@dataclass(frozen=True)
class Kitchen:
    """A restaurant's menu under a wish, sorted by what the dishes are for, each best sold first."""

    shop: Shop
    menu: Sequence[Offer]
    want: Want

    def course(self, *categories: str, alone: bool = False) -> list[Offer]:
        """Return the dishes of some categories that fit the diet and the time of day, the best sold first."""
        fitting = [
            offer
            for offer in self.menu
            if offer.category in categories
            and diets.fits(offer, self.shop.merchant, self.want.diets, alone=alone)
            and _timely(offer, self.want.meal)
        ]
        return sorted(fitting, key=lambda offer: (-offer.sold, offer.pk))

    def is_plain(self, staple: Offer) -> bool:
        """Return whether a staple comes beside dishes, like rice, and is no meal by itself."""
        mains = [offer.price for offer in self.menu if offer.category == "main"]
        return bool(mains) and staple.price <= median(mains) * PLAIN_SHARE

    def plain_staple(self) -> Offer | None:
        """Return the rice (or bread) that goes with dishes; None where there is none."""
        plain = [offer for offer in self.course("staple") if self.is_plain(offer)]
        return min(plain, key=lambda offer: offer.price, default=None)


def dishes(kitchen: Kitchen, matches: Sequence[Match], *, complete: bool) -> list[Meal]:
    """Return what was asked for by name: each dish as often as people need it, made into a meal if `complete`."""
    want = kitchen.want
    lines = []
    for place, found in enumerate(matches):
        if not diets.fits(found.offer, kitchen.shop.merchant, want.diets, alone=True):
            return []
        said = want.counts[place] if place < len(want.counts) else None
        lines.append(Line(found.offer, said or _servings(found.offer, want.people), dict(found.options)))
    fit = sum(found.score for found in matches) / len(matches)
    meals = [_meal(kitchen, lines, "dish", fit)]
    if complete and all(found.offer.category in {"main", "vegetable", "soup"} for found in matches):
        beside = _beside(kitchen, lines)
        meals.append(_meal(kitchen, lines + beside, "dish", fit + 0.1) if beside else None)
    return [meal for meal in meals if meal]


def whole(kitchen: Kitchen) -> list[Meal]:
    """Return meals for all: sets, sets together, dishes put together."""
    found = [_meal(kitchen, lines, "set", fit) for lines, fit in _sets(kitchen)]
    found += [_meal(kitchen, lines, "combo", fit) for lines, fit in _combos(kitchen)]
    if not found and kitchen.shop.merchant.category in CAFES:
        found = [_meal(kitchen, [Line(offer, kitchen.want.people)], "dish", 0.4) for offer in _known_for(kitchen)]
    return [replace(meal, fit=meal.fit + _merit(kitchen, meal)) for meal in found if meal]


def _known_for(kitchen: Kitchen) -> list[Offer]:
    """Return what a café is known for: its best sold drinks, cakes or snacks."""
    small = kitchen.course(*SMALL, alone=True)
    return sorted(small, key=lambda offer: -offer.sold)[:2]


def best(meals: Iterable[Meal], budget: Decimal | None, *, cheapest: bool = False) -> Meal | None:
    """Return the best meal within the budget, or the cheapest."""
    within = [meal for meal in meals if budget is None or meal.total <= budget]
    if cheapest:
        return min(within, key=lambda meal: (meal.total, -meal.fit), default=None)
    return max(within, key=lambda meal: (meal.fit + _use(meal, budget), -meal.total), default=None)


def _use(meal: Meal, budget: Decimal | None) -> float:
    """Return what it is worth to use the budget without hugging it."""
    return 0.0 if budget is None else 0.2 * min(float(meal.total / budget), 0.9)


def _sets(kitchen: Kitchen) -> Iterable[tuple[list[Line], float]]:
    people = kitchen.want.people
    sets = [offer for offer in kitchen.course("set", alone=True) if offer.serves <= people]
    for offer in sets:
        copies, rest = divmod(people, offer.serves)
        lines = [Line(offer, copies)]
        if rest:
            other = next((one for one in sets if one.serves == rest), None)
            if other is None:
                continue
            lines.append(Line(other, 1))
        yield lines, 0.6 if copies == 1 and not rest else 0.45


def _combos(kitchen: Kitchen) -> Iterable[tuple[list[Line], float]]:
    people = kitchen.want.people
    mains = kitchen.course("main", alone=True)
    single = [offer for offer in mains if offer.picture in WHOLE and offer.serves == 1]
    rice = kitchen.plain_staple()
    single += [one for one in kitchen.course("staple", alone=True) if one.serves == 1 and not kitchen.is_plain(one)]
    shared = [offer for offer in mains if offer not in single]
    greens, soups = kitchen.course("vegetable"), kitchen.course("soup")
    for order in (_as_they_are, _cheapest_first):
        if single:
            chosen = _spread(order(single), people)
            yield chosen, 0.5
            if greens:
                green = order(greens)[0]
                yield [*chosen, Line(green, math.ceil(people / (2 * green.serves)))], 0.55
        if shared:
            courses = {"main": order(shared), "vegetable": order(greens), "soup": order(soups)}
            for portions in (2 * people, 3 * people):
                lines = _courses(courses, people, portions)
                if rice is not None:
                    yield [*lines, Line(rice, people)], 0.55
                elif not single:
                    yield lines, 0.5


def _as_they_are(offers: list[Offer]) -> list[Offer]:
    return offers


def _cheapest_first(offers: list[Offer]) -> list[Offer]:
    return sorted(offers, key=lambda offer: offer.price / offer.serves)


def _spread(offers: list[Offer], people: int) -> list[Line]:
    """Return a dish for each, of different kinds as far as there are."""
    kinds = offers[: min(people, 4)]
    share, rest = divmod(people, len(kinds))
    return [Line(offer, share + (place < rest)) for place, offer in enumerate(kinds)]


def _courses(courses: dict[str, list[Offer]], people: int, portions: int) -> list[Line]:
    """Return dishes to share until they make so many portions, none of them more often than the people could eat it."""
    counts: dict[int, int] = {}
    queues = {name: _round_robin(offers, people) for name, offers in courses.items()}
    chosen: dict[int, Offer] = {}
    made = step = 0
    while made < portions and any(queues.values()):
        queue = queues[COURSES[step % len(COURSES)]]
        step += 1
        if queue:
            offer = queue.pop(0)
            chosen[offer.pk] = offer
            counts[offer.pk] = counts.get(offer.pk, 0) + 1
            made += offer.serves
    return [Line(offer, counts[pk]) for pk, offer in chosen.items()]


def _round_robin(offers: list[Offer], people: int) -> list[Offer]:
    """Return the first dishes one after the other, then again, each as often as the people could eat it."""
    rounds = range(people)
    return [offer for turn in rounds for offer in offers[:6] if turn < math.ceil(people / offer.serves)]


def _beside(kitchen: Kitchen, lines: Sequence[Line]) -> list[Line]:
    """Return what makes a meal of dishes: something green where there is enough to share, and rice."""
    if any(line.offer.picture in WHOLE for line in lines):
        return []
    people, portions = kitchen.want.people, sum(line.offer.serves * line.count for line in lines)
    chosen = {line.offer.pk for line in lines}
    added = []
    greens = [offer for offer in kitchen.course("vegetable") if offer.pk not in chosen]
    if greens and portions < 2 * people and not any(line.offer.category == "vegetable" for line in lines):
        added.append(Line(greens[0], 1))
    rice = kitchen.plain_staple()
    if rice is not None:
        added.append(Line(rice, people))
    return added


def _servings(offer: Offer, people: int) -> int:
    return people if offer.category in SMALL else math.ceil(people / max(offer.serves, 1))


def _meal(kitchen: Kitchen, lines: Sequence[Line], kind: str, fit: float) -> Meal | None:
    """Return a meal that reaches the minimum order and is in stock; None where that cannot be had."""
    shop = kitchen.shop
    added: list[Offer] = []
    chosen = [line for line in lines if line.count > 0]
    current = price(shop.merchant, chosen, shop.km)
    toppings = iter(_toppings(kitchen, chosen))
    while current.short > 0:
        topping = next(toppings, None)
        if topping is None or len(added) == MOST_TOPPING:
            return None
        added.append(topping)
        chosen.append(Line(topping, 1))
        current = price(shop.merchant, chosen, shop.km)
    if any(line.offer.stock is not None and line.offer.stock < line.count for line in chosen):
        return None
    return Meal(shop, tuple(chosen), current, fit - 0.1 * len(added), kind, tuple(added))


def _toppings(kitchen: Kitchen, lines: Sequence[Line]) -> list[Offer]:
    """Return small things to reach the minimum order with, the best sold first."""
    chosen = {line.offer.pk for line in lines}
    small = kitchen.course("vegetable", "soup", "snack", "drink", "dessert")
    return [offer for offer in small if offer.pk not in chosen]


def _merit(kitchen: Kitchen, meal: Meal) -> float:
    """Return what a meal is worth beside its kind: liked, with something green, reduced, of a house that keeps the
    diet, for the time of day; less where nothing in it is a main dish.
    """
    categories = {line.offer.category for line in meal.lines}
    wanted = TIMED.get(kitchen.want.meal)
    house = [slug for slug in kitchen.want.diets if slug in diets.OF_THE_HOUSE]
    worth = 0.08 * sum(math.log10(line.offer.sold + 1) for line in meal.lines) / len(meal.lines)
    worth += 0.1 if categories & {"vegetable", "set"} else 0.0
    worth += 0.05 if any(line.offer.list_price for line in meal.lines) else 0.0
    worth += 0.2 if set(house) & set(meal.shop.merchant.tags) else 0.0
    worth += 0.3 if wanted and wanted.search(_names(meal.lead)) else 0.0
    return worth - (0.3 if categories <= set(diets.BESIDE) else 0.0)


def _names(offer: Offer) -> str:
    return f"{offer.name_zh} {offer.name_en}"


def _timely(offer: Offer, meal: str) -> bool:
    """Return whether a dish that is for a time of day is for the one that was asked for."""
    return all(time == meal or not pattern.search(_names(offer)) for time, pattern in TIMED.items())
