"""Cinemas and the films they show (all invented), one offer for each film and kind of hall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from seeds.addresses import stand
from seeds.draw import Draw
from seeds.opening import hours
from seeds.prices import price
from seeds.rows import Row, entry, offer
from seeds.words import Pair, Place, Town, pairs, read

SHOWN = 6


def cinemas(town: Town) -> Iterator[tuple[Row, list[Row]]]:
    """Yield a town's cinemas with their shows."""
    data, order = read("cinemas.json"), Draw("cinemas", town.slug)
    spots = order.shuffled(town.of_kind("area"))
    heads = order.shuffled(pairs(data["heads"]))
    for number in range(data["per_city"]):
        yield _cinema(town, spots[number], number + 1, heads[number])


def _cinema(town: Town, place: Place, number: int, head: Pair) -> tuple[Row, list[Row]]:
    data, draw = read("cinemas.json"), Draw("cinema", town.slug, number)
    tail, say, halls = draw.pick(pairs(data["tails"])), draw.pick(pairs(data["say"])), draw.whole(5, 11)
    merchant = {
        **entry(
            f"{town.slug}.c{number:02d}",
            (f"{head[0]}{tail[0]}（{place.short[0]}店）", f"{head[1]} {tail[1]}, {place.short[1]}"),
            (
                say[0].format(place=place.short[0], halls=halls) + "。",
                say[1].format(place=place.short[1], halls=halls) + ".",
            ),
            ("accessible", *(("parking",) if draw.chance(0.5) else ())),
        ),
        **stand(town, place, draw, 0.7),
        "kind": "cinema",
        "category": "cinema",
        "rating": f"{draw.between(4.0, 4.9):.1f}",
        "reviews": int(10 ** draw.between(2, 3.9)),
        "hours": hours("cinema", draw),
        "picture": "cinema",
        "details": {"halls": halls},
    }
    shows = [_show(merchant, film, town, draw) for film in draw.some(data["films"], SHOWN)]
    merchant["average_price"] = shows[0]["price"]
    return merchant, shows


def _show(merchant: Row, film: list[Any], town: Town, draw: Draw) -> Row:
    slug, zh, en, genre_zh, genre_en, minutes, say_zh, say_en = film
    halls = read("cinemas.json")["halls"]
    hall = draw.weighted({"standard": 4, "laser": 3, "giant": 2, "recliner": 1})
    hall_zh, hall_en, times = halls[hall]
    return offer(
        merchant,
        slug,
        "show",
        name=(f"《{zh}》（{hall_zh}）", f"{en} ({hall_en})"),
        say=(f"{genre_zh}片，{minutes}分钟。{say_zh}", f"{genre_en.capitalize()}, {minutes} minutes. {say_en}"),
        category=hall,
        price=str(price(42 * times, "goods", merchant["currency"], town.level * draw.between(0.9, 1.15))),
        sold=draw.whole(20, 900),
        picture="cinema",
        details={"minutes": minutes, "genre_zh": genre_zh, "genre_en": genre_en, "hall": hall},
    )
