"""Shops and their products."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from seeds.addresses import stand
from seeds.delivery import delivery
from seeds.draw import Draw
from seeds.opening import hours
from seeds.prices import price
from seeds.rows import Row, entry, offer
from seeds.words import Place, Town, pairs, read


def shops(town: Town) -> Iterator[tuple[Row, list[Row]]]:
    """Yield a town's shops with their products."""
    data, order = read("shops.json"), Draw("shops", town.slug)
    cards = [name for name, kind in data["types"].items() for _ in range(kind["share"])]
    spots = order.shuffled(town.of_kind("area")) + order.shuffled(
        town.of_kind("university", "metro", "mall", "station")
    )
    for number in range(1, data["per_city"] + 1):
        category = order.shuffled(cards)[0] if number > len(cards) else cards[number - 1]
        yield _shop(town, number, category, spots[(number - 1) % len(spots)])


def _shop(town: Town, number: int, category: str, place: Place) -> tuple[Row, list[Row]]:
    kind, draw = read("shops.json")["types"][category], Draw("shop", town.slug, number, category)
    head, tail, say = (draw.pick(pairs(kind[key])) for key in ("heads", "tails", "say"))
    level = town.level * draw.between(0.92, 1.12)
    merchant = {
        **entry(
            f"{town.slug}.s{number:02d}",
            (f"{head[0]}{tail[0]}（{place.short[0]}店）", f"{head[1]} {tail[1]}, {place.short[1]}"),
            (f"{say[0]}，近{place.short[0]}。", f"{say[1]}, near {place.short[1]}."),
            tuple(
                tag
                for tag, share in (("accessible", 0.3), ("pets", 1.0 if category == "pets" else 0.05))
                if draw.chance(share)
            ),
        ),
        **stand(town, place, draw, 0.9),
        "kind": "shop",
        "category": category,
        "rating": f"{draw.between(4.0, 4.9):.1f}",
        "reviews": int(10 ** draw.between(1.3, 3.3)),
        "hours": hours("always" if category == "convenience" else "shop", draw),
        "picture": "shop",
        "details": {},
        **(delivery(town, draw) if kind["delivers"] else {}),
    }
    chosen = draw.some(kind["products"], read("shops.json")["products_each"])
    products = [_product(merchant, row, category, level, draw) for row in chosen]
    merchant["average_price"] = sorted((row["price"] for row in products), key=float)[len(products) // 2]
    return merchant, products


def _product(merchant: Row, row: list[Any], category: str, level: float, draw: Draw) -> Row:
    slug, zh, en, base, tags, say_zh, say_en = row
    return offer(
        merchant,
        slug,
        "product",
        name=(zh, en),
        say=(say_zh, say_en),
        tags=tuple(tags.split()),
        category=category,
        price=str(price(base, "goods", merchant["currency"], level)),
        stock=0 if draw.chance(0.03) else draw.whole(2, 80),
        sold=draw.whole(0, 320),
    )
