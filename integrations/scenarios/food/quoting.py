"""From a choice to a quote: the basket, where and when it goes, and what stands in the way."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations import places
from integrations.base import Action, Context, InvalidInput, Reply
from integrations.models import Order, Quote, ScenarioSwitch
from integrations.orders import food, moments, money, pricing, quotes, wording
from integrations.orders.baskets import Basket
from integrations.orders.names import name
from integrations.places import PlaceUnknown, Where
from integrations.scenarios.food import requests, search
from integrations.scenarios.food.inputs import Again, Choose, Deliver, Requote

TOOL = "food.pick"
LATE = timedelta(minutes=5)
LEAD_IN = re.compile(r"^(?:no|actually|ok|it's|at|to|不对|不是|哦|就|在|是|送到?|到)[\s,，]*", re.IGNORECASE)


def quote_basket(basket: Basket, context: Context, text: str = "") -> list[Reply]:
    """Return the quote for a basket, or what has to be asked or said first."""
    where = basket.where or _default_where(context)
    if where is None or not where.exact:
        return [_ask_place(basket, where, context)]
    basket = replace(basket, where=where)
    try:
        draft = food.draft(basket, language=context.language, now=context.now)
    except food.CannotOrder as problem:
        return [_cannot(problem, basket, context)]
    quote = quotes.make_quote(
        context.person,
        tool=TOOL,
        provider=_provider(),
        inputs={"basket": basket.to_json(), "language": context.language},
        view=draft.view,
        merchant=basket.merchant,
        total=draft.total,
        currency=draft.currency,
        now=context.now,
    )
    places.keep(context.person, where)
    words = [text, _about_place(where), _about_time(basket, draft.promised_at, context)]
    return [
        Reply(
            text=wording.sentences(*words),
            quote=quotes.quote_view(quote, language=context.language, now=context.now),
            choices=[
                Action(label=pgettext("food", "Another address"), tool="food.deliver"),
                Action(label=pgettext("food", "Add something"), tool="food.menu"),
                search.elsewhere(),
            ],
            remember={"basket": basket.to_json(), "quote": quote.public_id},
        )
    ]


def _provider() -> str:
    row = ScenarioSwitch.objects.filter(scenario="food").first()
    return row.provider if row else "sandbox"


def _default_where(context: Context) -> Where | None:
    rows = places.saved(context.person)
    return places.shared(context) or places.last(context.person) or (places.of_row(rows[0]) if len(rows) == 1 else None)


def _about_place(where: Where) -> str:
    """Return which place was used, where it was not said."""
    if where.source == "memory" and where.label:
        return _("It goes to your saved “%(label)s”.") % {"label": places.label_text(where.label)}
    if where.source == "last":
        return _("It goes to the same address as last time.")
    return ""


def _about_time(basket: Basket, promised_at: datetime | None, context: Context) -> str:
    """Return that it will be later than wished."""
    if basket.when is None or promised_at is None or promised_at <= basket.when + LATE:
        return ""
    zone = basket.merchant.city.time_zone
    values = {
        "soonest": moments.about(promised_at, context.now, zone),
        "wanted": moments.clock(basket.when, context.now, zone),
    }
    return _("It cannot be there before %(soonest)s, so a little later than %(wanted)s.") % values


def _ask_place(basket: Basket, where: Where | None, context: Context) -> Reply:
    if where is None:
        problem = PlaceUnknown("missing", _("Where should it go?"))
    else:
        text = _("Where exactly near %(place)s should it go? A street and number, or a building.")
        problem = PlaceUnknown("vague", text % {"place": where.address})
    reply = places.ask(problem, context, tool="food.choose", inputs={"basket": basket.to_json()})
    reply.remember["basket"] = basket.to_json()  # it can be changed before the address is known
    return reply


def _cannot(problem: food.CannotOrder, basket: Basket, context: Context) -> Reply:
    """Say why a basket cannot be ordered as it is, with what can be done; an older quote of it no longer holds."""
    withdraw(context)
    keep = {"basket": basket.to_json(), "quote": None}
    elsewhere = search.elsewhere()
    choices = [elsewhere]
    asks: dict[str, Any] = {}
    if problem.reason == "minimum":
        choices = [*_toppings(basket, problem, context), elsewhere]
    elif problem.reason == "closed" and problem.opens_at:
        time = moments.clock(problem.opens_at, context.now, basket.merchant.city.time_zone)
        later = replace(basket, when=problem.opens_at).to_json()
        choices = [
            Action(label=_("For %(time)s") % {"time": time}, tool="food.choose", inputs={"basket": later}),
            elsewhere,
        ]
    elif problem.reason in {"past", "far_ahead"}:
        asks = {"tool": "food.deliver", "field": "when", "inputs": {}}
    elif problem.reason == "too_far":
        asks = {"tool": "food.deliver", "field": "to", "inputs": {}}
    return Reply(text=str(problem), choices=choices[:4], asks=asks, remember=keep)


def _toppings(basket: Basket, problem: food.CannotOrder, context: Context) -> list[Action]:
    """Return dishes that reach the minimum order, the cheapest first."""
    chosen = [line.offer.pk for line in basket.lines]
    rows = basket.merchant.offers.filter(kind="dish", is_active=True, price__gte=problem.short).exclude(stock=0)
    small = rows.exclude(pk__in=chosen).exclude(category__in=["set", "main"]).order_by("price", "-sold")[:3]
    return [
        Action(
            label=_("Add %(dish)s %(price)s")
            % {"dish": name(offer, context.language), "price": money.short(offer.price, offer.currency)},
            tool="food.basket",
            inputs={"change": "add", "dish": name(offer, context.language)},
        )
        for offer in small
    ]


def withdraw(context: Context) -> None:
    """Take back the conversation's open quote, because its basket has changed."""
    if context.state.get("quote"):
        quotes.withdraw(context.person, context.state["quote"])


