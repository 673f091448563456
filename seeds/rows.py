"""The rows that the generator makes: plain values under the names of the model's fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass
class Catalogue:
    """Rows in the order they are made. Foreign keys hold external ids (a city's slug)."""

    cities: list[Row] = field(default_factory=list)
    locations: list[Row] = field(default_factory=list)
    merchants: list[Row] = field(default_factory=list)
    offers: list[Row] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each."""
        return {name: len(rows) for name, rows in vars(self).items()}


def entry(external_id: str, name: tuple[str, str], say: tuple[str, str] = ("", ""), tags: tuple[str, ...] = ()) -> Row:
    """Return the fields that every row has."""
    return {
        "external_id": external_id,
        "name_zh": name[0],
        "name_en": name[1],
        "description_zh": say[0],
        "description_en": say[1],
        "tags": list(tags),
    }


def offer(merchant: Row, slug: str, kind: str, **fields: Any) -> Row:
    """Return an offer's row of `merchant`; `fields` must hold name, price, and what else differs from the defaults."""
    base = entry(
        f"{merchant['external_id']}.{slug}", fields.pop("name"), fields.pop("say", ("", "")), fields.pop("tags", ())
    )
    defaults: Row = {
        "merchant": merchant["external_id"],
        "kind": kind,
        "category": "",
        "list_price": None,
        "currency": merchant["currency"],
        "serves": 1,
        "spice": None,
        "stock": None,
        "sold": 0,
        "options": [],
        "picture": kind,
        "details": {},
    }
    return base | defaults | fields
