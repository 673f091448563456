"""Where every argument comes from: said, normalised, entailed, profile, default or shown; without one it is dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from assistant import normalise
from assistant.conversation import deciding, knowing
from assistant.normalise import Analysis, Found
from integrations import registry
from integrations.base import Tool


@dataclass
class Argument:
    """One argument of a call and its provenance."""

    name: str
    value: Any
    source: str  # said, normalised, entailed
    words: str = ""
    dropped: bool = False
    reason: str = ""


@dataclass
class GroundedCall:
    """A decision with the arguments that hold, and those that were dropped."""

    kind: str  # call, chat, none
    tool: str = ""
    arguments: list[Argument] = field(default_factory=list)

    def inputs(self) -> dict[str, Any]:
        """Return the inputs of the call."""
        return {argument.name: argument.value for argument in self.arguments if not argument.dropped}

    def sources(self) -> dict[str, str]:
        """Return the words behind each input."""
        return {argument.name: argument.words for argument in self.arguments if not argument.dropped}

    def problem(self) -> str:
        """Return what to tell the person about an argument that cannot be, or ""."""
        for argument in self.arguments:
            if argument.reason == NO_SUCH_TIME:
                return _("There is no such time as “%(words)s”. When shall it be?") % {"words": argument.words}
            if argument.reason == PAST:
                return _("“%(words)s” is over already. When shall it be?") % {"words": argument.words}
        return ""

    def detail(self) -> dict[str, Any]:
        """Return the trace."""
        return {
            "tool": self.tool or self.kind,
            "arguments": [
                {"name": one.name, "value": show(one.value), "source": one.source, "words": one.words,
                 "dropped": one.dropped, "reason": one.reason}
                for one in self.arguments
            ],
        }  # fmt: skip


# What a place is said to be (normalise.places), for the fields that hold places.
ROLES = {"to": ("deliver", "to"), "near": ("near", "in")}
NO_SUCH_TIME, PAST = "no such time", "in the past"
ADDRESS = 36  # characters: a longer one is a sentence
REST = 16  # characters: a longer rest of a message is talk, not a wish
SHORT = 60  # characters: a longer message is no answer to a question


def show(value: Any) -> str:
    """Return a value as it is shown in a trace."""
    if isinstance(value, list | tuple):
        return ", ".join(show(item) for item in value)
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "strftime") else str(value)


def ground(decision: deciding.Decision, analysis: Analysis, now: datetime, city: int | None = None) -> GroundedCall:
    """Return the call a decision means, each argument with its source. `city`: the row id of where the person is."""
    if decision.kind != "call":
        return GroundedCall(decision.kind, decision.tool)
    tool = registry.tool(decision.tool)
    call = GroundedCall("call", tool.name)
    words = _moved(tool, dict(decision.words), analysis, city)
    for name in tool.inputs.model_fields:
        kind = deciding.kind_of(tool, name)
        reader = READERS.get(kind)
        if reader is not None:
            argument = reader(name, analysis)
        elif name in words:
            argument = _copied(tool, name, words[name], analysis, now, city)
        else:
            argument = _unsaid_place(name, kind, analysis)
        if argument is not None:
            call.arguments.append(argument)
    return call


def _moved(tool: Tool, words: dict[str, str], analysis: Analysis, city: int | None) -> dict[str, str]:
    """Put what is no restaurant's name, and no place, where it belongs: among the dishes, or with the restaurants."""
    fields = tool.inputs.model_fields
    if "merchant" not in fields:
        return words
    near = words.get("near", "")
    if near and not _of_place(near, analysis) and not knowing.is_place(near, city):
        words.setdefault("merchant", words.pop("near"))
    merchant = words.get("merchant", "")
    if merchant and _of_place(merchant, analysis):
        del words["merchant"]
    elif merchant and not knowing.is_merchant(merchant, city) and not knowing.looks_like_name(merchant, analysis.text):
        del words["merchant"]
        if "wish" in fields:
            words.setdefault("wish", merchant)
    return words


def _of_place(words: str, analysis: Analysis) -> bool:
    return any(words in one.text or one.text in words for one in analysis.places)


def read_by_code(tool: Tool, analysis: Analysis, now: datetime) -> dict[str, Any]:
    """Return the inputs that code alone finds in a text, for when there is no model."""
    call = ground(deciding.Decision("call", tool.name), analysis, now)
    return call.inputs()


def _copied(tool: Tool, name: str, words: str, analysis: Analysis, now: datetime, city: int | None) -> Argument:
    """Return an argument that the model copied, if it was said and means something of its own."""
    if deciding.choices_of(tool, name):
        return Argument(name, words, "entailed", words)
    if not said(words, analysis.text):
        return Argument(name, words, "said", words, dropped=True, reason="not said")
    kind = deciding.kind_of(tool, name)
    if kind == "place":
        return _place(name, words, analysis, city)
    if name == "options" and _inside(words, analysis.text, analysis.counts):
        return Argument(name, words, "said", words, dropped=True, reason="part of another argument")
    if name not in {"wish", "dish", "merchant"}:
        return Argument(name, words, "said", words)
    rest = (
        ""
        if _inside(words, analysis.text, _read(analysis))
        else normalise.analyse(words, now, analysis.language).leftover
    )
    if not rest and len(analysis.leftover) <= REST and knowing.is_food(analysis.leftover):
        rest = analysis.leftover
    if not rest:
        return Argument(name, words, "said", words, dropped=True, reason="part of another argument")
    return Argument(name, rest, "said" if rest == words else "normalised", words)


