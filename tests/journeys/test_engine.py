"""Requests through the client, Valkey and engine processes, whatever happens to them on the way."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import django_rq
import pytest
import redis

from assistant.engines import client, fake, publishing, running, store, worker
from assistant.engines.base import EngineError, Event, Health, Request
from assistant.engines.fake import Answer, FakeEngine
from assistant.engines.preparing import Preparing
from assistant.engines.requests import Requests
from assistant.engines.worker import Worker

LEASE = 1.0
SLOW = Answer(text="一二三四五六七八九十" * 3, pace=0.05)


class Watched(FakeEngine):
    """A fake engine that notes the order and who ran beside whom."""

    def __init__(self, *answers, **more):
        super().__init__(*answers, **more)
        self.rules[""] = Answer(text="好的", pace=0.02)
        self.order, self.now, self.most = [], Counter(), Counter()

    def generate(self, request):
        key = request.person or request.priority
        self.order.append(request.messages[-1]["content"])
        self.now[key] += 1
        self.now[request.priority] += request.priority != key
        for name, count in self.now.items():
            self.most[name] = max(self.most[name], count)
        try:
            yield from super().generate(request)
        finally:
            self.now[key] -= 1
            self.now[request.priority] -= request.priority != key


@contextlib.contextmanager
def working(engine, name="here", lease=LEASE):
    """An engine process's loop, in a thread."""
    preparing = Preparing("fake")
    preparing.engine = engine
    loop = Worker(preparing, name, lease)
    status = []
    thread = threading.Thread(target=lambda: status.append(loop.run()))
    thread.start()
    try:
        yield status
    finally:
        loop.stop()
        thread.join(15)
        assert not thread.is_alive()


def ask(text="你好", **more):
    return Request(messages=[{"role": "user", "content": text}], **more)


def submit(text="你好", **more):
    return client.submit(ask(text, **more))


def end_of(request_id, seconds=20):
    """Follow a request to its end; return all its events."""
    events = [event for _, event in client.events(request_id, timeout=seconds)]
    assert events, "nothing was said"
    assert events[-1].type in ("done", "error"), [event.type for event in events]
    return events


def wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def first_token(request_id):
    assert any(event.type == "token" for _, event in client.events(request_id, timeout=20))


def jobs():
    return [(job.func_name, job.args) for job in django_rq.get_queue("turns").jobs]


def streams_are_empty(valkey):
    return all(
        valkey.xlen(key) == 0 and not valkey.xpending(key, store.GROUP)["pending"]
        for key in valkey.scan_iter("engine:requests:*")
    )


@pytest.fixture
def second_valkey(tmp_path, settings):
    """A Valkey of this test's own that can be killed; yields functions to start and kill it."""
    from assistant.project import valkey

    settings.VALKEY_SOCKET = tmp_path / "valkey.sock"
    settings.VALKEY_URL = f"unix://{settings.VALKEY_SOCKET}?db=0&password={settings.VALKEY_PASSWORD}"
    store.valkey.cache_clear()
    processes = []

    def start():
        processes.append(valkey.start())
        valkey.wait_until_ready()

    def kill():
        processes[-1].kill()
        processes[-1].wait()

    start()
    yield start, kill
    kill()
    store.valkey.cache_clear()


# The plain way


def test_a_request_is_answered_kept_and_followed_by_its_task(valkey):
    request = ask("你好", person="7", then={"task": "resume_turn", "args": [3, "r"]})
    with working(FakeEngine("你好，我在")):
        assert client.submit(request) == request.id
        assert client.known(request.id)
        events = end_of(request.id)
        assert [event.type for event in events] == ["started", *["token"] * 5, "done"]
        assert events[-1].text == "你好，我在"
        assert events[-1].timings["queued"] >= 0
        assert client.result(request.id) == events[-1]
        wait_for(lambda: streams_are_empty(valkey))
        wait_for(lambda: jobs() == [("assistant.tasks.turns.resume", [3, "r"])])
    assert client.known(request.id)
    left = [key for key in valkey.scan_iter("engine:*") if valkey.ttl(key) == -1]
    assert {key.split(":")[1] for key in left} <= {"requests", "instances"}  # everything else lapses by itself


