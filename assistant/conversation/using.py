"""What a person is told was used of what they said (「这次用到的信息」)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from assistant.conversation.grounding import GroundedCall, show
from integrations.base import Used
from integrations.catalogue.vocabulary import DIETS
from integrations.orders import moments, money

NAMES: dict[str, Callable[[], str]] = {
    "wish": lambda: _("Wish"),
    "people": lambda: _("People"),
    "budget": lambda: _("Budget"),
    "per_person": lambda: _("Per person"),
    "diet": lambda: _("Taste and diet"),
    "to": lambda: _("Deliver to"),
    "near": lambda: _("Near"),
    "when": lambda: _("Time"),
    "merchant": lambda: _("Restaurant"),
    "dish": lambda: _("Dish"),
    "count": lambda: _("Quantity"),
}


def used(call: GroundedCall, *, language: str, now: datetime, currency: str) -> list[Used]:
    """Return each argument that counted, in words, with the person's own words behind it."""
    kept = [argument for argument in call.arguments if not argument.dropped and argument.name in NAMES]
    return [
        Used(
            name=NAMES[argument.name](),
            value=_words(argument.name, argument.value, language, now, currency),
            source=_("you said “%(words)s”") % {"words": argument.words},
        )
        for argument in kept
    ]


def _words(name: str, value: Any, language: str, now: datetime, currency: str) -> str:
    if name == "diet":
        terms = [DIETS[slug] for slug in value]
        return ", ".join(term.en for term in terms) if language == "en" else "、".join(term.zh for term in terms)
    if name in {"budget", "per_person"}:
        return _("up to %(amount)s") % {"amount": money.short(value, currency)}
    if isinstance(value, datetime):
        return moments.clock(value, now, str(now.tzinfo))
    return show(value)
