"""Grounding without a model: what a sentence says in numbers, people, money, times, places and wishes.

Chinese and English, also mixed. Each `find_…` returns Founds whose spans lie in the sentence as it was written.
Full-width and traditional characters are read like their plain forms. Only the first LIMIT characters are read.
`analyse` does all of it once and settles which words are what.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .answers import (
    find_order_numbers,
    is_cancel,
    is_confirm,
    is_greeting,
    is_help,
    is_no,
    is_status,
    is_stop,
    is_thanks,
    is_yes,
)
from .counts import find_counts, shortened
from .diets import find_diets
from .distances import find_distances
from .durations import find_durations
from .found import LIMIT, Found, plain, without
from .language import detect
from .leftovers import leftover
from .money import find_money
from .numbers import find_numbers
from .ordinals import find_ordinals
from .people import find_people
from .places import find_places
from .ratings import find_ratings
from .times import find_times
from .wishes import find_wishes, sort_of

__all__ = [
    "LIMIT", "Analysis", "Found", "analyse", "detect", "find_counts", "find_diets", "find_distances", "find_durations",
    "find_money", "find_numbers", "find_order_numbers", "find_ordinals", "find_people", "find_places", "find_ratings",
    "find_times", "find_wishes", "is_cancel", "is_confirm", "is_greeting", "is_help", "is_no", "is_status", "is_stop",
    "is_thanks", "is_yes", "leftover", "plain", "sort_of",
]  # fmt: skip


@dataclass(frozen=True)
class Analysis:
    """All that was found in a message.

    No word counts twice among orders, times, durations, distances, people, money, ratings, counts, ordinals, numbers.
    """

    text: str
    language: str
    orders: list[Found]
    times: list[Found]
    durations: list[Found]
    distances: list[Found]
    people: list[Found]
    money: list[Found]
    ratings: list[Found]
    counts: list[Found]
    ordinals: list[Found]
    numbers: list[Found]
    diets: list[Found]
    wishes: list[Found]
    places: list[Found]
    confirm: bool
    yes: bool
    no: bool
    cancel: bool
    stop: bool
    greeting: bool
    thanks: bool
    help: bool
    status: bool
    leftover: str

    @property
    def sort(self) -> str:
        """What to sort by: cheap, near, fast, best, popular, or ""."""
        return sort_of(self.wishes)

    @property
    def other(self) -> bool:
        """Whether another one is asked for."""
        return any(one.value == "other" for one in self.wishes)

    @property
    def when(self) -> Found | None:
        """The most precise time: an hour before a part of a day, that before a day; or None."""
        grains = ("minute", "part", "now", "day", "weekend", "week", "month")
        return min(self.times, key=lambda one: grains.index(one.detail["grain"]), default=None)

    def place(self, *roles: str) -> Found | None:
        """Return the first place of one of these roles, or None."""
        return next((one for one in self.places if one.detail["role"] in roles), None)


def analyse(text: str, now: datetime, language: str = "zh", expect: str | None = None) -> Analysis:
    """Return the Analysis of a message.

    `now`: aware, in the person's zone. `language`: of the person, for what the message leaves open. `expect`: the kind
    of answer that was asked for (people, money, count, ordinal, time, place): a bare number or bare words are that.
    """
    language = detect(text, language)
    orders = find_order_numbers(text)
    times = without(find_times(text, now, language, expect=expect == "time"), orders)
    durations = without(find_durations(text), [*orders, *times])
    distances = without(find_distances(text), [*orders, *times, *durations])
    taken = [*orders, *times, *durations, *distances]
    people = without(find_people(text, expect=expect == "people"), taken)
    money = without(find_money(text, expect=expect == "money"), [*taken, *people])
    ratings = without(find_ratings(text), [*taken, *people])
    money = without(money, ratings)
    taken += [*people, *money, *ratings]
    counts = without(find_counts(text, expect=expect == "count"), taken)
    diets, wishes = find_diets(text), find_wishes(text)
    units = [one for one in counts if one.detail["unit"]]
    places = find_places(text, [*taken, *units, *diets, *wishes], expect=expect == "place")
    addresses = [one for one in places if one.detail["label"] != "here"]
    times, durations, distances, people, money, counts = (
        without(founds, addresses) for founds in (times, durations, distances, people, money, counts)
    )
    taken = [*orders, *times, *durations, *distances, *people, *money, *ratings, *counts]
    ordinals = without(find_ordinals(text, expect=expect == "ordinal"), [*taken, *addresses])
    counts = [shortened(one, [*diets, *wishes]) for one in counts]
    understood = [*taken, *ordinals, *diets, *wishes, *places]
    return Analysis(
        text=text,
        language=language,
        orders=orders,
        times=times,
        durations=durations,
        distances=distances,
        people=people,
        money=money,
        ratings=ratings,
        counts=counts,
        ordinals=ordinals,
        numbers=without(find_numbers(text), understood),
        diets=diets,
        wishes=wishes,
        places=places,
        confirm=is_confirm(text),
        yes=is_yes(text),
        no=is_no(text),
        cancel=is_cancel(text),
        stop=is_stop(text),
        greeting=is_greeting(text),
        thanks=is_thanks(text),
        help=is_help(text),
        status=is_status(text),
        leftover=leftover(text, understood),
    )