def test_events_go_on_after_the_last_that_was_seen(valkey):
    with working(FakeEngine("一二三")):
        number = submit()
        entries = list(client.events(number))
        assert [event.text for _, event in client.events(number, after=entries[2][0])] == ["三", "一二三"]


def test_an_engine_error_is_the_last_event(valkey):
    with working(FakeEngine(Answer(text="半", kind="out_of_memory", detail="full"))):
        last = end_of(submit())[-1]
    assert (last.type, last.kind, last.detail) == ("error", "out_of_memory", "full")


def test_a_bug_in_an_engine_ends_the_request_and_not_the_loop(valkey, caplog):
    class Broken(FakeEngine):
        def generate(self, request):
            if "坏" in request.messages[0]["content"]:
                raise ZeroDivisionError
            yield from super().generate(request)

    with working(Broken("好")):
        last = end_of(submit("坏"))[-1]
        assert (last.type, last.kind) == ("error", "internal")
        assert end_of(submit("你好"))[-1].text == "好"
    assert "坏" not in caplog.text


def test_ask_submits_and_waits(valkey):
    with pytest.raises(EngineError, match="unavailable"):
        client.ask(ask())
    with working(FakeEngine("好", Answer(kind="internal", detail="broken"), SLOW)):
        wait_for(lambda: client.health().state == "ready")
        assert client.ask(ask()).text == "好"
        with pytest.raises(EngineError, match="internal: broken"):
            client.ask(ask())
        with pytest.raises(EngineError, match="deadline"):
            client.ask(ask(), timeout=0.3)


def test_a_request_for_a_model_by_name_reaches_the_engine_that_has_it(valkey, settings):
    with working(FakeEngine("好")):
        other = submit("你好", model="another-model")
        assert end_of(submit("你好", model=settings.MODEL_NAME))[-1].text == "好"
        assert client.result(other) is None


# Order and fairness


def test_a_person_has_one_chat_request_at_a_time_and_others_pass(valkey):
    engine = Watched(slots=4)
    numbers = [submit(f"甲{n}", person="a") for n in range(5)] + [submit(f"乙{n}", person="b") for n in range(3)]
    with working(engine):
        for number in numbers:
            assert end_of(number)[-1].type == "done"
    assert engine.most["a"] == engine.most["b"] == 1
    assert engine.most["chat"] == 2
    assert [text for text in engine.order if text[0] == "甲"] == [f"甲{n}" for n in range(5)]


def test_one_person_at_a_time_holds_across_engine_processes(valkey):
    engine = Watched(slots=2)
    numbers = [submit(f"甲{n}", person="a") for n in range(6)]
    with working(engine, "one"), working(engine, "two"):
        for number in numbers:
            end_of(number)
    assert engine.most["a"] == 1


def test_who_was_served_longest_ago_goes_first(valkey):
    engine = Watched(slots=1)
    numbers = [submit(f"甲{n}", person="a") for n in range(5)] + [submit("乙", person="b"), submit("丙", person="c")]
    with working(engine):
        for number in numbers:
            end_of(number)
    assert engine.order == ["甲0", "乙", "丙", "甲1", "甲2", "甲3", "甲4"]


def test_chat_goes_before_background_which_leaves_a_slot(valkey):
    engine = Watched(slots=3)
    numbers = [submit(f"后台{n}", priority="background") for n in range(5)] + [submit(f"聊{n}") for n in range(3)]
    with working(engine):
        for number in numbers:
            end_of(number)
    assert set(engine.order[:3]) == {"聊0", "聊1", "聊2"}
    assert engine.most["background"] == 2


def test_no_more_is_taken_than_there_are_slots(valkey):
    engine = FakeEngine(*[SLOW] * 2, *["好"] * 3, slots=2)
    numbers = [submit(str(n), person=str(n)) for n in range(5)]
    with working(engine):
        first_token(numbers[1])
        pending = valkey.xpending("engine:requests:default:chat", store.GROUP)["pending"]
        assert pending == 2
        assert client.health().busy <= 2
        for number in numbers:
            end_of(number)


# Cancelling, deadlines


def test_a_running_request_is_cancelled(valkey):
    with working(FakeEngine(SLOW)):
        number = submit()
        first_token(number)
        client.cancel(number)
        last = end_of(number)[-1]
    assert (last.type, last.reason) == ("done", "cancelled")
    assert 0 < len(last.text) < len(SLOW.text)


