"""How many people: 两个人, 我们三个, 一家三口, 两大一小, 双人, 我和老婆, "for two", "party of 5", "me and my wife"."""

from __future__ import annotations

import re
from itertools import pairwise

from .found import Found, found, longest, look_back, plain
from .numbers import Number, scan

_MOST = 999

_ADULT = re.compile(
    r"\s?(?:个|位|名)?(?:大人|成人|成年人|大(?=[,和带\s]*[一二两三四五0-9]))|\s?(?:adults?|grown-?ups?)(?![a-z])"
)
_CHILD = re.compile(
    r"\s?(?:个|位|名)?(?:小孩子?|孩子|儿童|小朋友|宝宝|娃|小(?![份杯碗时龙笼炒菜米吃只串块]))|"
    r"\s?(?:children|child|kids?|bab(?:y|ies)|toddlers?)(?![a-z])"
)
_AND = re.compile(r"[\s,，、和带跟加]*(?:and|plus|with)?\s?")

_AND_ALSO = re.compile(
    r"\s?[,，、]?\s?(?:还有|以及|外加|加上|再加|带着?|和|跟|plus|and|with)\s?(?:我们的?|our |my |the )?"
)

_HEADS = re.compile(
    r"\s?(?:[个位名口]\s?)?大?人(?![均民气生工家物手类才造行道])份?|"
    r"\s?(?:位|名)(?![数置于子字称单牌气胜次])(?:客人|顾客|朋友|同事|同学)?|"
    r"\s?个(?:同事|朋友|客人|同学|小伙伴|伙伴|孩子|小孩|大人|成人|老人|闺蜜|兄弟|家人)|口(?:之家|人)|"
    r"[ -]?(?:people|persons?|guests?|pax|ppl|diners|folks|friends|colleagues|coworkers|adults|of us|men|women|"
    r"seats)(?![a-z])"
)
_FAMILY = re.compile(r"一家\s?$")
_MOUTHS = re.compile(r"\s?口(?:人|之家)?")
_PAIRED = re.compile(
    r"(?:[我咱他她你]们|[我咱他她你俺]|口子|夫妻|父子|母女|母子|父女|兄弟|姐妹|兄妹|情侣|哥|姐|爷|娘|同学)\s?$"
)
_WE = re.compile(r"(?P<give>[给帮为替])?(?:我|咱|他|她|你)们(?:一共|总共|有|是|就|大概|全家|一家)?\s?$|咱\s?$")
_WE_AFTER = re.compile(
    r"\s?(?:[个位口](?:人)?(?P<end>$|[\s,，。.!?]|[吃用点喝想要去一在都最今明晚周有这正现准打还])|(?=$|"
    r"[\s,，。!?]))"
)
_ORDINAL = re.compile(r"[第每]\s?$|[0-9a-z]-$")
_EACH = re.compile(
    r"(?:一\s?[份杯碗个只盒瓶]|\s?(?:平均|消费)?\s?(?:[¥$£€]|"
    r"[0-9二三四五六七八九]?[0-9一二三四五六七八九十百]+(?![0-9一二三四五六七八九十百]*[个份杯碗大])))"
)

_STRONG_EN = re.compile(
    r"(?<![a-z])(?:(?P<of>(?:party|group|family|team|crowd|table) of)|(?:table|reservation|dinner|lunch|breakfast|"
    r"brunch|supper|"
    r"meals?|food|enough|seats?|booking|takeaway|takeout|set)(?: \w+)? (?P<for>for)|(?P<we>us|we(?: are|'re)|"
    r"there(?: are|'re|'s| will be)))\s$"
)
_FOR = re.compile(r"(?<![a-z])for (?:the |us |just |only )?$")
_NOT_HEADS = re.compile(
    r"[\s-]?(?:[¥$£€%:.][0-9]?|am|pm|a\.m|p\.m|o'clock|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|"
    r"years?|dollars?|bucks?|"
    r"yuan|rmb|quid|pounds?|euros?|km|miles?|stars?|pieces?|percent|k(?![a-z])|m(?![a-z]))|[0-9:.]|-[0-9]"
)
_EN_END = re.compile(
    r"\s?(?:$|[,，。.!?;)]|(?:people|please|pls|at|tonight|today|tomorrow|this|next|on|in|near|around|under|below|"
    r"with|without|to|from|by|"
    r"deliver\w*|not|no|who|and|that|budget|max|about|within|over|less|if|thanks|for|now|asap)(?![a-z]))"
)
_ALONE = re.compile(
    r"(?:[\s,，。.!?就我们一共大概约吧个左右的有是~]|just|only|about|around|maybe|it's|it is|we are|there are|"
    r"please|for)*"
)
_WORDS = (
    (re.compile(r"双人(?![床间房枕被份]|份)|两口子|小两口|(?:我们)?夫妻(?:俩|二人)?(?![^吃])"), 2),
    (re.compile(r"双人份"), 2),
    (
        re.compile(
            r"单人(?![床间房枕被])份?|一人食|(?:就|只有)我(?:自己|一个人?|独自)?(?=$|[\s,，。吃一点!])|我自己(?=吃|一个|"
            r"一人|$|[,，。])(?:一个人|一人)?|独自(?:一人)?"
        ),
        1,
    ),
    (
        re.compile(
            r"(?<![a-z])(?:(?:just|only) (?:for )?(?:me|myself|one)|(?:all )?by myself|for myself|on my own|"
            r"(?:eating )?alone|solo|"
            r"table for one|for one(?=$|[,.!?]| (?:please|at|tonight|person)))(?![a-z])"
        ),
        1,
    ),
    (
        re.compile(
            r"(?<![a-z])(?:(?:the )?both of us|the pair of us|us both|for a couple(?! of)|as a couple)(?![a-z])"
        ),
        2,
    ),
)

