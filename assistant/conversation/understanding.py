"""Deterministic first: what can be understood without the model.

A button, a command, a location, a file, a lone "yes" to an open quote, a number out of a list, "cheaper", an answer to
an open question: each has one meaning, and code knows it better and faster than a model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from assistant.conversation import actions, answers, grounding
from assistant.conversation.turns import Step
from assistant.models.inbound import Inbound
from assistant.normalise import Analysis, analyse
from integrations import registry
from integrations.base import Reply
from integrations.models import Quote

MEGABYTE = 1024 * 1024
QUESTIONS = ("吗", "?", "？")  # what ends with one asks, and answers nothing
COMMANDS = {"/start": answers.hello, "/help": answers.about, "/new": answers.hello}


@dataclass
class Meaning:
    """What is to be done: say `replies`, call `tool`, confirm `quote`, or (all empty) ask the model about `text`."""

    by: str  # button, command, location, file, rule, reply, model
    replies: list[Reply] = field(default_factory=list)
    tool: str = ""
    inputs: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    quote: str = ""
    quote_hash: str = ""
    text: str = ""
    analysis: Analysis | None = None


def understand(step: Step) -> Meaning:
    """Return the meaning of a turn's messages."""
    inbound = [Inbound.model_validate(message.content) for message in step.messages]
    pressed = next((item.action for item in inbound if item.action), "")
    if pressed:
        meaning = _button(step, pressed)
        if meaning is not None:
            return meaning
    pin = next((item.pin for item in reversed(inbound) if item.pin), None)
    if pin is not None:
        step.context.state["pin"] = pin.model_dump()
        step.turn.data["pin"] = pin.model_dump()
    text = step.text
    if len(text) > settings.MAX_MESSAGE_CHARS:
        return Meaning("rule", [answers.too_long()])
    if not text:
        return _wordless(step, inbound)
    return understand_text(step, text)


def _button(step: Step, pressed: str) -> Meaning | None:
    """Return what a pressed button means; None where it stands for words, which are read like typed ones."""
    try:
        press = actions.press(pressed, person=step.turn.person, conversation=step.turn.conversation)
    except actions.ActionGone as gone:
        return Meaning("button", [answers.button_gone(gone.reason)])
    if press.action.confirm:
        return Meaning("button", quote=press.quote, quote_hash=press.quote_hash)
    if press.action.tool:
        return Meaning("button", tool=press.action.tool, inputs=press.action.inputs)
    return understand_text(step, press.action.say)


def _wordless(step: Step, inbound: list[Inbound]) -> Meaning:
    """Return the meaning of messages without words: a location, a voice note, a file."""
    pin = next((item.pin for item in reversed(inbound) if item.pin), None)
    asks = step.context.state.get("asks") or {}
    if pin is not None and asks.get("field") in {"to", "near", "address"}:
        return Meaning(
            "location",
            tool=asks["tool"],
            inputs={**asks["inputs"], asks["field"]: "here"},
            sources={asks["field"]: "pin"},
        )
    if pin is not None:
        return Meaning("location", [answers.pin_kept(pin.name)])
    if any(item.voice for item in inbound):
        return Meaning("file", [answers.voice()])
    files = [file for item in inbound for file in item.files]
    if files:
        return Meaning("file", [answers.files(any(file.size > settings.MAX_UPLOAD_MB * MEGABYTE for file in files))])
    return Meaning("rule", [answers.no_words()])


def understand_text(step: Step, text: str) -> Meaning:
    """Return the meaning of words."""
    person = step.turn.person
    asks = step.context.state.get("asks") or {}
    kind = _expected(asks)
    analysis = analyse(text, now=step.context.now, language=person.language, expect=kind)
    command = (
        COMMANDS.get(text.split("@", maxsplit=1)[0].split(maxsplit=1)[0].lower()) if text.startswith("/") else None
    )
    if command is not None:
        return Meaning("command", [command()])
    if not any(char.isalnum() for char in text):
        return Meaning("rule", [answers.no_words()])
    meaning = (
        _lone_word(step, analysis)
        or _answer(asks, kind, analysis, step.context.now)
        or _about_orders(analysis)
        or _about_shown(step, analysis)
    )
    return meaning or Meaning("model", text=text, analysis=analysis)


def _expected(asks: dict[str, Any]) -> str | None:
    """Return the grounding kind that an open question asks for."""
    if not asks:
        return None
    field_info = registry.tool(asks["tool"]).inputs.model_fields.get(asks.get("field", ""))
    extra = field_info.json_schema_extra if field_info else None
    return str(extra.get("kind")) if isinstance(extra, dict) else None