def test_a_waiting_request_is_cancelled_and_a_late_one_ends_as_deadline(valkey):
    with working(FakeEngine(SLOW)):
        running_ = submit("一", person="a")
        first_token(running_)
        waiting, late = submit("二", person="a"), submit("三", person="a", deadline=time.time() + 0.2)
        client.cancel(waiting)
        cancelled, expired = end_of(waiting), end_of(late)
        assert client.result(running_) is None
    assert [(event.type, event.reason) for event in cancelled] == [("done", "cancelled")]
    assert [(event.type, event.kind) for event in expired] == [("error", "deadline")]


def test_a_deadline_that_passed_before_an_engine_came_is_an_error(valkey):
    number = submit(deadline=time.time() - 1)
    with working(FakeEngine("好")):
        assert [(event.type, event.kind) for event in end_of(number)] == [("error", "deadline")]


# What goes wrong

ENGINE_PROCESS = """
import django; django.setup()
from assistant.engines.preparing import Preparing
from assistant.engines.worker import Worker
raise SystemExit(Worker(Preparing("fake"), "doomed", 1.0).run())
"""


def engine_process():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "assistant.project.settings"}
    return subprocess.Popen([sys.executable, "-c", ENGINE_PROCESS], env=environment)


def test_another_engine_finishes_what_a_killed_one_held(valkey):
    fake.queue(SLOW, SLOW)
    process = engine_process()
    number = submit("慢", person="a", then={"task": "resume_turn", "args": [1, "x"]})
    first_token(number)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with working(FakeEngine("接手了")):
        events = end_of(number)
        wait_for(lambda: streams_are_empty(valkey))
    restarted = [event.type for event in events].index("restarted")
    assert events[restarted].attempt == 2
    assert {event.attempt for event in events[:restarted]} == {1}
    assert {event.attempt for event in events[restarted:]} == {2}
    assert events[-1].text == "接手了"
    assert [event.type for event in events].count("done") == 1
    assert jobs() == [("assistant.tasks.turns.resume", [1, "x"])]


def test_a_process_told_to_end_gives_back_what_it_cannot_finish(valkey, monkeypatch):
    monkeypatch.setattr(worker, "GRACE", 0.1)
    with working(FakeEngine(SLOW), "leaving", lease=60):
        number = submit("慢", person="a")
        first_token(number)
    with working(FakeEngine("接手了"), "staying", lease=2):
        began = time.monotonic()
        assert end_of(number)[-1].text == "接手了"
    assert time.monotonic() - began < 10  # not the sixty seconds of the lease


def test_a_request_that_kills_every_engine_is_given_up(valkey):
    number = submit()
    valkey.hset(store.owner_key(number), "attempt", running.MAX_ATTEMPTS)
    with working(FakeEngine("好")):
        last = end_of(number)[-1]
    assert (last.type, last.kind) == ("error", "internal")


def test_who_was_only_slow_cannot_end_a_request_a_second_time(valkey):
    slow, quick = Requests(store.connect(), [""], "slow"), Requests(store.connect(), [""], "quick")
    slow.ensure_groups()
    number = submit()
    (first,) = slow.take(["chat"], 1)
    assert slow.start(first) == 1
    assert slow.renew(first)
    (second,) = quick.take_over(0, set())
    assert quick.start(second) == 2
    assert not slow.renew(first)
    assert not slow.finish(first, Event(type="done", text="slow"))
    assert quick.finish(second, Event(type="done", text="quick"))
    quick.finish(second, Event(type="done", text="again"))
    assert [event.text for event in end_of(number)] == ["quick"]


def test_a_death_between_the_result_and_its_task_loses_neither(valkey):
    number = submit(then={"task": "resume_turn", "args": [9, "y"]})
    dying = Requests(store.connect(), [""], "dying")
    dying.ensure_groups()
    (taken,) = dying.take(["chat"], 1)
    dying.start(taken)
    dying.finish(taken, Event(type="done", text="结果"))
    engine = FakeEngine("不该说")
    with working(engine):
        wait_for(lambda: streams_are_empty(valkey))
    assert [event.text for event in end_of(number)] == ["结果"]
    assert engine.requests == []
    assert jobs() == [("assistant.tasks.turns.resume", [9, "y"])]


