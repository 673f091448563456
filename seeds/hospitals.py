"""Hospitals and clinics and the departments one can make an appointment at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from seeds.addresses import stand
from seeds.draw import Draw
from seeds.opening import hours
from seeds.prices import price
from seeds.rows import Row, entry, offer
from seeds.words import Pair, Place, Town, pairs, read

EMERGENCY = "急诊科"


def hospitals(town: Town) -> Iterator[tuple[Row, list[Row]]]:
    """Yield a town's hospitals with their departments."""
    data, order = read("hospitals.json"), Draw("hospitals", town.slug)
    spots = order.shuffled(town.of_kind("area", "university", "metro"))
    heads = order.shuffled(pairs(data["heads"]))
    for number, kind in enumerate(data["order"]):
        yield _hospital(town, spots[number], number + 1, data["kinds"][kind], heads[number])


def _hospital(town: Town, place: Place, number: int, kind: list[Any], head: Pair) -> tuple[Row, list[Row]]:
    category, zh, en, departments = kind
    draw, always = Draw("hospital", town.slug, number), EMERGENCY in departments
    merchant = {
        **entry(
            f"{town.slug}.m{number:02d}",
            (f"{town.zh}{head[0]}{zh}", f"{head[1]} {en}, {town.en}"),
            _say(place, departments),
            ("accessible", *(("parking",) if draw.chance(0.6) else ())),
        ),
        **stand(town, place, draw, 0.9),
        "kind": "hospital",
        "category": category,
        "rating": f"{draw.between(4.0, 4.9):.1f}",
        "reviews": int(10 ** draw.between(1.5, 3.4)),
        "hours": hours("always" if always else "clinic", draw),
        "picture": "hospital",
        "details": {},
    }
    offers = [_department(merchant, name, town, draw) for name in departments]
    merchant["average_price"] = offers[0]["price"]
    return merchant, offers


def _say(place: Place, departments: list[str]) -> Pair:
    data, first = read("hospitals.json"), departments[:3]
    zh = f"{place.short[0]}附近，有{'、'.join(first)}等科室"
    en = f"Near {place.short[1]}, with {', '.join(data['departments'][name][1].lower() for name in first)} and more"
    if EMERGENCY in departments:
        zh, en = f"{zh}，急诊全天", f"{en}, emergency day and night"
    return f"{zh}（{data['note_zh']}）。", f"{en} ({data['note_en']})."


def _department(merchant: Row, name: str, town: Town, draw: Draw) -> Row:
    slug, en, fee, say_zh, say_en = read("hospitals.json")["departments"][name]
    return offer(
        merchant,
        slug,
        "department",
        name=(name, en),
        say=(say_zh, say_en),
        category=slug,
        price=str(price(fee, "goods", merchant["currency"], town.level)),
        sold=draw.whole(30, 1500),
        picture="hospital",
    )
