"""What a page may say over its websocket."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{8,64}$")]
PublicId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


class Frame(BaseModel):
    """One thing a page says."""

    model_config = ConfigDict(extra="forbid")


class PinFrame(Frame):
    """A chosen location (WGS-84)."""

    lat: float = Field(ge=-90, le=90)
    lng: float = Field(ge=-180, le=180)
    name: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=300)


class Say(Frame):
    """The person wrote something."""

    type: Literal["say"]
    client_id: ClientId
    text: str = ""
    pin: PinFrame | None = None
    files: list[PublicId] = Field(default_factory=list, max_length=5)


class Act(Frame):
    """The person pressed a button."""

    type: Literal["act"]
    client_id: ClientId
    action: PublicId


class Resume(Frame):
    """The page is back and knows messages up to `after`."""

    type: Literal["resume"]
    after: int = Field(default=0, ge=0)


class Stop(Frame):
    """The person wants the answer stopped."""

    type: Literal["stop"]


AnyFrame = Annotated[Say | Act | Resume | Stop, Field(discriminator="type")]
FRAME: TypeAdapter[Say | Act | Resume | Stop] = TypeAdapter(AnyFrame)
