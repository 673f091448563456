"""Restaurants: where they are, what they are called, what they sell."""

from __future__ import annotations

from collections.abc import Iterator

from seeds import dishes
from seeds.addresses import distance, stand
from seeds.delivery import delivery
from seeds.draw import Draw
from seeds.opening import hours, is_late
from seeds.rows import Row, entry
from seeds.words import Menu, Pair, Place, Town, menu, menus, read

PER_AREA = 3
WITHIN_KM = 3.0
AT_LEAST = 16  # restaurants that deliver within `WITHIN_KM` of every business area
ELSEWHERE = 12  # restaurants at stations, universities, malls, sights
REACH_KM = 1.1
EXTRAS = {"wifi": 0.5, "family": 0.3, "parking": 0.2, "accessible": 0.25}


def _deck(town: Town, draw: Draw) -> Iterator[Menu]:
    """Yield menus in shuffled rounds, each as often in a round as the town likes it."""
    weights = read("cuisine_weights.json")[town.country]
    cards = [menu(name) for name in menus() for _ in range(town.favours.get(name, weights[name]))]
    while True:
        yield from draw.shuffled(cards)


def _spots(town: Town, draw: Draw) -> list[Place]:
    areas = town.of_kind("area")
    elsewhere = town.of_kind("university", "station", "mall", "metro", "landmark", "district")
    extra = draw.shuffled(elsewhere)
    return areas * PER_AREA + (extra * 3)[:ELSEWHERE]


class Names:
    """Names no two restaurants of a town share."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._count: dict[str, int] = {}
        self._taken: set[str] = set()

    def _combined(self, kind: Menu) -> Pair:
        count = self._count[kind.name] = self._count.get(kind.name, -1) + 1
        draw = Draw("names", self._town.slug, kind.name)
        heads, tails = draw.shuffled(kind.heads), draw.shuffled(kind.tails)
        turn, place = divmod(count, len(heads))
        head, tail = heads[place], tails[(place + turn) % len(tails)]
        return head[0] + tail[0], f"{head[1]} {tail[1]}"

    def make(self, kind: Menu, place: Place, draw: Draw) -> Pair:
        """Return a name for a restaurant of this kind at `place`, in Chinese and English."""
        name = self._combined(kind)
        if draw.chance(kind.chain):
            head = draw.pick(Draw("chain", self._town.slug, kind.name).shuffled(kind.heads)[:4])
            name = f"{head[0]}（{place.short[0]}店）", f"{head[1]} ({place.short[1]})"
        while name[0] in self._taken:
            name = self._combined(kind)
        self._taken.add(name[0])
        return name


def restaurants(town: Town) -> Iterator[tuple[Row, list[Row]]]:
    """Yield a town's restaurants with their offers."""
    draw, names = Draw("restaurants", town.slug), Names(town)
    deck, spots, made = _deck(town, draw), _spots(town, draw), []
    for number, place in enumerate(spots, 1):
        made.append(_restaurant(town, place, next(deck), names, number))
        yield made[-1]
    for area in town.of_kind("area"):
        while sum(_delivers_near(merchant, area) for merchant, _ in made) < AT_LEAST:
            made.append(_restaurant(town, area, next(deck), names, len(made) + 1))
            yield made[-1]


def _delivers_near(merchant: Row, area: Place) -> bool:
    far = distance((merchant["lat"], merchant["lng"]), (area.lat, area.lng))
    return bool(merchant["delivers"]) and far <= WITHIN_KM


def _restaurant(town: Town, place: Place, kind: Menu, names: Names, number: int) -> tuple[Row, list[Row]]:
    draw = Draw("restaurant", town.slug, number, kind.name)
    level = town.level * draw.between(0.9, 1.14)
    spans = hours(draw.weighted(kind.hours), draw, rest_day=draw.chance(0.03))
    card = dishes.choose(kind, draw)
    tags = _tags(kind, draw, late=is_late(spans), sets=card.sets)
    say = _say(kind, card, draw, spans)
    merchant = {
        **entry(f"{town.slug}.r{number:03d}", names.make(kind, place, draw), say, tags),
        **stand(town, place, draw, REACH_KM),
        "kind": "restaurant",
        "category": kind.cuisine,
        "rating": f"{3.6 + 1.3 * (draw.between(0, 1) + draw.between(0.3, 1)) / 2:.1f}",
        "reviews": int(10 ** draw.between(1.4, 3.9)),
        "hours": spans,
        "picture": kind.picture,
        "details": {},
        **delivery(town, draw),
    }
    offers = dishes.offers(merchant, kind, card, draw, level)
    merchant["average_price"] = dishes.per_person(offers)
    return merchant, offers


def _tags(kind: Menu, draw: Draw, *, late: bool, sets: list[str]) -> tuple[str, ...]:
    tags = list(kind.tags)
    if late:
        tags.append("late_night")
    if any(meal.serves == 2 for meal in kind.sets if meal.slug in sets):
        tags.append("set_for_two")
    extras = [tag for tag, share in EXTRAS.items() if draw.chance(share)]
    return tuple(dict.fromkeys([*tags, *extras]))


def _say(kind: Menu, card: dishes.Card, draw: Draw, spans: list[Row]) -> Pair:
    about_zh, about_en = draw.pick(kind.about)
    first, second = (kind.dish(slug).bare for slug in card.famous)
    zh, en = f"{about_zh}，招牌是{first[0]}和{second[0]}", f"{about_en}; best known for {first[1]} and {second[1]}"
    opens = spans[0]["open"]
    if is_late(spans):
        zh, en = f"{zh}，营业到凌晨", f"{en}, and open past midnight"
    elif opens < "08:00":
        half = "半" if opens.endswith("30") else ""
        zh, en = f"{zh}，早上{int(opens[:2])}点{half}就开门", f"{en}, and open from {opens.lstrip('0')}"
    return f"{zh}。", f"{en}."
