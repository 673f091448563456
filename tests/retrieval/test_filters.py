"""Filters against the database, row by row."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from assistant.retrieval import documents
from assistant.retrieval.search import search
from integrations.base import Filters
from integrations.models import City, Location, Merchant
from tests.retrieval.catalogue import found, location, make_catalogue, merchant, offer

pytestmark = pytest.mark.django_db


def brute_force(rows, filters):
    """The same filters, row by row, from the database's own values."""

    def km(row, point):
        lat, lng, lat2, lng2 = map(math.radians, (row["lat"], row["lng"], *point))
        half = math.sin((lat - lat2) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lng - lng2) / 2) ** 2
        return 2 * 6371.0088 * math.asin(math.sqrt(half))

    def is_open(row, at):
        local = at.astimezone(ZoneInfo(row["zone"]))
        for span in row["hours"]:
            for day in span["days"]:
                for week in (-7, 0, 7):
                    monday = (local - timedelta(days=local.weekday() - week)).replace(hour=0, minute=0, second=0)
                    start = monday + timedelta(days=day, minutes=_clock(span["open"]))
                    end = monday + timedelta(days=day, minutes=_clock(span["close"]))
                    if start <= local < (end if end > start else end + timedelta(days=1)):
                        return True
        return not row["hours"]

    def fits(row):
        f = filters
        return (
            row["active"]
            and (not f.model or row["model"] == f.model)
            and (not f.kinds or row["kind"] in f.kinds)
            and (f.city is None or row["city"] == f.city)
            and (f.min_price is None or (row["price"] is not None and row["price"] >= f.min_price))
            and (f.max_price is None or (row["price"] is not None and row["price"] <= f.max_price))
            and (f.min_rating is None or (row["rating"] is not None and float(row["rating"]) >= f.min_rating))
            and set(f.tags) <= set(row["tags"])
            and not set(f.without) & set(row["tags"])
            and (not f.categories or bool({row["category"], row["cuisine"]} & set(f.categories)))
            and (f.max_spice is None or (row["spice"] is not None and row["spice"] <= f.max_spice))
            and (f.near is None or f.km is None or km(row, f.near) <= f.km)
            and (f.open_at is None or is_open(row, f.open_at))
            and (f.delivers_to is None or (row["delivers"] and km(row, f.delivers_to) <= row["delivery_km"]))
            and (not f.merchants or row["merchant"] in f.merchants)
        )

    return {(row["model"], row["id"]) for row in rows if fits(row)}


def _clock(text):
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def plain_rows():
    common = {
        "price": None,
        "rating": None,
        "category": "",
        "cuisine": "",
        "spice": None,
        "hours": [],
        "delivers": False,
    }
    for row in Location.objects.select_related("city"):
        yield common | {
            "model": "location",
            "id": row.pk,
            "kind": row.kind,
            "city": row.city_id,
            "lat": row.lat,
            "lng": row.lng,
            "tags": row.tags,
            "active": row.is_active,
            "zone": row.city.time_zone,
            "merchant": 0,
        }
    for row in Merchant.objects.select_related("city"):
        house = {
            "city": row.city_id,
            "lat": row.lat,
            "lng": row.lng,
            "rating": row.rating,
            "cuisine": row.category,
            "hours": row.hours,
            "delivers": row.delivers,
            "delivery_km": row.delivery_km,
            "merchant": row.pk,
            "zone": row.city.time_zone,
        }
        yield (
            common
            | house
            | {
                "model": "merchant",
                "id": row.pk,
                "kind": row.kind,
                "category": row.category,
                "price": row.average_price,
                "tags": row.tags,
                "active": row.is_active,
            }
        )
        for dish in row.offers.all():
            tags = {*dish.tags, *(set(row.tags) - documents.FOOD_TAGS)}
            yield (
                common
                | house
                | {
                    "model": "offer",
                    "id": dish.pk,
                    "kind": dish.kind,
                    "category": dish.category,
                    "price": dish.price,
                    "tags": tags,
                    "spice": dish.spice,
                    "active": dish.is_active and row.is_active,
                }
            )


def random_filters(random_, cities, merchants):
    def maybe(value, chance=0.3):
        return value() if random_.random() < chance else None

    def point():
        city = random_.choice(cities)
        return city.lat + random_.gauss(0, 0.05), city.lng + random_.gauss(0, 0.05)

    near = maybe(point)
    return Filters(
        model=random_.choice(["", "merchant", "offer", "offer", "location"]),
        kinds=maybe(lambda: tuple(random_.sample(["dish", "restaurant", "metro", "park", "nothing"], 2))) or (),
        city=maybe(lambda: random_.choice(cities).pk),
        near=near,
        km=random_.choice([1.0, 5.0, 20.0]) if near and random_.random() < 0.8 else None,
        min_price=maybe(lambda: Decimal(random_.randrange(10000)) / 100, 0.15),
        max_price=maybe(lambda: Decimal(random_.randrange(100000)) / 1000),
        min_rating=maybe(lambda: random_.choice([3.5, 4.0, 4.2, 4.25, 4.8])),
        tags=maybe(lambda: (random_.choice(["halal", "vegan", "parking", "nothing"]),), 0.2) or (),
        without=maybe(lambda: tuple(random_.sample(["pork", "gluten", "seafood", "late_night", "nothing"], 2))) or (),
        categories=maybe(lambda: tuple(random_.sample(["main", "pizza", "japanese", "nothing"], 2))) or (),
        max_spice=maybe(lambda: random_.randrange(4), 0.2),
        open_at=maybe(lambda: datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=random_.randrange(7 * 1440)), 0.2),
        delivers_to=maybe(point, 0.2),
        merchants=maybe(lambda: tuple(random_.sample(merchants, 5)), 0.1) or (),
    )


