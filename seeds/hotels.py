"""Hotels and their rooms."""

from __future__ import annotations

from collections.abc import Iterator

from seeds.addresses import stand
from seeds.draw import Draw
from seeds.opening import hours
from seeds.prices import price
from seeds.rows import Row, entry, offer
from seeds.words import Pair, Place, Town, pairs, read

KINDS = ("area", "station", "airport", "landmark", "university", "park")
EXTRAS = ("breakfast", "parking", "gym", "pets", "accessible", "family")


def hotels(town: Town) -> Iterator[tuple[Row, list[Row]]]:
    """Yield a town's hotels with their rooms."""
    data = read("hotels.json")
    draw = Draw("hotels", town.slug)
    areas = town.of_kind("area")
    spots = draw.shuffled(areas) + draw.shuffled(town.of_kind(*KINDS[1:]))
    heads = draw.shuffled(pairs(data["heads"]))
    shares = {name: kind["share"] for name, kind in data["classes"].items()}
    for number in range(1, data["per_city"] + 1):
        place = spots[(number - 1) % len(spots)]
        category = draw.weighted(shares)
        yield _hotel(town, place, number, category, heads[(number - 1) % len(heads)])


def _hotel(town: Town, place: Place, number: int, category: str, head: Pair) -> tuple[Row, list[Row]]:
    kind, draw = read("hotels.json")["classes"][category], Draw("hotel", town.slug, number)
    tail, say = draw.pick(pairs(kind["tails"])), draw.pick(pairs(kind["say"]))
    tags = kind["tags"].split()
    tags += [tag for tag in EXTRAS if tag not in tags and draw.chance(0.2)]
    merchant = {
        **entry(
            f"{town.slug}.h{number:02d}",
            (f"{head[0]}{tail[0]}（{place.short[0]}店）", f"{head[1]} {tail[1]}, {place.short[1]}"),
            (say[0].format(place=place.short[0]) + "。", say[1].format(place=place.short[1]) + "."),
            tuple(tags),
        ),
        **stand(town, place, draw, 0.9),
        "kind": "hotel",
        "category": category,
        "rating": f"{3.9 + 1.0 * (draw.between(0, 1) + kind['stars'] / 5) / 2:.1f}",
        "reviews": int(10 ** draw.between(1.6, 3.7)),
        "hours": hours("always", draw),
        "picture": "hotel",
        "details": {
            "stars": kind["stars"],
            "check_in": draw.pick(["14:00", "15:00"]),
            "check_out": draw.pick(["11:00", "12:00"]),
        },
    }
    base = draw.between(*kind["price"])
    rooms = [_room(merchant, slug, base, town, draw) for slug in kind["rooms"].split()]
    merchant["average_price"] = rooms[0]["price"]
    return merchant, rooms


def _room(merchant: Row, slug: str, base: float, town: Town, draw: Draw) -> Row:
    room = read("hotels.json")["rooms"][slug]
    area = room["area"] + draw.whole(-2, 4)
    breakfast = "breakfast" in merchant["tags"]
    zh = f"{room['bed'][0]}，约{area}平方米{'，含早餐' if breakfast else ''}。"
    en = f"{room['bed'][1].capitalize()}, about {area} m²{', breakfast included' if breakfast else ''}."
    tags = [tag for tag in ("wifi", "breakfast", "accessible") if tag in merchant["tags"]]
    return offer(
        merchant,
        slug,
        "room",
        name=(room["zh"], room["en"]),
        say=(zh, en),
        tags=(*tags, *(("family",) if room["serves"] > 2 else ())),
        category=slug,
        price=str(price(base * room["times"], "goods", merchant["currency"], town.level)),
        serves=room["serves"],
        sold=draw.whole(5, 240),
        details={
            "area_m2": area,
            "bed_zh": room["bed"][0],
            "bed_en": room["bed"][1],
            "free_cancel_hours": draw.pick([0, 6, 24, 24]),
        },
    )
