"""A search as it is understood: what was said now, what the last search leaves, what is remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from integrations import places
from integrations.base import Context, InvalidInput
from integrations.catalogue.vocabulary import DIETS
from integrations.models import City
from integrations.orders import money, wording
from integrations.orders.food import AHEAD_DAYS, GRACE
from integrations.places import PlaceUnknown, Where
from integrations.scenarios.food import wishes
from integrations.scenarios.food.inputs import Search

WALK_KM = 4.0  # a place "near" which one looks is this close to where the food goes, or it goes there itself
MOST_PEOPLE = 50
FRESH = timedelta(hours=2)  # a search of this conversation counts as the last one for so long


class Wrong(InvalidInput):
    """What was said for `field` cannot be; it is asked for again."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Request:
    """A search. `inputs` is what it was made of, as JSON, to be merged with what is said next."""

    inputs: dict[str, Any]
    wish: wishes.Wish
    where: Where
    near: Where | None
    people: int
    budget: Decimal | None
    diets: tuple[str, ...]
    when: datetime | None
    sort: str
    merchant: str
    people_said: bool


def last(context: Context) -> dict[str, Any]:
    """Return the last search of the conversation while it is fresh, else nothing."""
    kept: dict[str, Any] = context.state.get("food") or {}
    if not kept or context.now - datetime.fromisoformat(kept["at"]) > FRESH:
        return {}
    return kept


def merged(inputs: Search, context: Context) -> dict[str, Any]:
    """Return what was said, on top of the last search where this only changes it: no new wish, restaurant or meal."""
    new = inputs.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    is_new = bool(inputs.wish or inputs.merchant or wishes.read(context.text).meal)
    before = last(context).get("inputs", {})
    if is_new or not before:
        return new
    if "per_person" in new:
        before = {key: value for key, value in before.items() if key != "budget"}
    if "budget" in new:
        before = {key: value for key, value in before.items() if key != "per_person"}
    diet = list(dict.fromkeys([*before.get("diet", []), *new.get("diet", [])]))
    return {**before, **new, **({"diet": diet} if diet else {})}


def read(inputs: dict[str, Any], context: Context) -> Request:
    """Return the search that inputs mean; raise Wrong, or PlaceUnknown where
    the place has to be asked for.
    """
    said = Search.model_validate(inputs)
    people = _people(said.people, context)
    when = _when(said.when, context)
    _check_money(said)
    near = places.resolve(said.near, context) if said.near else None
    where = _where(said, near, context)
    if where.city is None:
        raise PlaceUnknown("unknown", no_city(context))
    _keep(where, inputs, context)
    each = [limit for limit in (said.budget, said.per_person and said.per_person * people) if limit]
    return Request(
        inputs=inputs,
        wish=wishes.read(said.wish or ""),
        where=where,
        near=near if near and near.point != where.point else None,
        people=people,
        budget=min(each) if each else None,
        diets=_diets(said, context),
        when=when,
        sort=said.sort or "",
        merchant=(said.merchant or "").strip(),
        people_said=said.people is not None,
    )


def _people(said: int | None, context: Context) -> int:
    if said is None:
        return 1
    if said < 1:
        raise Wrong("people", _("For how many people? It has to be at least one."))
    if said > MOST_PEOPLE:
        text = _("I can order for up to %(most)d people at once. Shall I order for %(most)d, or split it?")
        raise Wrong("people", text % {"most": MOST_PEOPLE})
    return said


def _when(said: datetime | None, context: Context) -> datetime | None:
    if said is None:
        return None
    at = said if said.tzinfo else said.replace(tzinfo=context.now.tzinfo)
    if at < context.now - GRACE:
        raise Wrong("when", _("That time has passed. When should it come?"))
    if at > context.now + timedelta(days=AHEAD_DAYS):
        text = _("I can order up to %(days)d days ahead. When should it come?")
        raise Wrong("when", text % {"days": AHEAD_DAYS})
    return at


def _check_money(said: Search) -> None:
    for field in ("budget", "per_person"):
        limit = getattr(said, field)
        if limit is not None and limit <= 0:
            raise Wrong(field, _("The budget has to be more than zero. How much may it cost?"))


def _diets(said: Search, context: Context) -> tuple[str, ...]:
    """Return the diets that were said, and those that are remembered unless they were contradicted."""
    kept = context.profile("diet") or []
    remembered = [slug for slug in kept if slug in DIETS and not (slug in NOT_SPICY and "spicy" in said.diet)]
    extra = [slug for slug in remembered if slug not in said.diet]
    if extra:
        context.sources.setdefault("diet", "profile")
    return tuple(dict.fromkeys([*said.diet, *extra]))


NOT_SPICY = ("not_spicy", "mild")


def _where(said: Search, near: Where | None, context: Context) -> Where:
    """Return where the food goes: what was said, else the last search's place, else where the person is."""
    if said.to:
        return places.resolve(said.to, context)
    kept = last(context).get("where") or (context.state.get("basket") or {}).get("where")
    if near is not None:
        goes = Where.from_json(kept) if kept else places.shared(context)
        is_close = goes is not None and goes.exact and places.distance(goes.point, near.point) <= WALK_KM
        return goes if goes is not None and is_close else replace(near, exact=near.source != "said")
    here = places.shared(context)
    if here and not kept:
        return here
    return Where.from_json(kept) if kept else default_place(context)


def _keep(where: Where, inputs: dict[str, Any], context: Context) -> None:
    """Save the address that was asked for as the office or home that the person had meant, as it was promised."""
    asks = context.state.get("asks") or {}
    asked = asks.get("inputs", {})
    is_answer = bool(inputs.get("to")) and all(inputs.get(name) == value for name, value in asked.items())
    if asks.get("keep") and asks["field"] == "to" and is_answer and where.exact and not where.label:
        places.keep(context.person, where, asks["keep"])


def default_place(context: Context) -> Where:
    """Return the place that goes without saying: where the person last was, or the only one they saved."""
    last_place = places.last(context.person)
    if last_place:
        return last_place
    rows = places.saved(context.person)
    if len(rows) == 1:
        return places.of_row(rows[0])
    if rows:
        raise PlaceUnknown("missing", _("Where should it go?"))
    raise PlaceUnknown("missing", _("Where should it go? Tell me an address or a landmark, or share your location."))


def no_city(context: Context) -> str:
    """Say which cities there are."""
    language = context.language
    names = [city.name_en if language == "en" else city.name_zh for city in City.objects.order_by("id")[:20]]
    return _("There are no restaurants there yet. I know these cities: %(cities)s.") % {"cities": wording.items(names)}


def budget_text(request: Request) -> str:
    """Return the budget as it is shown."""
    currency = City.objects.get(pk=request.where.city or 0).currency
    return money.short(request.budget or money.ZERO, currency)
