"""Hospitals and clinics and the departments one can make an appointment at."""

from __future__ import annotations

from collections.abc import Iterator

from seeds.addresses import stand
from seeds.draw import Draw
from seeds.opening import hours
from seeds.prices import price
from seeds.rows import Row, entry, offer
from seeds.words import Town, pairs, read


def hospitals(town: Town) -> Iterator[tuple[Row, list[Row]]]:
    """Yield a town's hospitals with their departments."""
    data, order = read("hospitals.json"), Draw("hospitals", town.slug)
    spots = order.shuffled(town.of_kind("area", "university", "metro"))
    heads = order.shuffled(pairs(data["heads"]))
    for number in range(1, data["per_city"] + 1):
        draw = Draw("hospital", town.slug, number)
        category, zh, en, departments = data["kinds"][data["order"][number - 1]]
        place, head = spots[number - 1], heads[number - 1]
        names = "、".join(departments[:3]), ", ".join(data["departments"][name][1].lower() for name in departments[:3])
        always = "急诊科" in departments
        merchant = {
            **entry(
                f"{town.slug}.m{number:02d}",
                (f"{town.zh}{head[0]}{zh}", f"{head[1]} {en}, {town.en}"),
                (
                    f"{place.zh}附近，有{names[0]}等科室{'，急诊全天' if always else ''}（{data['note_zh']}）。",
                    f"Near {place.en}, with {names[1]} and more{', emergency day and night' if always else ''} ({data['note_en']}).",
                ),
                ("accessible", *(("parking",) if draw.chance(0.6) else ())),
            ),
            **stand(town, place, draw, 0.9),
            "kind": "hospital",
            "category": category,
            "rating": f"{draw.between(4.0, 4.9):.1f}",
            "reviews": int(10 ** draw.between(1.5, 3.4)),
            "hours": hours("always", draw) if always else [{"days": [0, 1, 2, 3, 4, 5], "open": "08:00", "close": "17:30"}],
            "picture": "hospital",
            "details": {},
        }
        offers = [_department(merchant, name, town, draw) for name in departments]
        merchant["average_price"] = offers[0]["price"]
        yield merchant, offers


def _department(merchant: Row, name: str, town: Town, draw: Draw) -> Row:
    slug, en, fee, say_zh, say_en = read("hospitals.json")["departments"][name]
    return offer(
        merchant,
        slug,
        "department",
        name=(name if name.endswith(("科", "接种", "洁牙")) else f"{name}门诊", en),
        say=(say_zh, say_en),
        category=slug,
        price=str(price(fee, "goods", merchant["currency"], town.level)),
        sold=draw.whole(30, 1500),
        picture="hospital",
    )
