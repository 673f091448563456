"""Points in time counted from now: 半小时后, 尽快, "in 45 minutes", "an hour ago", "asap"."""

from __future__ import annotations

import re
from datetime import datetime

from .durations import spans
from .found import Found, found, look_back, plain

_LATER = re.compile(r"\s?(?:(?P<later>之?后(?!天)|以后|later|from now)|(?P<ago>之?前(?![台面])|以前|ago))(?![a-z])")
_IN = re.compile(r"(?:(?<![a-z])in\s|(?<!超)再?过\s?)$")
_NOW = re.compile(
    r"现在|马上|立刻|立马|立即|即刻|尽快|越快越好|赶紧|赶快|当下|"
    r"(?<![a-z])(?:right (?:now|away)|as soon as possible|a\.?s\.?a\.?p\.?|immediately|straight away|"
    r"(?<!from )(?<!by )now(?=[\s.!?]*$|,? please| to))(?![a-z])"
)


def find_soon(text: str, now: datetime) -> list[Found]:
    """Return points in time counted from now: `value` a datetime, or a pair for 20到30分钟后.

    三天后 is a day and belongs to dates.
    """
    sentence = plain(text)
    result = [
        found(text, match.start(), match.end(), now, grain="now", past=False, day=False)
        for match in _NOW.finditer(sentence)
    ]
    for span in spans(sentence):
        after, lead = _LATER.match(sentence, span.end), look_back(_IN, sentence, span.start)
        if span.unit in ("day", "night", "week") or not (after or lead):
            continue
        ago = bool(after and after["ago"])
        low, high = (now - span.value, now - span.low) if ago else (now + span.low, now + span.value)
        value = high if span.low == span.value else (low, high)
        start, end = lead.start() if lead else span.start, after.end() if after else span.end
        result.append(found(text, start, end, value, grain="minute", past=ago, day=False))
    return result
