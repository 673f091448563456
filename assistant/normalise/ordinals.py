"""Which of the things shown: 第二个, 前一个, 最后一家, 倒数第二, 选2, "the second one", "#2", "last one"."""

from __future__ import annotations

import re

from .found import Found, found, longest, plain
from .numbers import WORDS, chinese

_CLASS = r"[个家份道款条间种项位单套张样只杯碗班趟场部本盒]"
_N = r"(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,3})"

_NTH = re.compile(
    rf"(?P<back>倒数)?第\s?{_N}\s?(?:{_CLASS}(?!月|星期|人|小时)|(?=$|[\s,，。.!?吧行好可怎多有为是在的])|"
    r"那[个家份])"
)
_LAST = re.compile(
    r"(?:最后|末尾?)(?:的?(?:那|一)+)?(?:一)?[个家份道款种项](?!月|星期|小时|人|问题|订单|地址)|(?:最后|最末|"
    r"最下面)(?:那[个家份道]|面?的?(?:那[个家份]))|最后(?:一)?面的"
)
_FIRST = re.compile(
    r"最?(?:前面?|上面)的?(?:那|一)[个家份](?!月|星期|小时|问题|订单|地址|单)|前者|首[个家选]|最(?:上面|"
    r"前面)的?那?[个家份]?"
)
_AFTER = re.compile(r"后(?:面)?(?:的)?(?:那|一)[个家份](?!月|星期|小时|问题)|后者")
_MIDDLE = re.compile(r"(?:正)?中间(?:的)?(?:那)?[一]?[个家份]|(?<![a-z])(?:the )?middle (?:one|option)(?![a-z])")
_CHOOSE = re.compile(
    rf"(?:选|挑|就要|我?要|看看?)\s?(?:第|no\.?|#)?\s?{_N}(?:号(?![线楼店院门])|)(?=$|[\s,，。.!?吧了]|就行|可以)"
)

_ORDER_EN = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_NTH_EN = "|".join([*_ORDER_EN, "[0-9]{1,2}(?:st|nd|rd|th)"])
_END_EN = r"(?=\s?(?:$|[,.!?;]|(?:please|pls|for|with|and|at|to|but|from|is|sounds|looks|instead|then|will)(?![a-z])))"
_CHOICE_EN = "one|option|choice|restaurant|place|dish|item|result|card|shop|set|meal"
_THE_NTH = re.compile(
    rf"(?<![a-z0-9])(?:(?:the )?(?P<n>{_NTH_EN}) (?:{_CHOICE_EN})(?![a-z])|the (?P<n2>{_NTH_EN}){_END_EN}|"
    rf"(?P<n3>{_NTH_EN})(?= please)|^(?P<n4>{_NTH_EN})(?=[.!]?$))"
)
_LAST_EN = re.compile(
    rf"(?<![a-z])(?:(?:the |that |this )?(?:very )?last (?:{_CHOICE_EN})|the (?:very )?last{_END_EN}|"
    r"^last(?=[.!]?$)|the latter|the bottom one)(?![a-z])"
)
_FIRST_EN = re.compile(r"(?<![a-z])(?:the former|the top one|the top option)(?![a-z])")
_NUMBER_EN = re.compile(
    rf"(?:#\s?|(?<![a-z])(?:number|no\.|option|choice|item)\s?#?\s?)(?P<n>[0-9]{{1,2}}(?![0-9-])|"
    rf"(?:{'|'.join(word for word, value in WORDS.items() if 1 <= value <= 12)})(?![a-z]))(?! (?:street|road|floor|"
    r"avenue))"
)
_ROOM = re.compile(r"(?:room|flat|house|phone|order|bus|suite|unit|apartment|gate|building|my|the|street|road|line)\s$")
_CHOOSE_EN = re.compile(
    r"(?<![a-z])(?:(?:i'll (?:take|have)|i want|i choose|choose|pick|take|select|go with|let's go with|"
    r"give me) )(?P<n>[1-9])(?=$|[,.!?]| please)"
)
_ALONE = re.compile(
    rf"[\s第#就选要我点来那个]*(?:no\.?|number|option)?\s?{_N}\s?[个家号份]?[\s吧的了。.!,，]*(?:please)?"
)
_ALONE_EN = re.compile(
    r"\s*(?:number |option |"
    rf"the )?(?P<n>{'|'.join(word for word, value in WORDS.items() if 1 <= value <= 12)})(?: please)?[\s.!]*"
)


def find_ordinals(text: str, *, expect: bool = False, shown: int = 0) -> list[Found]:
    """Return which of the things shown: `value` counts from 1, or from the end as -1, -2.

    `shown`: how many there are, for 中间那个 (of an unknown number, the second). `expect`: things to choose from were
    shown last, so a message of "2" alone is a choice.
    """
    sentence = plain(text)
    result = []
    for match in _NTH.finditer(sentence):
        value = _value(match["n"])
        result.append(found(text, match.start(), match.end(), -value if match["back"] else value))
    for pattern, fixed in (
        (_LAST, -1),
        (_AFTER, -1),
        (_FIRST, 1),
        (_MIDDLE, max(2, (shown + 1) // 2)),
        (_LAST_EN, -1),
        (_FIRST_EN, 1),
    ):
        result += [found(text, match.start(), match.end(), fixed) for match in pattern.finditer(sentence)]
    for match in _THE_NTH.finditer(sentence):
        said = match["n"] or match["n2"] or match["n3"] or match["n4"]
        result.append(found(text, match.start(), match.end(), _value(said)))
    for match in _NUMBER_EN.finditer(sentence):
        if not _ROOM.search(sentence, max(0, match.start() - 12), match.start()):
            result.append(found(text, match.start(), match.end(), _value(match["n"])))
    for pattern in (_CHOOSE, _CHOOSE_EN):
        result += [
            found(text, match.start("n"), match.end("n"), _value(match["n"])) for match in pattern.finditer(sentence)
        ]
    alone = _ALONE.fullmatch(sentence) or _ALONE_EN.fullmatch(sentence)
    if not result and expect and alone:
        result.append(found(text, alone.start("n"), alone.end("n"), _value(alone["n"])))
    return longest(one for one in result if one.value)


def _value(said: str) -> int:
    if said in _ORDER_EN or said in WORDS:
        return _ORDER_EN.get(said) or WORDS[said]
    digits = re.match(r"[0-9]+", said)
    return int(digits[0]) if digits else int(chinese(said)[0])
