"""Opening hours: [{"days": [0..6], "open": "10:00", "close": "22:00"}], Monday is 0, in local time.

A close that is not after the open is on the next day; both alike mean all day. Where no hours are known, a place is
never said to be closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

Hours = Sequence[dict[str, Any]]
DAYS_AHEAD = 8


def is_open(hours: Hours, at: datetime) -> bool:
    """Return whether a place with these hours is open at `at` (local, aware)."""
    return not hours or any(start <= at < end for start, end in _spans(hours, at))


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """Return when it opens the next time after `at`; None where it never closes or never opens."""
    return next((start for start, _ in _joined(hours, at) if start > at), None)


def closes_at(hours: Hours, at: datetime) -> datetime | None:
    """Return when a place that is open at `at` closes; None where it is closed or never closes."""
    if _never_closes(hours):
        return None
    return next((end for start, end in _joined(hours, at) if start <= at < end), None)


def _never_closes(hours: Hours) -> bool:
    always = {day for span in hours if span["open"] == span["close"] for day in span["days"]}
    return not hours or len(always) == 7


def _spans(hours: Hours, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans from the day before `at` to a week after it, by the day and as they are listed."""
    for offset in range(-1, DAYS_AHEAD):
        day = at.date() + timedelta(days=offset)
        for span in hours:
            if day.weekday() in span["days"]:
                start = datetime.combine(day, time.fromisoformat(span["open"]), at.tzinfo)
                end = datetime.combine(day, time.fromisoformat(span["close"]), at.tzinfo)
                yield start, end if end > start else end + timedelta(days=1)


def _joined(hours: Hours, at: datetime) -> list[tuple[datetime, datetime]]:
    """Return the spans in order, those that touch as one."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(_spans(hours, at)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
