from __future__ import annotations

import copy
import threading
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection

from integrations import factories
from integrations.catalogue import edits, hours, load
from integrations.models import City, IndexChange, Location, Merchant, Offer, Order, Person, Quote
from seeds import generate
from seeds.rows import Catalogue


@cache
def made() -> Catalogue:
    return generate.generate()


# Loading


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> Catalogue:
    """Two cities' worth of rows instead of thirteen."""
    settings.DATA_DIR = tmp_path
    keep = ("singapore", "xian")
    rows = Catalogue(
        cities=[row for row in made().cities if row["slug"] in keep],
        locations=[row for row in made().locations if row["city"] in keep],
        merchants=[row for row in made().merchants if row["city"] in keep][:60],
    )
    chosen = {row["external_id"] for row in rows.merchants}
    rows.offers = [row for row in made().offers if row["merchant"] in chosen]
    monkeypatch.setattr(load, "generate", lambda: copy.deepcopy(rows))
    return rows


@pytest.mark.slow
@pytest.mark.django_db
def test_the_whole_catalogue_loads(settings, tmp_path, capsys) -> None:
    settings.DATA_DIR = tmp_path
    call_command("load_demo")
    assert Offer.objects.count() == made().counts()["offers"]
    assert Merchant.objects.filter(near=None).count() == 0
    assert City.objects.get(slug="london").currency == "GBP"
    call_command("load_demo", if_needed=True)
    assert "0 written, 0 deleted" in capsys.readouterr().out


@pytest.mark.django_db
def test_loading_again_changes_nothing(small: Catalogue) -> None:
    heard: list[str] = []
    first = load.load_demo(heard.append)
    stamps = dict(Offer.objects.values_list("pk", "updated_at"))
    assert first["written"] == len(small.locations) + len(small.merchants) + len(small.offers)
    assert IndexChange.objects.count() == first["written"]
    assert heard == ["generate", "locations", "merchants", "offers"]
    second = load.load_demo()
    assert (second["written"], second["deleted"]) == (0, 0)
    assert dict(Offer.objects.values_list("pk", "updated_at")) == stamps
    assert IndexChange.objects.count() == first["written"]


@pytest.mark.django_db
def test_what_is_missing_or_stale_is_mended(small: Catalogue) -> None:
    load.load_demo()
    offer = Offer.objects.first()
    assert offer is not None
    Offer.objects.filter(pk=offer.pk).update(name_zh="别的", stock=2, sold=99, is_active=False)
    merchant = Merchant.objects.exclude(pk=offer.merchant_id).first()
    assert merchant is not None
    lost = merchant.offers.count()
    merchant.delete()
    IndexChange.objects.all().delete()
    counts = load.load_demo(if_needed=True)
    assert counts["written"] == 1 + 1 + lost
    assert IndexChange.objects.count() == counts["written"]
    mended = Offer.objects.get(pk=offer.pk)
    assert (mended.name_zh, mended.stock, mended.sold, mended.is_active) == (offer.name_zh, 2, 99, False)


@pytest.mark.django_db
def test_if_needed_looks_at_the_database_not_only_at_the_note(small: Catalogue, monkeypatch) -> None:
    load.load_demo()
    monkeypatch.setattr(load, "generate", lambda: pytest.fail("loaded again"))
    assert load.load_demo(if_needed=True)["written"] == 0
    (load._state_file()).write_text("{ half")
    monkeypatch.setattr(load, "generate", lambda: copy.deepcopy(small))
    assert load.load_demo(if_needed=True)["written"] == 0
    assert load._is_current()


