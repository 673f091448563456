"""Why a meal stands where it stands, in words made of facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations.orders import money, wording
from integrations.scenarios.food import diets

HARD = ("light", "low_sugar", "spicy", "mild")  # diets that do not hold for each single dish


@dataclass(frozen=True)
class Why:
    """What meals were measured by."""

    language: str
    budget: Decimal | None = None
    diets: Sequence[str] = ()


def reasons(shown: Sequence[dict[str, Any]], place: int, why: Why) -> list[str]:
    """Return what speaks for the meal at `place` of those shown: where it is first among them, then the rest."""
    meal = shown[place]
    found = _firsts(shown, meal) if len(shown) > 1 else []
    marked = [slug for slug in why.diets if slug not in HARD]
    if marked:
        names = wording.items(diets.names(marked, why.language))
        found.append(_("every dish marked %(diet)s") % {"diet": names})
    left = why.budget - Decimal(meal["total"]) if why.budget else money.ZERO
    if left > 0:
        found.append(_("%(left)s below your budget") % {"left": money.short(left, meal["currency"])})
    if meal["added"]:
        found.append(_("with %(dishes)s to reach the minimum order") % {"dishes": wording.items(meal["added"])})
    return found


def _firsts(shown: Sequence[dict[str, Any]], meal: dict[str, Any]) -> list[str]:
    """Return in what a meal is better than every other one that is shown."""
    others = [other for other in shown if other is not meal]
    found = []
    if meal["rating"] and all(Decimal(meal["rating"]) > Decimal(other["rating"] or "0") for other in others):
        found.append(_("the best rated (%(rating)s)") % {"rating": meal["rating"]})
    if all(Decimal(meal["total"]) < Decimal(other["total"]) for other in others):
        found.append(pgettext("food", "the cheapest"))
    if all(meal["minutes"] < other["minutes"] for other in others):
        found.append(_("the fastest (about %(minutes)d min)") % {"minutes": meal["minutes"]})
    elif all(meal["km"] < other["km"] for other in others):
        found.append(_("the nearest (%(km)s km)") % {"km": meal["km"]})
    return found


def full(shown: Sequence[dict[str, Any]], place: int, why: Why) -> str:
    """Return everything that the ranking looked at for one meal."""
    meal = shown[place]
    lines = [f"{meal['title']} · {meal['merchant']}"]
    if meal["contents"] != meal["title"]:
        lines.append(_("What is in it: %(dishes)s") % {"dishes": meal["contents"]})
    lines.append(_("To pay: %(sums)s") % {"sums": meal["sums"]})
    facts = _("%(km)s km away, about %(minutes)d minutes") % {"km": meal["km"], "minutes": meal["minutes"]}
    if meal["rating"]:
        rated = _("rated %(rating)s by %(reviews)d") % {"rating": meal["rating"], "reviews": meal["reviews"]}
        facts = wording.clauses([rated, facts])
    lines.append(facts)
    for reason in reasons(shown, place, why):
        lines.append(f"- {reason}")
    return "\n".join(lines)
