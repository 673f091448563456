"""Places by their names: for place pickers and for what a person calls a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.retrieval import search, view
from assistant.retrieval.names import name_key
from assistant.retrieval.text import MAX_QUERY_CHARS, normalise
from integrations.base import Filters, Hit
from integrations.models import City

# What may stand around a place's name without being part of it.
_BEFORE = re.compile(
    r"^(?:(?:我在|送到|送去|靠近|在|去|到|送|从|离)(?=\S\S)|(?:close to|near|around|at|in|to|from|by|the)\s+)"
)
_AFTER = re.compile(
    "(?:附近|旁边|周边|周围|一带|那边|这边|那里|这里|那儿|这儿|边上|对面|门口|里面|里|上|的|地铁站|商圈"
    r"|\s+nearby|\s+area|\s+metro station|[\s。，,.!！?？]+)$"
)
_CITY_ENDINGS = ("市", "city")
EXACT, BEGINS, HOLDS, WORDS = 1.0, 0.8, 0.6, 0.4  # scores by how a name was found
KIND = 0.04  # added by the weight of its kind: among equals a station stands before a park
MIN_WORDS = 0.8  # of what was written must be words of a name that is found by words only


def find_city(text: str) -> City | None:
    """Return the city that `text` names (Chinese or English, an alias, with or without 市), or None.

    Only a name that stands by itself counts: 南京西路 is a street in Shanghai.
    """
    keys = {name_key(form.split(",")[0]) for form in _forms(text)} - {""}
    keys |= {key.removesuffix(ending) for key in keys for ending in _CITY_ENDINGS}
    return next((city for city in City.objects.order_by("pk") if keys & _city_keys(city)), None) if keys else None


def find_places(text: str, city: int | None = None, limit: int = 10) -> list[Hit]:
    """Return locations called `text`, best first: the very name or an alias, then names that begin with it or hold it,
    and only where there is none those that share most of its words. `Hit.matched` is the name as it was compared.

    `city` (a row id) restricts; a city named in front (上海静安寺) or behind (Jing'an Temple, Shanghai) does too.
    """
    hits: list[Hit] = []
    forms = _forms(text)
    for form in forms:
        hits = _named(name_key(form), city)
        if not hits or hits[0].score < EXACT:
            hits = (_in_named_city(form) if city is None else []) or hits
        if hits and hits[0].score >= EXACT:
            return hits[:limit]
    return hits[:limit] or (_by_words(forms[-1], city, limit) if forms else [])


def _forms(text: str) -> list[str]:
    """Return `text`, then ever less of the words around a place's name: 在静安寺附近, 静安寺附近, 静安寺."""
    forms = [normalise(text[:MAX_QUERY_CHARS]).strip()]
    for pattern in (_BEFORE, _AFTER):
        while (shorter := pattern.sub("", forms[-1])) not in (forms[-1], ""):
            forms.append(shorter)
    return [form for form in forms if name_key(form)]


def _city_keys(city: City) -> set[str]:
    return {name_key(name) for name in (city.name_zh, city.name_en, city.slug, *city.aliases)}


def _in_named_city(text: str) -> list[Hit]:
    """Return the places of the city that is named in front of, or behind a comma after, the place."""
    before, comma, after = text.rpartition(",")
    if comma and (city := find_city(after)):
        return _named(name_key(before), city.pk)
    key = name_key(text)
    for city in City.objects.order_by("pk"):
        for name in sorted(_city_keys(city), key=len, reverse=True):
            rest = key.removeprefix(name).removeprefix("市")
            if len(name) > 1 and key.startswith(name) and len(rest) > 1:
                return _named(rest, city.pk)
    return []


def _named(key: str, city: int | None) -> list[Hit]:
    """Return the locations with a name that is, begins with or holds `key`, each once, best first."""
    best: dict[int, Hit] = {}
    for row, name, score in _candidates(key, city) if key else ():
        if row not in best or best[row].score < score:
            best[row] = Hit(model="location", id=row, score=score, matched=(name,))
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.id))


def _candidates(key: str, city: int | None) -> Iterator[tuple[int, str, float]]:
    for segment, alive in view.current().segments():
        columns = segment.columns
        found = [(key, place) for place in segment.names.exact(key)]
        if len(key) > 1:
            found += segment.names.holding(key)
        for name, place in found:
            counts = columns.active[place] and (alive is None or alive[place])
            if counts and city in (None, int(columns.city[place])):
                score = _closeness(key, name) + KIND * float(columns.popularity[place])
                yield int(columns.row[place]), name, round(score, 4)


def _closeness(key: str, name: str) -> float:
    if name == key:
        return EXACT
    share = len(key) / len(name)
    return (BEGINS if name.startswith(key) else HOLDS) + 0.1 * share


def _by_words(text: str, city: int | None, limit: int) -> list[Hit]:
    """Return the locations whose texts hold most of what was written, in any order: 虹桥T2."""
    whole = len(name_key(text))
    return [
        Hit(model=hit.model, id=hit.id, score=round(WORDS * min(hit.score, 1.0), 4), matched=hit.matched)
        for hit in search.search(text, Filters(model="location", city=city), limit=limit)
        if sum(len(name_key(word)) for word in hit.matched) >= MIN_WORDS * whole
    ]
