"""Catalogue rows as documents: what is filtered on, and the texts that are searched."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.retrieval.hours import open_minutes
from assistant.retrieval.names import name_key, name_keys
from integrations.catalogue.vocabulary import CUISINES, DIETS, DISH_CATEGORIES, TAGS
from integrations.models import City, Location, Merchant, Offer

MODELS = ("location", "merchant", "offer")
UNKNOWN = -1  # of a price, rating, spice or delivery distance: such a row satisfies no filter on it
CHUNK = 900  # ids in one statement; SQLite takes 999 variables in old builds

# How much a word counts by where it stands.
NAME, CATEGORY, ALIAS, TAG, SELLER, DESCRIPTION, PLACE = 3.0, 2.0, 2.5, 1.0, 1.0, 0.7, 0.5

LOCATION_WEIGHT = {
    "airport": 1.0,
    "station": 0.9,
    "district": 0.8,
    "landmark": 0.8,
    "area": 0.7,
    "mall": 0.6,
    "metro": 0.6,
    "museum": 0.5,
    "park": 0.5,
}
_BRANCH = re.compile(r"([^（(]*)((?s:.*))")
SPICE = {0: "不辣", 1: "微辣", 2: "辣 spicy", 3: "特辣 辣 spicy"}
TAG_VALUE, CATEGORY_VALUE = "tag", "category"  # attributes that every catalogue has
FOOD_TAGS = frozenset(tag for diet in DIETS.values() for tag in (*diet.tags, *diet.without))


@dataclass(frozen=True, slots=True)
class Document:
    """A row as the index sees it. Prices in hundredths, ratings in tenths, hours as open minutes of the week."""

    model: str
    row: int
    merchant: int  # 0 for a location
    city: int
    zone: str
    kind: str
    category: str
    cuisine: str  # the merchant's category
    price: int
    rating: int
    spice: int
    district: int  # 0: not known
    lat: float  # NaN: not known
    lng: float
    tags: tuple[str, ...]
    hours: tuple[tuple[int, int], ...]
    delivery_km: float
    active: bool
    popularity: float  # 0..1
    titles: tuple[str, str]  # the keys of its Chinese and English name
    names: tuple[str, ...]  # of a location: the keys of every name it goes by
    values: tuple[tuple[str, str], ...]  # (attribute, value): what it is said to be or have
    texts: tuple[tuple[str, float, bool], ...]  # text, weight, is a name

    @property
    def key(self) -> tuple[str, int]:
        """Return what the row is known by."""
        return self.model, self.row

    @property
    def digest(self) -> int:
        """Return 64 bits that change with anything the index takes from the row."""
        values = repr([getattr(self, name) for name in self.__slots__])
        return int.from_bytes(hashlib.blake2b(values.encode(), digest_size=8).digest(), "big")


def read(model: str, ids: Sequence[int] | None = None) -> Iterator[Document]:
    """Yield the documents of one model, of the rows `ids` or of all."""
    cities = {city.pk: city for city in City.objects.all()}
    if model == "location":
        yield from (_location(row, cities) for row in _rows(Location, _LOCATION_FIELDS, "pk", ids))
    elif model == "merchant":
        yield from (_merchant(row, cities) for row in _rows(Merchant, _MERCHANT_FIELDS, "pk", ids))
    else:
        yield from _offers(_rows(Offer, _OFFER_FIELDS, "pk", ids), ids, cities)


def offers_of(merchants: Sequence[int]) -> list[int]:
    """Return the ids of everything these merchants sell."""
    return [row["pk"] for row in _rows(Offer, ("pk",), "merchant", merchants)]


_ENTRY = ("pk", "name_zh", "name_en", "description_zh", "description_en", "tags", "attributes", "is_active", "kind")
_LOCATION_FIELDS = (*_ENTRY, "city", "aliases", "lat", "lng", "district", "district__name_zh", "district__name_en")
_MERCHANT_FIELDS = (
    *(*_ENTRY, "category", "city", "lat", "lng", "rating", "reviews", "average_price", "hours", "delivers"),
    *("delivery_km", "district", "district__name_zh", "district__name_en", "near__name_zh", "near__name_en"),
)
_OFFER_FIELDS = (*_ENTRY, "category", "merchant", "price", "spice", "sold")


def _rows(table: Any, fields: Sequence[str], column: str, ids: Sequence[int] | None) -> Iterator[dict[str, Any]]:
    """Yield the rows whose `column` is in `ids`, or all, in the order of their ids."""
    query = table.objects.order_by("pk").values(*fields)
    if ids is None:
        yield from query.iterator(chunk_size=2000)
        return
    for start in range(0, len(ids), CHUNK):
        yield from query.filter(**{f"{column}__in": ids[start : start + CHUNK]})


def _location(row: dict[str, Any], cities: dict[int, City]) -> Document:
    city = cities[row["city"]]
    names = (row["name_zh"], row["name_en"], *row["aliases"])
    return Document(
        **_shared("location", row, city),
        merchant=0,
        category="",
        cuisine="",
        price=UNKNOWN,
        rating=UNKNOWN,
        spice=UNKNOWN,
        **_place(row),
        tags=tuple(sorted(row["tags"])),
        hours=(),
        delivery_km=UNKNOWN,
        active=row["is_active"],
        popularity=LOCATION_WEIGHT.get(row["kind"], 0.4),
        values=tuple(_values(row, row["tags"])),
        names=name_keys(row["kind"], names, (city.name_zh, city.name_en, *city.aliases)),
        texts=_texts(
            *((name, ALIAS, True) for name in row["aliases"]),
            *_entry_texts(row),
            *((row[name] or "", PLACE, False) for name in ("district__name_zh", "district__name_en")),
        ),
    )


def _merchant(row: dict[str, Any], cities: dict[int, City]) -> Document:
    city = cities[row["city"]]
    places = ("district__name_zh", "district__name_en", "near__name_zh", "near__name_en")
    return Document(
        **_shared("merchant", row, city),
        merchant=row["pk"],
        category=row["category"],
        cuisine=row["category"],
        price=hundredths(row["average_price"]),
        rating=UNKNOWN if row["rating"] is None else int(row["rating"] * 10),
        spice=UNKNOWN,
        **_place(row),
        tags=tuple(sorted(row["tags"])),
        hours=open_minutes(row["hours"], row["pk"]),
        delivery_km=row["delivery_km"] if row["delivers"] else UNKNOWN,
        active=row["is_active"],
        popularity=_popularity(row["reviews"], 20_000),
        names=(),
        values=tuple(_values(row, row["tags"], row["category"])),
        texts=_texts(
            *_entry_texts(row),
            *((name, CATEGORY, False) for name in category_names(row["category"])),
            *((row[place] or "", PLACE, False) for place in places),
        ),
    )


def _offers(rows: Iterable[dict[str, Any]], ids: Sequence[int] | None, cities: dict[int, City]) -> Iterator[Document]:
    """Yield offers; what is the merchant's (place, rating, hours, delivery) is theirs too."""
    if ids is not None:
        rows = list(rows)
        sellers: Sequence[int] | None = sorted({row["merchant"] for row in rows})
    else:
        sellers = None
    names = ("name_zh", "name_en")
    merchants = {
        row["pk"]: (_merchant(row, cities), tuple(row[name] for name in names))
        for row in _rows(Merchant, _MERCHANT_FIELDS, "pk", sellers)
    }
    for row in rows:
        if row["merchant"] in merchants:  # else: sold since by a merchant that is newer than this list, or gone
            yield _offer(row, *merchants[row["merchant"]], cities)


