"""The days a sentence names: 明天, 下周三, 这周末, 11月30日, 30号, 三天后, "next Friday", "30 Nov".

Weeks begin on Monday. 周三 is the coming one, today included; 这周三 is this week's even when it is over; 下周三 and
"next Wednesday" are next week's. A date without a year is the coming one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from . import readings
from .numbers import scan


@dataclass(frozen=True)
class Day:
    """Days from `first` to `last` inclusive; `first` is None when there is no such day (2月30日).

    `roll`: the days to the next one of that name, when what was said does not tie it to this one. `past`: a word of the
    past was used.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    grain: str = "day"  # day, weekend, week, month
    roll: int = 0
    past: bool = False


Reader = Callable[[re.Match[str], date], readings.When | None]

_DAY_NAME = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tues|weds?|thurs?|fri|(?:(?<=on )|(?<=this )|"
    r"(?<=next )|(?<=last ))(?:mon|tue|sat|sun)"
    r"|(?:mon|tue|sat|sun)(?= (?:at |night|morning|evening|afternoon|[0-9])))"
)
_MONTH_NAME = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|"
    r"jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_N = r"[0-9]{1,2}|[零一二三四五六七八九十廿]{1,3}"
_NOT_A_DATE_NAME = "线楼店院门馆桌厅码机口位房室车坑井公铺家球套餐菜产品技"
_STREET = r"(?<![路街巷弄道里同园区苑院村第.楼栋幢座选点0-9零一二三四五六七八九十/-])"


_PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(r"(大前|(?<![目之以])前)天|(昨)[天日儿]|昨(?=[晚夜])"),
        readings.relative_any,
    ),
    (re.compile(r"(大后)天"), readings.relative),
    (re.compile(r"(?<![以之最然今背大先落])(后)天"), readings.relative),
    (re.compile(r"(今)(?:[天日儿]|(?=[早晚晨夜]))"), readings.relative),
    (re.compile(r"(明)(?:[天日儿]|(?=[早晚晨]))"), readings.relative),
    (
        re.compile(
            r"(?<![a-z])(?:the )?(?:day (?:after tomorrow|before yesterday)|today|tonight|this (?=morning|afternoon|"
            r"evening|lunchtime)|"
            r"tomorrow|tomorow|tmrw?|tmw|yesterday|last(?= night))(?:'s)?(?:(?<=this )|(?![a-z]))"
        ),
        readings.english_relative,
    ),
    (
        re.compile(
            r"(?<![一两三四五六七八九十每0-9])(?:(?P<which>上上|下下|上|这|本|下)个?)?(?:周|星期|"
            r"礼拜)(?P<day>[一二三四五六日天]|[1-7](?![0-9]))(?![一二三四五六日报])"
        ),
        readings.weekday,
    ),
    (
        re.compile(
            r"(?<![a-z])(?:(?P<which>this|next|last)(?: coming)? |on |coming |this coming )*"
            rf"(?P<day>{_DAY_NAME})(?![a-z-])"
        ),
        readings.weekday,
    ),
    (re.compile(r"(?:(?P<which>上|这|本|下)个?)?(?:周末|双休日|周六日|周六周日)"), readings.weekend),
    (
        re.compile(
            r"(?<![a-z])(?:(?:over|on|at) )?(?:(?P<which>this|next|last)|the|coming)(?: coming)? weekend(?![a-z])"
        ),
        readings.weekend,
    ),
    (re.compile(r"(?P<which>上|这|本|下|下下)个?(?:周|星期|礼拜)(?![一二三四五六日天末边围1-7])"), readings.week),
    (re.compile(r"(?<![a-z])(?P<which>this|next|last) week(?![a-z])"), readings.week),
    (re.compile(rf"(?P<which>上|这|本|下)个?月(?:(?P<day>{_N})[号日])?"), readings.month),
    (re.compile(r"(?<![a-z])(?P<which>this|next|last) month(?P<day>(?!))?(?![a-z])"), readings.month),
    (
        re.compile(
            r"(?P<year>[今明去]年|"
            rf"20[0-9]{{2}}年)?(?<![0-9零一二三四五六七八九十])(?P<month>{_N})月(?P<day>{_N})[号日]?(?![0-9个份])"
        ),
        readings.month_day,
    ),
    (
        re.compile(rf"{_STREET}(?P<day>{_N})(?:号(?![{_NOT_A_DATE_NAME}])|日(?![本料式元均子常系用期]))"),
        readings.day_of_month,
    ),
    (
        re.compile(r"(?<![0-9])(?P<year>20[0-9]{2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?![0-9])"),
        readings.iso,
    ),
    (
        re.compile(r"(?<![0-9/.a-z-])(?!24/7)(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})(?![0-9/.份个杯碗只a-z])"),
        readings.slash,
    ),
    (
        re.compile(
            rf"(?<![a-z])(?P<month>{_MONTH_NAME}) (?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|"
            rf"th)?(?:,? (?P<year>20[0-9]{{2}}))?(?![0-9a-z:])"
        ),
        readings.english_month,
    ),
    (
        re.compile(
            rf"(?<![0-9a-z:])(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|"
            rf"th)? (?:of )?(?P<month>{_MONTH_NAME})(?:,? (?P<year>20[0-9]{{2}}))?(?![a-z])"
        ),
        readings.english_month,
    ),
    (
        re.compile(
            r"(?<![a-z])(?:(?:on )the (?P<day>[0-9]{1,2})|the (?P<day2>1[0-9]|[23][0-9]))(?:st|nd|rd|th)"
            r"(?! (?:one|floor|street|st|avenue|option))(?![a-z])"
        ),
        readings.the_nth,
    ),
)
_AFTER_DAYS = re.compile(
    r"\s?(?:(?P<day>天|日(?!本)|days?)|(?P<week>个?(?:周|星期|礼拜)|weeks?))\s?(?:(?P<later>之后|以后|后|later|"
    r"from (?:now|today))|(?P<ago>之前|以前|前|ago))(?![a-z])"
)
_AFTER_IN = re.compile(r" (?:(?P<day>days?)|(?P<week>weeks?))(?:' time)?(?![a-z])")


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
            match = (
                (
                    _AFTER_IN if lead and lead[0].startswith("in") else re.compile(r"(?P<day>天)|(?P<week>周|个星期)")
                ).match(sentence, number.end)
                if lead
                else None
            )
            start = lead.start() if lead else start
        if match:
            when = today + timedelta(sign * number.whole * (7 if match["week"] else 1))
            yield Day(start, match.end(), when, when, past=sign < 0)
