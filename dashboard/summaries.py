"""What turns and replies come to, in one line: for the lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError

from assistant.channels.base import Inbound
from assistant.models import Message, PendingAction, Turn, TurnStep
from dashboard import moments, words
from dashboard.templatetags.dash import money
from integrations.base import Reply
from integrations.models import Quote


@dataclass
class Line:
    """A turn in one line: what was said or pressed, what was done about it, what came of it."""

    turn: Turn
    said: str = ""
    pressed: bool = False
    answered: str = ""
    tools: list[str] = field(default_factory=list)
    quote: str = ""
    state: words.Word = words.TURN[Turn.State.NEW]

    @property
    def milliseconds(self) -> float | None:
        """How long the answer took."""
        return moments.duration(self.turn.received_at, self.turn.answered_at)


def with_parts(turns: QuerySet[Turn]) -> QuerySet[Turn]:
    """Fetch with `turns` what `lines` needs: three queries more, however many turns."""
    calls = TurnStep.objects.filter(kind="call").order_by("id")
    return turns.select_related("person", "conversation").prefetch_related(
        Prefetch("messages", Message.objects.order_by("id"), to_attr="said_and_answered"),
        Prefetch("steps", calls, to_attr="calls"),
    )


def lines(turns: Iterable[Turn]) -> list[Line]:
    """Return the lines of turns that come from `with_parts`; two queries."""
    rows = list(turns)
    labels = button_labels(message for turn in rows for message in turn.said_and_answered)  # type: ignore[attr-defined]
    made = [_line(turn, labels) for turn in rows]
    states = quote_states(line.quote for line in made)
    for line in made:
        if states.get(line.quote) == Quote.State.OPEN and line.turn.state == Turn.State.DONE:
            line.state = words.QUOTE[Quote.State.OPEN]
    return made


def _line(turn: Turn, labels: dict[str, str]) -> Line:
    line = Line(turn, state=words.word(words.TURN, turn.state))
    for message in turn.said_and_answered:  # type: ignore[attr-defined]
        if message.direction == Message.Direction.IN:
            said, line.pressed = what_was_said(message, labels)
            line.said = f"{line.said} / {said}" if line.said else said
        else:
            reply = read_reply(message)
            line.answered = f"{line.answered} {outline(message, reply)}".strip()
            line.quote = reply.quote.id if reply and reply.quote else line.quote
    named = (step.detail.get("tool") for step in turn.calls if isinstance(step.detail, dict))  # type: ignore[attr-defined]
    line.tools = [str(name) for name in named if name]
    return line


def what_was_said(message: Message, labels: dict[str, str]) -> tuple[str, bool]:
    """Return what an inbound message says, and whether it was a button: words, a button's label, a place, files."""
    inbound = read_inbound(message)
    if inbound is None:
        return message.text, False
    if inbound.action:
        return labels.get(inbound.action, "") or message.text or _("a button"), True
    parts = [message.text] if message.text else []
    if inbound.pin:
        parts.append(
            _("[place] %(name)s") % {"name": inbound.pin.name or f"{inbound.pin.lat:.4f}, {inbound.pin.lng:.4f}"}
        )
    if inbound.voice:
        parts.append(_("[voice]"))
    parts += [_("[file] %(name)s") % {"name": file.name} for file in inbound.files]
    return " ".join(parts), False


def outline(message: Message, reply: Reply | None) -> str:
    """Return what an outbound message shows, in one line."""
    if reply is None:
        return message.text
    parts = [reply.text or message.text]
    if reply.cards:
        parts.append(ngettext("%(n)d card", "%(n)d cards", len(reply.cards)) % {"n": len(reply.cards)})
    if reply.quote:
        total = money(reply.quote.total.amount, reply.quote.total.currency)
        parts.append(_("quote %(number)s, %(total)s") % {"number": reply.quote.number, "total": total})
    if reply.order:
        parts.append(_("order %(number)s, %(state)s") % {"number": reply.order.number, "state": reply.order.state_text})
    if reply.files:
        parts.append(ngettext("%(n)d file", "%(n)d files", len(reply.files)) % {"n": len(reply.files)})
    return " · ".join(part for part in parts if part)


def button_labels(messages: Iterable[Message]) -> dict[str, str]:
    """Return the labels of the buttons that were pressed in `messages`, by their public ids; one query."""
    pressed = {str(message.content.get("action")) for message in messages if _has(message.content, "action")}
    if not pressed:
        return {}
    return dict(PendingAction.objects.filter(public_id__in=pressed).values_list("public_id", "label"))


def quote_states(quotes: Iterable[str]) -> dict[str, str]:
    """Return how quotes stand now, by their public ids; one query."""
    wanted = {quote for quote in quotes if quote}
    return dict(Quote.objects.filter(public_id__in=wanted).values_list("public_id", "state")) if wanted else {}


def read_reply(message: Message) -> Reply | None:
    """Return an outbound message's reply, or None where it is stored in a shape we do not know."""
    try:
        return Reply.model_validate(message.content)
    except ValidationError:
        return None


def read_inbound(message: Message) -> Inbound | None:
    """Return what an inbound message holds, or None where it is stored in a shape we do not know."""
    try:
        return Inbound.model_validate(message.content)
    except ValidationError:
        return None


def _has(content: Any, key: str) -> bool:
    return isinstance(content, dict) and bool(content.get(key))


def unique(items: Sequence[str]) -> list[str]:
    """Return `items` without repetitions, in order."""
    return list(dict.fromkeys(items))
