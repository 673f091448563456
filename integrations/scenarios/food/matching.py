"""Which dishes of which restaurants a wish means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from integrations.base import Context, Filters
from integrations.models import Offer
from integrations.scenarios.food.nearby import Shop
from integrations.scenarios.food.wishes import Part, Wish

CAFES = ("coffee", "tea_drinks", "bakery")  # no place for a lunch or dinner
SMALL = ("drink", "dessert", "snack")
CLOSE = 0.45  # similarity from which a dish may stand for words that are no dish's name
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
    """What a wish means here. `dishes`: by restaurant, the best dish for each part of the wish. `weights`: dishes that
    are closer to the wish than others. `shops`: only these restaurants (None: all). `literal`: it is called so.
    """

    dishes: Mapping[int, Sequence[Match]] = field(default_factory=dict)
    weights: Mapping[int, float] = field(default_factory=dict)
    shops: frozenset[int] | None = None
    literal: bool = True
    found: bool = True


def match(wish: Wish, shops: Sequence[Shop], menus: Mapping[int, Sequence[Offer]], context: Context) -> Matches:
    """Return what `wish` means among `menus`: its dishes, its kind of restaurant, or what comes closest."""
    if not wish.parts:
        return Matches(shops=_no_cafes(shops) if wish.meal not in {"breakfast", "tea"} else None)
    if wish.cuisine:
        return _cuisine(wish, shops, menus)
    named = {pk: found for pk, menu in menus.items() if (found := _all_parts(wish.parts, menu))}
    if named:
        return Matches(dishes=named)
    if len(wish.parts) > 1:
        return Matches(found=False)
    by_name = frozenset(shop.merchant.pk for shop in shops if _is_called(wish.parts[0].text, shop))
    if by_name:
        return Matches(shops=by_name)
    return _closest(wish, shops, menus, context)


def _no_cafes(shops: Iterable[Shop]) -> frozenset[int]:
    return frozenset(shop.merchant.pk for shop in shops if shop.merchant.category not in CAFES)


def _cuisine(wish: Wish, shops: Sequence[Shop], menus: Mapping[int, Sequence[Offer]]) -> Matches:
    """Return the restaurants of a kind; for coffee, tea and cakes what they are known for; else dishes of that name."""
    of_kind = frozenset(shop.merchant.pk for shop in shops if shop.merchant.category == wish.cuisine)
    part = wish.parts[0]
    named = {pk: found for pk, menu in menus.items() if (found := _all_parts([part], menu))}
    if wish.cuisine in CAFES:
        category = "dessert" if wish.cuisine == "bakery" else "drink"
        known = {
            pk: [Match(max(of_it, key=lambda offer: offer.sold), 0.9)]
            for pk in of_kind
            if (of_it := [offer for offer in menus.get(pk, ()) if offer.category == category])
        }
        return Matches(dishes=known or named, found=bool(known or named))
    if of_kind:
        return Matches(shops=of_kind)
    return Matches(dishes=named, found=bool(named))


def _closest(
    wish: Wish, shops: Sequence[Shop], menus: Mapping[int, Sequence[Offer]], context: Context
) -> Matches:  # fmt: skip
    """Return the dishes that the catalogue's search finds for words that are no dish's name."""
    merchants = tuple(shop.merchant.pk for shop in shops)
    city = shops[0].merchant.city_id if shops else None
    hits = context.search(
        wish.parts[0].text, Filters(model="offer", kinds=("dish",), city=city, merchants=merchants), SEARCHED
    )
    on_sale = {offer.pk: offer for menu in menus.values() for offer in menu}
    weights: dict[int, float] = {}
    for place, hit in enumerate(hits):
        sure = bool(hit.matched) or (hit.similarity or 0) >= CLOSE
        if sure and hit.id in on_sale and not hit.relaxed:
            weights[hit.id] = 1 - place / SEARCHED
    if not weights:
        return Matches(found=False)
    first = on_sale[next(iter(weights))]
    if first.category in SMALL:
        best: dict[int, list[Match]] = {}
        for pk, weight in weights.items():
            if on_sale[pk].category in SMALL:
                best.setdefault(on_sale[pk].merchant_id, [Match(on_sale[pk], weight)])
        return Matches(dishes=best, literal=False)
    return Matches(weights=weights, shops=frozenset(on_sale[pk].merchant_id for pk in weights), literal=False)


def _all_parts(parts: Sequence[Part], menu: Sequence[Offer]) -> list[Match]:
    """Return the best dish of a menu for each part of a wish; nothing unless it has them all."""
    found = [best(part.text, menu) for part in parts]
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
    if name in low:
        rest = low.replace(name, "", 1)
        options = options_in(rest, offer)
        if options is not None:
            return Match(offer, 0.95, options)
    return None


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
