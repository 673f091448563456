"""What a restaurant takes from the menu of its cuisine, and at what price."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from seeds.draw import Draw
from seeds.prices import fee, price, rounded
from seeds.rows import Row, offer
from seeds.words import Dish, Meal, Menu, read

# Tags that hold for a set only when they hold for all of it; the others when they hold for a part of it.
FIT = ("halal", "vegetarian", "vegan", "light", "low_sugar")
SMALL_CATEGORIES = ("drink", "dessert")


@dataclass(frozen=True)
class Card:
    """The dishes and sets of one restaurant, by slug."""

    dishes: list[str]
    sets: list[str]
    in_sets: frozenset[str]
    famous: tuple[str, str]


def choose(kind: Menu, draw: Draw) -> Card:
    """Return a restaurant's choice: some sets, what they hold, the basics, and more until it is enough."""
    meals = draw.some(kind.sets, min(len(kind.sets), draw.whole(3, 4)))
    in_sets = frozenset(slug for meal in meals for slug in meal.of)
    known = draw.shuffled([dish.slug for dish in kind.dishes if dish.category == kind.famous])[:2]
    wanted = {*in_sets, *kind.basics, *known}
    enough = draw.whole(11, 16)
    for dish in draw.shuffled(kind.dishes):
        if len(wanted) >= enough:
            break
        wanted.add(dish.slug)
    chosen = [dish for dish in kind.dishes if dish.slug in wanted]
    famous = draw.shuffled([dish.slug for dish in chosen if dish.category == kind.famous])
    famous += [dish.slug for dish in chosen if dish.slug not in famous]
    return Card([dish.slug for dish in chosen], [meal.slug for meal in meals], in_sets, (known[0], known[1]))


def tags_of(kind: Menu, meal: Meal) -> tuple[str, ...]:
    """Return a set's tags: what any part holds, what all parts are fit for, and for how many it is."""
    parts = [kind.dish(slug) for slug in meal.of]
    every = [tag for tag in FIT if all(tag in part.tags for part in parts)]
    holds = sorted({tag for part in parts for tag in part.tags if tag not in FIT})
    return (*holds, *every, *(("set_for_two",) if meal.serves == 2 else ()))


def offers(merchant: Row, kind: Menu, card: Card, draw: Draw, level: float) -> list[Row]:
    """Return the offers of a restaurant: sets first, then dishes in the order of the menu."""
    rows = {slug: _dish(merchant, kind.dish(slug), card, draw, level) for slug in card.dishes}
    sets = [_meal(merchant, kind, meal, rows, draw) for meal in kind.sets if meal.slug in card.sets]
    return [*sets, *rows.values()]


def _dish(merchant: Row, dish: Dish, card: Card, draw: Draw, level: float) -> Row:
    currency = merchant["currency"]
    scale = (
        "small"
        if dish.category in SMALL_CATEGORIES or merchant["category"] in {"coffee", "tea_drinks", "bakery"}
        else "meal"
    )
    full = price(dish.price, scale, currency, level * draw.between(0.96, 1.05))
    now = rounded(float(full) * draw.pick([0.8, 0.85, 0.9]), currency) if draw.chance(0.07) else full
    stock = None
    if dish.slug not in card.in_sets and draw.chance(0.05):
        stock = draw.pick([0, 0, 3, 5, 8, 12, 20])
    return offer(
        merchant,
        dish.slug,
        "dish",
        name=(dish.zh, dish.en[0].upper() + dish.en[1:]),
        say=(dish.say_zh, dish.say_en),
        tags=dish.tags,
        category=dish.category,
        price=str(now),
        list_price=str(full) if now < full else None,
        serves=dish.serves,
        spice=dish.spice,
        stock=stock,
        sold=int(merchant["reviews"] * draw.between(0.02, 0.5)),
        options=[_option(name, currency) for name in dish.options],
        picture=dish.picture,
    )


def _meal(merchant: Row, kind: Menu, meal: Meal, rows: dict[str, Row], draw: Draw) -> Row:
    parts = [kind.dish(slug) for slug in meal.of]
    held = Counter(parts)
    full = sum((Decimal(rows[slug]["list_price"] or rows[slug]["price"]) for slug in meal.of), Decimal(0))
    now = rounded(float(full) * draw.between(0.8, 0.9), merchant["currency"])
    return offer(
        merchant,
        meal.slug,
        "dish",
        name=(meal.zh, meal.en),
        say=(
            "含" + "、".join(_times(part.zh, count) for part, count in held.items()) + "。",
            "With " + ", ".join(_times(part.en, count) for part, count in held.items()) + ".",
        ),
        tags=tags_of(kind, meal),
        category="set",
        price=str(now),
        list_price=str(full),
        serves=meal.serves,
        spice=max(part.spice for part in parts),
        sold=int(merchant["reviews"] * draw.between(0.05, 0.6)),
        picture="set_meal",
        details={"includes": [{"zh": part.zh, "en": part.en, "count": count} for part, count in held.items()]},
    )


def _times(name: str, count: int) -> str:
    return name if count == 1 else f"{name} ×{count}"


def _option(name: str, currency: str) -> Row:
    data = read("options.json")[name]
    choices = [
        {"key": key, "name_zh": zh, "name_en": en, "extra": str(fee(extra, currency))}
        for key, zh, en, extra in data["choices"]
    ]
    return {"key": name, "name_zh": data["zh"], "name_en": data["en"], "choices": choices}


def per_person(rows: list[Row]) -> str:
    """Return what a person spends: the middle of the sets' prices per head."""
    heads = sorted(Decimal(row["price"]) / row["serves"] for row in rows if row["category"] == "set")
    return f"{heads[len(heads) // 2]:.0f}.00"
