"""Orders move by themselves; what a person wants to know about it is said in the conversation they ordered in."""

from __future__ import annotations

import logging
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation

from assistant.conversation import replies
from assistant.conversation.turns import LOCALES
from assistant.models import OrderLink, Outbox
from assistant.tasks import outbox, pages
from integrations.base import Reply
from integrations.models import OrderEvent
from integrations.orders import fulfil, sayings, views

logger = logging.getLogger(__name__)


def advance(order_id: int) -> None:
    """Move an order as far as its time has come, tell the person, and move its card."""
    if fulfil.advance(order_id, timezone.now()):
        move_card(order_id)
    announce(order_id)


def announce(order_id: int) -> None:
    """Say what happened to an order and was not said yet; each event makes one message, ever."""
    link = (
        OrderLink.objects.select_related("conversation__connection", "order__person").filter(order_id=order_id).first()
    )
    if link is None:
        return
    for event in OrderEvent.objects.filter(order_id=order_id, announced=False).order_by("id"):
        with transaction.atomic(), translation.override(LOCALES.get(link.order.person.language, "zh-hans")):
            if OrderEvent.objects.filter(pk=event.pk, announced=False).update(announced=True):
                replies.place(link.conversation, None, _notice(link, event), f"order-event:{event.pk}")
    outbox.send(link.conversation_id)


def _notice(link: OrderLink, event: OrderEvent) -> Reply:
    person = link.order.person
    now = timezone.now().astimezone(ZoneInfo(person.time_zone))
    view = views.order_view(link.order, language=person.language, now=now)
    return Reply(text=sayings.event_text(event, language=person.language, now=now), order=view)


def move_card(order_id: int) -> None:
    """Push an order's new state to the web pages that show it."""
    link = (
        OrderLink.objects.select_related("conversation__connection", "order__person").filter(order_id=order_id).first()
    )
    if link is None:
        return
    person = link.order.person
    with translation.override(LOCALES.get(person.language, "zh-hans")):
        view = views.order_view(link.order, language=person.language, now=timezone.now())
    pages.tell(link.conversation, {"type": "order", "order": view.model_dump(mode="json")})


def waiting() -> list[int]:
    """Return conversations with messages that nobody is sending."""
    now = timezone.now()
    rows = Outbox.objects.filter(state=Outbox.State.WAITING).exclude(lease_until__gt=now).exclude(not_before__gt=now)
    return list(rows.values_list("conversation_id", flat=True).distinct()[:500])
