"""Where an invented merchant stands: near a real place, on an invented road, with a number nobody has."""

from __future__ import annotations

import math

from seeds.draw import Draw
from seeds.rows import Row
from seeds.words import Place, Town, pairs, read

KM_PER_DEGREE = 111.32


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the kilometres between two points a city apart at most (equirectangular)."""
    across = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return KM_PER_DEGREE * math.hypot(a[0] - b[0], across)


def near(place: Place, draw: Draw, reach: float) -> tuple[float, float]:
    """Return a point at most `reach` km from `place`, more often close to it."""
    angle, far = draw.between(0, 2 * math.pi), reach * (0.08 + 0.92 * draw.between(0, 1))
    lat = place.lat + far * math.sin(angle) / KM_PER_DEGREE
    lng = place.lng + far * math.cos(angle) / KM_PER_DEGREE / math.cos(math.radians(place.lat))
    return round(lat, 5), round(lng, 5)


def phone(town: Town, draw: Draw) -> str:
    """Return a number that cannot be anybody's: none begins with 0 (in London, the range kept for fiction)."""
    return town.phone.replace("####", f"{draw.whole(0, 999):04d}")


def stand(town: Town, place: Place, draw: Draw, reach: float) -> Row:
    """Return the fields of a merchant that say where it is."""
    lat, lng = near(place, draw, reach)
    style = read("addresses.json")[town.roads]
    road_zh, road_en = draw.pick(pairs(style["roads"]))
    number = draw.whole(3, 480 if town.country == "CN" else 160)
    district = town.place(place.district) if place.district else None
    area = district or place
    return {
        "city": town.slug,
        "district": f"{town.slug}.{district.slug}" if district else None,
        "near": f"{town.slug}.{place.slug}",
        "lat": lat,
        "lng": lng,
        "address_zh": style["zh"].format(district=area.zh, road=road_zh, number=number, place=place.short[0]),
        "address_en": style["en"].format(
            district=area.en, road=road_en, number=number, place=place.short[1], city=town.en
        ),
        "phone": phone(town, draw),
        "currency": town.currency,
    }
