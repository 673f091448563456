"""Deliveries in: stored first, then answered."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction

from assistant.channels.base import BadDelivery
from assistant.channels.registry import channel_for
from assistant.conversation import inbound
from assistant.conversation.turns import claim
from assistant.models import Message, Update
from assistant.tasks import pages, turns
from assistant.tasks.queues import enqueue
from integrations.models import Connection

logger = logging.getLogger(__name__)


def receive(connection: Connection, *, external_id: str, payload: dict[str, Any]) -> Update:
    """Store a delivery and enqueue its turn. A delivery that was stored before is returned and nothing else happens."""
    update, created = Update.objects.get_or_create(
        connection=connection, external_id=external_id[:120], defaults={"payload": payload}
    )
    if created:
        enqueue("turns", "assistant.tasks.inbox.take", update.pk)
    return update


def take(update_id: int) -> None:
    """Turn a stored delivery into a message of a turn, and go on with that turn."""
    update = Update.objects.select_related("connection").get(pk=update_id)
    if update.state != Update.State.NEW:
        return
    channel = channel_for(update.connection)
    try:
        said = channel.parse(update.payload)
    except (BadDelivery, ValueError) as error:
        inbound.reject(update, str(error))
        return
    with transaction.atomic():  # stored and claimed at once: one write to disk less before the answer
        arrival = inbound.store(update, said)
        step = claim(arrival.turn) if arrival is not None and arrival.turn is not None else None
    if arrival is None:
        return
    pages.show(Message.objects.select_related("conversation__connection").get(pk=arrival.message))
    if channel.placeholder:
        enqueue("outbox", "assistant.tasks.inbox.acknowledge", update_id)
    if step is not None:
        turns.begin(step)


def acknowledge(update_id: int) -> None:
    """Show in the channel that something was received; best effort."""
    update = Update.objects.select_related("connection").get(pk=update_id)
    channel = channel_for(update.connection)
    said = channel.parse(update.payload)
    if said is not None:
        channel.acknowledge(said)