def _read(analysis: Analysis) -> list[Found]:
    """Return what was read as an argument of its own."""
    return [*analysis.diets, *analysis.people, *analysis.money, *analysis.times, *analysis.wishes, *analysis.places]


def _inside(words: str, text: str, others: Sequence[Found]) -> bool:
    """Tell whether words are part of what was read as something else: the peanuts of "allergic to peanuts"."""
    at = text.lower().find(words.lower())
    return at >= 0 and any(other.start <= at and at + len(words) <= other.end for other in others)


def _place(name: str, words: str, analysis: Analysis, city: int | None) -> Argument:
    """Return a place: what was read as one in this role, else the model's words if the catalogue knows the place."""
    read = _unsaid_place(name, "place", analysis)
    if read is not None:
        return read
    if not _of_place(words, analysis) and knowing.is_place(words, city):
        return Argument(name, words, "said", words)
    return Argument(name, words, "said", words, dropped=True, reason="not said as such a place")


def _unsaid_place(name: str, kind: str, analysis: Analysis) -> Argument | None:
    """Return a place that the model left out although it was said."""
    if kind != "place":
        return None
    found = analysis.place(*ROLES.get(name, ()))
    if found is None and name == "to":  # "at home", "in the office": where it is to be had is where it goes
        found = next((one for one in analysis.places if one.detail["label"] in {"home", "work"}), None)
    elif (
        found is not None
        and name == "near"
        and found.detail["label"] in {"home", "work"}
        and found.detail["role"] == "in"
    ):
        return None
    return Argument(name, found.value, "said", found.text) if found else None


def said(words: str, text: str) -> bool:
    """Tell whether `words` stand in `text`, whatever the spaces and the case."""
    return _bare(words) in _bare(text)


def _bare(text: str) -> str:
    return re.sub(r"[\s，。,.!！?？、]+", "", text).casefold()


def _first(kind: str) -> Callable[[str, Analysis], Argument | None]:
    def read(name: str, analysis: Analysis) -> Argument | None:
        found = next(iter(getattr(analysis, kind)), None)
        return Argument(name, found.value, "normalised", found.text) if found else None

    return read


def _money(name: str, analysis: Analysis) -> Argument | None:
    """Return the most that may be spent: in all (`budget`), or by each person (`per_person`)."""
    wanted = {"person"} if name == "per_person" else {"total", "item", ""}
    for found in analysis.money:
        if found.detail.get("per", "") in wanted and found.detail.get("bound") != "min":
            return Argument(name, found.detail.get("high", found.value), "normalised", found.text)
    return None


def _diets(name: str, analysis: Analysis) -> Argument | None:
    slugs = list(dict.fromkeys(found.value for found in analysis.diets))
    return Argument(name, slugs, "normalised", "、".join(found.text for found in analysis.diets)) if slugs else None


def _time(name: str, analysis: Analysis) -> Argument | None:
    found = analysis.when
    if found is None:
        return None
    if found.detail.get("invalid") or found.value is None:
        return Argument(name, found.text, "said", found.text, dropped=True, reason=NO_SUCH_TIME)
    if found.detail.get("past"):
        return Argument(name, found.text, "said", found.text, dropped=True, reason=PAST)
    if found.detail["grain"] not in {"minute", "part"}:
        return None
    value = found.value[0] if isinstance(found.value, tuple) else found.value
    return Argument(name, value, "normalised", found.text)


def _sort(name: str, analysis: Analysis) -> Argument | None:
    found = next((one for one in analysis.wishes if one.value == analysis.sort), None)
    return Argument(name, found.value, "normalised", found.text) if found else None


def _count(name: str, analysis: Analysis) -> Argument | None:
    found = next((one for one in analysis.counts if one.value == int(one.value)), None)
    return Argument(name, int(found.value), "normalised", found.text) if found else None


def answer(name: str, kind: str, analysis: Analysis) -> Argument | None:
    """Return what a message answers to the question for field `name`; None where it does not read as an answer."""
    if kind in READERS:
        return READERS[kind](name, analysis)
    if len(analysis.text) > SHORT:
        return None
    if kind == "place":
        found = next(iter(analysis.places), None)
        if (
            analysis.leftover
            or analysis.ordinals
            or (found and len(found.text) > ADDRESS and not found.detail["label"])
        ):
            return None  # more than a place: a wish
        return Argument(name, found.value, "said", found.text) if found else None
    return Argument(name, analysis.text.strip(), "said", analysis.text.strip())


READERS: dict[str, Callable[[str, Analysis], Argument | None]] = {
    "people": _first("people"),
    "ordinal": _first("ordinals"),
    "number": _first("orders"),
    "money": _money,
    "diet": _diets,
    "time": _time,
    "sort": _sort,
    "count": _count,
}
