"""The days a sentence names: 明天, 下周三, 这周末, 11月30日, 30号, 三天后, "next Friday", "30 Nov", "the day after tomorrow".

Weeks begin on Monday. 周三 is the coming one, today included; 这周三 is this week's even when it is over; 下周三 and "next Wednesday"
are next week's. A date without a year is the coming one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .numbers import chinese, scan


@dataclass(frozen=True)
class Day:
    """Days from `first` to `last` inclusive; `first` is None when there is no such day (2月30日).

    `roll`: the days to the next one of that name, when what was said does not tie it to this one. `past`: a word of the past.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    grain: str = "day"  # day, weekend, week, month
    roll: int = 0
    past: bool = False


@dataclass(frozen=True)
class _When:
    first: date | None
    last: date | None = None
    grain: str = "day"
    roll: int = 0
    past: bool = False


_Reader = Callable[[re.Match[str], date], _When | None]
_RELATIVE = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WEEKDAYS = {**{char: at for at, char in enumerate("一二三四五六日")}, "天": 6, **{str(at + 1): at for at in range(7)}}
_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_EN_DAYS = {name: at for at, name in enumerate("mon tue wed thu fri sat sun".split())}
_SHIFT = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2, "last": -1, "this": 0, "next": 1}

_DAY_NAME = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tues|weds?|thurs?|fri|(?:(?<=on )|(?<=this )|(?<=next )|(?<=last ))(?:mon|tue|sat|sun)"
    r"|(?:mon|tue|sat|sun)(?= (?:at |night|morning|evening|afternoon|[0-9])))"
)
_MONTH_NAME = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_N = r"[0-9]{1,2}|[零一二三四五六七八九十廿]{1,3}"
_NOT_A_DATE_NAME = "线楼店院门馆桌厅码机口位房室车坑井公铺家球套餐菜产品技"
_STREET = r"(?<![路街巷弄道里同园区苑院村第.楼栋幢座选点0-9零一二三四五六七八九十/-])"


def _number(said: str) -> int:
    return int(said) if said.isascii() else int(chinese(said)[0])


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _coming(today: date, month: int, day: int) -> _When:
    """Return that day of this year, or of the next one it exists in."""
    for year in range(today.year, today.year + 9):
        if (found := _make(year, month, day)) and found >= today:
            return _When(found, roll=365 if found == today else 0)
    return _When(None)


def _relative(match: re.Match[str], today: date) -> _When:
    days = _RELATIVE[match[1]]
    return _When(today + timedelta(days), past=days < 0)


def _english_relative(match: re.Match[str], today: date) -> _When:
    said = match[0]
    if "yesterday" in said or "last" in said:
        return _When(today - timedelta(2 if "before" in said else 1), past=True)
    if "after" in said:
        return _When(today + timedelta(2))
    return _When(today + timedelta(1 if said.startswith(("tom", "tm")) else 0))


def _weekday(match: re.Match[str], today: date) -> _When:
    """Return 周三, 这周三, 下周三, and their English forms."""
    which, said = match["which"] or "", match["day"]
    day = _EN_DAYS[said[:3]] if said[:3] in _EN_DAYS else _WEEKDAYS[said]
    monday = today - timedelta(today.weekday())
    if which.strip() in _SHIFT:
        shift = _SHIFT[which.strip()]
        return _When(monday + timedelta(7 * shift + day), past=shift < 0)
    ahead = (day - today.weekday()) % 7
    return _When(today + timedelta(ahead), roll=7 if ahead == 0 else 0)


def _weekend(match: re.Match[str], today: date) -> _When:
    shift = _SHIFT.get((match["which"] or "").strip(), 0)
    saturday = today - timedelta(today.weekday()) + timedelta(5 + 7 * shift)
    return _When(saturday, saturday + timedelta(1), "weekend", past=shift < 0)


def _week(match: re.Match[str], today: date) -> _When:
    shift = _SHIFT[match["which"].strip()]
    monday = today - timedelta(today.weekday()) + timedelta(7 * shift)
    return _When(monday, monday + timedelta(6), "week", past=shift < 0)


