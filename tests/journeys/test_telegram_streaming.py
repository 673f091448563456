"""Answers that are still being written, in Telegram and on web pages: one message each, the final text last."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.db import connections

from assistant.engines.base import Event
from assistant.engines.client import events_key
from assistant.models import Conversation, Message, Outbox
from assistant.tasks import outbox, relay, relay_polling
from assistant.tasks.relay_database import in_database
from integrations.base import Action, Reply
from integrations.models import Connection, Person
from tests.standins.relay import Running, stored, telegram_connection, until
from tests.standins.telegram import Telegram

pytestmark = pytest.mark.django_db(transaction=True)
CHAT = 77


@pytest.fixture
def server(settings: Any) -> Iterator[Telegram]:
    with Telegram(token="4242:stand-in-token") as running:
        settings.TELEGRAM_BASE_URL = running.base_url
        yield running


@pytest.fixture
def connection(server: Telegram) -> Connection:
    return telegram_connection(server.token)


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, with shorter waits."""
    monkeypatch.setattr(relay_polling, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(relay_polling, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr("assistant.tasks.relay_edits.PAUSE_SECONDS", 0.3)


@pytest.fixture
def running(valkey: Any, brisk: None, connection: Connection) -> Iterator[Running]:
    with Running() as started:
        yield started


@pytest.fixture
def answer(connection: Connection, server: Telegram) -> Outbox:
    """An answer that an engine is writing."""
    server.say(CHAT, "讲个故事")
    server.pending.clear()
    person = Person.objects.create(name="小明")
    conversation = Conversation.objects.create(connection=connection, external_id=str(CHAT), person=person)
    message = Message.objects.create(conversation=conversation, direction="out", text="")
    return Outbox.objects.create(
        conversation=conversation, message=message, cause="turn:1:0", state=Outbox.State.STREAMING, request="r1"
    )


def write(valkey: Any, *pieces: str, request: str = "r1", attempt: int = 1, kind: str = "token") -> None:
    for piece in pieces:
        event = Event.model_validate({"type": kind, "text": piece, "attempt": attempt})
        valkey.xadd(events_key(request), {"event": event.model_dump_json()})


def finish(row: Outbox, reply: Reply) -> None:
    """What a turn does at its end: the whole reply, and the outbox's turn to send it."""
    Message.objects.filter(pk=row.message_id).update(text=reply.text, content=reply.model_dump(mode="json"), version=1)
    Outbox.objects.filter(pk=row.pk).update(state=Outbox.State.WAITING)
    outbox.send(row.conversation_id)


def edits(server: Telegram, code: int = 200) -> list[float]:
    return [call.at for call in server.history if call.method == "editMessageText" and call.code == code]


def test_an_answer_is_shown_while_it_is_written(
    server: Telegram, running: Running, valkey: Any, answer: Outbox
) -> None:
    server.burst = 2  # beyond it the stand-in answers 429
    valkey.publish("banshi:streams", json.dumps({"outbox": answer.pk}))
    server.wait(lambda: [sent.text for sent in server.answers(CHAT)] == ["…"])
    story = "从前有座山，山里有座庙。庙里有个老和尚，在讲故事。"
    for piece in story:
        write(valkey, piece)
        time.sleep(0.1)
    write(valkey, story, kind="done")
    finish(answer, Reply(text=story, choices=[Action(label="再讲一个", id="a1")]))
    time.sleep(1.5)
    (shown,) = server.answers(CHAT)
    assert (shown.text, shown.labels) == (story, [["再讲一个"]])
    between = shown.texts[1:-1]
    assert len(between) >= 2
    for text in between:
        assert story.startswith(text.removesuffix(" …"))
    assert [len(text) for text in between] == sorted(len(text) for text in between)
    streamed = edits(server)[: len(between)]
    assert all(later - earlier >= 1.15 for earlier, later in itertools.pairwise(streamed))
    assert edits(server, 429) == []
    assert Outbox.objects.get(pk=answer.pk).state == Outbox.State.SENT


def test_a_late_edit_does_not_stay_over_the_answer(
    server: Telegram, running: Running, valkey: Any, answer: Outbox
) -> None:
    server.wait(lambda: server.answers(CHAT))
    server.fail("editMessageText", delay=1.2)
    write(valkey, "从前有")
    server.wait(lambda: not any(fault.times for fault in server.faults))  # the edit is under way, and late
    finish(answer, Reply(text="从前有座山。"))
    assert server.answers(CHAT)[0].text == "从前有座山。"
    server.wait(lambda: server.answers(CHAT)[0].text == "从前有 …")
    until(lambda: valkey.llen("rq:queue:outbox"))  # the relay asks for one more fill
    outbox.send(answer.conversation_id)
    (shown,) = server.answers(CHAT)
    assert shown.text == "从前有座山。"
    assert Outbox.objects.get(pk=answer.pk).state == Outbox.State.SENT


def test_too_many_edits_wait_as_long_as_told(server: Telegram, running: Running, valkey: Any, answer: Outbox) -> None:
    server.wait(lambda: server.answers(CHAT))
    server.fail("editMessageText", code=429, description="Too Many Requests: retry after 2", retry_after=2)
    write(valkey, "从前")
    server.wait(lambda: edits(server, 429))
    write(valkey, "有座山")
    server.wait(lambda: edits(server))
    assert edits(server)[0] - edits(server, 429)[0] >= 1.9
    assert server.answers(CHAT)[0].text == "从前有座山 …"


def test_another_engine_begins_anew(server: Telegram, running: Running, valkey: Any, answer: Outbox) -> None:
    server.wait(lambda: server.answers(CHAT))
    write(valkey, "胡言乱语")
    server.wait(lambda: server.answers(CHAT)[0].text == "胡言乱语 …")
    write(valkey, "", kind="restarted", attempt=2)
    write(valkey, "乱语")  # of the engine that was given up
    write(valkey, "从前", attempt=2)
    server.wait(lambda: server.answers(CHAT)[0].text == "从前 …")


def test_it_outlives_a_valkey_that_drops_everybody(
    server: Telegram, running: Running, valkey: Any, answer: Outbox
) -> None:
    server.wait(lambda: server.answers(CHAT))
    write(valkey, "从前")
    server.wait(lambda: server.answers(CHAT)[0].text == "从前 …")
    for kind in ("normal", "pubsub"):
        valkey.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")
    write(valkey, "有座山")
    server.wait(lambda: server.answers(CHAT)[0].text == "从前有座山 …")
    server.say(CHAT, "还在吗")
    until(lambda: stored() == ["还在吗"])


def test_earlier_messages_come_first(server: Telegram, valkey: Any, brisk: None, answer: Outbox) -> None:
    earlier = Message.objects.create(conversation=answer.conversation, direction="out", text="骑手已取餐")
    waiting = Outbox.objects.create(conversation=answer.conversation, message=earlier, cause="order-event:1")
    Outbox.objects.filter(pk=answer.pk).delete()
    answer.pk, answer.id = None, None  # written after it
    answer.save(force_insert=True)
    assert answer.pk > waiting.pk
    with Running():
        time.sleep(1.5)
        assert server.answers(CHAT) == []
        outbox.send(answer.conversation_id)
        server.wait(lambda: [sent.text for sent in server.answers(CHAT)] == ["骑手已取餐", "…"])


def test_a_deleted_placeholder_is_left_to_the_outbox(
    server: Telegram, running: Running, valkey: Any, answer: Outbox
) -> None:
    server.wait(lambda: server.answers(CHAT))
    until(lambda: Outbox.objects.get(pk=answer.pk).external_id)
    server.delete(CHAT, server.answers(CHAT)[0].id)
    write(valkey, "从前")
    server.wait(lambda: edits(server, 400))
    write(valkey, "有座山")
    time.sleep(1.5)
    assert (len(edits(server, 400)), server.answers(CHAT)) == (1, [])


def test_web_pages_get_pieces_with_their_places(
    valkey: Any, brisk: None, answer: Outbox, connection: Connection
) -> None:
    Connection.objects.filter(pk=connection.pk).update(kind="web")
    group = f"conversation.{answer.conversation.public_id}"

    async def page() -> list[dict[str, Any]]:
        layer, stop = get_channel_layer(), asyncio.Event()
        mine = await layer.new_channel()
        await layer.group_add(group, mine)
        serving = asyncio.create_task(relay.serve(stop, ("streams",)))
        text, got = "", []
        write(valkey, "从前", "有")
        while text != "新的😀故事":
            event = await asyncio.wait_for(layer.receive(mine), 10)
            got.append(event["data"])
            text = text[: event["data"]["at"]] + event["data"]["text"]
            if text == "从前有":
                write(valkey, "", kind="restarted", attempt=2)
                write(valkey, "新的😀", attempt=2)
                write(valkey, "故事", attempt=2)
        stop.set()
        await serving
        await in_database(connections.close_all)()
        return got

    got = asyncio.run(page())
    assert {(data["type"], data["message"]) for data in got} == {("token", answer.message_id)}
    assert got[0]["at"] == 0
