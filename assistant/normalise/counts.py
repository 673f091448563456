"""Quantities with what they count: 两份宫保鸡丁, 拿铁来三杯, 可乐x2, 半只烤鸭, "two lattes", "a bottle of water"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from .found import Found, found, look_back, plain
from .numbers import Number, scan

_UNIT = re.compile(
    r"\s?(?P<unit>(?:[大中小]|超大)?(?:公斤|人份|"
    r"[份个只杯碗盘瓶罐听盒箱块片串根条颗粒打桶锅套包袋斤两克扎笼屉例客碟盅壶张件本双枚款支枝把筐匹盆勺坨段枚])(?:装)?)"
    r"(?P<half>半)?"
)
# A classifier followed by these belongs to something else: time, people, ordinals, talk.
_NOT_AFTER = {
    "个": re.compile(
        r"半?(?:小时|钟头|月|星期|礼拜|人|位|大人|小孩|地方|地址|问题|电话|时间|字|建议|要求|店|餐厅|馆子|口味|选择|"
        r"单子|订单|号)|儿?$(?<=哪个)"
    ),
    "条": re.compile(r"龙|路|街|命"),
    "件": re.compile(r"事"),
    "张": re.compile(r"图|照片|床|嘴"),
    "把": re.compile(r"年纪"),
    "块": re.compile(
        r"钱|以|左|上|的|[0-9一二三四五六七八九]|儿|吃|去|来|人民币|之|内|$|[\s,，。!?]|[^\w]|[川湘粤]菜|一?个?人|起"
    ),
    "两": re.compile(r"个|份|杯|碗|只|位|人|家|种|样|点|天|年|月|周|瓶|盒|块|公里|小时"),
    "本": re.compile(r"地|店|来|人|月|周"),
    "段": re.compile(r"时间|路"),
    "包": re.compile(r"间|厢|子铺|邮|装"),
    "份": re.compile(r"工作|心|订单"),
}
_BEFORE_NO = re.compile(r"(?:[第这那哪每另换下上几某整同]|另外|随便|任何|[0-9a-z.:/]|[前后]面?)$")
_TIMES_X = re.compile(r"\s?[x×*乘]\s?$")
_X_AFTER = re.compile(r"\s?[x×*]\s?(?=[^\s0-9])")

# Where the name of a dish ends.
_STOP_ZH = (
    r"[\s,，。.!?;；、:0-9()（）]|送[到去给至]|[和跟再加]?[一两二三四五六七八九十半][份个只杯碗盘瓶罐盒块串笼]|"
    r"[和跟](?![牛风平])|再[来加要]|还要|"
    r"不要|不加|不吃|不辣|不放|别放|别加|少放|多放|少糖|少冰|去冰|加辣|微辣|免辣|要[^求]|谢谢|吧|呗|给我|给[他她]|"
    r"到公司|到家|"
    r"[我你他她在够当](?!们)|带走|外卖|外带|打包|尽快|快点|多少钱|有吗|可以吗|行吗|呢|吗|了|就"
)
# What is said of a thing before its name is no name: 一个评分高的, 一家人均50的.
_QUALITY = "评分|价格|票价|价位|人均|适合|性价比|离|便宜|最|比较|更|好吃|有|能|可以|在"
_NOUN_ZH = re.compile(rf"\s?的?(?!{_STOP_ZH}|{_QUALITY})(?P<noun>[^\s,，。.!?;；、:0-9()（）]+?)(?=$|{_STOP_ZH})")
_HAS_QUALITY = re.compile(rf"\s?(?:{_QUALITY})")
_NOUN_BEFORE = re.compile(
    r"(?P<noun>[^\s,，。.!?;；、:0-9()（）]+?)\s?(?:(?:给我|帮我|我要|请)?(?:各?来个?|要|点|加|各|订|买|再来|再要|"
    r"再加|上|拿)|就)?\s?(?:[x×*]\s?)?$"
)
_NOUN_LEAD = re.compile(
    r"^(?:帮我们?|给我们?|我想要?|我要|请|麻烦|想要?|要|来|再|点|加|买|订|[你您能找]|推荐|可以|下单|吃|喝|还|和|"
    r"跟|以及|另外|一共|总共|共|各|就|把|送|的|第.个|一下|那个|这个|你好|老板|那|吧)+"
)

_EN_UNIT = (
    "bottles?|cups?|glass(?:es)?|bowls?|plates?|cans?|box(?:es)?|bags?|packs?|slices?|pieces?|portions?|"
    "servings?|orders?|pints?|pots?|"
    "tubs?|pairs?|sets?|dozen|skewers?|baskets?|jars?|trays?|buckets?"
)
_EN_UNIT_OF = re.compile(rf"\s?(?P<unit>{_EN_UNIT})(?: of(?: the)?)?(?![a-z])")
_STOP_EN = (
    "and|with|to|for|at|from|please|pls|under|below|deliver|delivered|near|in|by|no|without|not|on|that|which|or|"
    "each|tonight|today|"
    "tomorrow|asap|now|thanks|about|around|within|is|are|was|as|if|but|then|plus|extra|half|i|me|my|it|of|off|"
    "out|would|will|should|can|more|so"
)
_WORD_EN = rf"(?!(?:{_STOP_EN})(?![a-z]))[a-z][a-z'&-]*"
_NOUN_EN = re.compile(rf"\s?(?:[x×]\s?)?(?:of )?(?:the )?(?P<noun>{_WORD_EN}(?: {_WORD_EN}){{0,4}})")
_NOT_EN = re.compile(
    r"[\s-]?(?:%|(?:am|pm|o'clock|minutes?|mins?|min|hours?|hrs?|hr|days?|nights?|weeks?|months?|years?|dollars?|"
    r"bucks?|yuan|rmb|cny|usd|kuai|"
    r"hkd|gbp|eur|quid|pounds? (?!of)|pounds?$|euros?|km|kms|m|metres?|meters?|miles?|mi|kilomet\w+|stars?|"
    r"percent|people|persons?|guests?|pax|"
    r"adults?|kids|children|child|friends?|colleagues|th|st|nd|rd|k|floor|street|road|avenue|am|tonight|today|tomorrow|"
    r"times?|options?|places?|restaurants?|results?|one|ones|choices|shops?|things?|of|us|or|to|and|last|next|"
    r"first|more|blocks?|x)(?![a-z]))|[:.]?[0-9]"
)
_PREFIX_EN = re.compile(
    r"(?<![a-z])(?:another|the|this|that|which|no|number|room|option|at|past|first|last|next|top|under|below|over|"
    r"around|for|of|flat|no\.|least|most)\s$"
)
_MAKE_IT = re.compile(r"(?<![a-z])make (?:it|that) $|改成$")
_NOT_MADE = re.compile(
    r"\s?(?:[:.][0-9]|[$£€¥%]|"
    r"(?:am|pm|o'clock|people|persons?|guests|dollars?|yuan|quid|bucks?|minutes?|hours?|km)(?![a-z]))"
)
_HOW_MANY_ALONE = re.compile(r"(?:[\s,，。.!?就要来吧个份就行~]|just|only|please|make it|x)*")


def find_counts(text: str, *, expect: bool = False) -> list[Found]:
    """Return quantities: `value` an int or Decimal, the span is the quantity with its unit.

    Detail: unit, noun (what is counted, "" when unsaid), noun_start and noun_end. `expect`: it was asked how many.
    """
    sentence = plain(text)
    result: list[Found] = []
    for number in scan(sentence):
        if number.glued and not look_back(_TIMES_X, sentence, number.start):
            continue
        hit = _chinese(text, sentence, number) or _english(text, sentence, number) or _times(text, sentence, number)
        alone = expect and _HOW_MANY_ALONE.fullmatch(sentence[: number.start] + sentence[number.end :])
        made = look_back(_MAKE_IT, sentence, number.start) and not _NOT_MADE.match(sentence, number.end)
        if not hit and (made or (alone and not _NOT_EN.match(sentence, number.end))):
            hit = found(
                text,
                number.start,
                number.end,
                _value(number),
                unit="",
                noun="",
                noun_start=number.end,
                noun_end=number.end,
            )
        if hit:
            result.append(hit)
    return result


def shortened(count: Found, others: list[Found]) -> Found:
    """Return a count whose noun has lost the wishes at its front: 一份清淡的粥 counts 粥."""
    start, end = count.detail["noun_start"], count.detail["noun_end"]
    for one in sorted(others, key=lambda one: one.start):
        start = one.end if one.start <= start < one.end <= end else start
    if start == count.detail["noun_start"] or start >= end:
        return count
    noun = count.detail["noun"][start - end :]
    return replace(count, detail={**count.detail, "noun": noun, "noun_start": start})


def _value(number: Number, half: str | None = None) -> int | Decimal:
    value = number.high + (Decimal("0.5") if half else 0)
    return int(value) if value == int(value) else value


def _chinese(text: str, sentence: str, number: Number) -> Found | None:
    """Return a number with a Chinese classifier."""
    pair = number.said in ("俩", "仨")
    match = None if pair else _UNIT.match(sentence, number.end)
    if look_back(_BEFORE_NO, sentence, number.start) or not (match or pair):
        return None
    unit, end, half = ("个", number.end, None) if not match else (match["unit"], match.end(), match["half"])
    if pair and not look_back(re.compile(r"[来要点买加给拿]$"), sentence, number.start):
        return None
    stop = _NOT_AFTER.get(unit[-1])
    if (stop and stop.match(sentence, end)) or unit == "人份":
        return None
    noun = _noun_zh(sentence, number.start, end)
    return found(
        text,
        number.start,
        end,
        _value(number, half),
        unit=unit,
        noun=text[slice(*noun)],
        noun_start=noun[0],
        noun_end=noun[1],
    )


def _noun_zh(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of what is counted: after the classifier (两份水饺), or before the number (水饺两份)."""
    if match := _NOUN_EN.match(sentence, end):
        return match.span("noun")
    if _HAS_QUALITY.match(sentence, end):
        return end, end
    if (match := _NOUN_ZH.match(sentence, end)) and len(match["noun"]) <= 16:
        return match.span("noun")
    return noun_before(sentence, start)