@pytest.mark.django_db
def test_dropped_rows_go_and_others_stay(small: Catalogue, monkeypatch) -> None:
    load.load_demo()
    own = factories.merchant("自家", "Own")
    Merchant.objects.filter(pk=own.pk).update(source="import")
    dish = factories.dish(own, "面", "Noodles", "12")
    Offer.objects.filter(pk=dish.pk).update(source="import")
    gone = Merchant.objects.get(external_id=small.merchants[0]["external_id"])
    person = Person.objects.create()
    now = datetime.now(tz=ZoneInfo("UTC"))
    quote = Quote.objects.create(
        person=person, tool="food.pick", content_hash="0" * 64, total=1, expires_at=now, merchant=gone
    )
    Order.objects.create(
        number="BS-1", person=person, quote=quote, kind="food", merchant=gone, title_zh="单", title_en="Order", total=1
    )
    offers = set(gone.offers.values_list("pk", flat=True))
    fewer = copy.deepcopy(small)
    fewer.merchants = fewer.merchants[1:]
    fewer.offers = [row for row in fewer.offers if row["merchant"] != gone.external_id]
    monkeypatch.setattr(load, "generate", lambda: copy.deepcopy(fewer))
    IndexChange.objects.all().delete()
    counts = load.load_demo()
    assert counts["deleted"] == 1 + len(offers)
    assert set(IndexChange.objects.filter(model="offer", deleted=True).values_list("row", flat=True)) == offers
    assert Order.objects.get().merchant is None
    assert Quote.objects.get().merchant is None
    assert Merchant.objects.filter(pk=own.pk).exists()
    assert Offer.objects.filter(pk=dish.pk).exists()


@pytest.mark.django_db
def test_a_failed_load_leaves_nothing(small: Catalogue, monkeypatch) -> None:
    broken = copy.deepcopy(small)
    broken.offers[-1]["merchant"] = "nobody"
    monkeypatch.setattr(load, "generate", lambda: broken)
    with pytest.raises(KeyError):
        load.load_demo()
    assert not Location.objects.exists()
    assert not load._state_file().exists()


# Edits and stock


@pytest.fixture
def counted(db: None) -> Offer:
    dish = factories.dish(factories.merchant("店", "Shop"), "包子", "Buns", "9")
    Offer.objects.filter(pk=dish.pk).update(stock=3)
    dish.refresh_from_db()
    return dish


def told() -> list[tuple[str, int]]:
    return list(IndexChange.objects.values_list("model", "row"))


def test_edits_tell_the_index(counted: Offer) -> None:
    edits.set_stock(counted, None)
    edits.change_price(counted, Decimal("12.00"), list_price=Decimal("15.00"))
    edits.set_active(counted, False)
    edits.update_merchant(counted.merchant, phone="0000", promotions=[], hours=[])
    assert told() == [("offer", counted.pk)] * 3 + [("merchant", counted.merchant_id)]
    counted.refresh_from_db()
    assert (counted.stock, counted.price, counted.list_price, counted.is_active) == (None, 12, 15, False)
    assert Merchant.objects.get(pk=counted.merchant_id).phone == "0000"


def test_bad_edits_change_nothing(counted: Offer) -> None:
    merchant = counted.merchant
    with pytest.raises(ValueError, match="below zero"):
        edits.set_stock(counted, -1)
    with pytest.raises(ValueError, match="above zero"):
        edits.change_price(counted, Decimal(0))
    with pytest.raises(ValueError, match="list price"):
        edits.change_price(counted, Decimal(9), list_price=Decimal(8))
    with pytest.raises(ValueError, match="source cannot be changed"):
        edits.update_merchant(merchant, source="mine")
    with pytest.raises(ValidationError):
        edits.update_merchant(merchant, name_zh="")
    assert told() == []
    assert Merchant.objects.get(pk=merchant.pk).name_zh == "店"


def test_an_edit_that_fails_tells_nothing(counted: Offer) -> None:
    Offer.objects.all().delete()
    with pytest.raises(Exception, match="did not affect any rows"):
        edits.set_stock(counted, 5)
    assert told() == []


def test_stock_is_taken_and_given_back(counted: Offer) -> None:
    assert edits.take_stock(counted.pk, 2)
    assert not edits.take_stock(counted.pk, 2)
    edits.give_back_stock(counted.pk, 1)
    assert edits.take_stock(counted.pk, 2)
    assert not edits.take_stock(counted.pk, 1)
    counted.refresh_from_db()
    assert counted.stock == 0
    with pytest.raises(ValueError, match="at least one"):
        edits.take_stock(counted.pk, 0)
    with pytest.raises(ValueError, match="at least one"):
        edits.give_back_stock(counted.pk, -1)


