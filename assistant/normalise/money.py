"""Sums of money: 80块以内, 人均50, 二十五块五, 50到80, HK$100, "under 30 dollars", "about $15 each".

A bare number is money only beside a word of a limit or a price (100以内, 人均50, 预算80), or when an answer about money
is expected. Quantities, times, distances, telephone and street numbers are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .bounds import Around, Words
from .found import Found, found, look_back, plain
from .numbers import Number, chinese, scan

_CURRENCIES = {
    "CNY": r"¥|rmb|cny|人民币|yuan|kuai|元(?![宵旦素气])|圆(?!桌|珠|形|满)",
    "HKD": r"hk\$|hkd|hong kong dollars?|港币|港元|港纸|蚊(?!子|香)",
    "TWD": r"nt\$|twd|新?台币",
    "SGD": r"s\$|sgd|singapore dollars?|新币|新加坡元",
    "AUD": r"au?\$|aud|australian dollars?|澳元|澳币",
    "CAD": r"ca?\$|cad|canadian dollars?|加元|加币",
    "MOP": r"mop\$?|澳门元|澳门币",
    "USD": r"us\$|\$|usd|us dollars?|dollars?|bucks?|美元|美金|美刀|刀(?!削|鱼|具|叉|豆)",
    "GBP": r"£|gbp|pounds?(?! (?:of|cake))|quid|sterling|英镑|镑",
    "EUR": r"€|eur|euros?|欧元|欧(?!洲|式|美|包|阳)",
    "JPY": r"jpy|yen|日元|日币|円",
    "KRW": r"₩|krw|won(?! ton)|韩元|韩币",
}
_CODES = "|".join(f"(?P<{code}>{words})" for code, words in _CURRENCIES.items())
_BEFORE = re.compile(rf"(?P<sign>(?:^|(?<=\s))-)?(?<![a-z])(?:{_CODES})\s?(?P<minus>-?)$")
_AFTER = re.compile(rf"\s?(?:{_CODES})(?![a-z])(?:\s?人民币|\s?rmb)?")
_KUAI = re.compile(
    r"\s?块(?:(?P<money>钱|人民币|rmb)|(?P<mao>[1-9一二两三四五六七八九])(?:毛|"
    r"角)?钱?(?![0-9.零一二三四五六七八九十百千个份杯碗点块]))?"
)
_MAO = re.compile(r"\s?[毛角](?!肚|豆|血|笋|尖|巾|衣|落|色|度)钱?")
# 块 counts pieces before these: 两块蛋糕.
_PIECE = re.compile(
    r"[的]?(?:大|小|厚|薄)?(?:豆腐|蛋糕|披萨|比萨|肉|牛|羊|猪|鸡|鸭|鱼|排骨|排|饼|巧克力|糖|面包|三明治|三文鱼|糕|"
    r"酥|姜|地|手表|吐司|西瓜|木|玉|骨|黄油|芝士|奶酪|红薯|腐乳|布|冰)"
)
_YIKUAI = re.compile(r"(?:儿|吃|去|来|点|玩|聚|买|下|逛|送|走|订|出|用|过)")

# What makes a bare number something else.
_OTHER_UNIT = re.compile(
    r"\s?(?:[个位名人口份杯碗只瓶罐听盒箱片串根条颗粒桶锅套包袋斤两克笼屉例客碟盅壶张件本间晚台双组家楼层号室栋幢座弄路街巷米里天岁年月日周点时分秒度%％折星次种道样班期届倍集]"
    r"|块|公里|千米|公斤|小时|钟头|英里|刻|半|[-/.:][0-9]|[0-9]|"
    r"(?:am|pm|a\.m|p\.m|minutes?|mins?|hours?|hrs?|h|days?|nights?|weeks?|months?|years?|km|kms|kilomet\w+|m|"
    r"met(?:er|re)s?|"
    r"miles?|mi|people|persons?|guests?|pax|adults?|kids|children|of us|kg|kilos?|g|grams?|lbs?|oz|ml|l|lit(?:er|re)s?|"
    r"calories|kcal|cal|stars?|percent|degrees|th|st|nd|rd|o'clock|x|times|"
    r"(?!please|pls|plus|bucks|tops|yes|less|as|this|is|us|was|his|has)[a-z]{2,}(?:[^s\W]s|ies))(?![a-z]))|[a-z]"
)
_THOUSANDS = re.compile(r"^[0-9]{1,2}(?:\.[0-9])?[kw]$")
_GLUED_BEFORE = re.compile(
    r"(?:[第#/:.路街巷道a-z]|[0-9]-|(?:no\.|number|room|flat|suite|unit|gate|bus|line|floor)\s)$"
)
_DISCOUNT = re.compile(r"(?:便宜|优惠|立?减|省|返|打?折|满|降价?|贵|涨价?|抵扣?|红包|找零?)(?:了|个|掉)?\s?$")
_RANGE = re.compile(r"\s?(?:到|至|~|-|to|and|or)\s?[¥$£€]?$")
_ALONE = re.compile(r"[\s,，。.!?就大概吧左右的呢约~可以行钱]*(?:or so|please|ok|max|is fine|each|per person)?[\s.!]*")

_WORDS = Words(
    before={
        "person": r"平?均?(?:每个?人|每一?位|人均|一个?人|每位)(?:消费|预算|花费|价格|费用)?|每客|"
        r"(?<![a-z])(?:per person|each person|per head|a head|pp)",
        "total": r"总共|一共|总价|总计|全部|合计|总的|加起来|总预算|总额|"
        r"(?<![a-z])(?:in total|altogether|total(?: budget)?|all in)",
        "item": r"每份|一份|单价|每个(?!人)|每杯|每碗|每只|一杯|(?<![a-z])per (?:item|dish|piece|cup)",
        "delivery": r"配送费|运费|外送费|跑腿费|起送价?|打包费|(?<![a-z])(?:delivery fee|delivery charge|shipping)",
        "weak": r"预算|价格|价位|价钱|花费|费用|消费|标准|"
        r"(?<![a-z])(?:budget|price|spend(?:ing)?|cost(?:s|ing)?|pay|priced)",
    },
    after={
        "person": r"(?:[/每]一?[个每]?[人位]|一[个每]?[人位])(?![份杯碗个])|"
        r"(?:per (?:person|head)|a head|a person|each|pp|apiece|/ ?person)(?![a-z])",
        "total": r"总共|一共|总价|"
        r"(?:in total|altogether|total|all together|for everything|for all(?: of us)?)(?![a-z])",
        "item": r"(?:[/每]一?|一)[份杯碗只盘个](?!人)|(?:per (?:item|dish|piece|cup)|a piece)(?![a-z])",
        "range": r"之间",
    },
)


@dataclass
class _Sum:
    low: Decimal
    high: Decimal
    start: int
    end: int
    currency: str
    marked: bool  # a currency was written
    approx: bool


def find_money(text: str, *, expect: bool = False) -> list[Found]:
    """Return the sums. `value` is a Decimal (of a range the high end), negative when a minus was written.

    Detail: currency (ISO, "" when unsaid), bound (max, min, about, exact, range), low and high of a range or vague sum,
    per (person, total, item, delivery, or "" when unsaid). `expect`: the person was asked for a sum.
    """
    sentence = plain(text)
    result: list[Found] = []
    numbers = list(scan(sentence))
    while numbers:
        number = numbers.pop(0)
        if result and number.start < result[-1].end:
            continue
        one = _sum(sentence, number)
        if one and (two := _second(sentence, one, numbers)):
            one = _Sum(one.low, two.high, one.start, two.end, one.currency or two.currency, True, False)
        if one and (hit := _accept(text, sentence, number, one, expect=expect)):
            result.append(hit)
    return result


def _sum(sentence: str, number: Number) -> _Sum | None:
    """Return the number with its currency, if it can be a sum at all."""
    low, high, start, end = number.low, number.high, number.start, number.end
    before = look_back(_BEFORE, sentence, start)
    if number.glued and not before:
        return None
    currency = ""
    if before:
        start, currency = before.start(), next(code for code in _CURRENCIES if before[code])
        if before["minus"] or before["sign"]:
            low, high = -high, -low
    if kuai := _KUAI.match(sentence, end):
        if _is_piece(sentence, number, kuai, marked=bool(before)):
            return None
        extra = Decimal(0) if not kuai["mao"] else chinese_or_digit(kuai["mao"]) / 10
        return _Sum(low + extra, high + extra, start, kuai.end(), currency or "CNY", True, number.approx)
    if mao := _MAO.match(sentence, end):
        return _Sum(low / 10, high / 10, start, mao.end(), currency or "CNY", True, number.approx)
    if after := _AFTER.match(sentence, end):
        end, currency = after.end(), currency or str(after.lastgroup)
    return _Sum(low, high, start, end, currency, bool(currency), number.approx)


def chinese_or_digit(character: str) -> Decimal:
    """Return the value of one digit, Arabic or Chinese."""
    return Decimal(character) if character.isascii() else chinese(character)[0]


def _is_piece(sentence: str, number: Number, kuai: re.Match[str], *, marked: bool) -> bool:
    """Tell 两块蛋糕 and 一块吃 from 两块钱."""
    if kuai["money"] or kuai["mao"] or marked:
        return False
    if number.said == "一" and _YIKUAI.match(sentence, kuai.end()):
        return True
    return number.high <= 20 and bool(_PIECE.match(sentence, kuai.end()))


def _second(sentence: str, one: _Sum, numbers: list[Number]) -> _Sum | None:
    """Return the sum that makes a range with this one: 80块到100块, $50-$80."""
    if not numbers or not one.marked or not 0 <= one.low == one.high:
        return None
    if not (two := _sum(sentence, numbers[0])) or not _RANGE.fullmatch(sentence[one.end : two.start]):
        return None
    same = not two.currency or two.currency == one.currency
    return two if same and two.high > one.high and not _OTHER_UNIT.match(sentence, two.end) else None


def _accept(text: str, sentence: str, number: Number, one: _Sum, *, expect: bool) -> Found | None:
    if look_back(_DISCOUNT, sentence, one.start):
        return None
    around = _WORDS.around(sentence, one.start, one.end)
    if not one.marked and not _bare(sentence, number, one, around, expect=expect):
        return None
    bound = around.bound
    detail: dict[str, object] = {"currency": one.currency, "bound": bound, "per": _per(around)}
    if bound == "exact" and one.approx:
        detail["bound"] = "about"
    elif bound == "exact" and "weak" in around.names:
        detail["bound"] = "max"
    if one.low != one.high:
        detail |= {"low": one.low, "high": one.high}
        if bound == "exact" and not one.approx:
            detail["bound"] = "range"
    value = one.low if bound == "min" else one.high
    return found(text, around.start, around.end, value, **detail)


def _per(around: Around) -> str:
    return next((name for name in ("person", "delivery", "total", "item") if name in around.names), "")


def _bare(sentence: str, number: Number, one: _Sum, around: Around, *, expect: bool) -> bool:
    """Tell whether a number without a currency is money."""
    value = number.high
    if number.article or abs(value) >= 10**6 or look_back(_GLUED_BEFORE, sentence, one.start):
        return False
    after_amount = sentence[one.end : around.end].strip()
    if not after_amount and _OTHER_UNIT.match(sentence, one.end) and not _THOUSANDS.search(number.said):
        return False
    if expect and (around.names or _ALONE.fullmatch(sentence[: one.start] + sentence[around.end :])):
        return True
    if around.names & {"person", "weak", "delivery"}:
        return abs(value) >= 5
    if _THOUSANDS.search(number.said):
        return bool(around.names) or _ALONE.match(sentence, one.end).end() > one.end or one.end == len(sentence)  # type: ignore[union-attr]
    if around.bound == "about":
        return value >= 10 and bool(re.search(r"左右|上下|以", sentence[one.end : around.end]))
    if around.bound in ("max", "min"):
        return value < 0 or value >= (5 if around.bound == "max" else 10)
    return (bool(around.names & {"total"}) and value >= 10) or (
        not number.approx and 10 <= number.low < number.high > (31 if "-" in number.said else 24)
    )