def test_filters_agree_with_the_database_row_by_row():
    make_catalogue(60, offers_each=6)
    Location.objects.filter(pk__in=Location.objects.values("pk")[:3]).update(is_active=False)
    rows, random_ = list(plain_rows()), random.Random(5)
    cities, merchants = list(City.objects.all()), list(Merchant.objects.values_list("pk", flat=True))
    sizes = set()
    for _ in range(400):
        filters = random_filters(random_, cities, merchants)
        expected = brute_force(rows, filters)
        assert set(found("", filters, limit=10_000)) == expected, filters
        sizes.add(len(expected))
    assert len(sizes) > 50  # the filters were neither all empty nor all open


def test_filters_hold_for_questions_too():
    make_catalogue(40, offers_each=6)
    rows, random_ = list(plain_rows()), random.Random(6)
    cities, merchants = list(City.objects.all()), list(Merchant.objects.values_list("pk", flat=True))
    some = 0
    for _ in range(200):
        filters = random_filters(random_, cities, merchants)
        hits = set(found(random_.choice(["牛肉面", "spicy tofu", "披萨", "静安寺"]), filters, limit=10_000))
        assert hits <= brute_force(rows, filters)
        some += bool(hits)
    assert some > 20


def test_large_filtered_sets_go_through_faiss_with_the_same_result(city, monkeypatch):
    make_catalogue(60, offers_each=6)
    filters = Filters(model="offer", max_price=Decimal(60))
    exact = [(hit.id, hit.similarity) for hit in search("蒜蓉 shrimps", filters, limit=50)]
    monkeypatch.setattr("assistant.retrieval.dense.EXACT", 10)
    assert [(hit.id, hit.similarity) for hit in search("蒜蓉 shrimps", filters, limit=50)] == exact


def test_more_than_64_tags(city):
    seller = merchant(city)
    dishes = [offer(seller, tags=[f"tag{number}"]) for number in range(70)]
    assert found("", Filters(tags=("tag69",))) == [("offer", dishes[69].pk)]
    assert len(found("", Filters(model="offer", without=("tag3", "tag69")), limit=100)) == 68


def test_food_tags_of_a_house_are_not_its_dishes_tags(city):
    """A house with vegetarian dishes does not make its pork vegetarian; its parking is there for all."""
    dish = offer(merchant(city, tags=["vegetarian", "parking"]), "红烧肉", "Braised pork", tags=["pork"])
    assert found("", Filters(model="offer", tags=("vegetarian",))) == []
    assert found("", Filters(model="offer", tags=("parking",))) == [("offer", dish.pk)]


def test_hours_that_cannot_be_read_are_closed_and_said(city, caplog):
    house = merchant(city, hours=[{"days": [0], "open": "late", "close": "22:00"}])
    assert found("", Filters(open_at=timezone.now())) == []
    assert f"opening hours of merchant {house.pk}" in caplog.text


def test_whole_values_districts_and_boxes_filter():
    city = City.objects.create(slug="x", name_zh="某市", name_en="X", lat=31.0, lng=121.0)
    district = location(city, "某区", "Some District", kind="district")
    gym = merchant(city, name="甲", english="A", attributes={"facilities": ["健身房", "Gym"]}, district=district)
    pool = merchant(city, name="乙", english="B", attributes={"facilities": ["泳池"]}, lat=32.0)
    somewhere = merchant(city, name="丙", english="C", lat=None, lng=None, delivers=False)
    dish = offer(gym)

    def merchants(**filters):
        return {row for model, row in found("", Filters(model="merchant", **filters)) if model == "merchant"}

    assert merchants() == {gym.pk, pool.pk, somewhere.pk}
    assert merchants(values=(("健身房", "泳池"),)) == {gym.pk, pool.pk}
    assert merchants(values=(("健身房",), ("gym",))) == {gym.pk}
    assert merchants(values=(("健身房",), ("泳池",))) == set()
    assert merchants(district=district.pk) == {gym.pk}
    assert merchants(box=(31.5, 120.0, 33.0, 122.0)) == {pool.pk}
    assert merchants(near=(31.0, 121.0), km=50.0) == {gym.pk}  # where it is not known, nothing is near
    assert found("", Filters(model="offer", values=(("健身房",),))) == [("offer", dish.pk)]
