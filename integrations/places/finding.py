"""What a person's words for a place mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from integrations.base import Context, Filters, InvalidInput
from integrations.models import City, Location, Merchant, Person
from integrations.places.saved import LABELS, label_of, label_text, last, of_row, saved
from integrations.places.where import Where, box, city_of, distance

HERE = {
    *("这里", "这儿", "我这里", "我这儿", "我这", "我的位置", "当前位置", "现在的位置"),
    *("我附近", "附近", "这附近", "身边", "周围", "周边"),
    *("here", "my location", "current location", "my current location", "where i am"),
    *("near me", "nearby", "around here", "me"),
}
PIN_MINUTES = 120  # a shared location counts as "here" for so long
PART = 0.4  # words that are at least this much of a name may stand for it
NEAR_KM = 1.0
AREAS = ("district", "area", "city")
NOISE = re.compile(
    r"^(请|帮我|就|也|还是|改)*(配送|外送|送|寄|放)?(到|去|至|在|往)?\s*|(附近|周边|旁边|那边|那里|那儿|这边)$"
    r"|^(delivered?|deliver it|to|at|near|in|around)\s+",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\d+\s*(号|弄|楼|层|室|栋|座|单元|幢)|(号楼|路口|小区|大厦|花园|公寓|宿舍)"
    r"|\b\d+\b.*\b(st|street|road|rd|lane|ave|avenue|floor|flat|unit)\b",
    re.IGNORECASE,
)
ROAD = r"(?![东西南北中]?[路街道])"  # 南京西路 is not in 南京


class PlaceUnknown(InvalidInput):
    """No coordinates are known for the words. `reason`: missing, unsaved (home or work, never told; `words` is the
    label), unknown, where (here, but no location was shared), vague (an area, where an address is needed).
    """

    def __init__(self, reason: str, message: str, words: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.words = words


def resolve(words: str, context: Context) -> Where:
    """Return the place that `words` mean to this person; raise PlaceUnknown with a question in their language."""
    said = words.strip(" ，。,.!！?？\n")
    if not said:
        raise PlaceUnknown("missing", _("Where should it go?"))
    if said.lower() in HERE:
        return here(context)
    plain = NOISE.sub("", said).strip() or said
    if plain.lower() in HERE:
        return here(context)
    where = _saved(plain, context.person) or _known(plain, context)
    if where is None:
        message = _(
            "I cannot find “%(words)s” on the map. Share the location, or name a street, station or landmark nearby."
        )
        raise PlaceUnknown("unknown", message % {"words": plain[:40]}, plain)
    return where


def here(context: Context) -> Where:
    """Return where the person is: the location they shared, or where they last were; raise PlaceUnknown."""
    where = shared(context) or last(context.person)
    if where is None:
        raise PlaceUnknown("where", _("I do not know where you are. Share your location, or tell me the address."))
    return where


def shared(context: Context) -> Where | None:
    """Return the location shared in this conversation, while it is fresh."""
    pin = context.state.get("pin")
    if not pin:
        return None
    at = datetime.fromisoformat(pin["at"]) if pin.get("at") else context.now
    if context.now - at > timedelta(minutes=PIN_MINUTES):
        return None
    lat, lng = float(pin["lat"]), float(pin["lng"])
    name = pin.get("address") or pin.get("name") or _near(lat, lng, context) or _("the location you shared")
    return Where("", name, lat, lng, "pin", city_of(lat, lng))


def _near(lat: float, lng: float, context: Context) -> str:
    """Return a pin in words: near the closest place we know; empty where none is close."""
    rows = Location.objects.filter(is_active=True, **box((lat, lng), NEAR_KM)).exclude(kind__in=AREAS)
    row = min(rows, key=lambda one: distance((lat, lng), one.point), default=None)
    return _("near %(place)s") % {"place": _name(row, context)} if row else ""


def city_in(words: str) -> City | None:
    """Return the city that is named in `words`; the longest name wins."""
    low = words.lower()
    found = [
        (len(name), city.pk, city)
        for city in City.objects.all()
        for name in _names_of(city)
        if len(name) > 1 and _holds(low, name, ROAD)
    ]
    return max(found, key=lambda item: item[:2])[2] if found else None


def home_city(context: Context) -> int | None:
    """Return the id of the city a person is in, as far as we know."""
    where = shared(context) or last(context.person)
    if where is None and context.person.city_id:
        return int(context.person.city_id)
    if where is None and (rows := saved(context.person)):
        where = of_row(rows[0])
    return where.city if where else None


def _saved(words: str, person: Person) -> Where | None:
    """Return a saved place by its label or an alias, with what follows it: 公司前台 is the office's front desk."""
    rows = {row.label: row for row in saved(person)}
    label = label_of(words)
    if label in rows:
        return of_row(rows[label])
    names = [(alias, label) for label in rows for alias in (*LABELS.get(label, ()), label)]
    for alias, name in sorted(names, key=lambda pair: -len(pair[0])):
        rest = words[len(alias) :].strip(" ,，的")
        if words.startswith(alias) and rest and not alias.isascii():
            where = of_row(rows[name])
            return where if rest in where.address else replace(where, address=f"{where.address} {rest}")
    if label in LABELS:
        message = _("I do not have the address of “%(label)s” yet. Tell me, or share its location, and I will keep it.")
        raise PlaceUnknown("unsaved", message % {"label": label_text(label)}, label)
    return None


