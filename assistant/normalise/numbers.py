"""Numbers as people write them: 两, 三千五, 1万2, 七八十, 百八十, 1.5k, "two hundred", "half a dozen", "2 or 3"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .found import Found, found, look_back, plain

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_TENS = {"廿": "二十", "卅": "三十"}
_TAILS = {"w": 1000, "k": 100, "万": 1000, "千": 100, "百": 10, "亿": 10**7}

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TIES = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: value for value, word in enumerate([*_ONES, *_TEENS], start=1)}
WORDS |= {word: 10 * value for value, word in enumerate(_TIES, start=2)} | {"zero": 0}
_TIMES = {"hundred": 100, "thousand": 1000, "dozen": 12, "grand": 1000, "k": 1000, "w": 10**4, "couple": 2, "few": 3}

_SMALL = rf"(?:(?:{'|'.join(_TIES)})(?:[ -](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)}|zero)(?![a-z])"
_ARTICLE_FOR = (
    "hour|minute|mile|km|kilomet(?:er|re)|day|week|month|bottle|cup|glass|bowl|plate|can|box|bag|pack|slice|piece|portion|"
    "serving|order|pint|pot|tub|pair|kid|child|baby|toddler|person|friend"
)
_C = "零〇一二三四五六七八九十百千万亿廿卅"
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"

# Numerals that open another word: a lone 万 (万达), 万一, 千万别, 十分好, 百度.
_NOT_A_NUMBER = rf"[百千万亿](?![{_C}])|万一|千万[别不要得记]|十分(?![钟之])|三明治|千层"

_NUMBER = re.compile(
    rf"""(?P<sign>(?:(?:^|(?<=[\s,，。:(¥$£€算均过为是]))-|负|(?<![a-z])minus\s)?)
    (?:(?P<arabic>{_ARABIC})
        (?:(?P<times>[百千万亿]|[kw](?![a-z]|[0-9]{2})|\s?(?:hundred|thousand|dozen|grand)(?![a-z]))
           (?P<tail>[1-9一二三四五六七八九](?![0-9{_C}点]))?)?
    |(?P<chinese>[俩仨]|(?!{_NOT_A_NUMBER})(?:[{_C}两]|几(?=[十百千]))(?:[{_C}]|(?<=[百千万亿零])两(?=[百千])|(?<=十)几)*
        (?:点[零〇一二三四五六七八九]++(?![十百刻分钟位人份]|个(?!小时|钟头)))?)
    |(?P<half>半(?=[个只斤小天份打杯碗公里年月钟瓶块条盘份]))
    |(?<![a-z])(?:(?P<dozen>half\ a\ dozen)(?![a-z])|(?P<halfa>half\ an?)(?=\ [a-z])
        |(?P<english>(?:an?|{_SMALL})\ (?:hundred|thousand|dozen|couple|few)(?:\ of(?=\ ))?(?![a-z])
                     (?:\ (?:and\ )?{_SMALL}(?:\ hundred(?![a-z]))?)?|{_SMALL})
        |(?P<article>an?)(?=\ (?:{_ARTICLE_FOR})(?![a-z]))))
    (?P<more>[多来余](?=[块元个人位份名公里米分小天岁钱]|$|[\s,，。的])|\ and\ a\ half(?![a-z]))?""",
    re.VERBOSE,
)
_JOIN = re.compile(r"\s?(?:到|至|~|-|或者?|(?<= )to(?= )|(?<= )or(?= ))\s?")
_BETWEEN = re.compile(r"(?:between|介于)\s?$")
_AND = re.compile(r"\s?(?:和|与|(?<= )and(?= ))\s?")


@dataclass(frozen=True)
class Number:
    """A number in a plain sentence; `low` and `high` differ when a range was said.

    `approx`: 二十来, 十几. `glued`: a Latin letter stands right before it (T2). `said`: its characters.
    """

    low: Decimal
    high: Decimal
    start: int
    end: int
    said: str
    approx: bool = False
    glued: bool = False
    article: bool = False

    @property
    def whole(self) -> int | None:
        """The number as an integer (the high end of a range), or None."""
        return int(self.high) if self.high == int(self.high) else None

    @property
    def exact(self) -> bool:
        """Neither a range nor vague."""
        return self.low == self.high and not self.approx


@lru_cache(maxsize=32)
def scan(sentence: str) -> tuple[Number, ...]:
    """Return the numbers of a plain sentence in order, "3到5" as one. Any digit counts: callers look around it."""
    single = [_read(match) for match in _NUMBER.finditer(sentence)]
    merged: list[Number] = []
    for number in single:
        if merged and (joined := _join(sentence, merged[-1], number)):
            merged[-1] = joined
        else:
            merged.append(number)
    return tuple(merged)


def _join(sentence: str, one: Number, two: Number) -> Number | None:
    """Return the range of two numbers with 到, -, to, or between them."""
    if not (one.exact and two.exact and 0 <= one.low < two.low) or one.glued:
        return None
    between = look_back(_BETWEEN, sentence, one.start)
    if not (_AND if between else _JOIN).fullmatch(sentence, one.end, two.start):
        return None
    start = between.start() if between else one.start
    return Number(one.low, two.high, start, two.end, sentence[start : two.end])


def _read(match: re.Match[str]) -> Number:
    low, high, approx = _value(match)
    more = match["more"]
    if more and more.startswith(" and"):
        low, high = low + Decimal("0.5"), high + Decimal("0.5")
    elif more:
        approx = True
    low, high = _short(low), _short(high)
    if match["sign"]:
        low, high = -high, -low
    start = match.start()
    letter = start > 0 and sentence_letter(match.string[start - 1])
    return Number(low, high, start, match.end(), match[0], approx, letter, bool(match["article"]))


def _short(value: Decimal) -> Decimal:
    """Return 1500 for 1500.0: a value is shown as it is said."""
    return value.quantize(Decimal(1)) if value == int(value) and value < 10**12 else value


def sentence_letter(character: str) -> bool:
    """Tell whether a plain character is a Latin letter."""
    return "a" <= character <= "z"


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal, bool]:
    if match["arabic"]:
        value = Decimal(match["arabic"].replace(",", ""))
        if times := match["times"]:
            times = times.strip()
            value *= _TIMES.get(times) or _UNITS.get(times) or _GROUPS[times]
            if tail := match["tail"]:
                value += (_DIGITS[tail] if tail in _DIGITS else int(tail)) * _TAILS.get(times, 0)
        return value, value, False
    if match["chinese"]:
        return chinese(match["chinese"])
    if match["half"] or match["halfa"]:
        return Decimal("0.5"), Decimal("0.5"), False
    if match["dozen"]:
        return Decimal(6), Decimal(6), False
    if match["article"]:
        return Decimal(1), Decimal(1), False
    words = match["english"].replace("-", " ").split()
    value = Decimal(_english(words))
    return value, value, "few" in words


def _english(words: list[str]) -> int:
    total = part = 0
    for word in words:
        if word in WORDS:
            part += WORDS[word]
        elif word in ("a", "an"):
            part = 1
        elif word in _TIMES:
            part = (part or 1) * _TIMES[word]
            if word == "thousand":
                total, part = total + part, 0
    return total + part


def chinese(said: str) -> tuple[Decimal, Decimal, bool]:
    """Return (low, high, vague) of a Chinese numeral; 七八十 and 十七八 are ranges, 几十 and 十几 are vague."""
    whole, _, fraction = said.partition("点")
    for char, tens in _TENS.items():
        whole = whole.replace(char, tens)
    if fraction:
        digits = "".join(str(_DIGITS[char]) for char in fraction)
        value = Decimal(f"{_whole(whole)}.{digits}")
        return value, value, False
    if "几" in whole:
        low, high = ("一", "九") if whole.endswith("几") else ("二", "九")
        return Decimal(_whole(whole.replace("几", low))), Decimal(_whole(whole.replace("几", high))), True
    pair = re.search(
        r"(?<![零〇一二两三四五六七八九])([一二两三四五六七八])([二三四五六七八九])(?![零〇一二三四五六七八九])", whole
    )
    if pair and _DIGITS[pair[2]] - _DIGITS[pair[1]] in ((1, 2) if pair[0] == "三五" else (1,)):
        at = pair.start()
        low_said, high_said = whole[: at + 1] + whole[at + 2 :], whole[:at] + whole[at + 1 :]
        return Decimal(_whole(low_said)), Decimal(_whole(high_said)), True
    value = Decimal(_whole(whole))
    return value, value, False


def _whole(said: str) -> int:
    """Return a numeral without 点 and 几: 三千五 is 3500, 一百零二 is 102, 二零二六 is 2026, 百八十 is 180."""
    if all(char in _DIGITS for char in said):
        return int("".join(str(_DIGITS[char]) for char in said))
    total = section = digit = 0
    last, fresh, zero = 1, False, False
    for char in said:
        if char in _DIGITS:
            digit, fresh = _DIGITS[char], True
            zero = zero or digit == 0
        elif char in _UNITS:
            last = _UNITS[char]
            section, digit, fresh, zero = section + (digit if fresh and digit else 1) * last, 0, False, False
        else:
            last = _GROUPS[char]
            total, section, digit, fresh, zero = (total + section + digit or 1) * last, 0, 0, False, False
    if digit and last >= 100 and not zero:
        digit *= last // 10
    return total + section + digit


# A lone Chinese digit counts when a classifier, a unit or nothing follows; else it is part of a word (一起, 不屑一顾).
_COUNTED = re.compile(
    r"$|[\s,，。.!?;；、:()~到至或和-]|"
    r"[个位名人口份杯碗盘瓶罐听盒箱块片串根条支颗粒打桶锅套包袋斤克公米小分点时刻秒天日号月年周星晚层楼室栋间张件本双把次种只台辆元毛角钱度折倍成%％毫升岁股餐顿桌号刻]|里(?=[地路内以之])|道(?![口路街外])|家(?!的)"
)
_A_WORD = re.compile(
    r"块(?![0-9钱])|家(?=的)|点|时间|小[部些]|人气|成|口气|次性|个劲|把[手抓]|口(?=[吃])|和|度假|日三餐|天天|分"
)
_IDIOM_BEFORE = re.compile(r"[万哪这那某唯统之]$")
_PRONOUN = re.compile(
    r"(?:(?<![a-z])(?:another|this|that|the|which|no|some|any|every|last|first|second|third|next|other)\s|(?<![a-z])(?:an?|the|any)\s[a-z-]+\s)$"
)


def find_numbers(text: str) -> list[Found]:
    """Return every number: `value` a Decimal, or a pair (low, high) when a range was said; detail `approx`."""
    sentence = plain(text)
    result = []
    for number in scan(sentence):
        if number.article or number.glued or _in_a_word(sentence, number):
            continue
        value = number.low if number.low == number.high else (number.low, number.high)
        result.append(found(text, number.start, number.end, value, approx=number.approx))
    return result


def _in_a_word(sentence: str, number: Number) -> bool:
    """Tell the 三 of 三里屯, the 一 of 一起 and the "one" of "another one" from numbers."""
    if number.said == "one":
        return bool(look_back(_PRONOUN, sentence, number.start))
    if len(number.said) > 1 or number.said.isascii():
        return False
    if number.said == "一" and (
        _A_WORD.match(sentence, number.end) or look_back(_IDIOM_BEFORE, sentence, number.start)
    ):
        return True
    return not _COUNTED.match(sentence, number.end)