def _offer(row: dict[str, Any], merchant: Document, seller: tuple[str, ...], cities: dict[int, City]) -> Document:
    # What is true of the house is true of its dishes (parking, late night); what is in the food is not.
    tags = {*row["tags"], *(tag for tag in merchant.tags if tag not in FOOD_TAGS)}
    return Document(
        **_shared("offer", row, cities[merchant.city]),
        merchant=merchant.row,
        category=row["category"],
        cuisine=merchant.category,
        price=hundredths(row["price"]),
        rating=merchant.rating,
        spice=UNKNOWN if row["spice"] is None else row["spice"],
        district=merchant.district,
        lat=merchant.lat,
        lng=merchant.lng,
        tags=tuple(sorted(tags)),
        hours=merchant.hours,
        delivery_km=merchant.delivery_km,
        active=row["is_active"] and merchant.active,
        popularity=_popularity(row["sold"], 5_000),
        names=(),
        values=(*_values(row, tags, row["category"]), *(pair for pair in merchant.values if pair[0] != TAG_VALUE)),
        texts=_texts(
            *_entry_texts(row),
            *((name, PLACE, False) for name in category_names(row["category"])),
            (SPICE.get(row["spice"], ""), TAG, False),
            *((name, SELLER, False) for name in (*seller, *category_names(merchant.category))),
        ),
    )