def test_what_is_not_counted_never_runs_out(counted: Offer) -> None:
    edits.set_stock(counted, None)
    assert edits.take_stock(counted.pk, 500)
    edits.give_back_stock(counted.pk, 500)
    counted.refresh_from_db()
    assert counted.stock is None
    edits.set_active(counted, False)
    assert not edits.take_stock(counted.pk, 1)
    assert not edits.take_stock(counted.pk + 1000, 1)


@pytest.mark.django_db(transaction=True)
def test_two_people_never_have_the_last_one() -> None:
    dish = factories.dish(factories.merchant("店", "Shop"), "包子", "Buns", "9")
    Offer.objects.filter(pk=dish.pk).update(stock=3)
    together, got = threading.Barrier(8), []

    def take() -> None:
        try:
            together.wait(10)
            got.append(edits.take_stock(dish.pk, 1))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(got) == [False] * 5 + [True] * 3
    dish.refresh_from_db()
    assert dish.stock == 0


# Hours

WEEK = [0, 1, 2, 3, 4, 5, 6]
SPLIT = [{"days": WEEK, "open": "11:00", "close": "14:00"}, {"days": WEEK, "open": "17:00", "close": "02:00"}]
ALWAYS = [{"days": WEEK, "open": "00:00", "close": "00:00"}]
WEEKEND = [{"days": [5, 6], "open": "18:00", "close": "03:00"}]
NOSE_TO_TAIL = [{"days": [0], "open": "08:00", "close": "00:00"}, {"days": [1], "open": "00:00", "close": "06:00"}]


def at(day: int, clock: str, zone: str = "Asia/Shanghai") -> datetime:
    """A moment of the week of Monday, 23 November 2026."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZoneInfo(zone)) + timedelta(days=day)


@pytest.mark.parametrize(
    ("spans", "now", "open_now", "opens", "closes"),
    [
        (SPLIT, at(0, "10:59"), False, at(0, "11:00"), None),
        (SPLIT, at(0, "11:00"), True, at(0, "17:00"), at(0, "14:00")),
        (SPLIT, at(0, "14:00"), False, at(0, "17:00"), None),
        (SPLIT, at(0, "23:30"), True, at(1, "11:00"), at(1, "02:00")),
        (SPLIT, at(1, "01:59"), True, at(1, "11:00"), at(1, "02:00")),
        (SPLIT, at(1, "02:00"), False, at(1, "11:00"), None),
        (WEEKEND, at(0, "02:00"), True, at(5, "18:00"), at(0, "03:00")),
        (WEEKEND, at(0, "03:00"), False, at(5, "18:00"), None),
        (WEEKEND, at(6, "12:00"), False, at(6, "18:00"), None),
        (WEEKEND, at(6, "18:00"), True, at(12, "18:00"), at(7, "03:00")),
        (NOSE_TO_TAIL, at(0, "23:00"), True, at(7, "08:00"), at(1, "06:00")),
        (NOSE_TO_TAIL, at(1, "05:00"), True, at(7, "08:00"), at(1, "06:00")),
        (ALWAYS, at(3, "04:00"), True, None, None),
        ([], at(3, "04:00"), True, None, None),
    ],
)
def test_opening_hours(spans, now, open_now, opens, closes) -> None:
    assert hours.is_open(spans, now) is open_now
    assert hours.next_opening(spans, now) == opens
    assert hours.closes_at(spans, now) == closes


def test_hours_are_those_of_the_wall_clock_when_it_changes() -> None:
    """In London the clocks went back in the night to Sunday, 25 October 2026."""
    late = [{"days": WEEK, "open": "18:00", "close": "03:00"}]
    night = datetime(2026, 10, 24, 23, 0, tzinfo=ZoneInfo("Europe/London"))
    closes = hours.closes_at(late, night)
    assert closes is not None
    assert (closes.hour, closes.utcoffset()) == (3, timedelta(0))
    assert hours.is_open(late, closes - timedelta(minutes=1))
    assert not hours.is_open(late, closes)
