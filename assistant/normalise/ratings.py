"""How good it must be: 评分4.5以上, 不低于4分, 四星以上, "at least 4 stars", "rated 4.5 or more"."""

from __future__ import annotations

import re

from .bounds import Words
from .found import Found, found, plain
from .numbers import scan

_UNIT = re.compile(r"\s?(?:分(?![钟之店])|颗?星(?!期|巴|级?酒店)|-?\s?stars?(?![a-z]))")
_WORDS = Words(
    before={"rated": r"评分|评价|打分|分数|口碑|星级|(?<![a-z])(?:rating|ratings|rated|score|scored)(?: of| is)?"},
    after={"rated": r"评分|(?:rating|rated|reviews?)(?![a-z])"},
)


def find_ratings(text: str) -> list[Found]:
    """Return ratings of 0 to 5 beside a word for one: `value` a Decimal, detail bound (min, max, about, exact)."""
    sentence = plain(text)
    result = []
    for number in scan(sentence):
        if not 0 < number.high <= 5 or number.glued or number.article:
            continue
        unit = _UNIT.match(sentence, number.end)
        around = _WORDS.around(sentence, number.start, unit.end() if unit else number.end)
        starred = unit and ("星" in unit[0] or "star" in unit[0])
        if "rated" in around.names or (unit and around.names) or starred:
            result.append(found(text, around.start, around.end, number.high, bound=around.bound))
    return result
