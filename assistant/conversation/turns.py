"""A turn as a resumable state machine: a step claims it, works, and commits only if nobody has claimed it since."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation

from assistant.conversation import replies as storing
from assistant.conversation.context import ToolContext, person_now
from assistant.engines.base import Event, Request
from assistant.models import Message, Turn, TurnStep
from assistant.models.durability import relaxed
from integrations.base import Reply
from integrations.models import Call

logger = logging.getLogger(__name__)
STEP_SECONDS = 12  # a step that takes longer is taken over
ENGINE_SECONDS = 60  # how long a turn waits for the engine
MAX_ATTEMPTS = 9  # claims of one turn (a free answer takes three); beyond them it is a fault of ours, and is said so
LOCALES = {"zh": "zh-hans", "en": "en"}


class Stale(Exception):
    """Somebody else has taken the turn over; what was done must not be committed."""


@dataclass
class Step:
    """One claimed step of a turn: who, what they said, and the trace so far."""

    turn: Turn
    attempt: int
    messages: list[Message]
    context: ToolContext
    trace: list[TurnStep] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    clock: float = field(default_factory=time.monotonic)

    @property
    def text(self) -> str:
        """What the person said, several messages as lines."""
        return "\n".join(message.text for message in self.messages if message.text).strip()

    def note(self, kind: str, detail: dict[str, Any], milliseconds: int | None = None) -> None:
        """Add to the trace; without `milliseconds`, the time since the last note."""
        now = time.monotonic()
        spent = round((now - self.clock) * 1000) if milliseconds is None else milliseconds
        self.clock = now
        self.trace.append(TurnStep(turn=self.turn, kind=kind, detail=detail, milliseconds=spent))


def claim(turn_id: int, request: str = "") -> Step | None:
    """Take the next step of a turn: one whose lease has lapsed, or the one that waited for `request`; None if it is not
    to be had.
    """
    now = timezone.now()
    turns = Turn.objects.filter(pk=turn_id, state__in=Turn.LIVE)
    waiting = Q(lease_until=None) | Q(lease_until__lt=now)
    turns = turns.filter(request=request) if request else turns.filter(waiting)
    lease = now + timedelta(seconds=STEP_SECONDS)
    with relaxed():
        claimed = turns.update(attempt=F("attempt") + 1, lease_until=lease, request="")
    if not claimed:
        return None
    turn = Turn.objects.select_related("conversation__connection", "person__city").get(pk=turn_id)
    messages = list(turn.messages.filter(direction=Message.Direction.IN).order_by("id"))
    return Step(turn, turn.attempt, messages, make_context(turn, messages))


def make_context(turn: Turn, messages: Sequence[Message]) -> ToolContext:
    """Return the tools' context of a turn."""
    person = turn.person
    now = person_now(person)
    text = "\n".join(message.text for message in messages if message.text)
    return ToolContext(person, person.language, now, text, dict(turn.conversation.state))


def language(step: Step) -> Any:
    """Return a context manager under which texts are in the person's language."""
    return translation.override(LOCALES.get(step.turn.person.language, "zh-hans"))


def finish(step: Step, replies: Sequence[Reply], error: str = "") -> None:
    """Commit the turn's answer: messages, outbox, state and trace, in one transaction. Raise Stale."""
    with transaction.atomic():
        _only_if_ours(step, state=Turn.State.FAILED if error else Turn.State.DONE, error=error[:200],
                      answered_at=timezone.now(), lease_until=None, engine_ms=step.turn.engine_ms, data={})  # fmt: skip
        messages = storing.store(step.turn, replies)
        step.note("answer", {"messages": [message.pk for message in messages]})
        Call.objects.bulk_create(step.calls)
        TurnStep.objects.bulk_create(step.trace)


def wait(step: Step, state: str, request: Request, data: dict[str, Any] | None = None) -> None:
    """Commit that the turn waits for the engine. Raise Stale."""
    with relaxed(), transaction.atomic():
        _only_if_ours(
            step, state=state, request=request.id, data=data or {}, engine_ms=step.turn.engine_ms,
            lease_until=timezone.now() + timedelta(seconds=ENGINE_SECONDS + 5),
        )  # fmt: skip
        if state == Turn.State.ANSWERING:
            storing.open_stream(step.turn, request.id)
        TurnStep.objects.bulk_create(step.trace)
    step.trace.clear()


def _only_if_ours(step: Step, **changes: Any) -> None:
    if not Turn.objects.filter(pk=step.turn.pk, attempt=step.attempt, state__in=Turn.LIVE).update(**changes):
        raise Stale


def count_engine(step: Step, event: Event) -> None:
    """Add what the engine took to the turn's account."""
    step.turn.engine_ms += round(event.timings.get("total", 0))