def _known(words: str, context: Context) -> Where | None:
    """Return a place of the catalogue: a location, a merchant's address, a city."""
    city = city_in(words)
    rest = _without(words, _names_of(city)) if city else words
    if city and not rest:
        return Where("", _name(city, context), city.lat, city.lng, "said", city.pk, exact=False)
    scopes = [city.pk] if city else dict.fromkeys([home_city(context), None])
    found = (_location(rest, scope, context) or _merchant(rest, scope, context) for scope in scopes)
    return next((where for where in found if where), None)


def _location(words: str, city: int | None, context: Context) -> Where | None:
    hits = context.search(words, Filters(model="location", city=city), limit=10)
    rows = Location.objects.exclude(lat=None).in_bulk([hit.id for hit in hits if hit.model == "location"])
    ranked = [
        (closeness(words, _names_of(rows[hit.id])), -place, hit.id) for place, hit in enumerate(hits) if hit.id in rows
    ]
    best, _place, pk = max(ranked, default=(0.0, 0, 0))
    if best <= 0:
        return None
    row = rows[pk]
    is_address = best < 1 and bool(ADDRESS.search(words))
    exact = is_address or row.kind not in AREAS
    return Where("", words if is_address else _name(row, context), *row.point, "said", row.city_id, exact=exact)


def _merchant(words: str, city: int | None, context: Context) -> Where | None:
    hits = context.search(words, Filters(model="merchant", city=city), limit=5)
    rows = Merchant.objects.exclude(lat=None).in_bulk([hit.id for hit in hits if hit.model == "merchant"])
    for row in rows.values():
        address = row.address_en if context.language == "en" else row.address_zh
        if closeness(words, (row.name_zh, row.name_en)) >= 1:
            return Where("", f"{address} {_name(row, context)}", *row.point, "said", row.city_id)
    return None


def closeness(words: str, names: Iterable[str]) -> float:
    """Return 1 for a name itself, less for one that is part of the words, or of which the words are a part; else 0."""
    low, best = words.lower(), 0.0
    for name in names:
        if low == name.lower():
            return 1.0
        if len(name) > 1 and _holds(low, name):
            best = max(best, 0.5 + len(name) / len(low) / 2 - 0.01)
        elif len(low) >= max(2, PART * len(name)) and _holds(name.lower(), low):
            best = max(best, len(low) / len(name) / 2)
    return best


def _holds(text: str, name: str, after: str = "") -> bool:
    """Return whether `text` (lower case) holds a name; one in Latin letters must stand as words of its own."""
    if name.isascii():
        return bool(re.search(rf"(?<![a-z0-9]){re.escape(name.lower())}(?![a-z0-9])", text))
    return bool(re.search(re.escape(name) + after, text))


def _names_of(row: City | Location) -> tuple[str, ...]:
    return tuple(name for name in (row.name_zh, row.name_en, *row.aliases) if name)


def _name(row: City | Location | Merchant, context: Context) -> str:
    return row.name_en if context.language == "en" else row.name_zh


def _without(words: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        words = re.sub(re.escape(name) + r"市?", " ", words, flags=re.IGNORECASE)
    return re.sub(r"^(的|in |at )+|( in| at)$", "", " ".join(words.split()).strip(" ,，")).strip(" ,，")
