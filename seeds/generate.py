"""Make the demo catalogue from the word lists, the same rows every time; run as a module it prints counts and hash."""

from __future__ import annotations

import hashlib
import json

from seeds.cinemas import cinemas
from seeds.hospitals import hospitals
from seeds.hotels import hotels
from seeds.restaurants import restaurants
from seeds.rows import Catalogue, Row, entry
from seeds.shops import shops
from seeds.words import Place, Town, read, towns


def generate() -> Catalogue:
    """Return all rows of the demo catalogue."""
    catalogue = Catalogue()
    for town in towns():
        catalogue.cities.append(_city(town))
        catalogue.locations += [_location(town, place) for place in town.places]
        for make in (restaurants, hotels, shops, cinemas, hospitals):
            for merchant, offers in make(town):
                catalogue.merchants.append(merchant)
                catalogue.offers += offers
    return catalogue


def content_hash(catalogue: Catalogue) -> str:
    """Return the SHA-256 of all rows as canonical JSON."""
    text = json.dumps(vars(catalogue), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _city(town: Town) -> Row:
    return {
        "slug": town.slug,
        "name_zh": town.zh,
        "name_en": town.en,
        "aliases": list(town.aliases),
        "country": town.country,
        "currency": town.currency,
        "time_zone": town.time_zone,
        "lat": town.lat,
        "lng": town.lng,
    }


def _location(town: Town, place: Place) -> Row:
    kind = read("place_kinds.json")[place.kind]
    inside = town.place(place.district) if place.district else None
    key = f"{town.slug}.{place.slug}"
    zh = f"{town.zh}{inside.zh if inside else ''}的{kind['zh']}"
    en = f"{kind['en']} in {f'{inside.en}, ' if inside else ''}{town.en}"
    more = read("locations/about.json").get(key)
    say = (f"{zh}，{more[0]}", f"{en}. {more[1]}") if more else (f"{zh}。", f"{en}.")
    return {
        **entry(key, (place.zh, place.en), say),
        "city": town.slug,
        "kind": place.kind,
        "aliases": list(place.aliases),
        "district": f"{town.slug}.{inside.slug}" if inside else None,
        "lat": place.lat,
        "lng": place.lng,
    }


if __name__ == "__main__":
    made = generate()
    print(made.counts(), content_hash(made))
