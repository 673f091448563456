"""What each tool of the memory scenario is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _
from pydantic import Field

from integrations.base import Inputs


def said(description: str, kind: str, ask: str) -> Any:
    """Return an optional field: what the model reads of it, its grounding kind, and the question for it."""
    return Field(None, description=description, json_schema_extra={"kind": kind, "ask": ask})


class PlaceInputs(Inputs):
    """memory.place"""

    label: str | None = said("home, office, or a name for the place", "label", _("What shall I call this place?"))
    address: str | None = said(
        "the address, or here", "address", _("What is the address? You can also share the location.")
    )


class PlacesInputs(Inputs):
    """memory.places"""


class Remember(Inputs):
    """memory.remember"""

    text: str | None = said("what to remember, in the person's words", "memory", _("What shall I remember?"))


class Forget(Inputs):
    """memory.forget"""

    what: str | None = said("what to forget", "memory", _("What shall I forget?"))


class Recall(Inputs):
    """memory.recall"""


class RestorePlace(Inputs):
    """memory.restore_place: the button below a change of a place. `before` empty: there was none."""

    label: str
    before: dict[str, Any] = Field(default_factory=dict)


class Restore(Inputs):
    """memory.restore: the button below a change. `add` and `remove` are facts, `diet` the wishes about food before."""

    add: list[str] = Field(default_factory=list)
    remove: list[str] = Field(default_factory=list)
    diet: list[str] | None = None
    places: list[dict[str, Any]] = Field(default_factory=list)
