"""What a turn did, step by step, as the page shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assistant.models import Turn, TurnStep
from dashboard import moments, words
from integrations import registry

SECRET = re.compile(r"(token|secret|password|credentials?|authorization|api_?key|cookie)$", re.IGNORECASE)
EMPTY = SafeString("")
KNOWN = ("understood", "decision", "grounding", "chat", "call", "answer", "error")
TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?|\btrue\b|\bfalse\b|\bnull\b)')
LINE = re.compile(r"[a-z_]+(\|[a-z_]+=[^|]*)*", re.DOTALL)


@dataclass(frozen=True)
class Bar:
    """A line of the waterfall; `left` and `width` in percent of the whole."""

    name: str | Promise
    style: str
    left: float
    width: float
    milliseconds: float


@dataclass(frozen=True)
class Argument:
    """Where an argument came from."""

    name: str
    value: str
    source: str
    words: str
    reason: str
    dropped: bool
    how: str | Promise


@dataclass
class Shown:
    """A step as it is shown. `kind` names the template; "other" shows `raw`."""

    number: int
    kind: str
    name: str | Promise
    milliseconds: int
    detail: dict[str, Any]
    raw: str = ""
    code: SafeString = EMPTY
    arguments: list[Argument] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    effect: words.Word | None = None
    order: str = ""

    @property
    def speed(self) -> float | None:
        """How many tokens a second the model wrote; None where that was not measured."""
        tokens, timings = self.detail.get("output_tokens"), self.detail.get("timings")
        spent = timings.get("output") if isinstance(timings, dict) else None
        if not isinstance(tokens, int) or not isinstance(spent, int | float) or spent <= 0:
            return None
        return 1000 * tokens / spent

    @property
    def kept(self) -> int:
        """How many arguments were kept."""
        return sum(not argument.dropped for argument in self.arguments)

    @property
    def dropped(self) -> int:
        """How many were dropped."""
        return len(self.arguments) - self.kept


@dataclass(frozen=True)
class Trace:
    """A turn's trace."""

    bars: list[Bar]
    marks: list[str]
    steps: list[Shown]
    quoted: list[str]  # the person's words that something was taken from

    @property
    def grounded(self) -> bool:
        """Whether it shows where the arguments come from."""
        return any(step.arguments for step in self.steps)


def trace(turn: Turn, steps: Sequence[TurnStep]) -> Trace:
    """Return how a turn went."""
    dropped = {
        argument.name
        for step in steps
        if step.kind == "grounding"
        for argument in arguments(step.detail)
        if argument.dropped
    }
    shown = [_shown(i, step, dropped) for i, step in enumerate(steps, 1)]
    quoted = [
        argument.words for step in shown for argument in step.arguments if argument.words and not argument.dropped
    ]
    bars, whole = waterfall(turn, steps)
    return Trace(bars, [f"{whole * i / 4000:.{2 if whole < 2000 else 1}f}" for i in range(5)], shown, quoted)


def waterfall(turn: Turn, steps: Sequence[TurnStep]) -> tuple[list[Bar], float]:
    """Return the bars of a turn and its whole length in milliseconds.

    A step's row is written when it is committed, several at once, so its time is an upper bound: going back from the
    last one, each ends no later than the next begins. What is left before the first is waiting.
    """
    ends = [moments.duration(turn.received_at, step.at) or 0.0 for step in steps]
    last = moments.duration(turn.received_at, turn.answered_at)
    whole = max([*ends, last or 0.0, float(sum(step.milliseconds for step in steps)), 1.0])
    begins: list[float] = []
    limit = whole
    for step, end in zip(reversed(steps), reversed(ends), strict=True):
        limit = max(min(end, limit) - step.milliseconds, 0.0)
        begins.insert(0, limit)
    bars = [
        Bar(words.name(words.STEP, step.kind), _style(step.kind), 100 * begin / whole,
            100 * min(step.milliseconds / whole, 1 - begin / whole), step.milliseconds)
        for step, begin in zip(steps, begins, strict=True)
    ]  # fmt: skip
    if begins and begins[0] >= 1:
        bars.insert(0, Bar(words.STEP["wait"], "wait", 0.0, 100 * begins[0] / whole, begins[0]))
    return bars, whole


def _style(kind: str) -> str:
    return {"decision": "model", "chat": "model", "error": "bad"}.get(kind, "")


