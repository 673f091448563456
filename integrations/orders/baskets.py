"""What somebody wants from one restaurant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from integrations.base import InvalidInput
from integrations.models import Merchant, Offer
from integrations.orders.names import text
from integrations.places import Where

MOST_OF_ONE = 99


@dataclass(frozen=True)
class Line:
    """A dish, how many of it, and the chosen options by key."""

    offer: Offer
    count: int = 1
    options: dict[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> Decimal:
        """Return the price of one, with its options."""
        return sum((Decimal(choice["extra"]) for _option, choice in self.chosen()), self.offer.price)

    @property
    def amount(self) -> Decimal:
        """Return the price of all."""
        return self.unit * self.count

    def chosen(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Return each option that was chosen, with the choice."""
        pairs = [(option, choice) for option in self.offer.options for choice in option["choices"]]
        return [(option, choice) for option, choice in pairs if self.options.get(option["key"]) == choice["key"]]

    def detail(self, language: str) -> str:
        """Return the chosen options in words."""
        return " · ".join(text(choice, language, "name") for _option, choice in self.chosen())

    def includes(self, language: str) -> list[str]:
        """Return what a set holds."""
        return [text(part, language) for part in self.offer.details.get("includes", [])]

    def to_json(self) -> dict[str, Any]:
        """Return the line as it is kept."""
        return {"offer": self.offer.pk, "count": self.count, "options": self.options}


@dataclass(frozen=True)
class Basket:
    """Lines of one restaurant, and where and when they should go."""

    merchant: Merchant
    lines: tuple[Line, ...]
    where: Where | None = None
    when: datetime | None = None
    people: int = 1
    diet: tuple[str, ...] = ()
    note: str = ""  # to the kitchen, in the person's words

    @property
    def food(self) -> Decimal:
        """Return what the dishes cost."""
        return sum((line.amount for line in self.lines), Decimal(0))

    def to_json(self) -> dict[str, Any]:
        """Return the basket as it is kept in a conversation or quote."""
        return {
            "merchant": self.merchant.pk,
            "lines": [line.to_json() for line in self.lines],
            "where": self.where.to_json() if self.where else None,
            "when": self.when.isoformat() if self.when else None,
            "people": self.people,
            "diet": list(self.diet),
            "note": self.note,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Basket:
        """Return the basket that was kept, with today's rows; raise InvalidInput where the restaurant is gone."""
        merchant = Merchant.objects.select_related("city").filter(pk=data["merchant"], is_active=True).first()
        if merchant is None:
            raise InvalidInput(_("That restaurant is not available any more. Please choose another one."))
        offers = Offer.objects.in_bulk([line["offer"] for line in data["lines"]])
        lines = tuple(
            Line(offers[line["offer"]], int(line["count"]), dict(line.get("options", {})))
            for line in data["lines"]
            if line["offer"] in offers and offers[line["offer"]].merchant_id == merchant.pk
        )
        where = Where.from_json(data["where"]) if data.get("where") else None
        when = datetime.fromisoformat(data["when"]) if data.get("when") else None
        people, diet, note = int(data.get("people", 1)), tuple(data.get("diet", ())), str(data.get("note", ""))
        return cls(merchant, lines, where, when, people, diet, note)

    def with_lines(self, lines: Iterable[Line]) -> Basket:
        """Return the basket with other lines; equal ones are put together, empty ones dropped."""
        merged: dict[tuple[int, tuple[tuple[str, str], ...]], Line] = {}
        for line in lines:
            key = (line.offer.pk, tuple(sorted(line.options.items())))
            count = line.count + (merged[key].count if key in merged else 0)
            merged[key] = replace(line, count=min(count, MOST_OF_ONE))
        return replace(self, lines=tuple(line for line in merged.values() if line.count > 0))
