"""Opening hours as minutes of the week."""

from __future__ import annotations

import logging
from typing import Any

logger = logging.getLogger(__name__)

DAY = 24 * 60
WEEK = 7 * DAY
NEVER = ((0, 0),)  # open at no time: hours are given but cannot be read


def open_minutes(hours: list[dict[str, Any]], row: int) -> tuple[tuple[int, int], ...]:
    """Return when it is open as (from, to) in minutes of the week, Monday 00:00 = 0; none: always open."""
    spans: set[tuple[int, int]] = set()
    for entry in hours:
        try:
            opens, closes = _minute(entry["open"]), _minute(entry["close"])
            days = [int(day) for day in entry["days"]]
        except (KeyError, TypeError, ValueError):
            logger.warning("The opening hours of merchant %s cannot be read", row)
            continue
        length = closes - opens if closes > opens else closes - opens + DAY
        for day in days:
            start = day % 7 * DAY + opens
            spans.add((start, min(start + length, WEEK)))
            if start + length > WEEK:
                spans.add((0, start + length - WEEK))
    return tuple(sorted(spans)) if spans or not hours else NEVER


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
