"""The steps of a turn, from what was said to what is answered."""

from __future__ import annotations

import contextlib
import logging
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from assistant.conversation import answers, calling, chatting, confirming, deciding, grounding, turns, using
from assistant.conversation.turns import Step
from assistant.conversation.understanding import Meaning, understand
from assistant.engines import client
from assistant.engines.base import EngineError, Event, Health, Request
from assistant.models import Conversation, Turn
from assistant.normalise import analyse
from integrations import registry
from integrations.base import Filters, Reply, Tool

logger = logging.getLogger(__name__)
# What people say before they come to the point.
FILLERS = re.compile(
    r"^(?:\s|[,，.。!！]|please|actually|ok(?:ay)?|hmm+|well|and|so|请|那就|那|嗯|帮我|麻烦|给我|哦|对了)+"
)


@dataclass(frozen=True)
class Progress:
    """What a step came to: a finished turn, or a request for the engine, whose answer may be streamed."""

    conversation: Conversation
    failed: bool = False
    request: Request | None = None
    streaming: bool = False


def begin(turn_id: int) -> Progress | None:
    """Take a new (or taken-over) turn as far as it goes without the engine; None if somebody else has it."""
    step = turns.claim(turn_id)
    return start(step) if step is not None else None


def start(step: Step) -> Progress:
    """Take a claimed turn as far as it goes without the engine."""
    with turns.language(step):
        if step.attempt > turns.MAX_ATTEMPTS:
            step.note("error", {"detail": f"given up after {step.attempt - 1} attempts"})
            return _done(step, [answers.given_up()], "given up: its steps failed again and again")
        meaning = understand(step)
        step.note("understood", {"by": meaning.by, "text": meaning.text or step.text})
        if meaning.by != "model":
            return _done(step, _carry_out(step, meaning))
        health = client.health()
        if health.state != "ready":
            step.note("error", {"detail": f"no engine: {health.state} {health.detail}".strip()})
            return _done(step, without_engine(step, meaning, health))
        return _ask_engine(step, Turn.State.DECIDING, _decision_request(step, meaning), {"text": meaning.text})


def resume(turn_id: int, request_id: str) -> Progress | None:
    """Go on with a turn whose generation request has ended; None if it was given up or taken over meanwhile."""
    try:
        event = client.result(request_id)
    except EngineError:
        event = None
    if event is None:  # the store lost it or is away: the sweep begins the turn again
        return None
    step = turns.claim(turn_id, request=request_id)
    if step is None:
        return None
    turns.count_engine(step, event)
    with turns.language(step):
        if step.turn.state == Turn.State.ANSWERING:
            return _answered(step, event)
        return _decided(step, event)


def give_up_engine(turn_id: int, request_id: str, error: EngineError) -> Progress | None:
    """Finish a turn whose request the engine did not take."""
    step = turns.claim(turn_id, request=request_id)
    if step is None:
        return None
    with turns.language(step):
        step.note("error", {"detail": str(error)})
        meaning = understand(step)
        return _done(step, without_engine(step, meaning, client.health()))


def stop(turn: Turn) -> None:
    """Ask the engine to stop writing for this turn; the turn then ends with what there is."""
    if turn.request:
        with contextlib.suppress(EngineError):  # without Valkey nothing is being written either
            client.cancel(turn.request)


def _done(step: Step, replies: list[Reply], error: str = "") -> Progress:
    if step.turn.data.get("pin") and replies:
        replies[0].remember.setdefault("pin", {**step.turn.data["pin"], "at": step.context.now.isoformat()})
    started = step.turn.received_at
    for reply in replies[:1]:
        if reply.cards or reply.quote:
            reply.seconds = round((timezone.now() - started).total_seconds(), 1)
    turns.finish(step, replies, error)
    return Progress(step.turn.conversation, failed=bool(error))


def _carry_out(step: Step, meaning: Meaning) -> list[Reply]:
    """Do what was understood without the model."""
    if meaning.quote:
        return confirming.confirm(step, meaning.quote, meaning.quote_hash)
    if meaning.tool:
        step.context.sources.update(meaning.sources)
        return run_tool(step, meaning.tool, meaning.inputs)
    return meaning.replies


def run_tool(step: Step, name: str, inputs: dict[str, Any]) -> list[Reply]:
    """Run a tool and note the call in the trace."""
    outcome = calling.run(name, inputs, step.context)
    step.note("call", outcome.detail, outcome.milliseconds)
    if outcome.row is not None:
        step.calls.append(outcome.row)
    return outcome.replies


