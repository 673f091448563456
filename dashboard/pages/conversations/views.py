"""Conversations: the live list, and one with the trace of its turns."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from assistant.models import Conversation, Message, Turn
from dashboard import paging, summaries, words
from dashboard.access import StaffRequest, staff_only
from dashboard.pages.conversations import listing, thread
from dashboard.pages.conversations import trace as traces
from integrations.models import Order, Quote

NEAR = 5  # orders and quotes beside a conversation


@staff_only
def conversations(request: StaffRequest) -> HttpResponse:
    """Show the list, or (by HTMX) its rows."""
    form = listing.Filters(request.GET)
    filters, after = paging.chosen(form), request.GET.get("after", "")
    page = listing.page(filters, after)
    context = {
        "place": "conversations",
        "form": form,
        "channels": listing.Filters.base_fields["channel"].choices,  # type: ignore[attr-defined]
        "states": listing.STATES,
        "filters": filters,
        "page": page,
        "after": after,
        "self_address": paging.address(request.path, filters),
        "next_address": paging.address(request.path, filters, after=page.after) if page.after else "",
    }
    template = "_rows.html" if request.htmx else "conversations.html"
    return render(request, f"dashboard/conversations/{template}", context)


@staff_only
def conversation(request: StaffRequest, public_id: str) -> HttpResponse:
    """Show a conversation and the trace of one of its turns (the latest unless one is chosen)."""
    shown = get_object_or_404(Conversation.objects.select_related("person__city", "connection"), public_id=public_id)
    before = request.GET.get("before", "")
    found = thread.entries(shown, paging.moment(before) if before else None)
    entries = found[-thread.LENGTH :]
    key = _chosen(request) or (entries[-1].key if entries else "")
    context = {
        "place": "conversations",
        "conversation": shown,
        "entries": entries,
        "before": before,
        "earlier": paging.moment_key(entries[0].at) if len(found) > thread.LENGTH else "",
        "key": key,
        "working": any(entry.state in LIVE_WORDS for entry in entries),
        **(_chosen_part(shown, key) if key else {}),
        **_beside(shown),
    }
    template = "_live.html" if request.htmx else "conversation.html"
    return render(request, f"dashboard/conversations/{template}", context)


LIVE_WORDS = [words.TURN[state] for state in Turn.LIVE]


def _chosen(request: StaffRequest) -> str:
    """Return which entry the address names: "turn=12" or "message=7"; raise BadRequest for one that is no number."""
    for kind in ("turn", "message"):
        value = request.GET.get(kind)
        if value is not None:
            return f"{kind}={paging.number(value)}"
    return ""


def _chosen_part(shown: Conversation, key: str) -> dict[str, Any]:
    kind, _equals, number = key.partition("=")
    if kind == "message":
        message = shown.messages.filter(pk=number).first()
        if message is None:
            raise BadRequest(_("That message is not part of this conversation."))
        return {"alone": message, "seen": thread.seen([message])}
    turn = shown.turns.select_related("person").filter(pk=number).first()
    if turn is None:
        raise BadRequest(_("That turn is not part of this conversation."))
    messages = list(turn.messages.order_by("id"))
    steps = list(turn.steps.order_by("id"))
    trace = traces.trace(turn, steps)
    labels = summaries.button_labels(messages)
    said = [
        (*summaries.what_was_said(message, labels), message)
        for message in messages
        if message.direction == Message.Direction.IN
    ]
    return {
        "turn": turn,
        "line_state": words.word(words.TURN, turn.state),
        "trace": trace,
        "said": [(traces.marked(text, trace.quoted), pressed) for text, pressed, _message in said],
        "seen": thread.seen(messages),
        "ordinal": shown.turns.filter(pk__lte=turn.pk).count(),
        "milliseconds": summaries.Line(turn).milliseconds,
        "calls": sum(step.kind == "call" for step in steps),
    }


def _beside(shown: Conversation) -> dict[str, Any]:
    person = shown.person
    quotes = Quote.objects.filter(person=person, state=Quote.State.OPEN).select_related("merchant").order_by("-id")
    orders = Order.objects.filter(person=person).select_related("merchant").order_by("-id")
    return {"orders": orders[:NEAR], "quotes": quotes[:NEAR]}
