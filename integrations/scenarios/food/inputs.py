"""What each tool of the food scenario is told."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext_noop as _
from pydantic import Field, field_validator

from integrations.base import Inputs

Diet = Literal[
    "not_spicy", "mild", "spicy", "halal", "vegetarian", "vegan", "light", "low_sugar", "gluten_free",
    "no_pork", "no_beef", "no_lamb", "no_chicken", "no_seafood", "no_peanut", "no_egg", "no_dairy",
    "no_cilantro", "no_garlic", "no_alcohol",
]  # fmt: skip
Sort = Literal["cheap", "near", "fast", "best", "popular"]
How = Literal["other", "cheap", "near", "fast", "best", "popular"]
COMPARED = {"cheaper": "cheap", "nearer": "near", "faster": "fast", "better": "best"}


def said(description: str, kind: str, ask: str = "", **more: Any) -> Any:
    """Return an optional field: what the model reads of it, its grounding kind, and the question for it."""
    default = more.pop("default", None)
    return Field(default, description=description, json_schema_extra={"kind": kind, "ask": ask}, **more)


class Search(Inputs):
    """food.search"""

    wish: str | None = said("dish, cuisine or meal, in the person's words", "dish", _("What would you like to eat?"))
    people: int | None = said("how many people eat", "people", _("For how many people?"))
    budget: Decimal | None = said("the most to pay in all", "money", _("How much may it cost in all?"))
    per_person: Decimal | None = said("the most to pay per person", "money", _("How much may it cost per person?"))
    diet: list[Diet] = Field(
        default_factory=list,
        description="tastes and diets that must hold",
        json_schema_extra={"kind": "diet", "ask": _("Is there anything you do not eat?")},
    )
    to: str | None = said("where to deliver it", "place", _("Where should it go?"))
    near: str | None = said("restaurants near this place", "place", _("Near which place?"))
    merchant: str | None = said("name of a restaurant", "text", _("Which restaurant?"))
    when: datetime | None = said("when it should arrive", "time", _("When should it arrive?"))
    sort: Sort | None = said("what matters most", "sort", _("What matters most: price, distance, time or rating?"))


class Other(Inputs):
    """food.other"""

    how: How = said(
        "how the others should differ", "sort", _("Cheaper, nearer, faster or better rated?"), default="other"
    )

    @field_validator("how", mode="before")
    @classmethod
    def _compared(cls, value: Any) -> Any:
        return COMPARED.get(value, value) or "other"


class Why(Inputs):
    """food.why"""

    which: int | None = said("which of the shown ones, by place", "ordinal", _("Which one do you mean?"))
    name: str | None = said("name of a dish or restaurant shown", "text", _("Which one do you mean?"))


class Menu(Inputs):
    """food.menu"""

    merchant: str | None = said("name of the restaurant", "text", _("Which restaurant's menu?"))
    which: int | None = said("which of the shown ones, by place", "ordinal", _("Which restaurant's menu?"))
    wish: str | None = said("only dishes like this", "dish", _("What are you looking for on the menu?"))


class Pick(Inputs):
    """food.pick"""

    which: int | None = said("which of the shown ones, by place", "ordinal", _("Which one would you like?"))
    dish: str | None = said("name of the dish or restaurant", "dish", _("Which dish would you like?"))
    count: int | None = said("how many of it", "count", _("How many?"))
    options: str | None = said("how it should be made: size, sugar, rice", "text", _("How would you like it made?"))
    to: str | None = said("where to deliver it", "place", _("Where should it go?"))
    when: datetime | None = said("when it should arrive", "time", _("When should it arrive?"))


class Change(Inputs):
    """food.basket"""

    change: Literal["add", "remove", "set"] = Field(
        "add",
        description="add a dish, remove it, or set it to another number or option",
        json_schema_extra={"kind": "choice"},
    )
    dish: str | None = said("name of the dish", "dish", _("Which dish?"))
    count: int | None = said("how many", "count", _("How many?"))
    options: str | None = said("how it should be made, or what it should be changed to", "text", _("How should it be?"))


class Deliver(Inputs):
    """food.deliver"""

    to: str | None = said("where to deliver it", "place", _("Where should it go?"))
    when: datetime | None = said("when it should arrive", "time", _("When should it arrive?"))


class Choose(Inputs):
    """food.choose: the button of a card, which holds its basket."""

    basket: dict[str, Any]
    to: str | None = said("where to deliver it", "place", _("Where should it go?"))


class Requote(Inputs):
    """food.requote: the button of an expired quote."""

    quote: str


class Again(Inputs):
    """food.again: the button of an order that is over."""

    number: str | None = None
    to: str | None = said("where to deliver it", "place", _("Where should it go?"))
