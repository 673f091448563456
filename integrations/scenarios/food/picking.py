"""food.pick and food.basket: which dishes, how many, made how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations import places
from integrations.base import Action, Context, Reply
from integrations.models import Offer
from integrations.orders import wording
from integrations.orders.baskets import MOST_OF_ONE, Basket, Line
from integrations.orders.names import name
from integrations.places import PlaceUnknown
from integrations.scenarios.food import matching, quoting, requests, search
from integrations.scenarios.food.inputs import Change, Pick
from integrations.scenarios.food.matching import Match

SWAP = re.compile(
    r"(?:把)?(?P<old>[^，,]*?)(?:换成|改成|换为|改为|换|改)(?P<new>[^，,]+)"
    r"|(?:swap|change|replace)\s+(?:the\s+)?(?P<old_en>.+?)\s+(?:to|for|with|into)\s+(?:the\s+)?(?P<new_en>.+)",
    re.IGNORECASE,
)
NOTE = re.compile(r"少|多|不要|不放|别|免|去|加|清淡|\b(?:no|less|more|extra|without|light)\b", re.IGNORECASE)
NOTE_CHARS = 60
SAME = 0.15  # dishes whose names fit nearly alike are asked about


def pick(inputs: Pick, context: Context) -> list[Reply]:
    """Quote one of the shown meals, or a dish by its name."""
    shown: list[dict[str, Any]] = context.state.get("shown") or []
    if not shown or (
        inputs.which is None and inputs.dish and search.find_shown(shown, None, inputs.dish, by_contents=False) is None
    ):
        return _pick_by_name(inputs, shown, context)
    if inputs.which is None and not inputs.dish and len(shown) > 1 and context.state.get("basket"):
        return _change_open(inputs, context)
    place = search.find_shown(shown, inputs.which, inputs.dish, by_contents=False)
    if place is None:
        text = _("I showed %(count)d. Which one would you like?") % {"count": len(shown)}
        return [Reply(text=text, choices=_choices(shown), asks=_asks(inputs, "which"))]
    if inputs.which is None and not inputs.dish and len(shown) > 1:
        return [Reply(text=_("Which one would you like?"), choices=_choices(shown), asks=_asks(inputs, "which"))]
    basket = Basket.from_json(shown[place]["basket"])
    return _quote(_times(basket, inputs.count), inputs, context)


def _choices(shown: Sequence[dict[str, Any]]) -> list[Action]:
    return [Action(label=one["title"], tool="food.choose", inputs={"basket": one["basket"]}) for one in shown[:4]]


def _asks(inputs: Pick, field: str) -> dict[str, Any]:
    known = inputs.model_dump(mode="json", exclude_none=True, exclude={field})
    return {"tool": "food.pick", "field": field, "inputs": known}


def _change_open(inputs: Pick, context: Context) -> list[Reply]:
    """Take words without a dish for a change of the open basket."""
    basket = quoting.basket_of(context)
    if basket is None:
        return [Reply(text=_("Which one would you like?"))]
    return _quote(_times(basket, inputs.count), inputs, context)


def _pick_by_name(inputs: Pick, shown: Sequence[dict[str, Any]], context: Context) -> list[Reply]:
    """Find a dish that is not on a card: on the menus of the shown restaurants, else anywhere."""
    if not inputs.dish:
        return [Reply(text=_("What would you like to eat?"), asks=_asks(inputs, "dish"))]
    for one in shown:
        basket = Basket.from_json(one["basket"])
        found = matching.best(inputs.dish, _menu(basket))
        if found:
            line = Line(found.offer, _count(inputs.count) or 1, found.options)
            return _quote(replace(basket, lines=(line,)), inputs, context)
    before = requests.last(context).get("inputs", {})
    wish = _counted(inputs.dish, inputs.count) if inputs.count else inputs.dish
    kept = {key: before[key] for key in ("people", "diet", "to", "when") if key in before}
    given = {"wish": wish, **({"to": inputs.to} if inputs.to else {})}
    if inputs.when:
        given["when"] = inputs.when.isoformat()
    return search.search_for({**kept, **given}, context)


def _counted(dish: str, count: int) -> str:
    """Return a wish for so many of a dish."""
    return f"{count} {dish}" if dish.isascii() else f"{count}份{dish}"


def _quote(basket: Basket, inputs: Pick, context: Context) -> list[Reply]:
    text = ""
    if inputs.options:
        basket, text = with_options(basket, inputs.options, context)
    if inputs.when:
        when = inputs.when if inputs.when.tzinfo else inputs.when.replace(tzinfo=context.now.tzinfo)
        basket = replace(basket, when=when)
    try:
        basket = quoting.placed(basket, inputs.to, context)
    except PlaceUnknown as problem:
        return [places.ask(problem, context, tool="food.choose", inputs={"basket": basket.to_json()})]
    return quoting.quote_basket(basket, context, text)


def _times(basket: Basket, count: int | None) -> Basket:
    """Return a basket with so many of its only dish, or so many times all of it."""
    count = _count(count)
    if count is None:
        return basket
    if len(basket.lines) == 1:
        return basket.with_lines([replace(basket.lines[0], count=count)])
    return basket.with_lines([replace(line, count=line.count * count) for line in basket.lines])


def _count(count: int | None) -> int | None:
    return None if count is None or count < 1 else min(count, MOST_OF_ONE)


def _menu(basket: Basket) -> list[Offer]:
    return list(basket.merchant.offers.filter(kind="dish", is_active=True).order_by("id"))


def with_options(basket: Basket, words: str, context: Context) -> tuple[Basket, str]:
    """Return a basket with what `words` ask for: options of its dishes, another dish in place of one, or a note to the
    kitchen; and a sentence about what was done or cannot be.
    """
    lines, done = [], False
    swap = SWAP.search(words)
    new = ((swap["new"] or swap["new_en"]) if swap else words).strip()
    old = ((swap["old"] or swap["old_en"] or "") if swap else "").strip()
    for line in basket.lines:
        is_meant = not old or matching.best(old, [line.offer]) is not None or _has_option(line.offer, old)
        options = matching.options_in(new, line.offer) if is_meant else None
        done = done or bool(options)
        lines.append(replace(line, options={**line.options, **options}) if options else line)
    if done:
        return basket.with_lines(lines), pgettext("basket", "Changed.")
    if old and (swapped := _swapped(basket, old, new)):
        return swapped, pgettext("basket", "Changed.")
    if not swap and NOTE.search(words):
        return replace(basket, note=words[:NOTE_CHARS]), _("I noted that for the kitchen.")
    text = _("%(merchant)s offers no “%(option)s” with this.")
    return basket, text % {"merchant": name(basket.merchant, context.language), "option": new[:40]}


def _has_option(offer: Offer, words: str) -> bool:
    """Return whether an option of a dish, or one of its choices, is called so."""
    low = words.lower()
    names = [name for option in offer.options for name in (option["name_zh"], option["name_en"].lower())]
    names += [choice["name_zh"] for option in offer.options for choice in option["choices"]]
    return any(low in name or name in low for name in names)


def _swapped(basket: Basket, old: str, new: str) -> Basket | None:
    """Return a basket with one dish in place of another; None where either is not to be had."""
    gone = matching.best(old, [line.offer for line in basket.lines])
    come = matching.best(new, _menu(basket))
    if gone is None or come is None:
        return None
    lines = [
        Line(come.offer, line.count, come.options) if line.offer.pk == gone.offer.pk else line for line in basket.lines
    ]
    return basket.with_lines(lines)


def change(inputs: Change, context: Context) -> list[Reply]:
    """Add a dish to the basket, take one out, or set its number or options, and quote anew."""
    basket = quoting.basket_of(context)
    if basket is None:
        return pick(Pick(dish=inputs.dish, count=inputs.count, options=inputs.options), context)
    if not inputs.dish:
        return _change_all(basket, inputs, context)
    among = _menu(basket) if inputs.change == "add" else [line.offer for line in basket.lines]
    found = sorted(matching.candidates(inputs.dish, among), key=lambda one: (-one.score, -one.offer.sold))
    if not found:
        return _not_here(basket, inputs, context)
    if _is_unclear(inputs.dish, found):
        return [_which(basket, inputs, found, context)]
    return _changed(basket, inputs, found[0], context)


def _change_all(basket: Basket, inputs: Change, context: Context) -> list[Reply]:
    if inputs.options:
        basket, text = with_options(basket, inputs.options, context)
        return quoting.quote_basket(basket, context, text)
    if inputs.count and len(basket.lines) == 1:
        return quoting.quote_basket(_times(basket, inputs.count), context, pgettext("basket", "Changed."))
    known = inputs.model_dump(mode="json", exclude_none=True, exclude={"dish"})
    return [Reply(text=_("Which dish?"), asks={"tool": "food.basket", "field": "dish", "inputs": known})]


def _is_unclear(words: str, found: Sequence[Match]) -> bool:
    """Return whether several dishes are meant equally well."""
    exact = [one for one in found if words.lower() in {one.offer.name_zh.lower(), one.offer.name_en.lower()}]
    return not exact and len(found) > 1 and found[0].score - found[1].score < SAME


def _which(basket: Basket, inputs: Change, found: Sequence[Match], context: Context) -> Reply:
    known = inputs.model_dump(mode="json", exclude_none=True, exclude={"dish"})
    names = [name(one.offer, context.language) for one in found[:4]]
    text = _("%(merchant)s has several. Which one?") % {"merchant": name(basket.merchant, context.language)}
    return Reply(
        text=text,
        choices=[Action(label=dish, tool="food.basket", inputs={**known, "dish": dish}) for dish in names],
        asks={"tool": "food.basket", "field": "dish", "inputs": known},
    )


def _not_here(basket: Basket, inputs: Change, context: Context) -> list[Reply]:
    """Say that the restaurant does not have it; what was to be added is looked for elsewhere."""
    values = {"merchant": name(basket.merchant, context.language), "dish": inputs.dish}
    if inputs.change != "add":
        names = [name(line.offer, context.language) for line in basket.lines]
        text = _("There is no “%(dish)s” in this order. It holds: %(dishes)s.")
        return [Reply(text=text % {**values, "dishes": wording.items(names)})]
    before = requests.last(context).get("inputs", {})
    kept = {"to": before["to"]} if "to" in before else {}
    wish = inputs.dish if not inputs.count else _counted(inputs.dish or "", inputs.count)
    replies = search.search_for({**kept, "wish": wish}, context)
    text = _("%(merchant)s does not sell “%(dish)s”, so this is an order of its own, delivered separately.") % values
    said = wording.sentences(text, replies[0].text)
    return [replies[0].model_copy(update={"text": said}), *replies[1:]]


def _changed(basket: Basket, inputs: Change, found: Match, context: Context) -> list[Reply]:
    lines, pk = list(basket.lines), found.offer.pk
    text = pgettext("basket", "Changed.")
    if inputs.change == "add":
        lines.append(Line(found.offer, _count(inputs.count) or 1, dict(found.options)))
        text = pgettext("basket", "Added.")
    elif inputs.change == "remove":
        lines = _less(lines, pk, inputs.count)
        text = pgettext("basket", "Taken out.")
    elif inputs.count is not None:
        lines = [replace(line, count=_count(inputs.count) or 0) if line.offer.pk == pk else line for line in lines]
    basket = basket.with_lines(lines)
    if inputs.options:
        basket, text = _with_options_of(basket, found.offer, inputs.options, context)
    if not basket.lines:
        quoting.withdraw(context)
        words = _("That was the last dish, so the order is empty and the quote is withdrawn.")
        return [Reply(text=words, remember={"basket": None, "quote": None})]
    return quoting.quote_basket(basket, context, text)


def _with_options_of(basket: Basket, offer: Offer, words: str, context: Context) -> tuple[Basket, str]:
    """Return the basket with options for one dish; where it has none so called, with another dish in its place."""
    options = matching.options_in(words, offer)
    if options:
        lines = [
            replace(line, options={**line.options, **options}) if line.offer.pk == offer.pk else line
            for line in basket.lines
        ]
        return basket.with_lines(lines), pgettext("basket", "Changed.")
    swapped = _swapped(basket, name(offer, context.language), words)
    return (swapped, pgettext("basket", "Changed.")) if swapped else with_options(basket, words, context)


def _less(lines: Sequence[Line], pk: int, count: int | None) -> list[Line]:
    return [
        replace(line, count=max(0, line.count - count) if count else 0) if line.offer.pk == pk else line
        for line in lines
    ]
