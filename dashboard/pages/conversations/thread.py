"""A conversation as a list of what was said and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assistant.models import Conversation, Message, Outbox, Turn
from dashboard import summaries, words
from integrations.base import Reply

LENGTH = 60  # entries on the page


@dataclass
class Entry:
    """A turn, or a message that answers nobody (an order that moved, a reminder)."""

    key: str  # "turn=12" or "message=7"
    at: datetime
    said: str = ""
    pressed: bool = False
    answered: str = ""
    milliseconds: float | None = None
    tools: list[str] = field(default_factory=list)
    state: words.Word | None = None
    note: str | Promise = ""


@dataclass(frozen=True)
class Seen:
    """A message as the person saw it."""

    message: Message
    reply: Reply | None
    quote_state: str = ""
    error: str = ""


def entries(conversation: Conversation, before: datetime | None = None) -> list[Entry]:
    """Return the latest entries (before a moment), oldest first, one more than are shown if there are earlier ones.

    A fixed number of queries.
    """
    until = before or timezone.now() + timedelta(days=1)
    latest = conversation.turns.filter(received_at__lt=until).order_by("-received_at")
    turns = [_turn_entry(line) for line in summaries.lines(summaries.with_parts(latest)[: LENGTH + 1])]
    alone = conversation.messages.filter(turn=None, created_at__lt=until).order_by("-id")[: LENGTH + 1]
    spoken = [_message_entry(message) for message in alone]
    return sorted([*turns, *spoken], key=lambda entry: entry.at)[-LENGTH - 1 :]


def _turn_entry(line: summaries.Line) -> Entry:
    used = line.turn.engine_ms > 0
    return Entry(
        f"turn={line.turn.pk}", line.turn.received_at, line.said, line.pressed, line.answered, line.milliseconds,
        summaries.unique(line.tools), line.state,
        "" if used or line.turn.state in Turn.LIVE else _("without the model"),
    )  # fmt: skip


def _message_entry(message: Message) -> Entry:
    key = f"message={message.pk}"
    if message.direction == Message.Direction.IN:
        return Entry(key, message.created_at, message.text, note=_("waits for the turn before it"))
    reply = summaries.read_reply(message)
    return Entry(key, message.created_at, "", answered=summaries.outline(message, reply), note=_("sent by itself"))


def seen(messages: Iterable[Message]) -> list[Seen]:
    """Return outbound messages as the person saw them, with how their quotes stand now; two queries."""
    sent = [message for message in messages if message.direction == Message.Direction.OUT]
    replies = [(message, summaries.read_reply(message)) for message in sent]
    states = summaries.quote_states(reply.quote.id for _message, reply in replies if reply and reply.quote)
    failed = Outbox.objects.filter(message__in=[message.pk for message in sent], state=Outbox.State.FAILED)
    errors = dict(failed.values_list("message_id", "error"))
    return [
        Seen(
            message, reply, states.get(reply.quote.id, str(reply.quote.state)) if reply and reply.quote else "",
            errors.get(message.pk, ""),
        )
        for message, reply in replies
    ]  # fmt: skip
