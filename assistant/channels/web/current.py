"""Quotes and orders as they are now: what a stored message shows of them may be old."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import translation

from assistant.models import Conversation
from integrations.models import Order, Person, Quote
from integrations.orders.quotes import quote_view
from integrations.orders.views import order_view

LIVE = (Order.State.CONFIRMED, Order.State.ACTIVE)
LOCALES = {"zh": "zh-hans", "en": "en"}
RECENT = 20  # messages in which a settled quote may still be in sight
Json = dict[str, Any]


def refresh(messages: list[Json], person: Person, now: datetime) -> None:
    """Bring the quotes and orders of `messages` (as pages show them) up to date, in place."""
    replies = [message["reply"] for message in messages if message["reply"]]
    _refresh_quotes([reply for reply in replies if reply.get("quote")], person, now)
    _refresh_orders([reply for reply in replies if reply.get("order")], person, now)


def live_orders(person: Person, now: datetime, limit: int = 3) -> list[Json]:
    """Return the person's orders that are under way, newest first, without buttons."""
    orders = Order.objects.filter(person=person, state__in=LIVE).select_related("merchant").order_by("-created_at")
    return [_order_json(order, person, now) | {"actions": []} for order in orders[:limit]]


def settled_quotes(conversation: Conversation, now: datetime) -> list[Json]:
    """Return the quotes in the conversation's last messages that are not open any more."""
    contents = conversation.messages.order_by("-id").values_list("content", flat=True)[:RECENT]
    ids = {content["quote"]["id"] for content in contents if content.get("quote")}
    person = conversation.person
    rows = Quote.objects.filter(person=person, public_id__in=ids).exclude(state=Quote.State.OPEN)
    return [_quote_json(row, person, now) | {"actions": []} for row in rows]


def _refresh_quotes(replies: list[Json], person: Person, now: datetime) -> None:
    ids = {reply["quote"]["id"] for reply in replies}
    rows = Quote.objects.filter(person=person, public_id__in=ids) if ids else []
    views = {row.public_id: _quote_json(row, person, now) for row in rows}
    for reply in replies:
        view = views.get(reply["quote"]["id"])
        if view is not None:
            reply["quote"] = view | {"actions": _with_ids(view["actions"], _ids(reply["quote"]))}


def _refresh_orders(replies: list[Json], person: Person, now: datetime) -> None:
    numbers = {reply["order"]["number"] for reply in replies}
    rows = Order.objects.filter(person=person, number__in=numbers).select_related("merchant") if numbers else []
    views = {row.number: _order_json(row, person, now) for row in rows}
    known: dict[str, dict[str, str]] = {}
    for reply in replies:
        known.setdefault(reply["order"]["number"], {}).update(_ids(reply["order"]))
    for reply in replies:
        number = reply["order"]["number"]
        if number in views:
            view = views[number]
            reply["order"] = view | {"actions": _with_ids(view["actions"], known[number])}


def _quote_json(row: Quote, person: Person, now: datetime) -> Json:
    with translation.override(LOCALES.get(person.language, "zh-hans")):
        return quote_view(row, language=person.language, now=now).model_dump(mode="json")


def _order_json(row: Order, person: Person, now: datetime) -> Json:
    with translation.override(LOCALES.get(person.language, "zh-hans")):
        return order_view(row, language=person.language, now=now).model_dump(mode="json")


def _key(action: Json) -> str:
    """Return what a button does, whatever its label."""
    parts = {name: action.get(name) for name in ("say", "tool", "inputs", "confirm") if action.get(name)}
    return json.dumps(parts, sort_keys=True)


def _ids(shown: Json) -> dict[str, str]:
    """Return the ids of the buttons that were minted when this was stored, by what they do."""
    return {_key(action): action["id"] for action in shown.get("actions", []) if action.get("id")}


def _with_ids(actions: list[Json], ids: dict[str, str]) -> list[Json]:
    return [action | {"id": action["id"] or ids.get(_key(action), "")} for action in actions]
