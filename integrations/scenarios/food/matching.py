"""Which dishes of which restaurants a wish means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from integrations.base import Context, Filters, Hit
from integrations.models import Offer
from integrations.scenarios.food.nearby import Shop
from integrations.scenarios.food.wishes import Part, Wish

CAFES = ("coffee", "tea_drinks", "bakery")  # no place for a lunch or dinner
BREAKFAST = ("congee", "dumplings", "noodles", "bakery", "coffee", "northern", "british", "fast_food")
CATEGORIES = {
    "snack": ("小吃", "点心", "零食", "snack", "snacks"),
    "soup": ("汤", "热汤", "喝的汤", "soup", "soups"),
    "drink": ("饮料", "喝的", "冷饮", "热饮", "drink", "drinks", "something to drink"),
    "dessert": ("甜食", "甜点", "dessert", "desserts", "something sweet"),
}
SMALL = ("drink", "dessert", "snack")
# What a dish needs to stand for words that are no dish's name: this much of the best hit's score and this much at all,
# and this much of the words matched, or this similar.
CLOSE = 0.6
CLOSE_AT_ALL = 0.5
COVERED = 0.6
SIMILAR = 0.5
IN_ORDER = 0.5  # the score of a name that holds all characters of the words, with others between
SEARCHED = 60
WORD = re.compile(r"[a-z0-9]+")
NOT_FISH = "鱼香"  # a sauce
DROPPED = re.compile(r"^(?:的|大|小|一|份|杯|碗|of)+|(?:的|份|杯|碗)+$")


@dataclass(frozen=True)
class Match:
    """A dish that is meant, how well it fits (0..1), and the options that were named with it."""

    offer: Offer
    score: float
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Matches:
    """What a wish means here. `dishes`: by restaurant, the best dish for each part of the wish. `shops`: else any meal,
    only of these restaurants (None: all). `literal`: the dishes are called so, not only found to be close.
    """

    dishes: Mapping[int, Sequence[Match]] = field(default_factory=dict)
    shops: frozenset[int] | None = None
    literal: bool = True
    found: bool = True
    counts: Sequence[int | None] = ()  # how many of each part were said


def match(wish: Wish, shops: Sequence[Shop], menus: Mapping[int, Sequence[Offer]], context: Context) -> Matches:
    """Return what `wish` means among `menus`: its dishes, its kind of restaurant, or what comes closest."""
    if not wish.parts:
        return Matches(shops=_for_meal(wish.meal, shops))
    if wish.cuisine:
        return _cuisine(wish, shops, menus)
    category = category_of(wish.parts[0].text) if len(wish.parts) == 1 else ""
    if category:
        return _category(category, wish.parts[0], menus)
    for parts in ([wish.whole], wish.parts):
        named = {pk: found for pk, menu in menus.items() if (found := _all_parts(parts, menu))}
        if named:
            return Matches(dishes=named, counts=[part.count for part in parts if part])
    if len(wish.parts) > 1:
        return Matches(found=False)
    by_name = frozenset(shop.merchant.pk for shop in shops if _is_called(wish.parts[0].text, shop))
    if by_name:
        return Matches(shops=by_name)
    return _closest(wish, shops, menus, context)


def _for_meal(meal: str, shops: Iterable[Shop]) -> frozenset[int]:
    """Return the restaurants that are for a meal: breakfast and tea have places of their own."""
    return frozenset(shop.merchant.pk for shop in shops if is_for(meal, shop))


def is_for(meal: str, shop: Shop) -> bool:
    """Return whether a restaurant is for a meal."""
    category = shop.merchant.category
    if meal == "tea":
        return category in CAFES
    if meal == "breakfast":
        return category in BREAKFAST
    return category not in CAFES


def _cuisine(wish: Wish, shops: Sequence[Shop], menus: Mapping[int, Sequence[Offer]]) -> Matches:
    """Return the restaurants of a kind; for coffee, tea and cakes what is called so there, or what they are known for;
    where there is no such restaurant, dishes of that name.
    """
    of_kind = frozenset(shop.merchant.pk for shop in shops if shop.merchant.category == wish.cuisine)
    part = wish.parts[0]
    named = {pk: found for pk, menu in menus.items() if (found := _all_parts([part], menu))}
    if wish.cuisine in CAFES:
        category = "dessert" if wish.cuisine == "bakery" else "drink"
        known = {
            pk: [Match(max(of_it, key=lambda offer: offer.sold), 0.5)]
            for pk in of_kind
            if (of_it := [offer for offer in menus.get(pk, ()) if offer.category == category])
        }
        return Matches(dishes={**known, **named}, found=bool(known or named), counts=[part.count])
    if of_kind:
        return Matches(shops=of_kind)
    return Matches(dishes=named, found=bool(named), counts=[part.count])


def category_of(words: str) -> str:
    """Return the kind of dish that words name: snacks, soups, drinks, desserts; empty where they name none."""
    low = words.lower()
    return next((slug for slug, names in CATEGORIES.items() if low in names), "")


def _category(category: str, part: Part, menus: Mapping[int, Sequence[Offer]]) -> Matches:
    """Return what each restaurant sells best of a kind of dish."""
    found = {
        pk: [Match(max(of_it, key=lambda offer: offer.sold), 0.7)]
        for pk, menu in menus.items()
        if (of_it := [offer for offer in menu if offer.category == category])
    }
    return Matches(dishes=found, found=bool(found), counts=[part.count])


def _closest(wish: Wish, shops: Sequence[Shop], menus: Mapping[int, Sequence[Offer]], context: Context) -> Matches:
    """Return the dishes that the catalogue's search finds for words that are no dish's name: the best of each menu."""
    merchants = tuple(shop.merchant.pk for shop in shops)
    part = wish.parts[0]
    hits = context.search(part.text, Filters(model="offer", kinds=("dish",), merchants=merchants), SEARCHED)
    on_sale = {offer.pk: offer for menu in menus.values() for offer in menu}
    top = max((hit.score for hit in hits), default=0.0)
    found: dict[int, list[Match]] = {}
    for hit in sorted(hits, key=lambda one: -one.score):
        near = hit.score >= max(CLOSE * top, CLOSE_AT_ALL) and _is_alike(part.text, hit)
        if near and hit.id in on_sale and not hit.relaxed:
            offer = on_sale[hit.id]
            found.setdefault(offer.merchant_id, [Match(offer, (hit.score / top) ** 2)])
    return Matches(dishes=found, literal=False, found=bool(found), counts=[part.count])


def _is_alike(words: str, hit: Hit) -> bool:
    """Return whether a hit matched enough of the words, or means nearly the same."""
    said = words.split() if words.isascii() else [char for char in words if char.isalnum()]
    matched = sum(len(word.split()) if words.isascii() else len(word) for word in hit.matched)
    return matched >= COVERED * len(said) or (hit.similarity or 0.0) >= SIMILAR


def is_named(wish: Wish, menus: Mapping[int, Sequence[Offer]]) -> bool:
    """Return whether any dish of `menus` is called like a part of the wish."""
    return any(best(part.text, menu) for part in wish.parts for menu in menus.values())


def _all_parts(parts: Sequence[Part | None], menu: Sequence[Offer]) -> list[Match]:
    """Return the best dish of a menu for each part of a wish; nothing unless it has them all."""
    found = [best(part.text, menu) if part else None for part in parts]
    return [one for one in found if one] if all(found) else []


def best(words: str, menu: Iterable[Offer]) -> Match | None:
    """Return the dish of a menu that is meant by `words`; None where none is called so."""
    return max(candidates(words, menu), key=lambda one: (one.score, one.offer.sold), default=None)


def candidates(words: str, menu: Iterable[Offer]) -> list[Match]:
    """Return the dishes of a menu whose names hold `words`, or that are named in them with options beside."""
    return [found for offer in menu if (found := _named(words, offer))]


def _named(words: str, offer: Offer) -> Match | None:
    low = words.lower().strip()
    if not low:
        return None
    if low.isascii():
        return _named_english(low, offer)
    name = offer.name_zh
    if low in name and not (low == "鱼" and NOT_FISH in name):
        return Match(offer, 0.6 + 0.4 * len(low) / len(name))
    if len(low) > 2 and _in_order(low, name):
        return Match(offer, IN_ORDER)
    if name in low:
        rest = low.replace(name, "", 1)
        options = options_in(rest, offer)
        if options is not None:
            return Match(offer, 0.95, options)
    return None


def _in_order(low: str, name: str) -> bool:
    """Return whether a name holds all characters of the words in their order: 牛肉面 in 红油牛肉拉面."""
    rest = iter(name)
    return all(char in rest for char in low)


def _named_english(low: str, offer: Offer) -> Match | None:
    said, name = _words(low), _words(offer.name_en.lower())
    if not said:
        return None
    if said <= name:
        return Match(offer, 0.6 + 0.4 * len(said) / len(name))
    if name and name <= said:
        options = options_in(" ".join(word for word in WORD.findall(low) if _singular(word) not in name), offer)
        if options is not None:
            return Match(offer, 0.95, options)
    return None


def options_in(words: str, offer: Offer) -> dict[str, str] | None:
    """Return the options of a dish that `words` name; None where they hold something that is no option of it."""
    rest, chosen = words.lower(), {}
    for option in offer.options:
        named = [
            (len(name), name, choice["key"])
            for choice in option["choices"]
            for name in (choice["name_zh"], choice["name_en"].lower())
            if (name in rest if not name.isascii() else re.search(rf"\b{re.escape(name)}\b", rest))
        ]
        if named:
            _length, name, chosen[option["key"]] = max(named)
            rest = rest.replace(name, " ", 1)
    rest = DROPPED.sub("", rest.strip(" ，,、with"))
    return None if rest.strip() else chosen


def _words(text: str) -> frozenset[str]:
    return frozenset(
        _singular(word) for word in WORD.findall(text) if word not in {"a", "an", "the", "of", "with", "and"}
    )


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _is_called(words: str, shop: Shop) -> bool:
    low = words.lower()
    names = (shop.merchant.name_zh.lower(), shop.merchant.name_en.lower())
    return len(low) > 1 and any(low in name or name in low for name in names)