def _shown(number: int, step: TurnStep, dropped: set[str]) -> Shown:
    detail = step.detail if isinstance(step.detail, dict) else {"value": step.detail}
    shown = Shown(number, step.kind, words.name(words.STEP, step.kind), step.milliseconds, redact(detail))
    if step.kind not in KNOWN:
        shown.kind, shown.raw = "other", pretty(detail)
    elif step.kind == "decision":
        shown.code = decision(str(detail.get("raw") or ""), dropped)
    elif step.kind == "grounding":
        shown.arguments = arguments(detail)
    elif step.kind == "call":
        inputs = detail.get("inputs")
        shown.inputs = [(str(k), plain(v)) for k, v in redact(inputs).items()] if isinstance(inputs, dict) else []
        shown.effect = _effect(str(detail.get("tool") or ""))
        shown.order = str(detail.get("order") or "")
    return shown


def _effect(name: str) -> words.Word | None:
    try:
        return words.word(words.EFFECT, registry.tool(name).effect.value)
    except KeyError:  # a tool that is no longer there
        return None


def _name_of(code: str) -> str:
    """Return the name of the tool that the model calls `code`, empty where there is none."""
    try:
        return registry.by_code(code).name
    except KeyError:
        return ""


def arguments(detail: Any) -> list[Argument]:
    """Return the arguments of a grounding step; what is not in the known shape is left out."""
    listed = detail.get("arguments") if isinstance(detail, dict) else None
    found = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return [
        Argument(
            name=str(item.get("name") or "?"),
            value="•••" if SECRET.search(str(item.get("name"))) else plain(item.get("value")),
            source=str(item.get("source") or ""),
            words=str(item.get("words") or ""),
            reason=str(item.get("reason") or ""),
            dropped=bool(item.get("dropped")),
            how=words.name(words.SOURCE, str(item.get("source") or "")),
        )
        for item in found
    ]


def decision(raw: str, dropped: set[str]) -> SafeString:
    """Return what the model answered, as a call where it is one, with the dropped arguments struck through."""
    text = raw.strip()
    if not text:
        return EMPTY
    if LINE.fullmatch(text) and ("|" in text or _name_of(text)):
        return _as_call(text, dropped)
    try:
        return _coloured(pretty(json.loads(text)), dropped)
    except ValueError:
        return SafeString(escape(text))


def _as_call(line: str, dropped: set[str]) -> SafeString:
    """Return `code|field=words|...` as tool(field="words", ...)."""
    code, *parts = line.split("|")
    pairs = [part.partition("=") for part in parts]
    listed = format_html_join(
        ", ", "<{0}>{1}=<i>{2}</i></{0}>",
        (("s" if key in dropped else "span", key, f'"{value}"') for key, _equals, value in pairs),
    )  # fmt: skip
    return format_html_join("", "<b>{}</b>({})", [(_name_of(code) or code, listed)])


def _coloured(text: str, dropped: set[str]) -> SafeString:
    """Return indented JSON with keys, strings and numbers told apart."""
    lines = []
    for line in text.split("\n"):
        html = TOKEN.sub(_token, escape(line).replace("&quot;", '"'))
        key = re.match(r'\s*"([^"]+)":', line)
        lines.append(f'<span class="drop">{html}</span>' if key and key.group(1) in dropped else html)
    return mark_safe("\n".join(lines))  # noqa: S308  (every line was escaped)


def _token(match: re.Match[str]) -> str:
    string, colon, number = match.groups()
    if string and colon:
        return f"<b>{string}</b>{colon}"
    return f"<i>{string or number}</i>"


def pretty(value: Any) -> str:
    """Return indented JSON without secrets."""
    return json.dumps(redact(value), ensure_ascii=False, indent=2, default=str)


def plain(value: Any) -> str:
    """Return a value in one line."""
    if isinstance(value, str):
        return value
    if value is None:
        return _("nothing")
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(str(item) for item in value)
    return json.dumps(redact(value), ensure_ascii=False, default=str)


def redact(value: Any) -> Any:
    """Return `value` with whatever is named like a secret hidden."""
    if isinstance(value, dict):
        return {key: "•••" if SECRET.search(str(key)) else redact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [redact(item) for item in value]
    return value


def marked(text: str, quoted: Sequence[str]) -> SafeString:
    """Return `text` with the words that something was taken from highlighted."""
    wanted = sorted({part for part in quoted if part and part in text}, key=len, reverse=True)
    if not wanted:
        return SafeString(escape(text))
    pieces = re.split(f"({'|'.join(re.escape(part) for part in wanted)})", text)
    return format_html_join(
        "", "<{0}>{1}</{0}>", (("mark" if piece in wanted else "span", piece) for piece in pieces if piece)
    )
