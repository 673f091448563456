"""The places of a person: home, work, names of their own, and where they last were."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import pgettext

from integrations.models import Person, Place
from integrations.places.where import Where, city_of

LABELS = {
    "home": (
        *("家", "家里", "我家", "我家里", "住处", "住的地方"),
        *("home", "my home", "my place", "my house", "my flat", "my apartment"),
    ),
    "work": (
        *("公司", "我公司", "我们公司", "单位", "我单位", "办公室", "上班的地方"),
        *("office", "the office", "my office", "work", "my work", "workplace", "company", "my company"),
    ),
}
LAST = "last"  # the label under which the place of the last order or pin is kept


def last(person: Person) -> Where | None:
    """Return where the person last was."""
    row = person.places.filter(label=LAST).first()
    return replace(of_row(row), label="", source="last") if row else None


def saved(person: Person) -> list[Place]:
    """Return the places a person has saved, oldest first."""
    return list(person.places.exclude(label=LAST).order_by("id"))


def of_row(row: Place) -> Where:
    """Return a saved place."""
    city = row.city_id or city_of(row.lat, row.lng)
    return Where(row.label, row.address, row.lat, row.lng, "memory", city)


def keep(person: Person, where: Where, label: str = LAST) -> Place:
    """Save a place under a label, over the one that stood there."""
    row, _made = Place.objects.update_or_create(
        person=person,
        label=label,
        defaults={"address": where.address[:300], "city_id": where.city, "lat": where.lat, "lng": where.lng},
    )
    return row


def label_of(words: str) -> str:
    """Return the label that words for a place stand for: home, work, or the words themselves."""
    plain = words.strip().lower()
    return next((label for label, names in LABELS.items() if plain in names or plain == label), words.strip())


def label_text(label: str) -> str:
    """Return a label as it is shown."""
    return {"home": pgettext("place", "Home"), "work": pgettext("place", "Office")}.get(label, label)
