"""One thing a person did in a channel, whatever the channel: the content of an inbound Message."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


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
