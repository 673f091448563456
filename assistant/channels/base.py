"""What a channel does: verify, parse, send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field

from integrations.base import Reply


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


class Pin(BaseModel):
    """A shared location (WGS-84)."""

    lat: float
    lng: float
    name: str = ""
    address: str = ""


class InboundFile(BaseModel):
    """A file that came with a message. `attachment`: its public id once stored; `remote`: the channel's file id."""

    name: str
    kind: str = ""
    size: int = 0
    attachment: str = ""
    remote: str = ""


class Inbound(BaseModel):
    """One thing a person did in a channel, whatever the channel."""

    model_config = ConfigDict(extra="forbid")

    user: str  # the channel's id of the person
    chat: str  # the channel's id of the chat
    name: str = ""
    language: str = ""  # as the channel knows it: "zh-hans", "en"
    is_group: bool = False
    text: str = ""
    action: str = ""  # a PendingAction's public id: a button was pressed
    pin: Pin | None = None
    files: list[InboundFile] = Field(default_factory=list)
    voice: bool = False
    client_id: str = ""
    callback: str = ""  # the channel's id of the press, to be acknowledged


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

    def acknowledge(self, inbound: Inbound) -> None:
        """Show that something was received (typing, a pressed button); best effort."""
