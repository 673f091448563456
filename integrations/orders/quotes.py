"""Quotes: what is proposed, fixed until it is confirmed, replaced, withdrawn or too old."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations.base import Action, QuoteView
from integrations.models import Merchant, Person, Quote
from integrations.models.people import public_id
from integrations.orders import money

# What changes by itself while a quote stands; everything else that is shown is covered by the hash.
BOOKKEEPING = {"id", "number", "state", "expires_at", "confirmed_at", "actions"}


def make_quote(
    person: Person,
    *,
    tool: str,
    provider: str,
    inputs: dict[str, Any],
    view: QuoteView,
    merchant: Merchant | None,
    total: Decimal,
    currency: str,
    now: datetime,
) -> Quote:
    """Store a quote in place of the person's other open quotes of the same scenario, and return it."""
    shown = view.model_copy(update={"id": public_id(), "expires_at": now + timedelta(minutes=settings.QUOTE_MINUTES)})
    with transaction.atomic():
        family = tool.split(".", maxsplit=1)[0] + "."
        older = Quote.objects.filter(person=person, state=Quote.State.OPEN, tool__startswith=family)
        older.update(state=Quote.State.REPLACED)
        return Quote.objects.create(
            public_id=shown.id,
            person=person,
            tool=tool,
            provider=provider,
            inputs=inputs,
            view=shown.model_dump(mode="json"),
            content_hash=content_hash(shown),
            total=total,
            currency=currency,
            merchant=merchant,
            expires_at=shown.expires_at,
        )


def content_hash(view: QuoteView) -> str:
    """Return the SHA-256 of everything that is shown, as canonical JSON."""
    shown = view.model_dump(mode="json", exclude=BOOKKEEPING)
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def substance(view: QuoteView) -> dict[str, Any]:
    """Return what must be the same at the confirmation: who, what, where, how much. A quote's estimate of the arrival
    may drift by the minutes it is open.
    """
    return view.model_dump(mode="json", include={"title", "place", "lines", "sums", "total", "note"})


def state_of(quote: Quote, now: datetime) -> Quote.State:
    """Return a quote's state; an open one past its time is expired, whether or not that was written down yet."""
    state = Quote.State(quote.state)
    return Quote.State.EXPIRED if state == Quote.State.OPEN and quote.expires_at <= now else state


def quote_view(quote: Quote, *, language: str, now: datetime) -> QuoteView:
    """Return a quote as it is shown now: its state kept up to date, and one button while it is open."""
    view = QuoteView.model_validate(quote.view)
    state = state_of(quote, now)
    changes: dict[str, Any] = {"id": quote.public_id, "number": f"Q-{quote.pk}", "state": state.value, "actions": []}
    if state == Quote.State.OPEN:
        label = confirm_label(quote)
        changes["actions"] = [Action(label=label, style="primary", confirm=quote.public_id)]
    if state == Quote.State.EXPIRED and quote.tool.startswith("food."):
        changes["actions"] = [
            Action(label=pgettext("quote", "Quote again"), tool="food.requote", inputs={"quote": quote.public_id})
        ]
    if state == Quote.State.CONFIRMED:
        changes["confirmed_at"] = confirmed_at(quote)
    return view.model_copy(update=changes)


def confirm_label(quote: Quote) -> str:
    """Return what the button says that spends or gives back."""
    amount = money.show(quote.total, quote.currency)
    if quote.total == 0:
        return pgettext("quote", "Confirm")
    if quote.tool.startswith("orders."):
        text = _("Confirm the refund of %(amount)s") if quote.inputs.get("wrong") else _("Confirm, get %(amount)s back")
        return text % {"amount": amount}
    return _("Confirm and pay %(amount)s") % {"amount": amount}


def confirmed_at(quote: Quote) -> datetime | None:
    """Return when a quote was confirmed."""
    at = quote.inputs.get("confirmed_at")
    return datetime.fromisoformat(at) if at else None


class NotOpen(Exception):
    """The quote is not open any more: another confirmation was faster, or it was replaced meanwhile."""


def check_open(quote: Quote) -> None:
    """Raise NotOpen where a quote is not open any more in the database."""
    if not Quote.objects.filter(pk=quote.pk, state=Quote.State.OPEN).exists():
        raise NotOpen(quote.public_id)


def claim(quote: Quote, now: datetime) -> None:
    """Mark an open quote as confirmed, once; raise NotOpen."""
    inputs = {**quote.inputs, "confirmed_at": now.isoformat()}
    opened = Quote.objects.filter(pk=quote.pk, state=Quote.State.OPEN, expires_at__gt=now)
    if not opened.update(state=Quote.State.CONFIRMED, inputs=inputs):
        raise NotOpen(quote.public_id)


def withdraw(person: Person, quote_id: str) -> bool:
    """Take an open quote back; False where it is not open any more."""
    opened = Quote.objects.filter(public_id=quote_id, person=person, state=Quote.State.OPEN)
    return bool(opened.update(state=Quote.State.WITHDRAWN))


def open_quotes(person: Person, now: datetime) -> list[Quote]:
    """Return the quotes a person could confirm now, newest first."""
    return list(Quote.objects.filter(person=person, state=Quote.State.OPEN, expires_at__gt=now).order_by("-id"))


def expire(now: datetime) -> int:
    """Write down that quotes are too old; return how many."""
    return Quote.objects.filter(state=Quote.State.OPEN, expires_at__lte=now).update(state=Quote.State.EXPIRED)