KIN_ZH = (
    "老婆|老公|妻子|丈夫|媳妇儿?|爱人|对象|男朋友|女朋友|男友|女友|妈妈?|爸爸?|母亲|父亲|儿子|女儿|闺女|孩子|娃|"
    "宝宝|弟弟|妹妹|哥哥?|姐姐?|"
    "爷爷|奶奶|外公|外婆|姥姥|姥爷|闺蜜|室友|舍友|老板|领导|同事|朋友|同学|客户|邻居"
)
_PARENTS = "爸妈|父母|爹妈|老婆孩子|公婆|岳父母"
_ONE_KIN = rf"(?:我|我的|一个|她|他)?(?:(?P<{{0}}two>{_PARENTS})|(?:{KIN_ZH}))(?!们)"
_KIN_LIST = re.compile(rf"(?:{_PARENTS}|{KIN_ZH})(?!们)")
_ME_AND = re.compile(
    r"(?:(?P<me>(?<![给帮])[我俺]|本人)\s?(?:[和跟与同]|带着?|还有)|(?<![给为])(?:带着?|陪着?|"
    rf"[和跟](?=[^，,。]{{1,6}}(?:一起|吃|去|聚|约会|逛))))"
    rf"\s?(?P<kin>(?:我的?|一个|他的?|她的?)?(?:{_PARENTS}|{KIN_ZH})(?!们)(?:(?:[和跟与、,，]|还有|"
    rf"带)?(?:我的?)?(?:{_PARENTS}|{KIN_ZH})(?!们))*)"
)
_ME_AND_N = re.compile(r"我\s?(?:[和跟与同]|带着?|还有)\s?$")
_KIN_N = re.compile(rf"\s?(?:个|位|名)\s?(?:{KIN_ZH})")

_KIN_EN = (
    "wife|husband|girlfriend|boyfriend|partner|mum|mom|mother|dad|father|son|daughter|kid|child|baby|friend|"
    "sister|brother|boss|"
    "colleague|co-?worker|date|roommate|flatmate|housemate|fianc[eé]e?|spouse|grandma|grandpa|aunt|uncle|cousin|"
    "client|neighbou?r"
)
_A_KIN = rf"(?:my|a|our|the) (?:{_KIN_EN}|parents)(?![a-z])"
_ME_AND_EN = re.compile(
    rf"(?<![a-z])(?:(?:me|myself|i) (?:and|plus|with) (?P<a>{_A_KIN}(?:(?:,| and|, and) {_A_KIN})*)|"
    rf"(?P<b>{_A_KIN}(?:(?:,| and|, and) {_A_KIN})*),? and (?:i|me|myself)(?![a-z'])|with (?P<c>my (?:{_KIN_EN}|"
    rf"parents)(?![a-z])(?: and {_A_KIN})*))"
)
_ME_AND_N_EN = re.compile(r"(?<![a-z])(?:me|myself|i) (?:and|plus|with)(?: my)? $")
_KIN_N_EN = re.compile(rf" (?:{_KIN_EN.replace('child|', 'children|')})s?(?![a-z])")


def find_people(text: str, *, expect: bool = False) -> list[Found]:
    """Return head counts: `value` an int (of a range the high end).

    Detail: adults and children when told apart, low and high of a range, `guess` when it is only likely (我和朋友: 2).
    `expect`: the person was asked how many.
    """
    sentence = plain(text)
    founds = [*_with_children(text, sentence), *_me_and(text, sentence)]
    for pattern, value in _WORDS:
        founds += [found(text, match.start(), match.end(), value) for match in pattern.finditer(sentence)]
    for number in scan(sentence):
        if number.whole is not None and 0 <= number.whole <= _MOST and not number.glued:
            founds += _counted(text, sentence, number, expect=expect)
    return longest(_and_children(text, sentence, one) for one in longest(founds))


