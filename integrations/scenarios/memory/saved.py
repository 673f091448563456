"""Saved places."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations import places
from integrations.base import Action, Card, Context, Reply
from integrations.models import Place
from integrations.orders import wording
from integrations.places import PlaceUnknown, Where
from integrations.scenarios.memory.inputs import PlaceInputs, PlacesInputs, RestorePlace

LABEL_CHARS = 40


def place(inputs: PlaceInputs, context: Context) -> list[Reply]:
    """Save a place under a label."""
    if not inputs.label or not inputs.label.strip():
        return [_ask_label(inputs)]
    label = places.label_of(inputs.label)[:LABEL_CHARS]
    if not inputs.address:
        text = _("What is the address of “%(label)s”? You can also share the location.")
        return [_ask_address(text % {"label": places.label_text(label)}, inputs)]
    try:
        where = places.resolve(inputs.address, context)
    except PlaceUnknown as problem:
        return [_ask_address(str(problem), inputs)]
    if not where.exact and where.address == _city_name(where, context):
        text = _("%(place)s is a whole city. Which street, building or station in it?")
        return [_ask_address(text % {"place": where.address}, inputs)]
    return [_save(label, _with_words(where, context), context)]


def _ask_label(inputs: PlaceInputs) -> Reply:
    known = {"address": inputs.address} if inputs.address else {}
    asks = {"tool": "memory.place", "field": "label", "inputs": known}
    labels = [places.label_text("home"), places.label_text("work")]
    choices = [Action(label=text, tool="memory.place", inputs={**known, "label": text}) for text in labels]
    return Reply(text=_("What shall I call this place?"), choices=choices, asks=asks)


def _ask_address(text: str, inputs: PlaceInputs) -> Reply:
    """Ask for the address; what was said is kept, for when only a location is shared."""
    asks = {
        "tool": "memory.place",
        "field": "address",
        "inputs": {"label": inputs.label},
        "words": inputs.address or "",
    }
    return Reply(text=text, asks=asks)


def _with_words(where: Where, context: Context) -> Where:
    """Return a shared location under the address that was said before it, where it could not be found."""
    words = (context.state.get("asks") or {}).get("words", "")
    return replace(where, address=words) if words and where.source == "pin" else where


def _city_name(where: Where, context: Context) -> str:
    city = places.city_in(where.address)
    if city is None:
        return ""
    return city.name_en if context.language == "en" else city.name_zh


def _save(label: str, where: Where, context: Context) -> Reply:
    before = context.person.places.filter(label=label).first()
    old = _old(before)
    places.keep(context.person, where, label)
    values = {"label": places.label_text(label), "address": where.address}
    text = _("“%(label)s” is now %(address)s.") if before else _("Saved: “%(label)s” is %(address)s.")
    undo = Action(
        label=pgettext("memory", "Undo"),
        style="quiet",
        tool="memory.restore_place",
        inputs={"label": label, "before": old},
    )
    return Reply(text=text % values, choices=[undo])


def _old(row: Place | None) -> dict[str, Any]:
    return {} if row is None else {"address": row.address, "lat": row.lat, "lng": row.lng, "city": row.city_id}


def kept(row: Place) -> dict[str, Any]:
    """Return a saved place so that `put_back` can restore it."""
    return {"label": row.label, **_old(row)}


def put_back(row: dict[str, Any], context: Context) -> None:
    """Restore a place that `kept` returned."""
    places.keep(context.person, Where(source="memory", **row), row["label"])


def restore(inputs: RestorePlace, context: Context) -> list[Reply]:
    """Put a place back as it was."""
    if inputs.before:
        put_back({"label": inputs.label, **inputs.before}, context)
    else:
        context.person.places.filter(label=inputs.label).delete()
    return [Reply(text=pgettext("memory", "Undone."))]


def places_list(inputs: PlacesInputs, context: Context) -> list[Reply]:
    """Show the saved places."""
    rows = places.saved(context.person)
    if not rows:
        return [Reply(text=_("No address is saved yet. Say for example: my office is at ..."))]
    cards = [
        Card(
            kind="place",
            id=f"place:{row.pk}",
            title=places.label_text(row.label),
            subtitle=row.address,
            lat=row.lat,
            lng=row.lng,
            actions=[
                Action(
                    label=pgettext("memory", "Delete"), style="quiet", tool="memory.forget", inputs={"what": row.label}
                )
            ],
        )
        for row in rows[:10]
    ]
    lines = [f"- {wording.labelled(places.label_text(row.label), row.address)}" for row in rows]
    return [Reply(text="\n".join([_("Your saved addresses:"), *lines]), cards=cards)]


def delete(label: str, context: Context) -> Reply | None:
    """Delete a place by its label; None where there is none of that name."""
    row = context.person.places.filter(label=label).exclude(label="last").first()
    if row is None:
        return None
    old = _old(row)
    row.delete()
    undo = Action(
        label=pgettext("memory", "Undo"),
        style="quiet",
        tool="memory.restore_place",
        inputs={"label": label, "before": old},
    )
    return Reply(text=_("Deleted the address of “%(label)s”.") % {"label": places.label_text(label)}, choices=[undo])
