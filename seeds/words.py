"""The word lists, read from the JSON files beside this module. `README.md` explains the columns."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
Pair = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Place:
    """A location of a city."""

    slug: str
    kind: str
    zh: str
    en: str
    district: str  # the slug of one, or ""
    lat: float
    lng: float
    aliases: tuple[str, ...] = ()

    @property
    def short(self) -> Pair:
        """The name as a branch or an address has it: without the word for a business area."""
        return self.zh.removesuffix("商圈"), self.en.removesuffix(" area").removesuffix(" town")


@dataclass(frozen=True)
class Town:
    """A city with its places, and what the generator needs to know about it."""

    slug: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    country: str
    currency: str
    time_zone: str
    lat: float
    lng: float
    level: float  # of prices
    phone: str
    roads: str  # a list of addresses.json
    favours: dict[str, int]  # menu -> how often it comes up, where it differs from cuisine_weights.json
    places: tuple[Place, ...] = ()

    def of_kind(self, *kinds: str) -> list[Place]:
        """Return the places of these kinds, in the order they stand in."""
        return [place for place in self.places if place.kind in kinds]

    def place(self, slug: str) -> Place:
        """Return the place of that slug."""
        return next(place for place in self.places if place.slug == slug)


@dataclass(frozen=True)
class Dish:
    """A dish at its base price in CNY."""

    slug: str
    zh: str
    en: str
    category: str
    price: float
    serves: int
    spice: int
    tags: tuple[str, ...]
    picture: str
    options: tuple[str, ...]
    say_zh: str
    say_en: str

    @property
    def bare(self) -> Pair:
        """The name without what stands in brackets."""
        return self.zh.partition("（")[0], self.en.partition(" (")[0]


@dataclass(frozen=True)
class Meal:
    """A set meal of dishes of the same menu."""

    slug: str
    zh: str
    en: str
    serves: int
    of: tuple[str, ...]


@dataclass(frozen=True)
class Menu:
    """A cuisine: its dishes and sets, and how its restaurants are called, described and open."""

    name: str  # of its file: a cuisine has more than one menu where some of its kitchens are halal
    cuisine: str
    picture: str
    halal: bool
    heads: tuple[Pair, ...]
    tails: tuple[Pair, ...]
    about: tuple[Pair, ...]
    hours: dict[str, float]
    dishes: tuple[Dish, ...]
    sets: tuple[Meal, ...]
    basics: tuple[str, ...] = field(default=())  # dishes that every restaurant of it has
    tags: tuple[str, ...] = ()  # of the restaurants
    chain: float = 0.0  # share of restaurants that are branches of one name
    famous: str = "main"  # the category that its best known dishes are of

    def dish(self, slug: str) -> Dish:
        """Return the dish of that slug."""
        return next(dish for dish in self.dishes if dish.slug == slug)


@cache
def read(name: str) -> Any:
    """Return the contents of a JSON file of this folder."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def pairs(rows: list[list[str]]) -> tuple[Pair, ...]:
    """Return rows of Chinese and English as tuples."""
    return tuple((row[0], row[1]) for row in rows)


def _places(slug: str) -> tuple[Place, ...]:
    rows = read(f"locations/{slug}.json")["places"]
    return tuple(Place(row[1], row[0], row[2], row[3], row[4], row[5], row[6], tuple(row[7:])) for row in rows)


@cache
def towns() -> tuple[Town, ...]:
    """Return all cities with their places."""
    return tuple(
        Town(**{**row, "aliases": tuple(row["aliases"])}, places=_places(row["slug"])) for row in read("cities.json")
    )


def _dish(row: list[Any], more: str) -> Dish:
    slug, zh, en, category, price, serves, spice, tags, picture, options, say_zh, say_en = row
    return Dish(
        slug,
        zh,
        en,
        category,
        price,
        serves,
        spice,
        tuple((more + tags).split()),
        picture,
        tuple(options.split()),
        say_zh,
        say_en,
    )


def _meal(number: int, row: list[Any]) -> Meal:
    zh, en, serves, of = row
    return Meal(f"set_{number}", zh, en, serves, tuple(of.split()))


@cache
def menu(name: str) -> Menu:
    """Return the menu of that name."""
    data = read(f"menus/{name}.json")
    return Menu(
        name=name,
        cuisine=data["cuisine"],
        picture=data["picture"],
        halal=data["halal"],
        heads=pairs(data["heads"]),
        tails=pairs(data["tails"]),
        about=pairs(data["about"]),
        hours=data["hours"],
        basics=tuple(data["basics"].split()),
        tags=tuple(data["tags"].split()),
        chain=data["chain"],
        famous=data["famous"],
        dishes=tuple(_dish(row, "halal " if data["halal"] else "") for row in data["dishes"]),
        sets=tuple(_meal(number, row) for number, row in enumerate(data["sets"], 1)),
    )


@cache
def menus() -> tuple[str, ...]:
    """Return the names of all menus, in alphabetical order."""
    return tuple(sorted(path.stem for path in (FOLDER / "menus").glob("*.json")))


def fingerprint() -> str:
    """Return a hash of the word lists and the generator: the same files make the same catalogue."""
    digest = hashlib.sha256()
    for path in sorted([*FOLDER.glob("*.json"), *FOLDER.glob("*/*.json"), *FOLDER.glob("*.py")]):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
