"""What a pressed button means."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from assistant.models import Conversation, PendingAction
from integrations.base import Action
from integrations.models import Person


class ActionGone(Exception):
    """The button means nothing any more. `reason`: unknown, foreign, used, expired."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Press:
    """A button that was pressed and may be carried out."""

    action: Action
    quote: str = ""  # public id
    quote_hash: str = ""


def press(public_id: str, *, person: Person, conversation: Conversation) -> Press:
    """Return what a button does, using it up; raise ActionGone.

    A confirm button stays readable after its use: the order it made is shown again, never made again.
    """
    pending = (
        PendingAction.objects.select_related("quote").filter(public_id=public_id, conversation=conversation).first()
    )
    if pending is None:
        raise ActionGone("unknown")
    if pending.person_id != person.pk:
        raise ActionGone("foreign")
    action = Action.model_validate({**pending.action, "label": pending.label})
    if not action.confirm:
        if pending.expires_at < timezone.now():
            raise ActionGone("expired")
        if not pending.reusable and pending.used_at:
            raise ActionGone("used")
    PendingAction.objects.filter(pk=pending.pk, used_at=None).update(used_at=timezone.now())
    return Press(action, pending.quote.public_id if pending.quote else "", pending.quote_hash)
