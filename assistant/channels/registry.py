"""Which channels there are."""

from __future__ import annotations

from collections.abc import Callable

from assistant.channels.base import Channel
from assistant.channels.console.channel import ConsoleChannel
from assistant.channels.telegram.channel import TelegramChannel
from assistant.channels.web.channel import WebChannel
from integrations.models import Connection

CHANNELS: dict[str, Callable[[Connection], Channel]] = {
    "console": ConsoleChannel,
    "telegram": TelegramChannel,
    "web": WebChannel,
}


def channel_for(connection: Connection) -> Channel:
    """Return the channel of a connection; raise `KeyError` for a kind there is none of."""
    return CHANNELS[connection.kind](connection)
