"""The list of conversations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy

from assistant.models import Conversation, Message, Outbox, Turn
from dashboard import summaries, words
from dashboard.paging import PAGE, moment, moment_key, number
from integrations.models import Quote

STATES = [
    ("", gettext_lazy("All states")),
    ("working", gettext_lazy("Being answered")),
    ("quote", gettext_lazy("Quote to confirm")),
    ("failed", gettext_lazy("Last turn failed")),
    ("unsent", gettext_lazy("Could not be sent")),
]


class Filters(forms.Form):
    """What can be filtered by."""

    q = forms.CharField(required=False, max_length=120)
    channel = forms.ChoiceField(required=False, choices=[("", gettext_lazy("All channels")), *words.CHANNEL.items()])
    state = forms.ChoiceField(required=False, choices=STATES)


@dataclass(frozen=True)
class Row:
    """A conversation and its last turn."""

    conversation: Conversation
    last: summaries.Line | None


@dataclass(frozen=True)
class Page:
    """A page of the list; `after` is the key of the next one, empty at the end."""

    rows: list[Row]
    after: str


def page(filters: Mapping[str, str], after: str) -> Page:
    """Return a page; a fixed number of queries, whatever it holds. Raise BadRequest for a key that is none."""
    found = filtered(filters)
    if after:
        at, last_id = read_key(after)
        found = found.filter(Q(last_at__lt=at) | Q(last_at=at, id__lt=last_id))
    rows = list(found[: PAGE + 1])
    shown = rows[:PAGE]
    lines = {line.turn.pk: line for line in last_lines(shown)}
    key = write_key(shown[-1]) if len(rows) > PAGE else ""
    return Page([Row(row, lines.get(row.last_turn)) for row in shown], key)  # type: ignore[attr-defined]


def last_lines(rows: list[Conversation]) -> list[summaries.Line]:
    """Return the last turns of conversations that come from `filtered`."""
    wanted = [row.last_turn for row in rows]  # type: ignore[attr-defined]
    return summaries.lines(summaries.with_parts(Turn.objects.filter(pk__in=[pk for pk in wanted if pk])))


def filtered(filters: Mapping[str, str]) -> QuerySet[Conversation]:
    """Return the conversations that pass `filters`, the latest first."""
    last = Turn.objects.filter(conversation=OuterRef("pk")).order_by("-id")
    counted = Turn.objects.filter(conversation=OuterRef("pk")).order_by().values("conversation").annotate(n=Count("id"))
    found = Conversation.objects.select_related("person", "connection").annotate(
        last_turn=Subquery(last.values("id")[:1]), turn_count=Subquery(counted.values("n"))
    )
    if text := filters.get("q"):
        said = Message.objects.filter(conversation=OuterRef("pk"), text__icontains=text)
        found = found.filter(Q(person__name__icontains=text) | Q(title__icontains=text) | Exists(said))
    if channel := filters.get("channel"):
        found = found.filter(connection__kind=channel)
    if state := filters.get("state"):
        found = found.filter(_in_state(state))
    spoken = Exists(Message.objects.filter(conversation=OuterRef("pk")))  # an opened page without a word is no chat yet
    return found.filter(spoken).order_by("-last_at", "-id")


def _in_state(state: str) -> Q:
    if state == "working":
        return Q(Exists(Turn.objects.filter(conversation=OuterRef("pk"), state__in=Turn.LIVE)))
    if state == "quote":
        is_open = Quote.objects.filter(person=OuterRef("person"), state=Quote.State.OPEN, expires_at__gt=timezone.now())
        return Q(Exists(is_open))
    if state == "unsent":
        return Q(Exists(Outbox.objects.filter(conversation=OuterRef("pk"), state=Outbox.State.FAILED)))
    return Q(last_turn__in=Turn.objects.filter(state=Turn.State.FAILED).values("id"))


def write_key(conversation: Conversation) -> str:
    """Return the key of the page after `conversation`."""
    return f"{moment_key(conversation.last_at)}-{conversation.pk}"


def read_key(key: str) -> tuple[datetime, int]:
    """Return the time and id in a key; raise BadRequest."""
    at, _dash, row = key.partition("-")
    return moment(at), number(row)
