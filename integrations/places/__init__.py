"""Places: what a person's words for one mean, where it is, and how far away."""

from integrations.places.asking import ask
from integrations.places.finding import PlaceUnknown, city_in, here, home_city, resolve, shared
from integrations.places.saved import keep, label_of, label_text, last, of_row, saved
from integrations.places.where import Where, box, city_of, distance, source_text

__all__ = [
    "PlaceUnknown",
    "Where",
    "ask",
    "box",
    "city_in",
    "city_of",
    "distance",
    "here",
    "home_city",
    "keep",
    "label_of",
    "label_text",
    "last",
    "of_row",
    "resolve",
    "saved",
    "shared",
    "source_text",
]
