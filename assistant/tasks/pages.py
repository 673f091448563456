"""What open web pages are told at once; a page that misses it asks again, so a store that is down loses nothing."""

from __future__ import annotations

import logging
from typing import Any

from redis.exceptions import RedisError

from assistant.channels.web import push
from assistant.models import Conversation, Message

logger = logging.getLogger(__name__)


def tell(conversation: Conversation, data: dict[str, Any]) -> None:
    """Push `data` to the pages that show a web conversation."""
    if conversation.connection.kind != "web":
        return
    try:
        push.push(conversation.public_id, data)
    except RedisError as error:
        logger.warning("pages of conversation %s were not told: %s", conversation.pk, type(error).__name__)


def show(message: Message, *, streaming: bool | None = None) -> None:
    """Push a message to the pages of its conversation."""
    if message.conversation.connection.kind == "web":
        tell(message.conversation, push.message_json(message, streaming=streaming))
