"""What the generator makes of the word lists."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from integrations.catalogue import vocabulary
from seeds import generate, words
from seeds.addresses import distance
from seeds.rows import Catalogue

MEAT = {"pork", "beef", "lamb", "chicken", "seafood"}
# What a dish's Chinese text names, once what it says it does without, and what only sounds so, is taken out.
HARMLESS = re.compile(
    r"(不[放含加带]|没有?|无)[^，。；]*|[^，。；]*(代替|作[骨肉])[^，。；]*|素(鸡|排骨|松鼠鱼|香肠)|鱼香|蒸鱼豉油|羊奶酪?|牛奶|牛油[果蛋]|牛肝菌"
    r"|鸡(蛋|枞|毛菜)|像肉|火鸡"
)
NAMED = {
    "pork": "猪|叉烧|培根|火腿|(?<!希)腊|五花|里脊|排骨",
    "beef": "牛",
    "lamb": "羊",
    "chicken": "鸡",
    "seafood": "鱼|虾|蟹|蚝|鱿|扇贝|鳗",
    "peanut": "花生",
}


@cache
def made() -> Catalogue:
    return generate.generate()


def dishes() -> list[tuple[words.Menu, words.Dish]]:
    return [(words.menu(name), dish) for name in words.menus() for dish in words.menu(name).dishes]


def test_the_catalogue_has_the_size_it_says() -> None:
    counts = made().counts()
    kinds = Counter(row["kind"] for row in made().merchants)
    assert counts["cities"] == 13
    assert 800 <= counts["locations"] <= 1000
    assert 2900 <= counts["merchants"] <= 3300
    assert 40_000 <= counts["offers"] <= 48_000
    assert kinds["restaurant"] > 0.6 * counts["merchants"]
    assert set(kinds) == set(vocabulary.MERCHANT_KINDS)


@pytest.mark.slow
def test_it_is_made_alike_in_every_process() -> None:
    """Also with another hash seed: nothing depends on the order of a set."""
    script = "from seeds.generate import *; print(content_hash(generate()))"
    root = Path(words.FOLDER).parent
    run = [sys.executable, "-c", script]
    other = subprocess.run(run, cwd=root, env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == generate.content_hash(made())


def test_every_cuisine_is_in_every_city() -> None:
    found = {(row["city"], row["category"]) for row in made().merchants if row["kind"] == "restaurant"}
    assert {(town.slug, cuisine) for town in words.towns() for cuisine in vocabulary.CUISINES} <= found


def test_every_business_area_has_restaurants_that_deliver_to_it() -> None:
    near = defaultdict(list)
    for row in made().merchants:
        if row["kind"] == "restaurant" and row["delivers"]:
            near[row["city"]].append((row["lat"], row["lng"]))
    for town in words.towns():
        for area in town.of_kind("area"):
            close = [point for point in near[town.slug] if distance(point, (area.lat, area.lng)) <= 3]
            assert len(close) >= 15, area.zh


@pytest.mark.parametrize("name", ["cities", "locations", "merchants", "offers"])
def test_no_row_is_there_twice(name: str) -> None:
    rows = getattr(made(), name)
    keys = Counter(row.get("external_id", row.get("slug")) for row in rows)
    assert max(keys.values()) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_are_unique_in_a_city(language: str) -> None:
    names = Counter((row["city"], row[f"name_{language}"]) for row in made().merchants)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_text_stands_in_both_languages() -> None:
    han = re.compile("[一-鿿]")
    for row in [*made().locations, *made().merchants, *made().offers]:
        assert row["name_zh"], row
        assert row["name_en"], row
        assert not han.search(row["name_en"] + row["description_en"]), row["external_id"]
        assert row["description_zh"].endswith("。"), row["external_id"]
        assert row["description_en"].endswith("."), row["external_id"]
        assert "{" not in row["description_zh"] + row["description_en"]


def test_only_known_words_are_used() -> None:
    categories = {
        "restaurant": vocabulary.CUISINES,
        "hotel": vocabulary.HOTEL_CLASSES,
        "shop": vocabulary.SHOP_TYPES,
        "cinema": {"cinema"},
        "hospital": vocabulary.HOSPITAL_TYPES,
    }
    for row in made().merchants:
        assert row["category"] in categories[row["kind"]], row["external_id"]
    for row in [*made().merchants, *made().offers]:
        assert set(row["tags"]) <= set(vocabulary.TAGS), row["external_id"]
        assert len(set(row["tags"])) == len(row["tags"]), row["external_id"]
        assert row["picture"] in vocabulary.PICTURES, row["external_id"]
    assert {row["kind"] for row in made().offers} == set(vocabulary.OFFER_KINDS)
    assert {row["kind"] for row in made().locations} == set(vocabulary.LOCATION_KINDS)
    assert {row["category"] for row in made().offers if row["kind"] == "dish"} == set(vocabulary.DISH_CATEGORIES)


def test_a_menu_is_whole() -> None:
    assert {words.menu(name).cuisine for name in words.menus()} == set(vocabulary.CUISINES)
    for name in words.menus():
        kind = words.menu(name)
        slugs = [dish.slug for dish in kind.dishes]
        assert 14 <= len(slugs) <= 30
        assert len(set(slugs)) == len(slugs)
        assert set(kind.basics) <= set(slugs)
        assert {slug for meal in kind.sets for slug in meal.of} <= set(slugs)
        assert {1, 2} < {meal.serves for meal in kind.sets}, name
        assert all(0 <= dish.spice <= 3 for dish in kind.dishes)


def test_what_is_vegetarian_holds_no_meat() -> None:
    for kind, dish in dishes():
        if "vegetarian" in dish.tags:
            assert not MEAT & set(dish.tags), (kind.cuisine, dish.zh)
        if "vegan" in dish.tags:
            assert "vegetarian" in dish.tags
            assert not {"egg", "dairy"} & set(dish.tags), (kind.cuisine, dish.zh)


def test_a_dish_is_tagged_with_what_it_names() -> None:
    for kind, dish in dishes():
        text = HARMLESS.sub("", f"{dish.zh}，{dish.say_zh}")
        for tag, pattern in NAMED.items():
            found = re.search(pattern, text)
            assert not found or tag in dish.tags, (kind.cuisine, dish.zh, dish.say_zh, tag)


def test_a_light_dish_is_not_spicy() -> None:
    assert [dish.zh for _, dish in dishes() if "light" in dish.tags and dish.spice] == []


def test_a_halal_kitchen_has_neither_pork_nor_alcohol() -> None:
    halal = {row["external_id"] for row in made().merchants if "halal" in row["tags"]}
    assert len(halal) > 100
    for row in made().offers:
        inside = row["merchant"] in halal
        assert ("halal" in row["tags"]) == (inside and row["kind"] == "dish"), row["external_id"]
        if inside:
            assert not {"pork", "alcohol"} & set(row["tags"]), row["external_id"]


def test_a_set_is_tagged_by_its_parts() -> None:
    rows = {row["external_id"]: row for row in made().offers}
    names: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in made().offers:
        names[row["merchant"]][row["name_zh"]] = row
    sets = [row for row in rows.values() if row["category"] == "set"]
    assert len(sets) > 5000
    for row in sets:
        parts = [names[row["merchant"]][part["zh"]] for part in row["details"]["includes"]]
        held = {tag for part in parts for tag in part["tags"]} - {"vegetarian", "vegan", "halal", "light", "low_sugar"}
        assert held <= set(row["tags"])
        for fit in ("vegetarian", "vegan", "halal", "light", "low_sugar"):
            assert (fit in row["tags"]) == all(fit in part["tags"] for part in parts), row["external_id"]
        assert row["spice"] == max(part["spice"] for part in parts)
        assert ("set_for_two" in row["tags"]) == (row["serves"] == 2)
        assert Decimal(row["price"]) < Decimal(row["list_price"])


@pytest.mark.parametrize(
    ("word", "tag"),
    [("清淡", "light"), ("素", "vegetarian"), ("纯素", "vegan"), ("Light set", "light"), ("Vegan set", "vegan")],
)
def test_a_set_is_what_its_name_says(word: str, tag: str) -> None:
    named = [row for row in made().offers if row["category"] == "set" and word in row["name_zh"] + row["name_en"]]
    assert named
    assert {row["name_zh"] for row in named if tag not in row["tags"]} == set()


def test_a_mild_set_is_not_spicy() -> None:
    named = [row for row in made().offers if row["category"] == "set" and "不辣" in row["name_zh"]]
    assert named
    assert {row["name_zh"] for row in named if row["spice"]} == set()


def test_prices_are_plausible() -> None:
    most = {"CNY": 6000, "HKD": 7000, "SGD": 1200, "GBP": 700}
    for row in made().offers:
        price = Decimal(row["price"])
        assert 0 < price < most[row["currency"]], row["external_id"]
        assert row["list_price"] is None or price < Decimal(row["list_price"])
    currencies = {row["slug"]: row["currency"] for row in made().cities}
    assert all(row["currency"] == currencies[row["city"]] for row in made().merchants)


def test_merchants_stand_where_they_say() -> None:
    places = {row["external_id"]: row for row in made().locations}
    for row in made().merchants:
        near = places[row["near"]]
        assert near["city"] == row["city"]
        assert distance((row["lat"], row["lng"]), (near["lat"], near["lng"])) < 1.3
        if row["district"]:
            assert places[row["district"]]["kind"] == "district"
            assert places[row["district"]]["name_zh"] in row["address_zh"]


def test_locations_stand_in_their_city() -> None:
    cities = {row["slug"]: row for row in made().cities}
    reach = {"beijing": 75, "shanghai": 60, "guangzhou": 60, "hong-kong": 35, "singapore": 25, "london": 30}
    for row in made().locations:
        city = cities[row["city"]]
        far = distance((row["lat"], row["lng"]), (city["lat"], city["lng"]))
        assert far < reach.get(row["city"], 55), (row["external_id"], far)
    names = Counter((row["city"], row["name_zh"]) for row in made().locations)
    assert max(names.values()) == 1


def test_every_description_of_a_location_is_of_one() -> None:
    assert set(words.read("locations/about.json")) <= {row["external_id"] for row in made().locations}


def test_hours_are_valid() -> None:
    late = 0
    for row in made().merchants:
        assert row["hours"], row["external_id"]
        for span in row["hours"]:
            assert set(span["days"]) <= set(range(7))
            datetime.strptime(span["open"], "%H:%M")
            datetime.strptime(span["close"], "%H:%M")
        late += "late_night" in row["tags"]
    assert late > 200


def test_phones_are_nobodys() -> None:
    for row in made().merchants:
        assert re.search(r"^0\d+-0000-|^\+\d+ 0000 |^020 7946 0\d", row["phone"]), row["phone"]
