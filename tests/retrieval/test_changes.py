"""Rows that change after the snapshot, in this process and in others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from assistant.retrieval import overlay, places, snapshots, storage, view
from assistant.retrieval.search import search
from integrations.base import Filters
from integrations.models import IndexChange, Merchant
from tests.retrieval.catalogue import changed, found, fresh, location, merchant, offer

pytestmark = pytest.mark.django_db


def test_new_changed_and_deleted_rows(city):
    seller = merchant(city)
    dish = offer(seller)
    gone = offer(seller, "口水鸡", "Mouth-watering chicken")
    assert len(found("豆腐")) == 1
    new = offer(seller, "麻辣豆腐脑", "Spicy tofu pudding")
    changed(new)
    dish.price = Decimal(99)
    dish.save()
    changed(dish)
    gone_id = gone.pk
    changed(gone, deleted=True)
    gone.delete()
    fresh()
    assert set(found("豆腐")) == {("offer", dish.pk), ("offer", new.pk)}
    assert found("豆腐", Filters(max_price=Decimal(50))) == [("offer", new.pk)]
    assert ("offer", gone_id) not in found("口水鸡")
    assert ("offer", gone_id) not in found("", limit=100)


def test_a_changed_house_takes_its_dishes_along(city):
    house = merchant(city)
    dish = offer(house)
    assert found("麻婆豆腐", Filters(min_rating=4.4)) == [("offer", dish.pk)]
    Merchant.objects.filter(pk=house.pk).update(rating=Decimal("3.0"), name_zh="蜀味轩")
    changed(house)
    fresh()
    assert found("麻婆豆腐", Filters(min_rating=4.4)) == []
    assert set(found("蜀味轩")) == {("merchant", house.pk), ("offer", dish.pk)}
    changed(house, deleted=True)
    house.delete()
    fresh()
    assert found("", limit=100) == []


def test_a_change_that_is_committed_behind_a_later_one_is_not_missed(city):
    seller = merchant(city)
    fresh()
    slow, quick = offer(seller, "慢菜", "Slow"), offer(seller, "快菜", "Quick")
    late = changed(slow)
    changed(quick)
    held = {"pk": late.pk, "model": "offer", "row": slow.pk}
    late.delete()  # not committed yet
    fresh()
    assert found("慢菜", Filters(model="offer")) != [("offer", slow.pk)]
    IndexChange.objects.create(**held)
    IndexChange.objects.filter(pk=held["pk"]).update(at=timezone.now() - timedelta(minutes=5))
    fresh()
    assert found("慢菜", Filters(model="offer"))[0] == ("offer", slow.pk)


def test_changes_that_a_build_has_seen_are_not_read_again(city):
    dish = offer(merchant(city))
    changed(dish)
    snapshots.build()
    fresh()
    assert view.current().changed is None
    assert len(storage.open_current(django_settings.INDEX_DIR).covered) == 1


def test_many_changes_make_a_new_snapshot(city, monkeypatch, folder):
    monkeypatch.setattr(snapshots, "MANY_CHANGES", 3)
    seller = merchant(city)
    fresh()
    first = storage.pointer(folder)
    for number in range(3):
        changed(offer(seller, f"菜{number}"))
    fresh()
    assert storage.pointer(folder) != first
    assert view.current().changed is None
    assert len(found("", Filters(model="offer"))) == 3


def test_a_snapshot_of_another_database_is_replaced(city):
    """A database that was made anew has none of the changes that the snapshot has seen."""
    old = offer(merchant(city))
    changed(old)
    fresh()
    IndexChange.objects.all().delete()
    Merchant.objects.all().delete()
    new = offer(merchant(city))
    fresh()
    assert found("豆腐") == [("offer", new.pk)]


def test_looking_for_changes_costs_one_query_a_second(city, django_assert_num_queries):
    offer(merchant(city))
    fresh()
    with django_assert_num_queries(0):
        for _ in range(5):
            search("豆腐")


def test_new_locations_are_found_by_name_at_once(city):
    location(city, "人民广场", "People's Square")
    fresh()
    new = location(city, "静安寺", "Jing'an Temple")
    changed(new)
    fresh()
    assert [hit.id for hit in places.find_places("静安寺")] == [new.pk]


def test_overlay_reads_only_what_changed(city, monkeypatch):
    seller = merchant(city)
    for number in range(5):
        offer(seller, f"菜{number}")
    fresh()
    read = []
    monkeypatch.setattr(overlay, "count_terms", lambda texts: read.append(1) or documents_counts(texts))
    changed(offer(seller, "新菜"))
    fresh()
    assert len(read) == 1


def documents_counts(texts):
    from assistant.retrieval.lexical import count_terms

    return count_terms(texts)


READER = """
import sys, time, django
django.setup()
from assistant.retrieval.search import search
from integrations.base import Filters
print([hit.id for hit in search("豆腐", Filters(model="offer"))], flush=True)
for line in sys.stdin:
    wanted, end = int(line), time.monotonic() + 10
    started = time.monotonic()
    while time.monotonic() < end:
        if wanted in [hit.id for hit in search("豆腐", Filters(model="offer"))]:
            break
        time.sleep(0.05)
    print(round(time.monotonic() - started, 2), flush=True)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite  # opens the test database's file in another process
def test_two_processes_see_a_change_within_three_seconds(city, folder):
    seller = merchant(city)
    first = offer(seller)
    snapshots.build()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "assistant.project.settings",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "PYTHONPATH": str(django_settings.BASE_DIR),
    }
    code = f"from django.conf import settings\nsettings.INDEX_DIR = {str(folder)!r}\n{READER}"
    readers = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, text=True, stdin=-1, stdout=-1)
        for _ in range(2)
    ]
    try:
        assert [json.loads(reader.stdout.readline()) for reader in readers] == [[first.pk], [first.pk]]
        new = offer(seller, "锅塌豆腐", "Pan-fried tofu")
        changed(new)
        for reader in readers:
            reader.stdin.write(f"{new.pk}\n")
            reader.stdin.flush()
        assert max(float(reader.stdout.readline()) for reader in readers) < 3
        assert len(snapshots_in(folder)) == 1  # seen through the overlay, not a new snapshot
    finally:
        for reader in readers:
            reader.stdin.close()
            reader.wait(10)


def snapshots_in(folder: Path):
    return [path for path in folder.iterdir() if (path / storage.MANIFEST).exists()]
