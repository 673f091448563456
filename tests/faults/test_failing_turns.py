"""A turn whose steps fail every time ends with a word to the person, and the conversation goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assistant.conversation import answers, flow, turns
from assistant.models import Conversation, Message, Outbox, Turn
from assistant.tasks import sweep
from assistant.tasks import turns as tasks
from integrations import factories
from integrations.models import Connection


@pytest.fixture
def turn(db: None, valkey: Any) -> Turn:
    connection = Connection.objects.create(role="channel", kind="web", title="Web")
    person = factories.person()
    conversation = Conversation.objects.create(connection=connection, external_id="1", person=person)
    turn = Turn.objects.create(
        conversation=conversation, person=person, received_at=timezone.now() - timedelta(minutes=1)
    )
    said = {"user": "1", "chat": "1", "text": "你好"}
    Message.objects.create(
        conversation=conversation, turn=turn, person=person, direction="in", text="你好", content=said
    )
    return turn


def broken(*_: Any) -> Any:
    raise ZeroDivisionError


def lapse(turn: Turn) -> None:
    """Let the lease of a turn lapse."""
    Turn.objects.filter(pk=turn.pk, state__in=Turn.LIVE).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_turn_that_always_fails_is_given_up_with_an_answer(turn: Turn, monkeypatch: Any) -> None:
    monkeypatch.setattr(flow, "understand", broken)
    failed = 0
    for _attempt in range(turns.MAX_ATTEMPTS + 1):
        try:
            tasks.advance(turn.pk)
        except ZeroDivisionError:
            failed += 1
        lapse(turn)
    turn.refresh_from_db()
    assert (turn.state, failed) == (Turn.State.FAILED, turns.MAX_ATTEMPTS)
    assert "一再出错" in Outbox.objects.get().message.text
    assert sweep.turns() == 0


def test_a_turn_that_fails_for_a_while_is_answered(turn: Turn, monkeypatch: Any) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(flow, "understand", broken)
        for _attempt in range(3):
            with pytest.raises(ZeroDivisionError):
                tasks.advance(turn.pk)
            lapse(turn)
    assert sweep.turns() == 1
    tasks.advance(turn.pk)
    turn.refresh_from_db()
    assert turn.state == Turn.State.DONE
    assert Outbox.objects.get().message.text == answers.hello().text
