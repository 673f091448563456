"""The web chat's side of the channel contract. What comes in arrives by websocket, so there is no webhook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from pydantic import ValidationError
from redis.exceptions import RedisError

from assistant.channels.base import BadDelivery, BadSignature, ChannelError, Inbound
from assistant.channels.web.current import settled_quotes
from assistant.channels.web.push import message_json, push
from assistant.models import Message
from integrations.base import Reply
from integrations.models import Connection


class WebChannel:
    """The web chat. A chat's id is its conversation's public id; a message's id in the channel is its row's id."""

    kind = "web"
    placeholder = False

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Refuse: nobody delivers to the web chat by webhook."""
        raise BadSignature("the web chat has no webhook")

    def read(self, body: bytes) -> tuple[str, dict[str, Any]]:
        """Refuse: nobody delivers to the web chat by webhook."""
        raise BadDelivery("the web chat has no webhook")

    def parse(self, payload: dict[str, Any]) -> Inbound | None:
        """Return what the websocket stored."""
        try:
            return Inbound.model_validate(payload)
        except ValidationError as error:
            raise BadDelivery(f"{error.error_count()} fields cannot be read") from error

    def open(self, chat: str, reply: Reply) -> str:
        """Return an empty id: the message's own row is what a page shows, so there is nothing to put there first."""
        return ""

    def fill(self, chat: str, external_id: str, reply: Reply, language: str) -> None:
        """Show message `external_id` (the id of its row) on every page that has the chat open.

        A new quote or order settles an older quote, whose card then changes too.
        """
        message = Message.objects.select_related("conversation__person", "outbox").filter(pk=external_id).first()
        if message is None:
            raise ChannelError("the message is gone", permanent=True)
        talk = message.conversation
        try:
            push(talk.public_id, message_json(message))
            if message.content.keys() & {"quote", "order"}:
                for quote in settled_quotes(talk, timezone.now()):
                    push(talk.public_id, {"type": "quote", "quote": quote})
        except RedisError as error:
            raise ChannelError(f"the store does not answer: {type(error).__name__}") from error

    def withdraw(self, chat: str, external_id: str) -> None:
        """Do nothing: there are no placeholders."""

    def acknowledge(self, inbound: Inbound) -> None:
        """Do nothing: the websocket has already acknowledged it."""
