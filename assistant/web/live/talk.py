"""What an open page does to its conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.channels.base import Inbound, InboundFile, Pin
from assistant.channels.web.current import refresh
from assistant.channels.web.push import history, messages_json
from assistant.models import Attachment, Conversation, Identity
from assistant.tasks import inbox, turns
from assistant.web import language as languages
from assistant.web.buttons import complete
from assistant.web.health import engine_json
from assistant.web.live.frames import Act, Say
from assistant.web.page import live_turn
from assistant.web.people import get_conversation_or_none, identity_of
from integrations.models import Person

RESUME = 50  # messages sent again, with their versions, to a page that comes back


class Refused(Exception):
    """A frame that is not taken; the message is in the person's language and says what to do."""


@dataclass(frozen=True)
class Talk:
    """A conversation as one open page has it. Every method runs in a thread of its own and asks the database anew."""

    identity: Identity
    conversation: Conversation
    locale: str

    @property
    def public_id(self) -> str:
        """Return the conversation's public id."""
        return self.conversation.public_id

    def say(self, frame: Say) -> dict[str, Any]:
        """Store what the person wrote; raise `Refused`."""
        text = frame.text.strip()
        if len(text) > settings.MAX_MESSAGE_CHARS:
            raise Refused(
                _("That is longer than %(limit)d characters. Send it in parts, or as a file.")
                % {"limit": settings.MAX_MESSAGE_CHARS}
            )
        if not text and frame.pin is None and not frame.files:
            raise Refused(_("There is nothing in this message yet."))
        pin = Pin(**frame.pin.model_dump()) if frame.pin else None
        return self._store(frame.client_id, text=text, pin=pin, files=self._files(frame.files))

    def act(self, frame: Act) -> dict[str, Any]:
        """Store that a button was pressed."""
        return self._store(frame.client_id, action=frame.action)

    def news(self, after: int) -> list[dict[str, Any]]:
        """Return what a page that knows messages up to `after` must be told: the last messages and the turn's state."""
        rows, _more = history(self.conversation, limit=RESUME, after=after)
        messages = messages_json(rows)
        now = timezone.now()
        refresh(messages, Person.objects.get(pk=self.identity.person_id), now)
        complete(self.conversation, messages, now)
        turn = live_turn(self.conversation)
        return [*messages, turn] if turn else messages

    def engine(self) -> dict[str, Any]:
        """Return how the engine is."""
        return {"type": "engine", "health": engine_json()}

    def stop(self) -> None:
        """Stop the answer that is being written."""
        turns.stop(self.conversation.pk)

    def _store(self, client_id: str, **said: Any) -> dict[str, Any]:
        inbound = Inbound(
            user=self.identity.external_id,
            chat=self.conversation.external_id,
            language=self.locale,
            client_id=client_id,
            **said,
        )
        update = inbox.receive(
            self.identity.connection,
            external_id=f"{self.public_id}:{client_id}",
            payload=inbound.model_dump(mode="json", exclude_defaults=True),
        )
        return {"type": "ack", "client_id": client_id, "id": update.pk}

    def _files(self, ids: list[str]) -> list[InboundFile]:
        own = Attachment.objects.filter(person=self.identity.person_id, public_id__in=ids)
        rows = {row.public_id: row for row in own}
        if set(ids) - rows.keys():
            raise Refused(_("A file of this message is not here any more. Add it again and send."))
        files = [rows[key] for key in dict.fromkeys(ids)]
        return [InboundFile(name=row.name, kind=row.kind, size=row.size, attachment=row.public_id) for row in files]


def open_talk(cookies: Mapping[str, str], public_id: str, accepted: str) -> Talk | None:
    """Return the conversation of the person a cookie names, or None where it is not theirs."""
    identity = identity_of(cookies)
    if identity is None or not identity.connection.enabled:
        return None
    conversation = get_conversation_or_none(identity.person, public_id)
    if conversation is None:
        return None
    return Talk(identity, conversation, languages.code(languages.page_language(identity.person, accepted)))