def noun_before(sentence: str, at: int) -> tuple[int, int]:
    """Return the span of the words before a quantity, (at, at) when there are none."""
    before = look_back(_NOUN_BEFORE, sentence, at)
    if not before:
        return at, at
    start, end = before.span("noun")
    if lead := _NOUN_LEAD.match(before["noun"]):
        start += lead.end()
    return (start, end) if start < end else (at, at)


def _times(text: str, sentence: str, number: Number) -> Found | None:
    """Return 可乐x2 and "2 x cola"."""
    if (before := look_back(_TIMES_X, sentence, number.start)) and number.whole is not None:
        start, end = noun_before(sentence, before.start())
        return found(
            text,
            before.start(),
            number.end,
            _value(number),
            unit="",
            noun=text[start:end],
            noun_start=start,
            noun_end=end,
        )
    if after := _X_AFTER.match(sentence, number.end):
        noun = _NOUN_ZH.match(sentence, after.end()) or _NOUN_EN.match(sentence, after.end())
        if noun:
            span = noun.span("noun")
            return found(
                text,
                number.start,
                after.end(),
                _value(number),
                unit="",
                noun=text[slice(*span)],
                noun_start=span[0],
                noun_end=span[1],
            )
    return None


def _english(text: str, sentence: str, number: Number) -> Found | None:
    """Return a number with an English unit or noun."""
    if look_back(_PREFIX_EN, sentence, number.start) or number.low != number.high:
        return None
    if unit := _EN_UNIT_OF.match(sentence, number.end):
        noun = _NOUN_EN.match(sentence, unit.end())
        span = noun.span("noun") if noun else (unit.end(), unit.end())
        return found(
            text,
            number.start,
            unit.end(),
            _value(number),
            unit=unit["unit"],
            noun=text[slice(*span)],
            noun_start=span[0],
            noun_end=span[1],
        )
    if number.article or number.said == "half an" or _NOT_EN.match(sentence, number.end) or number.high > 99:
        return None
    noun = re.compile(r"(?:of )?").match(sentence, number.end) and _NOUN_EN.match(sentence, number.end)
    if not noun or (sentence[number.end : number.end + 1] != " " and not number.said.isdigit()):
        return None
    if sentence[number.end] != " ":
        return None
    span = noun.span("noun")
    return found(
        text,
        number.start,
        number.end,
        _value(number),
        unit="",
        noun=text[slice(*span)],
        noun_start=span[0],
        noun_end=span[1],
    )
