"""What is said when nothing fits: what stood in the way, and what there is instead."""

from __future__ import annotations

from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations import places
from integrations.base import Action, Context, Reply
from integrations.orders import moments, money, wording
from integrations.orders.names import name
from integrations.scenarios.food import diets, requests
from integrations.scenarios.food.finding import Found
from integrations.scenarios.food.requests import Request


class Present(Protocol):
    """How meals are shown."""

    def __call__(self, meals: Any, found: Found, request: Request, context: Context, *, text: str) -> Reply:
        """Return a reply with cards."""


CARDS = 3


def reply(found: Found, request: Request, context: Context, present: Present) -> Reply:
    """Return a reply that says what was in the way, with the nearest alternative."""
    if found.blocker in {"nobody", "delivery"}:
        return _no_restaurant(found, request, context)
    if found.blocker == "closed":
        return _closed(found, request, context)
    text = _why_not(found, request, context)
    if not found.instead:
        asks = {"tool": "food.search", "field": "wish", "inputs": _without(request.inputs, "wish", "merchant")}
        return Reply(text=wording.sentences(text, _("What else would you like?")), asks=asks, done=[])
    text = wording.sentences(text, _("This is what there is instead."))
    return present(found.instead[:CARDS], found, request, context, text=text)


def _why_not(found: Found, request: Request, context: Context) -> str:
    place = _place(request)
    if found.blocker == "merchant":
        return _("No restaurant called “%(name)s” delivers to %(place)s.") % {"name": request.merchant, "place": place}
    if found.blocker == "budget":
        cheapest = found.instead[0]
        values = {
            "budget": requests.budget_text(request),
            "people": request.people,
            "cheapest": money.short(cheapest.total, cheapest.price.currency),
        }
        if request.people > 1:
            return _("Nothing for %(people)d comes under %(budget)s; the cheapest is %(cheapest)s.") % values
        return _("Nothing comes under %(budget)s; the cheapest is %(cheapest)s.") % values
    values = {"wish": request.wish.said, "place": place}
    if found.blocker == "sold_out":
        return _("“%(wish)s” is sold out near %(place)s.") % values
    if found.blocker == "diet":
        values["diet"] = wording.items(diets.names(request.diets, context.language))
        if request.wish.parts:
            return _("No “%(wish)s” near %(place)s is %(diet)s.") % values
        return _("Nothing near %(place)s is %(diet)s.") % values
    if request.wish.parts:
        return _("No open restaurant near %(place)s has “%(wish)s”.") % values
    return _("No open restaurant near %(place)s can make a meal for %(people)d.") % {**values, "people": request.people}


def _no_restaurant(found: Found, request: Request, context: Context) -> Reply:
    place = _place(request)
    if found.blocker == "delivery":
        text = _("There are %(count)d restaurants near %(place)s, but none delivers there. Shall it go somewhere else?")
    elif request.near is not None:
        text = _("No restaurant near %(place)s delivers to you. Shall I look somewhere else?")
    else:
        text = _("There are no restaurants near %(place)s. Shall it go somewhere else?")
    problem = places.PlaceUnknown("unknown", text % {"place": place, "count": found.around.count}, request.where.label)
    inputs = _without(request.inputs, "near") if request.near is not None else request.inputs
    return places.ask(problem, context, tool="food.search", inputs=inputs)


def _closed(found: Found, request: Request, context: Context) -> Reply:
    """Say from when it can be had, and offer to order for then."""
    if found.later is None:
        values = {"place": _place(request), "merchant": request.merchant}
        if request.merchant:
            return Reply(text=_("%(merchant)s has nothing that fits this week.") % values)
        return Reply(text=_("None of the restaurants that deliver to %(place)s has it this week.") % values)
    at, shop = found.later
    values = {
        "about": moments.about(at, context.now, shop.merchant.city.time_zone),
        "time": moments.clock(at, context.now, shop.merchant.city.time_zone),
        "merchant": name(shop.merchant, context.language),
        "wish": request.wish.said,
    }
    later = {**request.inputs, "when": at.isoformat()}
    choices = [Action(label=_("For %(time)s") % values, tool="food.search", inputs=later)]
    if request.merchant:
        label = pgettext("food", "Other restaurants")
        choices.append(Action(label=label, tool="food.search", inputs=_without(request.inputs, "merchant")))
    elif found.instead:
        plain = {**request.inputs, "wish": pgettext("food", "a meal")}
        choices.append(Action(label=pgettext("food", "What there is now"), tool="food.search", inputs=plain))
    asks = {"tool": "food.search", "field": "when", "inputs": _without(request.inputs, "when")}
    return Reply(text=_closed_text(request) % values, choices=choices, asks=asks)


def _closed_text(request: Request) -> str:
    if request.merchant:
        return _("%(merchant)s is closed then. It could be there %(about)s at the earliest.")
    if request.wish.parts:
        return _("No open restaurant has “%(wish)s”. %(merchant)s could be there with it %(about)s.")
    if request.when:
        return _("No restaurant is open for that time. %(merchant)s could be there %(about)s.")
    return _("No restaurant is open now. The first, %(merchant)s, could be there %(about)s.")


def _place(request: Request) -> str:
    where = request.near or request.where
    return places.label_text(where.label) if where.label else where.address


def _without(inputs: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in inputs.items() if name not in names}
