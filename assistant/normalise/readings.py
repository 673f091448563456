"""What a named day means on a given today: the readers behind the patterns of dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .numbers import chinese


@dataclass(frozen=True)
class When:
    """Days from `first` to `last` (or `first` alone); the fields of dates.Day without a span."""

    first: date | None
    last: date | None = None
    grain: str = "day"
    roll: int = 0
    past: bool = False


_RELATIVE = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WEEKDAYS = {**{char: at for at, char in enumerate("一二三四五六日")}, "天": 6, **{str(at + 1): at for at in range(7)}}
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: at for at, name in enumerate(_MONTH_NAMES, start=1)}
_EN_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_SHIFT = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2, "last": -1, "this": 0, "next": 1}


def number(said: str) -> int:
    """Return a day or month number in digits or Chinese."""
    return int(said) if said.isascii() else int(chinese(said)[0])


def make(year: int, month: int, day: int) -> date | None:
    """Return the date, None when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming(today: date, month: int, day: int) -> When:
    """Return that day of this year, or of the next one it exists in."""
    for year in range(today.year, today.year + 9):
        if (found := make(year, month, day)) and found >= today:
            return When(found, roll=365 if found == today else 0)
    return When(None)


def relative(match: re.Match[str], today: date) -> When:
    """Return 今天, 明天, 大后天."""
    days = _RELATIVE[match[1]]
    return When(today + timedelta(days), past=days < 0)


def english_relative(match: re.Match[str], today: date) -> When:
    """Return "tonight", "the day after tomorrow"."""
    said = match[0]
    if "yesterday" in said or "last" in said:
        return When(today - timedelta(2 if "before" in said else 1), past=True)
    if "after" in said:
        return When(today + timedelta(2))
    return When(today + timedelta(1 if said.startswith(("tom", "tm")) else 0))


def weekday(match: re.Match[str], today: date) -> When:
    """Return 周三, 这周三, 下周三, and their English forms."""
    which, said = match["which"] or "", match["day"]
    day = _EN_DAYS[said[:3]] if said[:3] in _EN_DAYS else _WEEKDAYS[said]
    monday = today - timedelta(today.weekday())
    if which.strip() in _SHIFT:
        shift = _SHIFT[which.strip()]
        return When(monday + timedelta(7 * shift + day), past=shift < 0)
    ahead = (day - today.weekday()) % 7
    return When(today + timedelta(ahead), roll=7 if ahead == 0 else 0)


def weekend(match: re.Match[str], today: date) -> When:
    """Return 周末, 下周末: Saturday and Sunday."""
    shift = _SHIFT.get((match["which"] or "").strip(), 0)
    saturday = today - timedelta(today.weekday()) + timedelta(5 + 7 * shift)
    return When(saturday, saturday + timedelta(1), "weekend", past=shift < 0)


def week(match: re.Match[str], today: date) -> When:
    """Return 下周: Monday to Sunday."""
    shift = _SHIFT[match["which"].strip()]
    monday = today - timedelta(today.weekday()) + timedelta(7 * shift)
    return When(monday, monday + timedelta(6), "week", past=shift < 0)


def month(match: re.Match[str], today: date) -> When:
    """Return 下个月, or a day of it."""
    months = today.month - 1 + _SHIFT[match["which"].strip()]
    year, month = today.year + months // 12, months % 12 + 1
    past = months < today.month - 1
    if match["day"]:
        return When(make(year, month, number(match["day"])), past=past)
    after = date(year + month // 12, month % 12 + 1, 1)
    return When(date(year, month, 1), after - timedelta(1), "month", past=past)


def month_day(match: re.Match[str], today: date) -> When:
    """Return 11月30日, with or without a year."""
    year, month, day = match["year"], number(match["month"]), number(match["day"])
    if not year:
        return coming(today, month, day)
    shift = {"今年": 0, "明年": 1, "去年": -1}.get(year)
    when = make(int(year[:4]) if shift is None else today.year + shift, month, day)
    return When(when, past=bool(when and when < today))


def day_of_month(match: re.Match[str], today: date) -> When | None:
    """Return 30号: of this month, or of the next month that has it."""
    day = number(match["day"])
    if day < 10 and match.string[match.start() - 1 : match.start()] in ("要", "选"):
        return None  # the second of what was shown
    when = next_of_month(today, day)
    if when:
        return When(when, roll=28 if when == today else 0)
    return None if match[0].endswith("号") else When(None)


def iso(match: re.Match[str], today: date) -> When:
    """Return 2026-11-30."""
    when = make(int(match["year"]), int(match["month"]), int(match["day"]))
    return When(when, past=bool(when and when < today))


def slash(match: re.Match[str], today: date) -> When | None:
    """Return 11/30, month first unless that cannot be."""
    one, two = int(match["month"]), int(match["day"])
    if one > 12 >= two:
        one, two = two, one
    return coming(today, one, two) if 1 <= one <= 12 and 1 <= two <= 31 else None


def english_month(match: re.Match[str], today: date) -> When:
    """Return "30 Nov", with or without a year."""
    month, day = _MONTHS[match["month"][:3]], int(match["day"])
    if match["year"]:
        when = make(int(match["year"]), month, day)
        return When(when, past=bool(when and when < today))
    return coming(today, month, day)


def relative_any(match: re.Match[str], today: date) -> When:
    """Return 昨天, 大前天: days of the past."""
    word = match[1] or match[2] or "昨"
    return When(today + timedelta(_RELATIVE[word]), past=True)


def the_nth(match: re.Match[str], today: date) -> When | None:
    """Return "the 30th": of this month, or of the next month that has it."""
    when = next_of_month(today, int(match["day"] or match["day2"]))
    return When(when) if when else None


def next_of_month(today: date, day: int) -> date | None:
    """Return the next date with that day of the month, today included."""
    year, month = today.year, today.month
    for _ in range(12):
        if (when := make(year, month, day)) and when >= today:
            return when
        year, month = year + month // 12, month % 12 + 1
    return None
