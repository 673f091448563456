"""food.menu: what a restaurant sells, by category."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations import places
from integrations.base import Action, Badge, Card, Context, Filters, Money, Reply
from integrations.catalogue.vocabulary import DISH_CATEGORIES
from integrations.models import Merchant, Offer
from integrations.orders import money, wording
from integrations.orders.baskets import Basket, Line
from integrations.orders.food import sandbox_badge
from integrations.orders.names import name
from integrations.places import Where
from integrations.scenarios.food import matching, quoting, requests, search
from integrations.scenarios.food.inputs import Menu

CARDS = 3
A_LINE = 12  # dishes of one category


def menu(inputs: Menu, context: Context) -> list[Reply]:
    """Show a restaurant's menu: as text by category, and its best sold dishes as cards."""
    merchant = _merchant(inputs, context)
    if merchant is None:
        if inputs.merchant:
            return [Reply(text=_("I do not know a restaurant called “%(name)s”.") % {"name": inputs.merchant[:40]})]
        shown = context.state.get("shown") or []
        asks = {"tool": "food.menu", "field": "merchant", "inputs": {}}
        choices = [
            Action(label=one["merchant"], tool="food.menu", inputs={"merchant": one["merchant"]}) for one in shown
        ]
        return [Reply(text=_("Which restaurant's menu?"), choices=choices[:4], asks=asks)]
    offers = list(merchant.offers.filter(kind="dish", is_active=True).order_by("id"))
    wanted = [one.offer for one in matching.candidates(inputs.wish, offers)] if inputs.wish else offers
    if not wanted:
        values = {"merchant": name(merchant, context.language), "dish": inputs.wish}
        return [Reply(text=_("%(merchant)s has no “%(dish)s” on its menu.") % values)]
    return [_reply(merchant, wanted, context)]


def _reply(merchant: Merchant, offers: Sequence[Offer], context: Context) -> Reply:
    where, on_sale = _where(context), [offer for offer in offers if offer.stock != 0]
    top = sorted(on_sale, key=lambda offer: -offer.sold)[:CARDS]
    baskets = [Basket(merchant, (Line(offer),), where) for offer in top]
    lines = [f"{name(merchant, context.language)}"]
    lines += [text for slug in DISH_CATEGORIES if (text := _category(slug, offers, context.language))]
    if merchant.minimum_order:
        lines.append(
            _("Delivers from %(minimum)s.") % {"minimum": money.short(merchant.minimum_order, merchant.currency)}
        )
    pairs = list(zip(top, baskets, strict=True))
    return Reply(
        text="\n".join(lines),
        cards=[_card(offer, basket, context) for offer, basket in pairs],
        remember={"shown": [_shown(offer, basket, context.language) for offer, basket in pairs], "tools": search.TOOLS},
    )


def _category(slug: str, offers: Sequence[Offer], language: str) -> str:
    """Return a line with the dishes of a category and their prices."""
    of_it = [offer for offer in offers if offer.category == slug]
    if not of_it:
        return ""
    dishes = []
    for offer in of_it[:A_LINE]:
        price = money.short(offer.price, offer.currency)
        words = f"{name(offer, language)} {price}"
        dishes.append(_("%(dish)s (sold out)") % {"dish": words} if offer.stock == 0 else words)
    if len(of_it) > A_LINE:
        dishes.append(_("%(count)d more") % {"count": len(of_it) - A_LINE})
    term = DISH_CATEGORIES[slug]
    title = term.en.capitalize() if language == "en" else term.zh
    return wording.labelled(title, wording.items(dishes))


def _card(offer: Offer, basket: Basket, context: Context) -> Card:
    open_basket = context.state.get("basket") or {}
    if open_basket.get("merchant") == basket.merchant.pk:
        dish = name(offer, context.language)
        act = Action(label=pgettext("food", "Add it"), tool="food.basket", inputs={"change": "add", "dish": dish})
    else:
        act = Action(label=pgettext("food", "Choose this"), tool="food.choose", inputs={"basket": basket.to_json()})
    return Card(
        id=f"offer:{offer.pk}",
        title=name(offer, context.language),
        subtitle=name(basket.merchant, context.language),
        picture=offer.picture,
        price=Money(amount=offer.price, currency=offer.currency),
        list_price=Money(amount=offer.list_price, currency=offer.currency) if offer.list_price else None,
        badges=_badges(offer),
        actions=[act],
    )


def _badges(offer: Offer) -> list[Badge]:
    return [sandbox_badge()] if offer.is_demo else []


def _shown(offer: Offer, basket: Basket, language: str) -> dict[str, Any]:
    dish = name(offer, language)
    minutes = quoting.minutes_for(basket) or 0
    km = round(_km(basket), 1)
    rating = str(basket.merchant.rating) if basket.merchant.rating is not None else ""
    return {
        "id": f"offer:{offer.pk}",
        "title": dish,
        "merchant": name(basket.merchant, language),
        "contents": dish,
        "basket": basket.to_json(),
        "total": str(money.cents(offer.price)),
        "currency": offer.currency,
        "km": km,
        "minutes": minutes,
        "rating": rating,
        "reviews": basket.merchant.reviews,
        "sold": offer.sold,
        "added": [],
        "sums": money.short(offer.price, offer.currency),
    }


def _km(basket: Basket) -> float:
    if basket.where is None:
        return 0.0
    return places.distance(basket.merchant.point, basket.where.point)


def _where(context: Context) -> Where | None:
    kept = (context.state.get("basket") or {}).get("where") or requests.last(context).get("where")
    return Where.from_json(kept) if kept else places.shared(context) or places.last(context.person)


def _merchant(inputs: Menu, context: Context) -> Merchant | None:
    """Return the restaurant that is meant: by name, by the place of its card, else the one of the basket."""
    shown: list[dict[str, Any]] = context.state.get("shown") or []
    rows = Merchant.objects.filter(kind="restaurant", is_active=True).select_related("city")
    if inputs.merchant:
        place = search.find_shown(shown, None, inputs.merchant)
        if place is None:
            return _by_name(inputs.merchant, context)
        return rows.filter(pk=shown[place]["basket"]["merchant"]).first()
    if inputs.which is not None:
        place = search.find_shown(shown, inputs.which, None)
        return rows.filter(pk=shown[place]["basket"]["merchant"]).first() if place is not None else None
    kept = context.state.get("basket")
    if kept:
        return rows.filter(pk=kept["merchant"]).first()
    merchants = {one["basket"]["merchant"] for one in shown}
    return rows.filter(pk=merchants.pop()).first() if len(merchants) == 1 else None


def _by_name(words: str, context: Context) -> Merchant | None:
    hits = context.search(words, Filters(model="merchant", kinds=("restaurant",), city=places.home_city(context)), 5)
    rows = Merchant.objects.select_related("city").in_bulk([hit.id for hit in hits if hit.model == "merchant"])
    low = words.lower()
    for hit in hits:
        row = rows.get(hit.id)
        if row and any(low in text or text in low for text in (row.name_zh.lower(), row.name_en.lower())):
            return row
    return None