def _lone_word(step: Step, analysis: Analysis) -> Meaning | None:
    """Return the meaning of a message that is nothing but yes, no, hello, thanks or help."""
    state = step.context.state
    if analysis.yes or analysis.confirm:
        return _typed_yes(step, plainly=analysis.confirm)
    if analysis.cancel or analysis.no or analysis.stop:
        open_quotes = _open_quotes(step)
        if analysis.cancel and open_quotes and open_quotes[0].tool == "orders.cancel":
            return Meaning("rule", [answers.several_open()])  # "cancel" could mean the order or the question
        if open_quotes and state.get("last_quote"):
            return Meaning("rule", tool="orders.withdraw", inputs={"quote": state["last_quote"]})
        if analysis.cancel:
            return Meaning("rule", tool="orders.cancel")
        return Meaning("rule", [answers.nothing_open()])
    for flag, answer in (
        (analysis.greeting, answers.hello),
        (analysis.thanks, answers.thanks),
        (analysis.help, answers.about),
    ):
        if flag:
            return Meaning("rule", [answer()])
    return None


def _open_quotes(step: Step) -> list[Quote]:
    return list(
        Quote.objects.filter(person=step.turn.person, state=Quote.State.OPEN, expires_at__gt=step.context.now)[:3]
    )


def _typed_yes(step: Step, *, plainly: bool) -> Meaning:
    """Confirm by words: only where exactly one quote is open and was the last thing shown in this conversation, and
    only by words that cannot mean anything else ("cool" and a thumb up do not pay).
    """
    open_quotes = _open_quotes(step)
    if not open_quotes:
        return Meaning("rule", [answers.nothing_open()])
    last = step.context.state.get("last_quote", "")
    if (
        plainly
        and len(open_quotes) == 1
        and open_quotes[0].public_id == last
        and step.turn.person_id == step.turn.conversation.person_id
    ):
        return Meaning("reply", quote=last, quote_hash=open_quotes[0].content_hash)
    return Meaning("rule", [answers.several_open()])


def _answer(asks: dict[str, Any], kind: str | None, analysis: Analysis, now: datetime) -> Meaning | None:
    """Return the meaning of a reply to an open question, where it reads as one; what it says besides (a time with the
    address) counts too.
    """
    if not asks or analysis.status or analysis.wishes:
        return None
    found = grounding.answer(asks["field"], kind or "text", analysis)
    if found is None or _says_more(kind, analysis):
        return None
    besides = grounding.read_by_code(registry.tool(asks["tool"]), analysis, now)
    return Meaning(
        "reply",
        tool=asks["tool"],
        inputs={**asks["inputs"], **besides, found.name: found.value},
        sources={found.name: found.words},
    )


def _says_more(kind: str | None, analysis: Analysis) -> bool:
    """Tell whether a message is a question, or a whole errand of its own: it says several other things than the one
    asked for.
    """
    if analysis.text.rstrip().endswith(QUESTIONS) or (kind == "place" and analysis.diets):
        return True
    said = {
        "people": analysis.people,
        "money": analysis.money,
        "diet": analysis.diets,
        "time": analysis.times,
        "place": analysis.places,
        "wish": analysis.leftover and kind not in {"place", "text", "label", "dish", "merchant"},
    }
    return sum(bool(value) for name, value in said.items() if name != kind) >= 2


def _about_orders(analysis: Analysis) -> Meaning | None:
    if analysis.status:
        number = analysis.orders[0].value if analysis.orders else None
        return Meaning("rule", tool="orders.status", inputs={"number": number} if number else {})
    return None


def _about_shown(step: Step, analysis: Analysis) -> Meaning | None:
    """Return the meaning of words about the cards last shown: "the second one", "cheaper", "another one"."""
    state = step.context.state
    tools = state.get("tools") or {}
    if analysis.leftover or analysis.people or analysis.money or analysis.diets or analysis.times or analysis.places:
        return None
    if state.get("shown") and analysis.ordinals and not analysis.wishes and "pick" in tools:
        return Meaning("rule", tool=tools["pick"], inputs={"which": analysis.ordinals[0].value})
    if analysis.wishes and not analysis.ordinals and "other" in tools:
        return Meaning("rule", tool=tools["other"], inputs={"how": analysis.sort or "other"})
    return None
