"""What is found and in which order."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from assistant.retrieval import snapshots
from assistant.retrieval.relaxing import loosen
from assistant.retrieval.search import search
from integrations.base import Filters
from integrations.models import Merchant, Offer
from tests.retrieval.catalogue import SHANGHAI, found, fresh, make_catalogue, merchant, offer

pytestmark = pytest.mark.django_db


def test_chinese_english_and_synonyms_find_the_same_dish(city):
    seller = merchant(city, "披萨工坊", "Pizza Works", category="pizza")
    dish = offer(seller, "玛格丽特披萨", "Margherita pizza")
    offer(merchant(city), "麻婆豆腐", "Mapo tofu")
    for text in ("披萨", "比萨", "披薩", "pizza", "Pizzas", "🍕", "我想吃披萨"):
        assert found(text, Filters(model="offer")) == [("offer", dish.pk)], text


@pytest.mark.parametrize("text", ["川菜", "Sichuan", "四川菜", "szechuan"])
def test_a_cuisine_finds_houses_and_their_dishes(city, text):
    house = merchant(city)
    dish = offer(house)
    merchant(city, "樱", "Sakura", category="japanese")
    assert set(found(text)) == {("merchant", house.pk), ("offer", dish.pk)}


def test_the_dish_itself_stands_before_what_shares_a_word(city):
    seller = merchant(city)
    other, dish = offer(seller, "家常豆腐", "Home-style tofu", sold=4000), offer(seller, "麻婆豆腐", "Mapo tofu")
    hits = search("麻婆豆腐", Filters(model="offer"))
    assert [hit.id for hit in hits][:2] == [dish.pk, other.pk]
    assert hits[0].matched == ("麻婆豆腐",)
    assert hits[1].matched == ("豆腐",)


def test_among_equals_the_nearer_and_the_better_come_first(city):
    near = offer(merchant(city, "近", "Near"))
    far = offer(merchant(city, "远", "Far", lat=city.lat + 0.05))
    hits = search("麻婆豆腐", Filters(model="offer", near=SHANGHAI))
    assert [hit.id for hit in hits] == [near.pk, far.pk]
    assert hits[0].km == 0
    assert hits[1].km == pytest.approx(5.56, abs=0.01)
    Merchant.objects.filter(pk=far.merchant_id).update(rating=Decimal("5.0"))
    Merchant.objects.filter(pk=near.merchant_id).update(rating=Decimal("3.0"))
    snapshots.build()
    fresh()
    assert [hit.id for hit in search("麻婆豆腐", Filters(model="offer"))] == [far.pk, near.pk]


def test_an_empty_question_browses_and_an_unknown_word_finds_nothing(city):
    good, poor = merchant(city, rating=Decimal("4.9")), merchant(city, rating=Decimal("3.1"))
    assert found("") == [("merchant", good.pk), ("merchant", poor.pk)]
    assert found("附近好吃的") == found("")
    assert found("鹅肝") == []


def test_meaning_finds_what_words_do_not(city):
    """The last dish never says fiery, but is described as those that do."""
    make_catalogue(30, offers_each=6)
    seller = merchant(city, "小店", "Small", category="")
    for number in range(40):
        offer(seller, f"香辣鸡块{number}", "Fiery chicken", description_zh="干辣椒爆炒，配花椒。")
        offer(seller, f"清炒豆苗{number}", "Pea shoots", description_zh="清淡爽口。")
    wanted = offer(seller, "歌乐山", "Geleshan", description_zh="干辣椒爆炒，配花椒。")
    hits = search("fiery", Filters(model="offer"), limit=200)
    hit = next(hit for hit in hits if hit.id == wanted.pk)
    assert hit.matched == ()
    assert hit.similarity > 0.5
    assert not {hit.id for hit in hits} & set(Offer.objects.filter(name_en="Pea shoots").values_list("pk", flat=True))


def test_what_is_open_now_stands_a_little_ahead(city):
    hours = [{"days": [0, 1, 2, 3, 4, 5, 6], "open": "10:00", "close": "22:00"}]
    night = [{"days": [0, 1, 2, 3, 4, 5, 6], "open": "22:00", "close": "04:00"}]
    day, late = merchant(city, "日", "Day", hours=hours), merchant(city, "夜", "Night", hours=night)
    noon = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert found("", now=noon) == [("merchant", day.pk), ("merchant", late.pk)]
    assert found("", now=noon + timedelta(hours=14)) == [("merchant", late.pk), ("merchant", day.pk)]


@pytest.mark.parametrize(
    "text",
    [
        "？！。，",
        "😀🎉",
        "'; DROP TABLE integrations_offer; --",
        "%_\\",
        "\x00\ud7ff",
        "🍕" * 3000,
        "麻婆豆腐" * 2500,
        "a b " * 2500,
    ],
)
def test_odd_input_is_answered_in_normal_time(city, text):
    offer(merchant(city))
    fresh()
    started = time.perf_counter()
    hits = search(text, Filters())
    assert time.perf_counter() - started < 1
    assert len(hits) <= 2
    assert Offer.objects.count() == 1


def test_nothing_is_relaxed_unless_asked_for(city):
    offer(merchant(city, rating=Decimal("4.0")))
    assert found("麻婆豆腐", Filters(model="offer", min_rating=4.8)) == []


@pytest.mark.parametrize(
    ("filters", "relaxed"),
    [
        (Filters(model="offer"), ()),
        (Filters(model="offer", min_rating=4.8), ("min_rating",)),
        (Filters(model="offer", max_price=Decimal(23)), ("max_price",)),
        (Filters(model="offer", max_price=Decimal(10), min_rating=4.0), ("max_price",)),
        (Filters(model="offer", max_price=Decimal(10), min_rating=4.8), ("min_rating", "max_price")),
        (Filters(model="offer", categories=("soup",)), ("categories",)),
        (Filters(model="offer", near=(31.3, 121.5), km=1), ("km",)),
    ],
)
def test_the_least_important_filter_is_given_up_and_named(city, filters, relaxed):
    dish = offer(merchant(city))
    (hit,) = search("麻婆豆腐", filters, relax=True)
    assert (hit.id, hit.relaxed) == (dish.pk, relaxed)


@pytest.mark.parametrize(
    "change",
    [
        {"tags": ("halal",)},
        {"without": ("pork",)},
        {"max_spice": 0},
        {"delivers_to": (30.0, 120.0)},
        {"kinds": ("room",)},
    ],
)
def test_diet_and_reach_are_never_relaxed(city, change):
    offer(merchant(city), tags=["pork"])
    wanted = replace(Filters(model="offer", max_price=Decimal(10), min_rating=5.0), **change)
    assert search("麻婆豆腐", wanted, relax=True) == []
    assert all(all(getattr(loose, name) == value for name, value in change.items()) for _, loose in loosen(wanted))


def test_a_quarter_over_the_price_is_tried_before_any_price(city):
    seller = merchant(city)
    near, far = offer(seller, price=Decimal(28)), offer(seller, price=Decimal(90))
    assert [hit.id for hit in search("麻婆豆腐", Filters(max_price=Decimal(24)), relax=True)] == [near.pk]
    assert {hit.id for hit in search("麻婆豆腐", Filters(max_price=Decimal(5)), relax=True)} == {near.pk, far.pk}
