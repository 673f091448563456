"""Opening hours in the catalogue's form."""

from __future__ import annotations

from seeds.draw import Draw
from seeds.rows import Row
from seeds.words import read

WEEK = list(range(7))


def clock(hour: float) -> str:
    """Return 9.5 as 09:30."""
    return f"{int(hour):02d}:{int(hour * 60) % 60:02d}"


def hours(pattern: str, draw: Draw, *, rest_day: bool = False) -> list[Row]:
    """Return the spans of a pattern of hours.json; with `rest_day` it is closed on Mondays."""
    times = draw.pick(read("hours.json")[pattern])
    days = WEEK[1:] if rest_day else WEEK
    return [
        {"days": days, "open": clock(start), "close": clock(end)}
        for start, end in zip(times[::2], times[1::2], strict=True)
    ]


def is_late(spans: list[Row]) -> bool:
    """Return whether one of the spans goes on after midnight."""
    return any(span["close"] <= span["open"] and span["close"] != "00:00" for span in spans)
