"""What a day, a part of it and an hour mean together, read at a given now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from .clocks import EARLY, EVENING, NOON, Clock, Part
from .dates import Day


@dataclass(frozen=True)
class Group:
    """What stands together: at most one day, one part of it and one hour."""

    start: int
    end: int
    day: Day | None = None
    part: Part | None = None
    clock: Clock | None = None


@dataclass(frozen=True)
class Setting:
    """What an hour is read against."""

    now: datetime
    language: str
    meal: str  # am, noon, pm or ""


def resolve(group: Group, setting: Setting) -> tuple[Any, dict[str, Any]]:
    """Return the value of a group and its detail."""
    day, part, clock = group.day, group.part, group.clock
    if (day and day.first is None) or (clock and not clock.valid):
        return None, {"grain": "minute" if clock else "day", "past": False, "invalid": True}
    if clock:
        value, detail = _at_hour(group, clock, setting)
    elif part or (day and day.grain == "day" and setting.meal):
        part = part or {"pm": EVENING, "noon": NOON, "am": EARLY}[setting.meal]
        value, detail = _at_part(group, part, setting)
    else:
        value, detail = _whole_days(day, setting.now)  # type: ignore[arg-type]
    detail["day"] = bool(day)
    return value, detail


def _midnight(now: datetime, group: Group) -> datetime:
    """Return the midnight that begins the group's day; of a weekend that has begun, today's."""
    day = group.day
    first = now.date() if not day or day.first is None else day.first
    if day and day.grain != "day" and day.last and first <= now.date() <= day.last:
        first = now.date()
    return datetime.combine(first, time(0), now.tzinfo)


def _whole_days(day: Day, now: datetime) -> tuple[Any, dict[str, Any]]:
    first, last = day.first or now.date(), day.last or now.date()
    start = datetime.combine(first, time(0), now.tzinfo)
    past = day.past or last < now.date()
    if day.grain == "day":
        return start, {"grain": "day", "past": past}
    return (start, datetime.combine(last + timedelta(1), time(0), now.tzinfo)), {"grain": day.grain, "past": past}


def _at_part(group: Group, part: Part, setting: Setting) -> tuple[datetime, dict[str, Any]]:
    base, now, day = _midnight(setting.now, group), setting.now, group.day
    if now >= base + timedelta(hours=part.ends) and (not day or day.roll):
        base += timedelta(days=day.roll if day else 1)
    value = base + timedelta(hours=part.hour)
    going_on = base + timedelta(hours=part.begins) <= now < base + timedelta(hours=part.ends)
    if going_on and value < now:
        value = now
    return value, {"grain": "part", "part": part.name, "past": bool(day and day.past) or value < now}


def _at_hour(group: Group, clock: Clock, setting: Setting) -> tuple[datetime, dict[str, Any]]:
    base, now, day = _midnight(setting.now, group), setting.now, group.day
    hours = _hours(clock, group.part, setting)
    detail: dict[str, Any] = {"grain": "minute"}
    if group.part:
        detail["part"] = group.part.name
    if len(hours) > 1:
        detail["ambiguous"] = True
    values = [base + timedelta(hours=hour, minutes=clock.minute) for hour in hours]
    if len(values) > 1 and base.date() != now.date():
        evening = clock.hour <= (7 if setting.language == "en" else 6)
        values = [values[1 if evening else 0]]
    ahead = [value for value in values if value >= now]
    if not ahead and (not day or day.roll):
        values = ahead = [values[0] + timedelta(days=day.roll if day else 1)]
    value = (ahead or values[-1:])[0]
    return value, {**detail, "past": bool(day and day.past) or value < now}


def _hours(clock: Clock, part: Part | None, setting: Setting) -> list[int]:
    """Return the hours, counted from midnight, that a clock may mean; past 24 is the next day."""
    hour = clock.hour
    if clock.half:
        return [hour % 12 + (12 if clock.half == "pm" else 0)]
    if clock.certain:
        return [hour]
    name = part.name if part else {"am": "morning", "noon": "noon", "pm": "evening", "": ""}[setting.meal]
    if not name:
        late = setting.now.hour >= 20 or setting.now.hour < 5
        if hour == 12:
            return [12, 24] if late else [12]
        return [hour, hour + 12] if late or hour > 5 else [hour + 12]
    if name == "dawn":
        return [hour % 12]
    if (name == "noon" and hour >= 10) or name == "morning":
        return [hour]
    if name in ("evening", "night") and (hour == 12 or hour <= 4) and part:
        return [hour % 12 + 24] if setting.now.hour >= 5 else [hour % 12, hour % 12 + 24]
    return [hour % 12 + 12]
