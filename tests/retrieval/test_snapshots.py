"""Building, swapping, damage, and the proof that index and database agree."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from assistant.retrieval import checking, snapshots, storage, view
from integrations.models import IndexChange, Offer
from tests.retrieval.catalogue import changed, found, fresh, make_catalogue, merchant, offer

pytestmark = pytest.mark.django_db


def test_an_empty_catalogue(folder):
    assert found("火锅") == []
    assert found("") == []
    assert checking.problems(folder) == []


def test_the_first_search_builds_the_index_and_the_next_ones_do_not(city, folder):
    offer(merchant(city))
    assert found("豆腐")
    name = storage.pointer(folder)
    view.forget()
    assert found("豆腐")
    assert storage.pointer(folder) == name


def test_a_build_that_crashes_changes_nothing(city, folder, monkeypatch):
    dish = offer(merchant(city))
    assert found("豆腐") == [("offer", dish.pk)]
    before = storage.pointer(folder)

    def fail(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(storage, "save_vectors", fail)
    with pytest.raises(OSError, match="No space"):
        snapshots.build()
    monkeypatch.undo()
    assert storage.pointer(folder) == before
    assert list(folder.glob(".draft-*"))
    view.forget()
    django_settings.INDEX_DIR = folder
    assert found("豆腐") == [("offer", dish.pk)]
    snapshots.build()
    assert not list(folder.glob(".draft-*"))


@pytest.mark.parametrize("name", ["columns.price.npy", "postings.impact.npy", "vectors.faiss", "manifest.json"])
@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_damage_is_detected_and_said(city, folder, name, harm):
    offer(merchant(city))
    snapshots.build()
    assert storage.damage(folder) == []
    path = folder / storage.pointer(folder)[0] / name
    content = bytearray(path.read_bytes())
    content[-2] ^= 0xFF
    if harm == "remove":
        path.unlink()
    else:
        path.write_bytes(content if harm == "flip" else content[:-7])
    (sentence,) = storage.damage(folder)
    assert name in sentence
    with pytest.raises(CommandError, match=name):
        call_command("index", "check")


def test_a_damaged_snapshot_is_built_again_by_the_next_reader(city, folder, caplog):
    dish = offer(merchant(city))
    snapshots.build()
    (folder / storage.pointer(folder)[0] / "columns.price.npy").write_bytes(b"")
    assert found("豆腐") == [("offer", dish.pk)]
    assert "damaged" in caplog.text
    assert storage.damage(folder) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"../../etc passwd", b"20260101T000000-abcdef 00"])
def test_a_pointer_that_makes_no_sense_is_damage(city, folder, content):
    dish = offer(merchant(city))
    snapshots.build()
    (folder / "CURRENT").write_bytes(content)
    with pytest.raises(storage.SnapshotDamaged):
        storage.open_current(folder)
    assert found("豆腐") == [("offer", dish.pk)]


def test_other_word_lists_make_the_snapshot_unusable(city, folder, monkeypatch):
    offer(merchant(city))
    snapshots.build()
    monkeypatch.setattr(storage, "fingerprint", lambda: "other")
    with pytest.raises(storage.SnapshotDamaged, match="word lists"):
        storage.open_current(folder)


def test_readers_go_on_while_snapshots_are_swapped(city, folder):
    """A reader that opens again and again while 12 builds swap and tidy always gets a whole snapshot."""
    dish = offer(merchant(city))
    snapshots.build()
    stop, errors, seen = threading.Event(), [], set()

    def read():
        while not stop.is_set():
            try:
                snapshot = storage.open_current(folder)
                seen.add(snapshot.manifest.name)
                if snapshot.segment.columns.find("offer", dish.pk) is None:
                    errors.append("the dish is gone")
            except Exception as error:
                errors.append(repr(error))

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(12):
        snapshots.build()
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(seen) > 2
    assert len([path for path in folder.iterdir() if path.is_dir()]) == storage.KEPT


def test_an_open_snapshot_outlives_its_files(city, folder):
    dish = offer(merchant(city))
    fresh()
    parts = view.current()
    for _ in range(3):
        snapshots.build()
    assert not (folder / parts.snapshot.manifest.name).exists()
    assert parts.snapshot.segment.columns.find("offer", dish.pk) is not None
    assert parts.snapshot.segment.vectors.rows.sum() is not None
    assert found("豆腐") == [("offer", dish.pk)]


def test_only_one_builds_at_a_time(city, folder):
    with snapshots.build_lock(folder):
        assert snapshots.due()
        assert snapshots.build_if_due() is None
    assert snapshots.build_if_due() is not None
    assert snapshots.build_if_due() is None


def test_old_changes_are_dropped_by_a_build(city):
    old = changed(merchant(city))
    IndexChange.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=5))
    kept = changed(merchant(city))
    snapshots.build()
    assert list(IndexChange.objects.values_list("pk", flat=True)) == [kept.pk]


def test_check_agrees_through_changes(city, folder):
    dish = offer(merchant(city))
    snapshots.build()
    dish.name_zh = "铁板豆腐"
    dish.save()
    changed(dish)
    changed(offer(dish.merchant, "新菜"))
    assert checking.problems(folder) == []


def test_check_names_rows_that_changed_without_a_record(city, folder):
    seller = merchant(city)
    dish, gone = offer(seller), offer(seller)
    snapshots.build()
    Offer.objects.filter(pk=dish.pk).update(price=Decimal(1))
    gone_id = gone.pk
    gone.delete()
    new = offer(seller)
    assert checking.problems(folder) == [
        f"1 offer rows are in the database but not in the index: {new.pk}.",
        f"1 offer rows are in the index but not in the database: {gone_id}.",
        f"1 offer rows are not the same in the index as in the database: {dish.pk}.",
    ]
    with pytest.raises(CommandError) as error:
        call_command("index", "check")
    assert error.value.returncode == 1


def test_two_builds_of_the_same_rows_are_the_same(city, folder):
    make_catalogue(20)
    first = snapshots.build().files
    assert snapshots.build().files == first
