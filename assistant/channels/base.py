"""What a channel does: verify, parse, send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from assistant.models.inbound import Inbound, InboundFile, Pin
from integrations.base import Reply

__all__ = ["BadDelivery", "BadSignature", "Channel", "ChannelError", "Inbound", "InboundFile", "Pin"]


class BadSignature(Exception):
    """The delivery is not from who it says."""


class BadDelivery(Exception):
    """The delivery cannot be read; the message says why, without its content."""


class ChannelError(Exception):
    """Sending failed. `retry_after` seconds, or `permanent` (blocked, chat gone)."""

    def __init__(self, message: str, *, permanent: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after


class MessageGone(ChannelError):
    """The message to fill was deleted by the person: forget its id, open another and fill that."""


class Channel(Protocol):
    """A way in and out. One instance per Connection; stateless."""

    kind: str
    placeholder: bool  # content goes out as an edit of a placeholder whose id is stored first

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Check the delivery on its raw bytes; raise BadSignature."""

    def read(self, body: bytes) -> tuple[str, dict[str, Any]]:
        """Return (external id, payload to store); raise BadDelivery."""

    def parse(self, payload: dict[str, Any]) -> Inbound | None:
        """Return what the person did, or None for a kind that is ignored."""

    def open(self, chat: str, reply: Reply) -> str:
        """Put a placeholder into the chat and return its id; raise ChannelError."""

    def fill(self, chat: str, external_id: str, reply: Reply, language: str) -> None:
        """Make the placeholder (or the message already there) show `reply`; raise ChannelError."""

    def withdraw(self, chat: str, external_id: str) -> None:
        """Take a spare placeholder back; best effort."""

    def acknowledge(self, inbound: Inbound) -> None:
        """Show that something was received (typing, a pressed button); best effort."""