def _shared(model: str, row: dict[str, Any], city: City) -> dict[str, Any]:
    return {
        "model": model,
        "row": row["pk"],
        "city": city.pk,
        "zone": city.time_zone,
        "kind": row["kind"],
        "titles": (name_key(row["name_zh"]), name_key(row["name_en"])),
    }


def _texts(*texts: tuple[str, float, bool]) -> tuple[tuple[str, float, bool], ...]:
    return tuple(text for text in texts if text[0])


def _entry_texts(row: dict[str, Any]) -> Iterator[tuple[str, float, bool]]:
    for name in (row["name_zh"], row["name_en"]):
        main, branch = _BRANCH.fullmatch(name).groups()  # type: ignore[union-attr]  # matches every text
        yield main, NAME, True
        yield branch, PLACE, False  # 海底捞（静安寺店）is a hotpot house first
    yield from ((row[name], DESCRIPTION, False) for name in ("description_zh", "description_en"))
    yield row["kind"].replace("_", " "), TAG, False
    yield from ((name, TAG, False) for tag in row["tags"] for name in tag_names(tag))
    yield from ((value, TAG, False) for values in row["attributes"].values() for value in values)


def _place(row: dict[str, Any]) -> dict[str, Any]:
    unknown = row["lat"] is None or row["lng"] is None
    lat, lng = (math.nan, math.nan) if unknown else (row["lat"], row["lng"])
    return {"district": row["district"] or 0, "lat": lat, "lng": lng}


def _values(row: dict[str, Any], tags: Iterable[str], category: str = "") -> Iterator[tuple[str, str]]:
    """Yield what a row is said to be or have: its attributes, tags and category, in both languages."""
    for attribute, values in row["attributes"].items():
        yield from ((attribute, value) for value in values)
    yield from ((TAG_VALUE, name) for tag in sorted(tags) for name in tag_names(tag))
    if category:
        yield from ((CATEGORY_VALUE, name) for name in category_names(category))


def tag_names(slug: str) -> tuple[str, ...]:
    """Return the Chinese and English names of a tag, or its slug as words."""
    term = TAGS.get(slug)
    return (term.zh, term.en) if term else (slug.replace("_", " "),)


def category_names(slug: str) -> tuple[str, ...]:
    """Return the Chinese and English names of a category, or its slug as words."""
    term = CUISINES.get(slug) or DISH_CATEGORIES.get(slug)
    return (term.zh, term.en) if term else (slug.replace("_", " "),)


def hundredths(price: Decimal | None) -> int:
    """Return a price in hundredths of its currency."""
    return UNKNOWN if price is None else int(price * 100)


def _popularity(count: int, many: int) -> float:
    return round(min(1.0, math.log1p(count) / math.log1p(many)), 4)
