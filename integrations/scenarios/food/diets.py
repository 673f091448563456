"""Which dishes fit a wish about food."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from integrations.catalogue.vocabulary import DIETS
from integrations.models import Merchant, Offer

# Wishes about what carries the meal; rice, greens and drinks beside it need not be marked.
OF_THE_MAIN_DISH = ("light", "low_sugar", "spicy", "mild")
BESIDE = ("staple", "vegetable", "drink", "dessert", "soup", "snack")
OF_THE_HOUSE = ("halal", "vegetarian", "vegan")  # tags of a restaurant that hold for everything it sells


def fits(offer: Offer, merchant: Merchant, diets: Iterable[str], *, alone: bool = False) -> bool:
    """Return whether a dish may be in a meal under `diets`. `alone`: it is what was asked for, not beside it."""
    return all(_fits(offer, merchant, slug, alone) for slug in diets)


def _fits(offer: Offer, merchant: Merchant, slug: str, alone: bool) -> bool:
    diet = DIETS[slug]
    tags = {*offer.tags, *(tag for tag in merchant.tags if tag in OF_THE_HOUSE)}
    spice = offer.spice or 0
    if any(tag in tags for tag in diet.without):
        return False
    if diet.max_spice is not None and spice > diet.max_spice:
        return False
    if slug in OF_THE_MAIN_DISH and not alone and offer.category in BESIDE:
        return True
    if diet.min_spice is not None and spice < diet.min_spice:
        return False
    return all(tag in tags for tag in diet.tags)


def names(diets: Sequence[str], language: str) -> list[str]:
    """Return diets as they are shown."""
    return [DIETS[slug].en if language == "en" else DIETS[slug].zh for slug in diets]
