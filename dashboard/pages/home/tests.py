"""The home page."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import django_rq
import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from rq import Queue

from assistant.engines import client as engine
from assistant.engines.base import Health
from assistant.models import Turn
from dashboard import factories
from dashboard.pages.home import figures, processes, queues
from integrations.base import QuoteView, Reply

pytestmark = pytest.mark.django_db
NOON = "2026-11-23 12:30:00+08:00"
READY = Health(engine="llama_cpp", model="qwen2.5-coder-1.5b", state="ready", busy=1, slots=4, tokens_per_second=25.4)


def beat(valkey, name: str, pid: int = 1, age: float = 0.0) -> None:
    now = time.time()
    value = json.dumps({"name": name, "pid": pid, "since": now - 7200, "at": now - age})
    valkey.set(f"banshi:process:{name}:{pid}", value, ex=15)


def beat_all(valkey) -> None:
    for name in processes.NAMES:
        beat(valkey, name)


@pytest.fixture
def ready(monkeypatch):
    monkeypatch.setattr(engine, "health", lambda: READY)


def read(client: Client, **query) -> str:
    response = client.get("/dashboard/", query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.usefixtures("ready")
class TestPage:
    def test_all_is_well(self, staff: Client, valkey):
        beat_all(valkey)
        page = read(staff)
        assert "Everything is as it should be" in page
        assert "qwen2.5-coder-1.5b" in page
        assert "25.4 tok/s" in page

    def test_a_process_that_is_missing_is_named(self, staff: Client, valkey):
        beat_all(valkey)
        valkey.delete("banshi:process:worker:1")
        page = read(staff)
        assert "Not running: worker" in page
        assert "1 thing needs attention" in page

    def test_a_model_that_is_downloaded_says_how_far(self, staff: Client, valkey, monkeypatch):
        beat_all(valkey)
        on_its_way = Health(
            engine="llama_cpp", model="qwen", state="downloading", downloaded=693_000_000, size=1_117_000_000
        )
        monkeypatch.setattr(engine, "health", lambda: on_its_way)
        page = read(staff)
        assert "693 MB / 1,117 MB" in page
        assert 'aria-valuenow="62"' in page

    def test_a_turn_appears_with_what_was_done(self, staff: Client, valkey):
        turn = factories.make_turn(factories.make_conversation(), "来两份不辣的")
        factories.make_steps(turn, *factories.food_steps("x"))
        page = read(staff)
        assert "来两份不辣的" in page
        assert "food.search" in page
        assert "2.2 s" in page

    def test_a_quote_that_waits_is_told_from_an_answer(self, staff: Client, valkey):
        conversation = factories.make_conversation()
        quote = factories.make_quote(conversation.person)
        factories.make_turn(conversation, "第一份", Reply(quote=QuoteView.model_validate(quote.view)))
        assert "To confirm" in read(staff)

    def test_orders_of_the_day_are_summed_by_currency(self, staff: Client, valkey):
        person = factories.make_person()
        factories.make_order(person, "62.00")
        factories.make_order(person, "38.50")
        factories.make_order(person, "8.95", currency="GBP")
        page = read(staff)
        assert "¥100.50 + £8.95" in page

    def test_by_htmx_the_live_part_alone_comes_back(self, staff: Client, valkey):
        response = staff.get("/dashboard/", headers={"HX-Request": "true"})
        assert response.content.decode().lstrip().startswith('<div class="live"')

    def test_nothing_has_happened_yet(self, staff: Client, valkey):
        page = read(staff)
        assert "Nobody has written yet" in page
        assert 'href="/"' in page

    @pytest.mark.parametrize("days", ["0", "2", "x", ""])
    def test_a_stretch_there_is_none_of_is_refused(self, staff: Client, valkey, days):
        response = staff.get("/dashboard/", {"days": days})
        assert response.status_code == 400
        assert "Choose today, 7 days or 30 days." in response.content.decode()

    def test_the_number_of_queries_does_not_grow(self, staff: Client, valkey, django_assert_num_queries):
        conversation = factories.make_conversation()
        for _i in range(8):
            turn = factories.make_turn(conversation)
            factories.make_steps(turn, *factories.food_steps("x"))
            factories.make_order(conversation.person)
        with django_assert_num_queries(27):
            staff.get("/dashboard/")


def test_without_valkey_the_page_says_so(staff: Client, settings, ready):
    settings.VALKEY_URL = "unix:///nowhere/valkey.sock"
    page = read(staff)
    assert "Not running: valkey" in page
    assert "not known" in page


class TestProcesses:
    def test_a_sign_of_life_is_read(self, valkey):
        beat(valkey, "worker", 1)
        beat(valkey, "worker", 2)
        valkey.set("banshi:process:worker:3", "no json")
        listed = processes.processes(processes.beats(valkey), READY, timezone.now())
        worker = next(process for process in listed if process.name == "worker")
        assert (worker.state, worker.detail, worker.figure) == ("ok", "2 processes", "2 h")

    def test_a_late_one_is_told_from_a_missing_one(self, valkey):
        beat(valkey, "web", age=13)
        states = {
            process.name: process.state
            for process in processes.processes(processes.beats(valkey), READY, timezone.now())
        }
        assert states["web"] == "warn"
        assert states["clock"] == "bad"

    def test_the_relay_is_needed_only_where_a_channel_is_held_open(self, valkey):
        def state() -> str:
            return next(p.state for p in processes.processes([], READY, timezone.now()) if p.name == "relay")

        assert state() == "off"
        connection = factories.make_connection("telegram", config={"mode": "webhook"})
        assert state() == "off"
        connection.config = {"mode": "polling"}
        connection.save()
        assert state() == "bad"

    @pytest.mark.parametrize(
        ("health", "state", "word"),
        [
            (Health(engine="x", state="loading"), "warn", "loading"),
            (Health(engine="x", state="failed", detail="no memory"), "bad", "failed"),
            (Health(engine="x", state="missing"), "bad", "not running"),
            (READY, "ok", "ready"),
        ],
    )
    def test_the_engine_speaks_for_itself(self, health, state, word):
        shown = next(process for process in processes.processes([], health, timezone.now()) if process.name == "engine")
        assert (shown.state, shown.word) == (state, word)


class TestQueues:
    def test_what_waits_and_what_failed_is_counted(self, valkey):
        turns = django_rq.get_queue("turns")
        queue = Queue("turns", connection=turns.connection, serializer=turns.serializer)  # enqueues at once
        job = queue.enqueue("no.such.task")
        queue.enqueue("no.such.task")
        queue.failed_job_registry.add(job)
        found = {queue.name: queue for queue in queues.queues(timezone.now())}
        assert (found["turns"].waiting, found["turns"].failed) == (2, 1)
        assert found["jobs"].waiting == 0

    def test_what_could_not_be_sent_is_shown(self, staff: Client, valkey, ready):
        factories.make_unsent(factories.make_turn(factories.make_conversation()))
        assert "1 message could not be sent" in read(staff)


class TestFigures:
    @time_machine.travel(NOON, tick=False)
    def test_a_day_is_cut_into_hours_of_local_time(self):
        conversation = factories.make_conversation()
        now = timezone.now()
        for hours, milliseconds, state in [
            (0.2, 1000, "done"),
            (0.3, 3000, "failed"),
            (3, 2000, "done"),
            (13, 9000, "done"),
        ]:
            at = now - timedelta(hours=hours)
            factories.make_turn(conversation, at=at, milliseconds=milliseconds, state=state, engine_ms=500)
        stretch = figures.Stretch.of(1, now)
        counted = figures.turns(stretch)
        assert [bucket.turns for bucket in counted.buckets] == [0] * 9 + [1, 0, 0, 2] + [0] * 11
        assert (counted.count, counted.failed) == (3, 1)
        assert (counted.p50, counted.p90) == (2000, 3000)
        assert counted.engine == pytest.approx(1500 / 6000)
        assert figures.turns(stretch.before).count == 1
        assert figures.turns_by_now(stretch) == 0

    @time_machine.travel(NOON, tick=False)
    def test_a_week_is_cut_into_days(self):
        now = timezone.now()
        factories.make_turn(factories.make_conversation(), at=now - timedelta(days=2))
        stretch = figures.Stretch.of(7, now)
        assert [bucket.turns for bucket in figures.turns(stretch).buckets] == [0, 0, 0, 0, 1, 0, 0]
        assert stretch.passed == 7

    def test_a_turn_that_is_being_answered_has_no_time_yet(self):
        factories.make_turn(factories.make_conversation(), state=Turn.State.DECIDING, at=timezone.now())
        counted = figures.turns(figures.Stretch.of(1, timezone.now() + timedelta(seconds=1)))
        assert (counted.count, counted.p50) == (1, None)

    @pytest.mark.parametrize(("percent", "value"), [(50, 2), (90, 4), (100, 4), (1, 1)])
    def test_percentiles(self, percent, value):
        assert figures.percentile([1, 2, 3, 4], percent) == value
        assert figures.percentile([], percent) is None


def test_no_secret_is_on_the_page(staff: Client, valkey, ready):
    page = read(staff)
    assert settings.VALKEY_PASSWORD not in page
    assert settings.SECRET_KEY not in page
