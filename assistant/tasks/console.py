"""One turn from the command line or a script, through the same code as the channels."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assistant.channels.base import Inbound
from assistant.channels.console.channel import console_connection
from assistant.engines import client
from assistant.models import Conversation, Identity, Message, Turn, Update
from assistant.tasks import inbox, turns
from integrations.models import Person

WAIT_SECONDS = 120.0


@dataclass
class Said:
    """What a turn said, and how it came to it."""

    turn: Turn
    messages: list[Message]
    steps: list[dict[str, Any]]
    seconds: float
    person: Person = field(repr=False)

    @property
    def replies(self) -> list[dict[str, Any]]:
        """The replies as JSON."""
        return [message.content or {"text": message.text} for message in self.messages]

    @property
    def text(self) -> str:
        """The replies' text."""
        return "\n".join(message.text for message in self.messages if message.text)


def person_named(name: str, language: str = "") -> Person:
    """Return the command line's person of that name, made on first use."""
    connection = console_connection()
    identity = Identity.objects.select_related("person").filter(connection=connection, external_id=name).first()
    if identity is None:
        person = Person.objects.create(name=name, language=language or "zh", is_guest=False)
        identity = Identity.objects.create(connection=connection, external_id=name, person=person)
    if language and (identity.person.language != language or not identity.person.language_chosen):
        Person.objects.filter(pk=identity.person_id).update(language=language, language_chosen=True)
        identity.person.refresh_from_db()
    return identity.person


def say(
    name: str,
    *,
    text: str = "",
    action: str = "",
    chat: str = "",
    on_wait: Callable[[], None] | None = None,
    **more: Any,
) -> Said:
    """Say something as person `name` and return what comes back; raise `TimeoutError` after two minutes.

    Workers may be running or not: whoever comes first takes a step, and no step is taken twice.
    """
    started = time.monotonic()
    number = uuid.uuid4().hex
    inbound = Inbound(user=name, chat=chat or name, text=text, action=action, client_id=number, **more)
    connection = console_connection()
    update = Update.objects.create(
        connection=connection, external_id=number, payload=inbound.model_dump(mode="json", exclude_defaults=True)
    )
    inbox.take(update.pk)
    turn = _wait(update, started + WAIT_SECONDS, on_wait)
    messages = list(turn.messages.filter(direction=Message.Direction.OUT).order_by("id"))
    steps: list[Any] = list(turn.steps.order_by("id").values("kind", "detail", "milliseconds"))
    return Said(turn, messages, steps, time.monotonic() - started, turn.person)


def _wait(update: Update, until: float, on_wait: Callable[[], None] | None) -> Turn:
    while time.monotonic() < until:
        update.refresh_from_db()
        message = Message.objects.filter(
            conversation__connection=update.connection, client_id=update.external_id
        ).first()
        turn = message.turn if message else None
        if turn is not None and turn.state not in Turn.LIVE:
            return turn
        if turn is not None and turn.request and client.result(turn.request) is not None:
            turns.resume(turn.pk, turn.request)
        elif turn is None and message is not None:
            turns.follow(message.conversation_id)
        if on_wait is not None:
            on_wait()
        time.sleep(0.01)
    raise TimeoutError("the turn did not end; is the engine running? (manage.py up)")


def buttons(said: Said) -> list[dict[str, Any]]:
    """Return every button of what was said."""
    found = []
    for reply in said.replies:
        for card in reply.get("cards", []):
            found += card.get("actions", [])
        for key in ("quote", "order"):
            found += reply.get(key, {}).get("actions", [])
        found += reply.get("choices", [])
    return found


def conversation_of(name: str) -> Conversation | None:
    """Return the command line's conversation of that name."""
    return Conversation.objects.filter(connection=console_connection(), external_id=name).first()
