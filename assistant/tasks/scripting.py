"""What a developer has at hand in `manage.py shell`. Everything goes the ways that the channels go."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation

from assistant.conversation import calling, deciding
from assistant.conversation.context import ToolContext
from assistant.conversation.turns import LOCALES
from assistant.engines import client
from assistant.models import Message, Turn
from assistant.retrieval import search as retrieval
from assistant.tasks import console
from integrations import registry
from integrations.base import Filters, Hit, Reply, Tool
from integrations.models import Order, Person


def chat(text: str, person: str = "shell", language: str = "") -> console.Said:
    """Say `text` as `person` and return what comes back (`.text`, `.replies`, `.steps`, `.turn`)."""
    console.person_named(person, language)
    return console.say(person, text=text)


def search(text: str, limit: int = 10, **filters: Any) -> list[Hit]:
    """Search the catalogue; `filters` are the fields of `integrations.base.Filters`."""
    return retrieval.search(text, Filters(**filters), limit=limit)


def tools() -> dict[str, Tool]:
    """Return the tools that are switched on, by name."""
    return {tool.name: tool for tool in registry.tools()}


def call(name: str, person: str = "shell", **inputs: Any) -> list[Reply]:
    """Call a tool as `person`; nothing is ordered or paid without a confirmation."""
    who = console.person_named(person)
    conversation = console.conversation_of(person)
    state = dict(conversation.state) if conversation else {}
    context = ToolContext(who, who.language, datetime.now(ZoneInfo(who.time_zone)), "", state)
    with translation.override(LOCALES[who.language]):
        outcome = calling.run(name, inputs, context)
    if outcome.row is not None:
        outcome.row.save()
    return outcome.replies


def orders(person: str | None = None) -> list[Order]:
    """Return the orders of a person (by the name used in `chat`), or all, newest first."""
    found = Order.objects.order_by("-id")
    if person is not None:
        found = found.filter(person=Person.objects.get(pk=console.person_named(person).pk))
    return list(found[:50])


def replay(turn_id: int) -> dict[str, str]:
    """Ask the engine again what to do in a turn; return what it answered then and now. Nothing is carried out."""
    turn = Turn.objects.select_related("person").get(pk=turn_id)
    text = "\n".join(turn.messages.filter(direction=Message.Direction.IN).values_list("text", flat=True))
    step = turn.steps.filter(kind="decision").first()
    request = deciding.request(text, tools=registry.tools(), language=turn.person.language)
    return {"then": step.detail.get("raw", "") if step else "", "now": client.ask(request, timeout=60).text}


def explain(turn_id: int) -> str:
    """Return the trace of a turn as text."""
    turn = Turn.objects.get(pk=turn_id)
    lines = [f"turn {turn.pk}: {turn.state}, engine {turn.engine_ms} ms"]
    for step in turn.steps.order_by("id"):
        lines.append(f"  {step.kind:<11} {step.milliseconds:>6} ms  {step.detail}")
    return "\n".join(lines)