def _month(match: re.Match[str], today: date) -> _When:
    """Return 下个月, or a day of it."""
    months = today.month - 1 + _SHIFT[match["which"].strip()]
    year, month = today.year + months // 12, months % 12 + 1
    past = months < today.month - 1
    if match["day"]:
        return _When(_make(year, month, _number(match["day"])), past=past)
    after = date(year + month // 12, month % 12 + 1, 1)
    return _When(date(year, month, 1), after - timedelta(1), "month", past=past)


def _month_day(match: re.Match[str], today: date) -> _When:
    """Return 11月30日, with or without a year."""
    month, day = _number(match["month"]), _number(match["day"])
    year = match["year"]
    if not year:
        return _coming(today, month, day)
    number = {"今年": today.year, "明年": today.year + 1, "去年": today.year - 1}.get(year) or int(year[:4])
    when = _make(number, month, day)
    return _When(when, past=bool(when and when < today))


def _day_of_month(match: re.Match[str], today: date) -> _When | None:
    """Return 30号: of this month, or of the next month that has it."""
    day = _number(match["day"])
    year, month = today.year, today.month
    for _ in range(12):
        if (when := _make(year, month, day)) and when >= today:
            return _When(when, roll=28 if when == today else 0)
        year, month = year + month // 12, month % 12 + 1
    return _When(None) if day > 31 and not match[0].endswith("号") else None


def _iso(match: re.Match[str], today: date) -> _When:
    when = _make(int(match["year"]), int(match["month"]), int(match["day"]))
    return _When(when, past=bool(when and when < today))


def _slash(match: re.Match[str], today: date) -> _When | None:
    one, two = int(match["month"]), int(match["day"])
    if one > 12 >= two:
        one, two = two, one
    return _coming(today, one, two) if 1 <= one <= 12 and 1 <= two <= 31 else None


def _english_month(match: re.Match[str], today: date) -> _When:
    month, day = _MONTHS[match["month"][:3]], int(match["day"])
    if match["year"]:
        when = _make(int(match["year"]), month, day)
        return _When(when, past=bool(when and when < today))
    return _coming(today, month, day)


_PATTERNS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(r"(大前|(?<![目之以])前)天|(昨)[天日儿]|昨(?=[晚夜])"), lambda match, today: _relative_any(match, today)),
    (re.compile(r"(大后)天"), _relative),
    (re.compile(r"(?<![以之最然今背大先落])(后)天"), _relative),
    (re.compile(r"(今)(?:[天日儿]|(?=[早晚晨夜]))"), _relative),
    (re.compile(r"(明)(?:[天日儿]|(?=[早晚晨]))"), _relative),
    (
        re.compile(
            r"(?<![a-z])(?:the )?(?:day (?:after tomorrow|before yesterday)|today|tonight|this (?=morning|afternoon|evening|lunchtime)|"
            r"tomorrow|tomorow|tmrw?|tmw|yesterday|last(?= night))(?:'s)?(?:(?<=this )|(?![a-z]))"
        ),
        _english_relative,
    ),
    (re.compile(r"(?<![一两三四五六七八九十每0-9])(?:(?P<which>上上|下下|上|这|本|下)个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天]|[1-7](?![0-9]))(?![一二三四五六日报])"), _weekday),
    (re.compile(rf"(?<![a-z])(?:(?P<which>this|next|last)(?: coming)? |on |coming |this coming )*(?P<day>{_DAY_NAME})(?![a-z-])"), _weekday),
    (re.compile(r"(?:(?P<which>上|这|本|下)个?)?(?:周末|双休日|周六日|周六周日)"), _weekend),
    (re.compile(r"(?<![a-z])(?:(?:over|on|at) )?(?:(?P<which>this|next|last)|the|coming)(?: coming)? weekend(?![a-z])"), _weekend),
    (re.compile(r"(?P<which>上|这|本|下|下下)个?(?:周|星期|礼拜)(?![一二三四五六日天末边围1-7])"), _week),
    (re.compile(r"(?<![a-z])(?P<which>this|next|last) week(?![a-z])"), _week),
    (re.compile(rf"(?P<which>上|这|本|下)个?月(?:(?P<day>{_N})[号日])?"), _month),
    (re.compile(r"(?<![a-z])(?P<which>this|next|last) month(?P<day>(?!))?(?![a-z])"), _month),
    (
        re.compile(rf"(?P<year>[今明去]年|20[0-9]{{2}}年)?(?<![0-9零一二三四五六七八九十])(?P<month>{_N})月(?P<day>{_N})[号日]?(?![0-9个份])"),
        _month_day,
    ),
    (re.compile(rf"{_STREET}(?P<day>{_N})(?:号(?![{_NOT_A_DATE_NAME}])|日(?![本料式元均子常系用期]))"), _day_of_month),
    (re.compile(r"(?<![0-9])(?P<year>20[0-9]{2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?![0-9])"), _iso),
    (re.compile(r"(?<![0-9/.a-z-])(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})(?![0-9/.份个杯碗只a-z])"), _slash),
    (
        re.compile(rf"(?<![a-z])(?P<month>{_MONTH_NAME}) (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>20[0-9]{{2}}))?(?![0-9a-z:])"),
        _english_month,
    ),
    (
        re.compile(
            rf"(?<![0-9a-z:])(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH_NAME})(?:,? (?P<year>20[0-9]{{2}}))?(?![a-z])"
        ),
        _english_month,
    ),
    (
        re.compile(r"(?<![a-z])(?:(?:on )the (?P<day>[0-9]{1,2})|the (?P<day2>1[0-9]|[23][0-9]))(?:st|nd|rd|th)(?! (?:one|floor|street|st|avenue|option))(?![a-z])"),
        lambda match, today: _the_nth(match, today),
    ),
)
_AFTER_DAYS = re.compile(r"\s?(?:(?P<day>天|日(?!本)|days?)|(?P<week>个?(?:周|星期|礼拜)|weeks?))\s?(?:(?P<later>之后|以后|后|later|from (?:now|today))|(?P<ago>之前|以前|前|ago))(?![a-z])")
_AFTER_IN = re.compile(r" (?:(?P<day>days?)|(?P<week>weeks?))(?:' time)?(?![a-z])")


