"""food.search, food.other, food.why: find meals, show others, say why."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from integrations import places
from integrations.base import Action, Context, Reply
from integrations.orders import wording
from integrations.scenarios.food import cards, finding, nothing, reasons, requests
from integrations.scenarios.food.finding import Found
from integrations.scenarios.food.inputs import Other, Search, Why
from integrations.scenarios.food.meals import Meal
from integrations.scenarios.food.requests import Request

CARDS = 3
# What else the conversation may call with words about the cards ("the second one", "cheaper").
TOOLS = {"pick": "food.pick", "other": "food.other"}


def search(inputs: Search, context: Context) -> list[Reply]:
    """Show meals for a wish."""
    return search_for(requests.merged(inputs, context), context)


def search_for(inputs: dict[str, Any], context: Context) -> list[Reply]:
    """Show meals for inputs that are already merged with what was said before."""
    try:
        request = requests.read(inputs, context)
    except places.PlaceUnknown as problem:
        field = "near" if inputs.get("near") and not inputs.get("to") and problem.reason != "missing" else "to"
        return [places.ask(problem, context, tool="food.search", inputs=inputs, field=field)]
    except requests.Wrong as problem:
        rest = {name: value for name, value in inputs.items() if name != problem.field}
        asks = {"tool": "food.search", "field": problem.field, "inputs": rest}
        return [Reply(text=str(problem), asks=asks)]
    found = finding.find(request, context)
    if not found.meals:
        return [nothing.reply(found, request, context, present)]
    return [present(found.meals[:CARDS], found, request, context)]


def present(
    meals: Sequence[Meal],
    found: Found,
    request: Request,
    context: Context,
    *,
    text: str = "",
    seen: Sequence[int] = (),
) -> Reply:
    """Return meals as cards, with what was looked at and why the first one is first."""
    language = context.language
    shown = [cards.shown(meal, request, language) for meal in meals]
    why = reasons.Why(language, request.budget, request.diets)
    notes = [reasons.reasons(shown, place, why) for place in range(len(shown))]
    words = [text or summary(meals, found, request), _first(notes), whereabouts(request, context)]
    kept = {
        "inputs": request.inputs,
        "where": request.where.to_json(),
        "budget": str(request.budget) if request.budget else None,
        "diets": list(request.diets),
        "seen": [*seen, *(meal.shop.merchant.pk for meal in meals)],
        "at": context.now.isoformat(),
    }
    return Reply(
        text=wording.sentences(*words),
        done=[looked(found, request)],
        cards=[
            cards.card(meal, request, language=language, note=" · ".join(note[:2]), best=place == 0 and len(meals) > 1)
            for place, (meal, note) in enumerate(zip(meals, notes, strict=True))
        ],
        choices=chips(request, meals),
        remember={"shown": shown, "food": kept, "tools": TOOLS},
    )


def summary(meals: Sequence[Meal], found: Found, request: Request) -> str:
    """Return how many fit and by when they can be there."""
    latest = max(meal.shop.minutes for meal in meals)
    values = {"count": len(meals), "minutes": -(-latest // 5) * 5, "wish": request.wish.said}
    if not found.literal:
        text = _("Nothing here is called “%(wish)s”; these come closest.")
    elif request.when:
        text = ngettext(
            "%(count)d fits and can be there in time.", "%(count)d fit and can be there in time.", len(meals)
        )
    else:
        text = ngettext(
            "%(count)d fits, here within %(minutes)d minutes.",
            "%(count)d fit, all here within %(minutes)d minutes.",
            len(meals),
        )
    return text % values


def _first(notes: Sequence[list[str]]) -> str:
    """Return why the first one is first."""
    if not notes or not notes[0]:
        return ""
    said = wording.clauses(notes[0][:3])
    if len(notes) == 1:
        return _("In its favour: %(reasons)s.") % {"reasons": said}
    return _("The first: %(reasons)s.") % {"reasons": said}


def whereabouts(request: Request, context: Context) -> str:
    """Return what was taken for granted about the place, where nothing was said."""
    if request.inputs.get("to"):
        return "" if request.where.exact else _("For the order I will need the exact address.")
    where = request.where
    name = places.label_text(where.label) if where.label else where.address
    if not where.exact:
        return _("I looked around %(place)s; for the order I will need the exact address.") % {"place": name}
    return _("For %(place)s (%(source)s).") % {"place": name, "source": places.source_text(where)}


def looked(found: Found, request: Request) -> str:
    """Return what was looked at, with counts."""
    near = request.near or request.where
    values = {
        "place": places.label_text(near.label) if near.label else near.address,
        "count": found.around.count,
        "open": len(found.around.open),
    }
    if near.source == "pin":
        text = _("Checked %(count)d places near you; %(open)d are open and deliver")
    elif request.when:
        text = _("Checked %(count)d places near %(place)s; %(open)d can deliver then")
    else:
        text = _("Checked %(count)d places near %(place)s; %(open)d are open and deliver")
    return text % values


def chips(request: Request, meals: Sequence[Meal] = ()) -> list[Action]:
    """Return what could be said next."""
    found = [_other("cheap"), _other("other")]
    if request.sort != "fast":
        found.append(_other("fast"))
    if not request.diets and any(meal.lead.spice for meal in meals):
        inputs = {**request.inputs, "diet": ["not_spicy"]}
        found.append(Action(label=pgettext("food", "Not spicy"), tool="food.search", inputs=inputs))
    elif request.sort != "best":
        found.append(_other("best"))
    return found


def _other(how: str) -> Action:
    """Return the button for other meals."""
    label = {
        "cheap": pgettext("food", "Cheaper"),
        "other": pgettext("food", "Somewhere else"),
        "fast": pgettext("food", "Faster"),
        "best": pgettext("food", "Better rated"),
    }[how]
    return Action(label=label, tool="food.other", inputs={"how": how})


def elsewhere() -> Action:
    """Return the button for other restaurants."""
    return _other("other")


def other(inputs: Other, context: Context) -> list[Reply]:
    """Show the next meals of the last search, or those that are better in what was asked for."""
    before = requests.last(context)
    if not before:
        return [Reply(text=_("Tell me first what you would like to eat."))]
    kept = dict(before["inputs"])
    if inputs.how != "other":
        kept["sort"] = inputs.how
    try:
        request = requests.read(kept, context)
    except (places.PlaceUnknown, requests.Wrong):
        return search_for(kept, context)
    found = finding.find(request, context)
    pool = found.meals or found.instead
    seen = before.get("seen", [])
    if inputs.how == "other":
        fresh = [meal for meal in pool if meal.shop.merchant.pk not in seen]
        return [_others(fresh, found, request, context, seen)]
    shown = context.state.get("shown") or []
    better = [meal for meal in pool if _is_better(meal, inputs.how, shown)]
    if not better:
        return [
            Reply(
                text=_none_better(inputs.how),
                choices=[_other(how) for how in ("other", "cheap", "best") if how != inputs.how],
            )
        ]
    return [present(better[:CARDS], found, request, context, seen=seen)]


def _others(fresh: Sequence[Meal], found: Found, request: Request, context: Context, seen: Sequence[int]) -> Reply:
    if fresh:
        text = ngettext("%(count)d more fits.", "%(count)d more fit.", len(fresh[:CARDS])) % {
            "count": len(fresh[:CARDS])
        }
        return present(fresh[:CARDS], found, request, context, text=text, seen=seen)
    if not found.meals:
        return nothing.reply(found, request, context, present)
    text = _("You have seen all %(count)d that fit. These are the first ones again.") % {"count": len(found.meals)}
    return present(found.meals[:CARDS], found, request, context, text=text)


def _is_better(meal: Meal, how: str, shown: Sequence[dict[str, Any]]) -> bool:
    """Return whether a meal beats every shown one in `how`."""
    if how == "cheap":
        return all(meal.total < Decimal(one["total"]) for one in shown)
    if how == "near":
        return all(round(meal.shop.km, 1) < one["km"] for one in shown)
    if how == "fast":
        return all(meal.shop.minutes < one["minutes"] for one in shown)
    if how == "best":
        rating = meal.shop.merchant.rating or Decimal(0)
        return all(rating > Decimal(one["rating"] or "0") for one in shown)
    return all(meal.lead.sold > one["sold"] for one in shown)


def _none_better(how: str) -> str:
    return {
        "cheap": _("There is nothing cheaper that fits; the cheapest is shown already."),
        "near": _("There is nothing nearer that fits."),
        "fast": _("There is nothing faster that fits."),
        "best": _("There is nothing better rated that fits."),
    }.get(how, _("There is nothing more popular that fits."))


def why(inputs: Why, context: Context) -> list[Reply]:
    """Say what the ranking of a shown meal was made of."""
    shown: list[dict[str, Any]] = context.state.get("shown") or []
    if not shown:
        return [Reply(text=_("Nothing has been shown yet that I could explain."))]
    place = find_shown(shown, inputs.which, inputs.name)
    if place is None:
        return [Reply(text=_("Which one do you mean?"), choices=_which(shown))]
    before = requests.last(context)
    limit = Decimal(before["budget"]) if before.get("budget") else None
    known = reasons.Why(context.language, limit, before.get("diets", []))
    inputs_of = {"basket": shown[place]["basket"]}
    choose = Action(label=pgettext("food", "Choose this"), style="primary", tool="food.choose", inputs=inputs_of)
    return [Reply(text=reasons.full(shown, place, known), choices=[choose, _other("cheap"), _other("other")])]


def find_shown(
    shown: Sequence[dict[str, Any]], which: int | None, name: str | None, *, by_contents: bool = True
) -> int | None:
    """Return the place of a shown meal by its number (-1: the last) or a name; the first where nothing is said.

    None where there is no such one. `by_contents`: the name of a dish that is in it will do.
    """
    if which is not None:
        place = which - 1 if which > 0 else len(shown) + which
        return place if which != 0 and 0 <= place < len(shown) else None
    if not name:
        return 0
    low = name.lower()
    for place, one in enumerate(shown):
        words = [one["title"].lower(), one["merchant"].lower()]
        if any(low in text or text in low for text in words) or (by_contents and low in one["contents"].lower()):
            return place
    return None


def _which(shown: Sequence[dict[str, Any]]) -> list[Action]:
    return [Action(label=one["merchant"], tool="food.why", inputs={"name": one["merchant"]}) for one in shown[:4]]
