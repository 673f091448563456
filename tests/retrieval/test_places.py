"""Places and cities by what people call them."""

from __future__ import annotations

import pytest

from assistant.retrieval import places, snapshots
from integrations.models import City
from tests.retrieval.catalogue import fresh, location

pytestmark = pytest.mark.django_db


@pytest.fixture
def shanghai_places(city):
    return {
        "temple": location(city, "静安寺", "Jing'an Temple", "landmark"),
        "metro": location(city, "静安寺站", "Jing'an Temple Station", "metro", aliases=["静安寺地铁站"]),
        "district": location(city, "静安区", "Jing'an District", "district"),
        "terminal": location(city, "虹桥机场T2航站楼", "Hongqiao Airport Terminal 2", "airport", aliases=["虹桥T2"]),
        "mall": location(city, "太古里", "Taikoo Li", "mall"),
        "road": location(city, "南京西路", "West Nanjing Road", "metro"),
        "station": location(city, "上海站", "Shanghai Railway Station", "station"),
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("静安寺", "temple"),
        ("在静安寺附近", "temple"),
        ("Jing'an Temple", "temple"),
        ("near jingan temple", "temple"),
        ("Jing’an Temple, Shanghai", "temple"),
        ("上海静安寺", "temple"),
        ("上海市静安寺那边", "temple"),
        ("静安寺地铁站", "metro"),
        ("静安寺站", "metro"),
        ("静安", "district"),
        ("静安區", "district"),
        ("虹桥T2", "terminal"),
        ("T2航站楼", "terminal"),
        ("太古里", "mall"),
        ("太古里里面", "mall"),
        ("南京西路", "road"),
        ("上海火车站", "station"),
    ],
)
def test_places_by_what_people_call_them(shanghai_places, text, name):
    assert places.find_places(text)[0].id == shanghai_places[name].pk


@pytest.mark.parametrize("text", ["", "？", "上海", "金茂大厦", "T9", "a" * 10_000])
def test_no_place_is_made_up(shanghai_places, text):
    hits = places.find_places(text)
    assert [hit for hit in hits if hit.score >= places.EXACT] == []


def test_places_by_the_beginning_of_their_name_in_one_city(shanghai_places, city):
    other = City.objects.create(slug="beijing", name_zh="北京", name_en="Beijing", lat=39.9, lng=116.4)
    copy = location(other, "静安里", "Jing'anli", "metro")
    snapshots.build()
    fresh()
    assert [hit.id for hit in places.find_places("静安", city=other.pk)] == [copy.pk]
    assert len(places.find_places("静安", limit=2)) == 2


@pytest.mark.parametrize(
    "text", ["上海", "上海市", "Shanghai", "shanghai city", "魔都", "沪", "在上海", "Shanghai, China", "送到上海"]
)
def test_city_names(city, text):
    assert places.find_city(text) == city


@pytest.mark.parametrize("text", ["", "南京西路", "上海路", "北京", "市", "city", "？"])
def test_what_is_no_city(city, text):
    assert places.find_city(text) is None