def _and_children(text: str, sentence: str, one: Found) -> Found:
    """Return a head count with the children named right after it: 我和老婆还有俩娃, "my wife and I plus two kids"."""
    link = _AND_ALSO.match(sentence, one.end)
    number = next((n for n in scan(sentence) if link and n.start == link.end() and n.whole), None)
    kids = _CHILD.match(sentence, number.end) if number else None
    if number is None or kids is None or not isinstance(one.value, int) or number.whole is None:
        return one
    return found(text, one.start, kids.end(), one.value + number.whole, **{**one.detail, "children": number.whole})


def _counted(text: str, sentence: str, number: Number, *, expect: bool) -> list[Found]:
    """Return the head count around one number, if there is one."""
    span = _zh_span(sentence, number) or _en_span(sentence, number)
    if not span and expect and _ALONE.fullmatch(sentence[: number.start] + sentence[number.end :]):
        span = (number.start, number.end, 0)
    if not span:
        return []
    start, end, more = span
    detail: dict[str, object] = {}
    if number.low != number.high:
        detail = {"low": int(number.low) + more, "high": int(number.high) + more}
    return [found(text, start, end, int(number.high) + more, **detail)]


def _zh_span(sentence: str, number: Number) -> tuple[int, int, int] | None:
    """Return (start, end, how many to add) for a Chinese phrase."""
    if look_back(_ORDINAL, sentence, number.start) or look_back(_ME_AND_N_EN, sentence, number.start):
        return None
    if (me := look_back(_ME_AND_N, sentence, number.start)) and (kin := _KIN_N.match(sentence, number.end)):
        return me.start(), kin.end(), 1
    if (family := look_back(_FAMILY, sentence, number.start)) and (mouths := _MOUTHS.match(sentence, number.end)):
        return family.start(), mouths.end(), 0
    if number.said in ("俩", "仨"):
        pair = look_back(_PAIRED, sentence, number.start)
        heads = re.compile(r"人|口子").match(sentence, number.end)
        end = heads.end() if heads else number.end
        return (pair.start() if pair else number.start, end, 0) if pair or heads else None
    if heads := _HEADS.match(sentence, number.end):
        if number.whole == 1 and _EACH.match(sentence, heads.end()):
            return None
        we = look_back(_WE, sentence, number.start)
        return (we.start() if we and not we["give"] else number.start), heads.end(), 0
    if we := look_back(_WE, sentence, number.start):
        after = _WE_AFTER.match(sentence, number.end)
        if after:
            end = after.start("end") if after["end"] is not None else after.end()
            return (we.start() + len(we["give"] or "")), end, 0
    return None


def _en_span(sentence: str, number: Number) -> tuple[int, int, int] | None:
    """Return (start, end, how many to add) for an English phrase."""
    if (me := look_back(_ME_AND_N_EN, sentence, number.start)) and (kin := _KIN_N_EN.match(sentence, number.end)):
        return me.start(), kin.end(), 1
    if number.article or _NOT_HEADS.match(sentence, number.end):
        return None
    if (strong := look_back(_STRONG_EN, sentence, number.start)) and _EN_END.match(sentence, number.end):
        return strong.start(strong.lastgroup or 0), number.end, 0
    if (weak := look_back(_FOR, sentence, number.start)) and _EN_END.match(sentence, number.end):
        return weak.start(), number.end, 0
    return None


def _with_children(text: str, sentence: str) -> list[Found]:
    """Return 两大一小 and "two adults and a child", told apart."""
    result = []
    for one, two in pairwise(scan(sentence)):
        adults, children = _ADULT.match(sentence, one.end), _CHILD.match(sentence, two.end)
        if adults and children and one.whole and two.whole and _AND.fullmatch(sentence[adults.end() : two.start]):
            value = one.whole + two.whole
            result.append(found(text, one.start, children.end(), value, adults=one.whole, children=two.whole))
    return result


def _me_and(text: str, sentence: str) -> list[Found]:
    """Return 我和老婆, 带爸妈, "my wife and I"."""
    result = []
    for match in _ME_AND.finditer(sentence):
        kin = _KIN_LIST.findall(match["kin"])
        value = 1 + sum(2 if one in _PARENTS.split("|") else 1 for one in kin)
        guess = any(one in ("同事", "朋友", "同学") for one in kin)
        result.append(found(text, match.start(), match.end(), value, **({"guess": True} if guess else {})))
    for match in _ME_AND_EN.finditer(sentence):
        kin = re.findall(rf"{_KIN_EN}|parents", match["a"] or match["b"] or match["c"])
        value = 1 + sum(2 if one == "parents" else 1 for one in kin)
        result.append(found(text, match.start(), match.end(), value))
    return result
