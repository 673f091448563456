"""From a stored delivery to a message of a turn."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import ValidationError

from assistant import normalise
from assistant.models import Conversation, Identity, Message, Turn, Update
from assistant.models.inbound import Inbound
from integrations.models import Connection, Person

logger = logging.getLogger(__name__)
TITLE_CHARS = 40


@dataclass(frozen=True)
class Arrival:
    """A message that stands in the database, and the turn that will answer it (None: one is running, the next will)."""

    message: int
    turn: int | None


def store(update: Update, inbound: Inbound | None) -> Arrival | None:
    """Make the message and its turn out of a parsed delivery; None where there is nothing to answer.

    Everything happens in one transaction with the update's own state, so that a repeated job changes nothing.
    """
    with transaction.atomic():
        if not Update.objects.filter(pk=update.pk, state=Update.State.NEW).update(state=Update.State.TAKEN):
            return None
        if inbound is None:
            Update.objects.filter(pk=update.pk).update(state=Update.State.IGNORED)
            return None
        person = person_for(update.connection, inbound)
        conversation = conversation_for(update.connection, inbound, person)
        message = Message.objects.create(
            conversation=conversation,
            person=person,
            direction=Message.Direction.IN,
            text=inbound.text,
            content=inbound.model_dump(mode="json", exclude_defaults=True),
            client_id=inbound.client_id,
        )
        changes: dict[str, Any] = {"last_at": timezone.now()}
        if not conversation.title and inbound.text and not inbound.text.startswith("/"):
            changes["title"] = " ".join(inbound.text.split())[:TITLE_CHARS]
        Conversation.objects.filter(pk=conversation.pk).update(**changes)
        turn = join_or_start(conversation, message, update, person)
    return Arrival(message.pk, turn.pk if turn else None)


def reject(update: Update, error: str) -> None:
    """Mark a delivery that cannot be read."""
    Update.objects.filter(pk=update.pk, state=Update.State.NEW).update(state=Update.State.FAILED, error=error[:200])
    logger.warning("update %s cannot be read: %s", update.pk, error)


def read(payload: dict[str, object]) -> Inbound:
    """Return a stored Inbound; raise `ValueError` where it is none."""
    try:
        return Inbound.model_validate(payload)
    except ValidationError as error:
        raise ValueError(f"{error.error_count()} fields are wrong") from error


def conversation_for(connection: Connection, inbound: Inbound, person: Person) -> Conversation:
    """Return the conversation a message belongs to, making it for a newcomer."""
    conversation, _ = Conversation.objects.get_or_create(
        connection=connection,
        external_id=inbound.chat,
        defaults={"person": person, "is_group": inbound.is_group},
    )
    return conversation


def person_for(connection: Connection, inbound: Inbound) -> Person:
    """Return who wrote; their language follows what they write until they choose one."""
    identity = Identity.objects.select_related("person").filter(connection=connection, external_id=inbound.user).first()
    hint = "en" if inbound.language.lower().startswith("en") else "zh"
    if identity is None:
        person = Person.objects.create(name=inbound.name[:120], language=normalise.detect(inbound.text, hint))
        identity = Identity.objects.create(connection=connection, external_id=inbound.user, person=person)
    person = identity.person
    person.seen_at = timezone.now()
    if not person.language_chosen and inbound.text and not _is_asked(connection, inbound):
        person.language = normalise.detect(inbound.text, person.language)
    person.save(update_fields=["seen_at", "language"])
    return person


def _is_asked(connection: Connection, inbound: Inbound) -> bool:
    """Tell whether a question is open: its answer (an address, a name) may stand in another language."""
    asked = Conversation.objects.filter(connection=connection, external_id=inbound.chat).values_list("state", flat=True)
    return any(state.get("asks") for state in asked)


def join_or_start(conversation: Conversation, message: Message, update: Update, person: Person) -> Turn | None:
    """Put the message into the turn that has not begun yet, or a new one; None while another is being answered."""
    turn = conversation.turns.filter(state__in=Turn.LIVE).first()
    if turn is None:
        try:
            with transaction.atomic():
                turn = Turn.objects.create(conversation=conversation, person=person, received_at=update.received_at)
        except IntegrityError:  # another worker was faster
            turn = conversation.turns.filter(state__in=Turn.LIVE).first()
    if turn is None or turn.state != Turn.State.NEW or turn.attempt > 0 or turn.person_id != person.pk:
        return None
    Message.objects.filter(pk=message.pk).update(turn=turn)
    Update.objects.filter(pk=update.pk).update(turn=turn)
    return turn


def next_turn(conversation: Conversation) -> Turn | None:
    """Start a turn over the messages that came while another was being answered; None if there are none."""
    with transaction.atomic():
        waiting = conversation.messages.filter(direction=Message.Direction.IN, turn=None).order_by("id")
        first = waiting.select_related("person").first()
        if first is None or first.person is None or conversation.turns.filter(state__in=Turn.LIVE).exists():
            return None
        try:
            with transaction.atomic():
                turn = Turn.objects.create(conversation=conversation, person=first.person, received_at=first.created_at)
        except IntegrityError:
            return None
        waiting.filter(person=first.person).update(turn=turn)
    return turn
