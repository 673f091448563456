"""What the catalogue knows about copied words: a small model often puts a dish where a restaurant belongs."""

from __future__ import annotations

import re

from django.db.models import Q

from assistant.retrieval.places import find_places
from assistant.retrieval.search import search
from integrations.base import Filters
from integrations.models import Merchant

NAME_ENDS = re.compile(r"(?:记|家|店|馆|轩|楼|坊|居|阁|斋|堂|灶|厨房|餐厅|食堂|小馆|大排档)$")
SURE = 0.6  # find_places: the name begins with the words or holds them


def is_place(words: str, city: int | None) -> bool:
    """Tell whether the catalogue has a location called so."""
    hits = find_places(words, city, 1)
    return bool(hits) and hits[0].score >= SURE


def is_merchant(words: str, city: int | None) -> bool:
    """Tell whether a merchant's name begins with the words: names end in what the place sells ("… hotpot")."""
    named = Merchant.objects.filter(Q(name_zh__istartswith=words) | Q(name_en__istartswith=words), is_active=True)
    return named.filter(**({"city_id": city} if city is not None else {})).exists()


def is_food(words: str) -> bool:
    """Tell whether what is sold anywhere is called by (most of) these words."""
    hits = search(words, Filters(model="offer"), limit=1)
    return bool(hits) and 2 * sum(map(len, hits[0].matched)) >= len(words.replace(" ", ""))


def looks_like_name(words: str, text: str) -> bool:
    """Tell whether words that the catalogue does not know still look like a restaurant's name, by their ending in
    Chinese, by capitals within the sentence in English.
    """
    if NAME_ENDS.search(words):
        return True
    return words.istitle() and not text.lstrip().startswith(words)