def test_flushall_costs_a_running_request_nothing_and_the_next_is_answered(valkey):
    with working(FakeEngine(SLOW, "好")):
        number = submit("慢", person="a")
        first_token(number)
        valkey.flushall()
        wait_for(lambda: client.known(number))  # so nobody takes it for lost
        assert end_of(number)[-1].text == SLOW.text
        assert end_of(submit(person="a"))[-1].text == "好"
        wait_for(lambda: client.health().state == "ready")


@pytest.mark.slow
def test_a_restarted_valkey_is_found_again(second_valkey):
    start, kill = second_valkey
    engine = FakeEngine(SLOW, "好")
    with working(engine):
        number = submit("慢")
        first_token(number)
        kill()
        with pytest.raises(EngineError, match="unavailable"):
            submit()
        with pytest.raises(EngineError, match="unavailable"):
            client.result(number)
        assert client.health().state == "missing"
        wait_for(lambda: engine.health().busy == 0)
        start()
        assert end_of(number)[-1].text == SLOW.text
        assert end_of(submit())[-1].text == "好"


def test_without_valkey_there_is_one_clear_error(settings, tmp_path):
    settings.VALKEY_URL = f"unix://{tmp_path}/none.sock"
    store.valkey.cache_clear()
    for call in (submit, lambda: client.result("x"), lambda: client.known("x"), lambda: client.cancel("x")):
        with pytest.raises(EngineError, match="unavailable"):
            call()
    with pytest.raises(EngineError, match="unavailable"):
        list(client.events("x"))
    assert client.health().state == "missing"
    assert client.health().detail
    store.valkey.cache_clear()


def test_what_is_no_request_is_dropped(valkey):
    with working(FakeEngine("好")):
        valkey.xadd("engine:requests:default:chat", {"request": "{"})
        valkey.xadd("engine:requests:default:chat", {"else": "1"})
        assert end_of(submit())[-1].text == "好"
        wait_for(lambda: streams_are_empty(valkey))


@pytest.mark.parametrize(
    "then", [{"task": "os.system", "args": ["x"]}, {"task": "resume_turn", "args": [{}]}, {"args": []}, {"func": "x"}]
)
def test_only_tasks_of_the_list_follow(valkey, then):
    with pytest.raises(EngineError, match="bad_request"):
        submit(then=then)
    forged = ask(then=then)
    valkey.xadd("engine:requests:default:chat", {"request": forged.model_dump_json(by_alias=True)})
    with working(FakeEngine("好")):
        assert end_of(forged.id)[-1].text == "好"
        wait_for(lambda: streams_are_empty(valkey))
    assert jobs() == []


# Health


def test_health_is_the_best_of_the_live_engines(valkey, settings, monkeypatch):
    monkeypatch.setattr(publishing, "EVERY", 0.05)
    assert client.health().state == "missing"
    loading = Health(engine="llama_cpp", state="loading", at=time.time())
    valkey.set(store.health_key("loading"), loading.model_dump_json(), ex=10)
    valkey.sadd(store.INSTANCES, "loading", "gone")
    assert client.health() == loading
    assert valkey.smembers(store.INSTANCES) == {"loading"}
    with working(FakeEngine(SLOW)):
        wait_for(lambda: client.health().state == "ready")
        number = submit(person="a")
        submit("等", person="a")
        wait_for(lambda: (client.health().busy, client.health().queued) == (1, 1))
        assert client.health().model == settings.MODEL_NAME
        client.cancel(number)
    assert client.health() == loading  # who ends takes its health back


def test_an_engine_that_stands_still_ends_its_process(valkey):
    class Stuck(FakeEngine):
        stuck = False

        def health(self):
            health = super().health()
            return health.model_copy(update={"state": "failed", "detail": "stuck"}) if self.stuck else health

    engine = Stuck(SLOW)
    with working(engine, lease=60) as status:
        number = submit()
        first_token(number)
        engine.stuck = True
        wait_for(lambda: status == [1])
    with working(FakeEngine("接手了"), "next", lease=2):
        assert end_of(number)[-1].text == "接手了"


def test_a_broken_connection_is_made_again(valkey):
    with working(FakeEngine("好", "好")):
        end_of(submit())
        valkey.client_kill_filter(_type="normal", skipme=True)
        with contextlib.suppress(redis.ConnectionError, EngineError):
            client.known("x")
        assert end_of(submit())[-1].text == "好"