def basket_of(context: Context) -> Basket | None:
    """Return the conversation's basket with today's rows."""
    kept = context.state.get("basket")
    return Basket.from_json(kept) if kept else None


def placed(basket: Basket, to: str | None, context: Context) -> Basket:
    """Return a basket that goes to the place which was said; raise PlaceUnknown."""
    return replace(basket, where=places.resolve(to, context)) if to else basket


def choose(inputs: Choose, context: Context) -> list[Reply]:
    """Quote a basket that a button holds."""
    basket = Basket.from_json(inputs.basket)
    try:
        basket = placed(basket, inputs.to, context)
    except PlaceUnknown as problem:
        within = _within(basket.where or _default_where(context), inputs.to, context)
        if within is None:
            return [places.ask(problem, context, tool="food.choose", inputs={"basket": inputs.basket})]
        basket = replace(basket, where=within)
    return quote_basket(basket, context)


def _within(area: Where | None, words: str | None, context: Context) -> Where | None:
    """Return an address that the map does not know as a point of the area that was looked around, once asked for."""
    words = LEAD_IN.sub("", words or "").strip()
    if area is None or area.exact or not words:
        return None
    address = f"{words}, {area.address}" if context.language == "en" else f"{area.address}{words}"
    return replace(area, label="", address=address, source="said", exact=True)


def deliver(inputs: Deliver, context: Context) -> list[Reply]:
    """Quote the basket for another place or time; without a basket, search for there and then."""
    basket = basket_of(context)
    given = inputs.model_dump(mode="json", exclude_none=True)
    if basket is None:
        before = requests.last(context).get("inputs", {})
        return search.search_for({**before, **given}, context)
    if not given:
        problem = PlaceUnknown("missing", _("Where should it go?"), basket.where.label if basket.where else "")
        return [places.ask(problem, context, tool="food.deliver", inputs={})]
    try:
        basket = placed(basket, inputs.to, context)
    except PlaceUnknown as problem:
        return [places.ask(problem, context, tool="food.deliver", inputs=given)]
    if inputs.when:
        when = inputs.when if inputs.when.tzinfo else inputs.when.replace(tzinfo=context.now.tzinfo)
        basket = replace(basket, when=when)
    return quote_basket(basket, context, pgettext("basket", "Changed."))


def requote(inputs: Requote, context: Context) -> list[Reply]:
    """Make an expired quote anew."""
    quote = Quote.objects.filter(public_id=inputs.quote, person=context.person, tool=TOOL).first()
    if quote is None:
        raise InvalidInput(_("I do not know this quote. Say what you want and I will make a new one."))
    basket = Basket.from_json(quote.inputs["basket"])
    if basket.when and basket.when < context.now:
        basket = replace(basket, when=None)
    return quote_basket(food.without_missing(basket), context)


def again(inputs: Again, context: Context) -> list[Reply]:
    """Quote an earlier order again, to the same place, as soon as possible."""
    orders = Order.objects.filter(person=context.person, kind="food").order_by("-id")
    order = orders.filter(number=inputs.number).first() if inputs.number else orders.first()
    if order is None:
        raise InvalidInput(_("You have not ordered any food yet. What would you like?"))
    basket = replace(Basket.from_json(order.details["basket"]), when=None)
    rest = food.without_missing(basket)
    is_whole = len(rest.lines) == len(basket.lines)
    text = _("The same again.") if is_whole else _("Some of it is not sold any more; this is the rest.")
    return quote_basket(rest, context, text)


def minutes_for(basket: Basket) -> int | None:
    """Return how long a basket takes to its place."""
    if basket.where is None:
        return None
    km = places.distance(basket.merchant.point, basket.where.point)
    return pricing.minutes(basket.merchant, km)
