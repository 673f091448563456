"""The hours a sentence names: 下午3点半, 19点, 12:30, "7pm", "half past six"; parts of a day: 晚上, "morning"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .found import look_back
from .numbers import WORDS, chinese


@dataclass(frozen=True)
class Part:
    """A part of a day, with the hour that stands for it and the hours it spans (past 24: into the next day)."""

    name: str
    hour: int
    begins: int
    ends: int


@dataclass(frozen=True)
class Clock:
    """An hour as it was said. `certain`: no doubt about morning or evening (19点, 7pm, noon)."""

    start: int
    end: int
    hour: int
    minute: int
    certain: bool = False
    half: str = ""  # am, pm
    valid: bool = True


@dataclass(frozen=True)
class PartFound:
    """A part of the day in a sentence; `weak` ones count only beside a day or an hour ("night")."""

    start: int
    end: int
    part: Part
    weak: bool = False


DAWN = Part("dawn", 2, 0, 6)
EARLY = Part("morning", 8, 5, 11)
MORNING = Part("morning", 10, 6, 12)
EN_MORNING = Part("morning", 9, 5, 12)
NOON = Part("noon", 12, 11, 14)
AFTERNOON = Part("afternoon", 15, 12, 18)
DUSK = Part("evening", 18, 17, 20)
EVENING = Part("evening", 19, 17, 24)
NIGHT = Part("night", 23, 21, 26)

_PARTS = (
    (re.compile(r"凌晨|大?清早|清晨"), (DAWN, EARLY)),
    (
        re.compile(
            r"大?早[上晨](?!好)|一大早|(?<=[今明昨])早(?![点餐饭])|(?<=[今明])晨|"
            r"早(?=[0-9二三四五六七八九十][0-9一二]?(?:点|:))"
        ),
        (EARLY,),
    ),
    (re.compile(r"上午(?!好)"), (MORNING,)),
    (re.compile(r"中午(?!好)|正午|晌午"), (NOON,)),
    (re.compile(r"下午(?![好茶])|午后"), (AFTERNOON,)),
    (re.compile(r"傍晚|黄昏"), (DUSK,)),
    (
        re.compile(
            r"大?晚[上间](?!好)|(?<=[今明昨天日号末])晚(?![点餐饭一安])|(?<=[周期拜][一二三四五六])晚(?![点餐饭一安])|"
            r"晚(?=[0-9七八九十][0-9一二]?(?:点|:))"
        ),
        (EVENING,),
    ),
    (re.compile(r"半夜|深夜|午夜|大?夜里|夜晚|(?<=[今昨])夜"), (NIGHT,)),
)
_EN_PARTS = (
    (re.compile(r"(?<![a-z])(?:early |late )?morning(?![a-z])"), EN_MORNING),
    (re.compile(r"(?<![a-z])(?:lunch ?time|around lunch|at lunch)(?![a-z])"), NOON),
    (re.compile(r"(?<![a-z])(?:(?:early |late )?afternoon)(?![a-z])"), AFTERNOON),
    (re.compile(r"(?<![a-z])(?:(?:early |late )?evening|dinner ?time)(?![a-z])"), EVENING),
    (re.compile(r"(?<![a-z])(?:night)(?![a-z])"), EVENING),
)
_PART_LEAD = re.compile(r"(?<![a-z])(?:in the|at|this|by|around|for) $")
_GREETING = re.compile(r"(?<![a-z])good $")

_H = r"[0-9]{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[零〇一二两三四五六七八九]"
_M = r"[0-5]?[0-9](?![0-9])|[二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九]|五"
_ZH = re.compile(
    rf"(?<![0-9零〇一二两三四五六七八九十百.:第打折差这那几])(?<!评分)(?P<hour>{_H})\s?(?:点钟?|"
    r"时(?![候间尚节常令段区期机光日装而隔不髦事]))"
    r"(?:过?(?P<half>半)(?!个|小时|只|份|斤)|(?P<quarter>一刻|三刻)钟?|"
    rf"过?(?P<minute>{_M})分?(?![份个人位块元杯碗只瓶盒公里岁%])|整)?"
)
# 一点 is "a little" after these (便宜一点, 早一点), and 两点 counts points before those (两点要求).
_A_LITTLE = re.compile(
    r"(?:便宜|[快近早晚多少辣淡好大小远甜咸有热冷差贵慢高低清轻嫩烂软硬酸麻香油实惠新鲜安静干净健康简单凉稍酥脆]|"
    r"[稍略]微)\s?$"
)
_A_LITTLE_AFTER = re.compile(r"点|[的也都儿]|要求|建议|问题|意见|需求|吃的|喝的|东西|钱")
_HOUR_LEAD = re.compile(r"(?:[上下中]午|[早晚]上|凌晨|傍晚|[今明后]天|在|到|至|于|约|大概|差不多|-|~)\s?$")
_DIGITAL = re.compile(
    r"(?<![0-9:.$£€¥])(?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])(?::[0-5][0-9])?(?![0-9:])\s?(?P<half>[ap]\.?m\.?(?![a-z]))?"
)
_EN_NUMBER = "|".join([*(word for word, value in WORDS.items() if 1 <= value <= 12), "[0-9]{1,2}"])
_AM_PM = re.compile(
    rf"(?<![0-9a-z:.$£€¥])(?P<hour>{_EN_NUMBER})(?:[:.](?P<minute>[0-5][0-9]))?\s?(?P<half>[ap]\.?m\.?)(?![a-z0-9])"
)
_OCLOCK = re.compile(rf"(?<![0-9a-z:.])(?P<hour>{_EN_NUMBER})\s?o'?\s?clock")
_PAST = re.compile(
    rf"(?<![0-9a-z])(?P<how>half|(?:a )?quarter|{_EN_NUMBER}|twenty(?:[ -]five)?)(?: minutes?)? (?P<side>past|to|"
    rf"after) (?P<hour>{_EN_NUMBER})(?![0-9a-z])(?! (?:people|persons?|guests|pm?))"
)
_FOLLOW = (
    r"(?=\s?(?:$|[,.!?;，。)]|-|(?:tonight|today|tomorrow|tmr|on|for|in the|please|pls|to|and|or|sharp|with|"
    r"deliver\w*|from|this|next|"
    r"mon|tue|wed|thu|fri|sat|sun|if|is|would|then|no|near|under|not)[a-z]*(?![a-z])))"
)
_AT = re.compile(
    r"(?<![a-z])(?P<lead>at|by|before|until|till|@)(?: around|"
    rf" about)? (?P<hour>{_EN_NUMBER})(?![0-9])(?:[:.](?P<minute>[0-5][0-9]))?(?: (?P<words>thirty|fifteen|"
    rf"forty[ -]five))?{_FOLLOW}"
)
_BESIDE = re.compile(
    r"(?<![a-z])(?:(?<=tonight )|(?<=tomorrow )|(?<=evening )|(?<=night )|(?<=day )|(?<=around )|(?<=about )|"
    rf"(?<=after ))(?P<hour>{_EN_NUMBER})(?:[:.](?P<minute>[0-5][0-9]))?{_FOLLOW}"
)
_THEN_TONIGHT = re.compile(
    rf"(?<![0-9a-z:.$£€¥])(?P<hour>{_EN_NUMBER})(?P<minute>)(?= (?:tonight|this evening|in the (?:morning|evening|"
    r"afternoon)))"
)
_HALF = re.compile(
    rf"(?<![a-z])(?P<lead>at|to|by|around|about|before|after|until) half (?P<hour>{_EN_NUMBER}){_FOLLOW}"
)
_NAMED = (
    (re.compile(r"(?<![a-z])(?:12 )?(?:noon|midday)(?![a-z])"), 12),
    (re.compile(r"(?<![a-z])(?:12 )?midnight(?! snack)(?![a-z])"), 24),
)
_MINUTE_WORDS = {"thirty": 30, "fifteen": 15}


def number(said: str) -> int:
    """Return an hour or minute written in digits, Chinese or English."""
    if said.isdigit() and said.isascii():
        return int(said)
    return WORDS[said] if said in WORDS else int(chinese(said)[0])


def find_parts(sentence: str) -> list[PartFound]:
    """Return the parts of the day in a plain sentence, in order."""
    result = []
    for pattern, parts in _PARTS:
        for match in pattern.finditer(sentence):
            part = parts[-1] if len(parts) == 1 or "凌" not in match[0] else parts[0]
            result.append(PartFound(match.start(), match.end(), part))
    for pattern, part in _EN_PARTS:
        for match in pattern.finditer(sentence):
            if look_back(_GREETING, sentence, match.start()):
                continue
            lead = look_back(_PART_LEAD, sentence, match.start())
            start = lead.start() if lead and "this" not in lead[0] else match.start()
            result.append(PartFound(start, match.end(), part, weak=not lead))
    return sorted(result, key=lambda one: one.start)


def find_clocks(sentence: str, *, evening_talk: bool = False) -> list[Clock]:
    """Return the hours of a plain sentence, in order, without overlaps.

    `evening_talk`: the sentence speaks of a day or meal, so that "around 7" is an hour.
    """
    clocks = [*_chinese(sentence), *_english(sentence, evening_talk=evening_talk)]
    kept: list[Clock] = []
    for clock in sorted(clocks, key=lambda one: (one.start - one.end, one.start)):
        if all(clock.end <= other.start or other.end <= clock.start for other in kept):
            kept.append(clock)
    return sorted(kept, key=lambda one: one.start)


def _chinese(sentence: str) -> list[Clock]:
    result = []
    for match in _ZH.finditer(sentence):
        hour, minute = number(match["hour"]), 0
        bare = not (match["half"] or match["quarter"] or match["minute"]) and match[0][-1] == "点"
        little = bare and match["hour"] in ("一", "两", "二", "1")
        if (
            little
            and _A_LITTLE_AFTER.match(sentence, match.end())
            and not look_back(_HOUR_LEAD, sentence, match.start())
        ):
            continue
        if (
            bare
            and match["hour"] in ("一", "1")
            and (look_back(_A_LITTLE, sentence, match.start()) or not _one_oclock(sentence, match))
        ):
            continue
        if match["half"]:
            minute = 30
        elif match["quarter"]:
            minute = 15 if match["quarter"][0] == "一" else 45
        elif match["minute"]:
            minute = number(match["minute"])
        certain = hour >= 13 or hour == 0
        result.append(Clock(match.start(), match.end(), hour, minute, certain, valid=hour <= 24))
    for match in _DIGITAL.finditer(sentence):
        result.append(
            _clock(match, certain=match["hour"] == "12" or (match["hour"][0] == "0" and len(match["hour"]) == 2))
        )
    return result


def _one_oclock(sentence: str, match: re.Match[str]) -> bool:
    """Tell 一点 the hour from 一点 "a bit": it needs a word of time before it, or of an act after it."""
    if look_back(_HOUR_LEAD, sentence, match.start()):
        return True
    after = re.compile(r"\s?(?:之?[前后]|左右|送|到|吃|开|见|以[前后]|$|[,，。!?])").match(sentence, match.end())
    return (bool(after) and match["hour"] == "1") or bool(after and after[0].strip() and match.start() == 0)


def _clock(match: re.Match[str], *, certain: bool = False) -> Clock:
    groups = match.groupdict()
    hour, minute = number(match["hour"]), int(groups.get("minute") or 0)
    if words := groups.get("words"):
        minute = _MINUTE_WORDS.get(words, 45)
    half = (groups.get("half") or "")[:1]
    certain = certain or hour >= 13 or hour == 0 or bool(half)
    return Clock(
        match.start(), match.end(), hour, minute, certain, f"{half}m" if half and hour <= 12 else "", hour <= 24
    )


def _english(sentence: str, *, evening_talk: bool) -> list[Clock]:
    patterns = [_AM_PM, _OCLOCK, _AT, _THEN_TONIGHT, *([_BESIDE] if evening_talk else [])]
    result = [_clock(match) for pattern in patterns for match in pattern.finditer(sentence)]
    result += [Clock(one.start(), one.end(), number(one["hour"]), 30) for one in _HALF.finditer(sentence)]
    for pattern, hour in _NAMED:
        result += [Clock(match.start(), match.end(), hour, 0, certain=True) for match in pattern.finditer(sentence)]
    for match in _PAST.finditer(sentence):
        how, hour = match["how"], number(match["hour"])
        if hour > 12 or (how.isdigit() and int(how) > 59):
            continue
        minutes = (
            30
            if how == "half"
            else 15
            if "quarter" in how
            else 25
            if how.endswith("five") and " " in how
            else number(how.split("-")[0])
        )
        if match["side"] == "to" and (how == "half" or (minutes < 13 and minutes not in (5, 10))):
            continue
        before = match["side"] == "to"
        result.append(
            Clock(
                match.start(),
                match.end(),
                (hour - 1) % 12 or 12 if before else hour,
                60 - minutes if before else minutes,
            )
        )
    return result
