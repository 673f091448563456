"""Ask for a place that is missing or not known."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from integrations.base import Action, Context, Reply
from integrations.places.finding import PlaceUnknown
from integrations.places.saved import label_text, saved


def ask(problem: PlaceUnknown, context: Context, *, tool: str, inputs: dict[str, Any], field: str = "to") -> Reply:
    """Return the question for a place, with the saved places as choices. Its answer calls `tool` with `inputs`."""
    rows = [row for row in saved(context.person) if row.label != problem.words][:3]
    labels = [label_text(row.label) for row in rows]
    choices = [Action(label=text, say=text) for text in (_("To %(place)s") % {"place": label} for label in labels)]
    known = {name: value for name, value in inputs.items() if name != field and value not in (None, "", [], {})}
    asks = {"tool": tool, "field": field, "inputs": known}
    if problem.reason == "unsaved":  # the answer is that place's address from now on
        asks["keep"] = problem.words
    return Reply(text=str(problem), choices=choices, asks=asks)
