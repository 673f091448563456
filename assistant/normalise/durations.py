"""Lengths of time: 半小时, 两个半小时, 一刻钟, 三天, "90 min", "an hour and a half"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from .bounds import WORDS
from .found import Found, found, look_back, plain
from .numbers import Number, chinese, scan

_MINUTES = {"minute": 1, "quarter": 15, "hour": 60, "day": 1440, "night": 1440, "week": 10080}
_UNIT = re.compile(
    r"\s?(?:(?P<minute>分钟|mins?(?:utes?)?(?![a-z])|minutes?(?![a-z])|')"
    r"|(?P<hour>个?(?P<extra>半)?(?:小时|钟头)(?P<tail>半)?|个?(?P<extra2>半)钟|(?:h|hrs?|"
    r"hours?)(?![a-z])(?P<and_half> and a half)?)"
    r"|(?P<quarter>刻钟)"
    r"|(?P<day>天|days?(?![a-z]))|(?P<night>晚(?![上饭点餐会])|nights?(?![a-z]))"
    r"|(?P<week>个?(?:星期|礼拜)(?![一二三四五六日天])|周(?![一二三四五六日末边围岁年])|weeks?(?![a-z])))"
)
_NOT_BEFORE = re.compile(r"[第每上下这本:/月年.点]\s?$|[0-9]-$")
_LATER = re.compile(r"\s?(?:之后|以后|后(?!天)|之前|以前|前(?![台面])|later|from now|ago|before|after)(?![a-z])")
_IN = re.compile(r"(?:(?<![a-z])(?:in|after)\s|(?<!超)过\s?)$")


_TO = re.compile(r"\s?(?:到|至|-|~|to|or|或者?)\s?")
_AND = re.compile(r"[\s零又]*(?:and\s)?")
_MINUTES_ONLY = re.compile(
    r"(?P<number>[0-9]{1,2}|[一二三四五]?十?[一二三四五六七八九]?)(?:分钟?|mins?(?![a-z])|m(?![a-z])|"
    r"(?![0-9a-z零一二三四五六七八九十个份]))"
)


@dataclass(frozen=True)
class Span:
    """A length of time in a plain sentence; `low` differs from `value` in a range."""

    start: int
    end: int
    value: timedelta
    low: timedelta
    unit: str


def find_durations(text: str) -> list[Found]:
    """Return lengths of time: `value` a timedelta (of a range the longer).

    Detail: bound, unit (minute, hour, quarter, day, night, week), low of a range. "半小时后" and "in 45 minutes" are
    points in time and belong to find_times.
    """
    sentence = plain(text)
    result = []
    for span in _ranges(sentence):
        if _LATER.match(sentence, span.end) or look_back(_IN, sentence, span.start):
            continue
        around = WORDS.around(sentence, span.start, span.end)
        detail: dict[str, object] = {"bound": around.bound, "unit": span.unit}
        if span.low != span.value:
            detail |= {"low": span.low, "bound": "range" if around.bound == "exact" else around.bound}
        result.append(found(text, around.start, around.end, span.value, **detail))
    return result


def _ranges(sentence: str) -> list[Span]:
    """Return the spans, 1小时到2小时 as one."""
    result: list[Span] = []
    for span in spans(sentence):
        last = result[-1] if result else None
        if last and last.low == last.value < span.value and _TO.fullmatch(sentence, last.end, span.start):
            result[-1] = Span(last.start, span.end, span.value, last.low, span.unit)
        else:
            result.append(span)
    return result


def spans(sentence: str) -> list[Span]:
    """Return every length of time in a plain sentence; 一小时三十分 is one, 三天两晚 is two."""
    result: list[Span] = []
    for number in scan(sentence):
        if result and number.start < result[-1].end:
            continue
        if not (span := _read(sentence, number)):
            continue
        last = result[-1] if result else None
        if last and span.value < min(last.value, timedelta(days=1)) and _AND.fullmatch(sentence, last.end, span.start):
            result.pop()
            span = Span(last.start, span.end, last.value + span.value, last.low + span.low, last.unit)
        result.append(span)
    return result


def _read(sentence: str, number: Number) -> Span | None:
    match = _UNIT.match(sentence, number.end)
    if not match or number.glued or number.low < 0 or number.high > 10_000:
        return None
    if look_back(_NOT_BEFORE, sentence, number.start):
        return None
    unit = next(name for name in ("minute", "hour", "quarter", "day", "night", "week") if match[name])
    half = Decimal("0.5") if any(match[name] for name in ("extra", "extra2", "tail", "and_half")) else Decimal(0)
    value, low = (timedelta(minutes=float((amount + half) * _MINUTES[unit])) for amount in (number.high, number.low))
    end, more = _minutes_after(sentence, match.end()) if unit == "hour" else (match.end(), timedelta(0))
    return Span(number.start, end, value + more, low + more, unit)


def _minutes_after(sentence: str, at: int) -> tuple[int, timedelta]:
    """Return where an hour's minutes end and how long they are: 1小时30分, 1h30."""
    match = _MINUTES_ONLY.match(sentence, at)
    if not match or not match["number"]:
        return at, timedelta(0)
    said = match["number"]
    return match.end(), timedelta(minutes=int(said) if said.isdigit() else int(chinese(said)[0]))
