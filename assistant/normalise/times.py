"""Points in time: 今晚, 明天中午, 后天下午3点半, 半小时后, 尽快, 7点到8点, "tonight at 7", "in 45 minutes", "asap".

A part of a day stands for an hour: dawn 2, morning 8 (上午 10, "morning" 9), noon 12, afternoon 15, dusk 18,
evening 19, night 23; while the part is going on it stands for now. An hour that may be morning or evening is the next
one to come (1 to 5 are afternoon except late at night); on another day 1 to 6 are afternoon ("at 7" in English too),
unless the sentence speaks of a meal or an evening.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from .clocks import EVENING, Clock, PartFound, find_clocks, find_parts, number
from .dates import Day, find_days
from .found import Found, found, longest, look_back, plain
from .moments import Group, Setting, resolve
from .soon import find_soon

_GLUE = re.compile(r"[\s,，的]*(?:(?:at|on|in the|by|around|about|before|for|大概|大约|约|差不多)\s*)*")
_RANGE = re.compile(r"\s?(?:到|至|-|~|(?<= )(?:to|and|until|till)(?= ))\s?")
_FIRST_HOUR = re.compile(
    r"(?<![0-9a-z:.$£€¥])(?P<hour>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})(?::(?P<minute>[0-5][0-9]))?\s?(?:到|"
    r"至|-|~|(?<= )(?:to|and)(?= ))\s?$"
)
_FROM = re.compile(r"(?:从|(?<![a-z])(?:from|between)\s)$")

_MEALS = (
    (re.compile(r"晚[餐饭]|夜宵|宵夜|吃晚|晚上|(?<![a-z])(?:dinner|supper|tonight|evening)"), "pm"),
    (re.compile(r"午[餐饭]|中饭|(?<![a-z])(?:lunch)"), "noon"),
    (re.compile(r"早[餐饭茶]|(?<![a-z])(?:breakfast)"), "am"),
)

_BEFORE = re.compile(
    r"(?:(?P<before>不晚于|最晚|最迟|(?<![a-z])(?:no later than|by|before|until|till))|(?P<after>不早于|最早|"
    r"(?<![a-z])(?:after|no earlier than))|"
    r"(?P<about>大概|大约|约|差不多|(?<![a-z])(?:around|about))|(?P<glue>在|于|(?<![a-z])(?:at|on|for)))\s?$"
)
_AFTER = re.compile(
    r"\s?(?:(?P<before>之前|以前|前(?![台面天厅])|or (?:before|earlier)|at the latest)|(?P<after>之后|以后|"
    r"后(?![天面台厅])|or later|onwards?)|"
    r"(?P<about>左右|前后|上下|or so|-?ish))(?![a-z])"
)
_OWN_LEAD = {"by": "before", "before": "before", "until": "before", "till": "before"}

_EXPECTED = re.compile(
    r"[\s就大概约吧在]*(?:at )?(?P<hour>[0-9]{1,2}|[一二两三四五六七八九十]{1,3}|"
    r"[a-z]{3,6})(?::(?P<minute>[0-5][0-9]))?[\s吧。.!]*(?:please)?"
)


def find_times(text: str, now: datetime, language: str = "zh", *, expect: bool = False) -> list[Found]:
    """Return points in time.

    `value`: an aware datetime in the zone of `now`; a pair (start, end exclusive) for a range, weekend, week or month;
    None with detail `invalid` when there is no such time (25点, 2月30日).

    Detail: grain (minute, part, day, weekend, week, month, now; a `day` is its midnight), past, day (one was said or
    follows from what was), and where said: part (dawn, morning, noon, afternoon, evening, night), bound (before, after,
    about, range), ambiguous (the half of the day is a guess). `expect`: it was asked when: a bare 7 is an hour.
    """
    sentence = plain(text)
    setting = Setting(now, language, next((name for words, name in _MEALS if words.search(sentence)), ""))
    result = find_soon(text, now)
    groups = _groups(sentence, setting)
    if not groups and not result and expect:
        groups = _expected(sentence)
    at = 0
    context: Group | None = None
    while at < len(groups):
        group = groups[at]
        second = groups[at + 1] if at + 1 < len(groups) else None
        if context and group.clock and not group.day:
            group = replace(
                group, day=context.day, part=group.part or (context.part if not group.clock.certain else None)
            )
        if second and _is_range(sentence, group, second):
            result.append(_range(text, sentence, group, second, setting))
            at += 1
        else:
            result.append(_single(text, sentence, group, setting))
        if group.day and not group.clock:
            context = group
        at += 1
    return longest(result)


def _groups(sentence: str, setting: Setting) -> list[Group]:
    """Return the days, parts and hours of a sentence, those that stand together in one group."""
    days, parts = find_days(sentence, setting.now.date()), find_parts(sentence)
    clocks = find_clocks(sentence, evening_talk=bool(days or setting.meal or any(not part.weak for part in parts)))
    clocks = [clock for clock in clocks if not any(clock.start < day.end and day.start < clock.end for day in days)]
    clocks = [first for clock in clocks for first in (*_first_hour(sentence, clock), clock)]
    atoms: list[Day | PartFound | Clock] = sorted([*days, *parts, *clocks], key=lambda atom: atom.start)
    result: list[Group] = []
    weak: list[bool] = []
    for atom in atoms:
        group = _of(sentence, atom)
        last = result[-1] if result else None
        if last and (joined := _joined(sentence, last, group)):
            result[-1], weak[-1] = joined, False
        else:
            result.append(group)
            weak.append(isinstance(atom, PartFound) and atom.weak)
    return [group for group, alone in zip(result, weak, strict=True) if not alone]


def _of(sentence: str, atom: Day | PartFound | Clock) -> Group:
    if isinstance(atom, Day):
        night = "night" in sentence[atom.start : atom.end]
        return Group(atom.start, atom.end, day=atom, part=EVENING if night else None)
    if isinstance(atom, Clock):
        return Group(atom.start, atom.end, clock=atom)
    return Group(atom.start, atom.end, part=atom.part)


def _joined(sentence: str, one: Group, two: Group) -> Group | None:
    """Return two groups as one, if nothing but glue stands between them and nothing is said twice."""
    if two.start < one.end:
        return one if two.end <= one.end and not (one.clock and two.clock) else None
    if not _GLUE.fullmatch(sentence, one.end, two.start):
        return None
    if (one.day and two.day) or (one.clock and two.clock) or (one.part and two.part and one.part.name != two.part.name):
        return None
    return Group(one.start, two.end, one.day or two.day, two.part or one.part, one.clock or two.clock)


def _first_hour(sentence: str, clock: Clock) -> list[Clock]:
    """Return the bare hour before an hour: the 7 of 7到8点, the 6 of 6-7pm."""
    match = look_back(_FIRST_HOUR, sentence, clock.start, 12)
    if not match or number(match["hour"]) > 24:
        return []
    end = match.end("minute") if match["minute"] else match.end("hour")
    hour = number(match["hour"])
    return [Clock(match.start(), end, hour, int(match["minute"] or 0), clock.certain and hour > 12)]


def _expected(sentence: str) -> list[Group]:
    match = _EXPECTED.fullmatch(sentence)
    if not match:
        return []
    try:
        hour = number(match["hour"])
    except KeyError:
        return []
    clock = Clock(
        match.start("hour"),
        match.end("minute") if match["minute"] else match.end("hour"),
        hour,
        int(match["minute"] or 0),
        hour > 12,
    )
    return [Group(clock.start, clock.end, clock=clock)] if 1 <= hour <= 24 else []


def _is_range(sentence: str, one: Group, two: Group) -> bool:
    same = (bool(one.clock) and bool(two.clock)) or (
        not one.clock and not two.clock and bool(one.day) and bool(two.day)
    )
    return same and bool(_RANGE.fullmatch(sentence, one.end, two.start))


def _range(text: str, sentence: str, one: Group, two: Group, setting: Setting) -> Found:
    """Return 7点到8点 and 周三到周五 as one pair."""
    lead = look_back(_FROM, sentence, one.start)
    start = lead.start() if lead else one.start
    if one.clock and two.clock:
        half = two.clock.half if not one.part and not one.clock.certain else one.clock.half
        one = replace(one, clock=replace(one.clock, half=half), part=one.part or two.part, day=one.day or two.day)
        two = replace(two, part=two.part or one.part, day=two.day or one.day)
    first, detail = resolve(one, setting)
    last, other = resolve(two, setting)
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return found(text, start, two.end, None, grain="minute", past=False, invalid=True)
    if detail["grain"] == "day":
        last += timedelta(days=1)
    while last <= first:
        last += timedelta(hours=12 if other.get("ambiguous") else 24)
    if last - first > timedelta(hours=12) and detail.get("ambiguous") and detail["grain"] == "minute":
        first += timedelta(hours=12)
    return found(text, start, two.end, (first, last), **{**detail, "bound": "range"})


def _single(text: str, sentence: str, group: Group, setting: Setting) -> Found:
    value, detail = resolve(group, setting)
    start, end = group.start, group.end
    bound = ""
    if after := _AFTER.match(sentence, end):
        end, bound = after.end(), str(after.lastgroup)
    for _ in range(2):
        if not (before := look_back(_BEFORE, sentence, start)):
            break
        start = before.start()
        bound = bound or (str(before.lastgroup) if before.lastgroup != "glue" else "")
    if group.clock and not bound:
        bound = _OWN_LEAD.get(sentence[group.clock.start : group.clock.end].split(" ", maxsplit=1)[0], "")
    if bound:
        detail["bound"] = bound
    return found(text, start, end, value, **detail)