def _decision_request(step: Step, meaning: Meaning) -> Request:
    number = uuid.uuid4().hex
    return deciding.request(
        meaning.text,
        tools=registry.tools(),
        usable=usable(step, meaning.text),
        language=step.turn.person.language,
        person=str(step.turn.person_id),
        id=number,
        deadline=timezone.now().timestamp() + turns.ENGINE_SECONDS,
        then={"task": "resume_turn", "args": [step.turn.pk, number]},
    )


def usable(step: Step, text: str) -> list[Tool]:
    """Return the tools that fit the conversation as it stands (one cannot choose among cards that were not shown) and
    the order that the message opens with.
    """
    state, start = step.context.state, FILLERS.sub("", text.lower())
    fitting = [tool for tool in registry.tools() if not tool.needs or any(state.get(key) for key in tool.needs)]
    cued = [tool for tool in fitting if any(start.startswith(cue) for cue in tool.cues)]
    return cued or fitting


def without_engine(step: Step, meaning: Meaning, health: Health) -> list[Reply]:
    """Answer words without the model: search for them where the catalogue knows them, and say what is not to be had."""
    analysis = meaning.analysis
    if analysis is None:
        return [answers.without_engine(health)]
    known = step.context.search(analysis.leftover, Filters(model="offer"), 1) if analysis.leftover else []
    plain = analysis.people or analysis.money or analysis.diets or analysis.place("deliver")
    if not plain and not (known and known[0].matched):
        return [answers.without_engine(health)]
    inputs = {
        **grounding.read_by_code(registry.tool("food.search"), analysis, step.context.now),
        "wish": analysis.leftover or None,
    }
    replies = run_tool(step, "food.search", inputs)
    replies[0].text = "\n".join(part for part in (answers.engine_state(health), replies[0].text) if part)
    return replies


def _ask_engine(step: Step, state: str, request: Request, data: dict[str, Any]) -> Progress:
    turns.wait(step, state, request, {**step.turn.data, **data})
    return Progress(step.turn.conversation, request=request, streaming=state == Turn.State.ANSWERING)


def _spent(event: Event) -> dict[str, Any]:
    """Return what the engine's answer cost, for the trace."""
    return {
        "model": client.health().model,
        "prompt_tokens": event.prompt_tokens,
        "cached_tokens": event.cached_tokens,
        "output_tokens": event.output_tokens,
    }


def _milliseconds(event: Event) -> int:
    return round(event.timings.get("total", 0))


def _decided(step: Step, event: Event) -> Progress:
    """Act on the model's decision."""
    step.note("decision", _spent(event) | {"raw": event.text, "timings": event.timings}, _milliseconds(event))
    if event.type == "error":
        step.note("error", {"detail": f"{event.kind}: {event.detail}"})
        meaning = understand(step)
        return _done(step, without_engine(step, meaning, client.health()))
    try:
        decision = deciding.read(event.text, registry.every_tool())
    except ValueError as error:
        step.note("error", {"detail": str(error)})
        return _done(step, [answers.engine_failed()], str(error))
    text = step.turn.data.get("text", step.text)
    analysis = analyse(text, now=step.context.now, language=step.turn.person.language)
    call = grounding.ground(decision, analysis, step.context.now, step.turn.person.city_id)
    step.note("grounding", call.detail())
    if call.kind == "chat":
        return _ask_engine(step, Turn.State.ANSWERING, chatting.request(step), {})
    if call.kind == "none":
        return _done(step, [answers.unable()])
    if problem := call.problem():
        return _done(step, [Reply(text=problem)])
    step.context.sources.update(call.sources())
    replies = run_tool(step, call.tool, call.inputs())
    if replies and not replies[0].used:
        person = step.turn.person
        currency = person.city.currency if person.city else "CNY"
        replies[0].used = using.used(call, language=person.language, now=step.context.now, currency=currency)
    return _done(step, replies)


def _answered(step: Step, event: Event) -> Progress:
    """Finish a free answer."""
    step.note("chat", _spent(event) | {"reason": event.reason}, _milliseconds(event))
    if event.type == "error":
        step.note("error", {"detail": f"{event.kind}: {event.detail}"})
        return _done(step, [answers.engine_failed()], event.kind)
    return _done(step, [Reply(text=event.text.strip() or answers.engine_failed().text)])