def _relative_any(match: re.Match[str], today: date) -> _When:
    word = match[1] or match[2] or "昨"
    return _When(today + timedelta(_RELATIVE[word]), past=True)


def _the_nth(match: re.Match[str], today: date) -> _When | None:
    day = int(match["day"] or match["day2"])
    year, month = today.year, today.month
    for _ in range(12):
        if (when := _make(year, month, day)) and when >= today:
            return _When(when)
        year, month = year + month // 12, month % 12 + 1
    return None


def find_days(sentence: str, today: date) -> list[Day]:
    """Return the days of a plain sentence in order, without overlaps."""
    days: list[Day] = list(_counted(sentence, today))
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(sentence):
            if when := read(match, today):
                last = when.last or when.first
                days.append(Day(match.start(), match.end(), when.first, last, when.grain, when.roll, when.past))
    kept: list[Day] = []
    for day in sorted(days, key=lambda day: (day.start - day.end, day.start)):
        if all(day.end <= other.start or other.end <= day.start for other in kept):
            kept.append(day)
    return sorted(kept, key=lambda day: day.start)


def _counted(sentence: str, today: date) -> Iterator[Day]:
    """Yield 三天后, "in 3 days", "two weeks ago"."""
    for number in scan(sentence):
        if number.whole is None or not 0 <= number.whole <= 3660 or number.glued:
            continue
        start = number.start
        match = _AFTER_DAYS.match(sentence, number.end)
        sign = -1 if match and match["ago"] else 1
        if not match:
            lead = re.compile(r"(?:(?<![a-z])in |再?过)$").search(sentence, max(0, start - 4), start)
            match = (_AFTER_IN if lead and lead[0].startswith("in") else re.compile(r"(?P<day>天)|(?P<week>周|个星期)")).match(sentence, number.end) if lead else None
            start = lead.start() if lead else start
        if match:
            when = today + timedelta(sign * number.whole * (7 if match["week"] else 1))
            yield Day(start, match.end(), when, when, past=sign < 0)
