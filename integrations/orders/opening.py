"""Opening hours: [{"days": [0..6], "open": "10:00", "close": "22:00"}]; Monday is 0, a close before the open is on the
next day, and both alike mean all day. No hours at all: always open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

Hours = list[dict[str, Any]]
AHEAD_DAYS = 8


def spans(hours: Hours, around: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans from the day before `around` (local time) to a week after it."""
    for offset in range(-1, AHEAD_DAYS):
        day = around.date() + timedelta(days=offset)
        for span in hours:
            if day.weekday() not in span["days"]:
                continue
            start = datetime.combine(day, time.fromisoformat(span["open"]), around.tzinfo)
            end = datetime.combine(day, time.fromisoformat(span["close"]), around.tzinfo)
            yield start, end if end > start else end + timedelta(days=1)


def is_open(hours: Hours, at: datetime) -> bool:
    """Return whether a place is open at `at` (aware, in its own zone)."""
    return not hours or any(start <= at < end for start, end in spans(hours, at))


def next_opening(hours: Hours, after: datetime) -> datetime | None:
    """Return when it opens next after `after`; None within a week."""
    return min((start for start, _end in spans(hours, after) if start > after), default=None)


def earliest(openings: Iterable[datetime | None]) -> datetime | None:
    """Return the first of some openings."""
    return min((at for at in openings if at), default=None)
