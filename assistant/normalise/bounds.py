"""Words of a limit around an amount: 不超过 … , … 以内, "under", "or less"; for money, distances and more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .found import look_back

BEFORE = {
    "max": (
        r"(?:不|别|不要|不能|不得|不可以?|不会|不想|不用)(?:超过?|高于|大于|多于)|(?:最多|最高|顶多|至多|最贵|上限)|"
        r"低于|少于|小于|控制在|限制在|(?<![a-z])(?:no(?:t)? (?:more|over|higher|further|farther|longer|later) than|"
        r"no(?:t)? (?:over|above|exceeding)|not to exceed|without exceeding|(?:do not|don't) exceed|less than|"
        r"cheaper than|"
        r"fewer than|lower than|at (?:the )?most|up to|under|below|within|max(?:imum)?(?: of)?|maximum|capped at|"
        r"cap of|upto)"
    ),
    "min": (
        r"不低于|不少于|不小于|至少|最少|最低|起码|高于|超过|大于|多于|(?<![a-z])(?:no(?:t)? less than|"
        r"at (?:the )?least|"
        r"more than|greater than|higher than|over|above|min(?:imum)?(?: of)?)"
    ),
    "about": (
        r"大概|大约|约摸|约(?!会)|差不多|将近|接近|左右|(?<![a-z])(?:about|around|approximately|approx\.?|roughly|"
        r"circa|"
        r"something like|close to|nearly|almost|~)|~"
    ),
}
AFTER = {
    "max": (
        r"以内|之内|以下|之下|内(?![容部地馅蒙脏存衣江外])|封顶|顶天|打住|(?:or|and) (?:less|under|below|cheaper|"
        r"fewer|lower)(?![a-z])|"
        r"(?:max(?:imum)?|tops|at (?:the )?most)(?![a-z])"
    ),
    "min": r"以上|之上|往上|起步?(?!送)|(?:or|and) (?:more|above|over|up|higher)(?![a-z])|at least(?![a-z])|"
    r"minimum(?![a-z])|\+|plus(?![a-z])",
    "about": r"左右|上下|的样子|or so(?![a-z])|-?ish(?![a-z])|or thereabouts|approximately(?![a-z])|roughly(?![a-z])",
}
GLUE_BEFORE = r"[是在为就的:花]|大约|(?<![a-z])(?:is|of|at|a|be|only|just)"
GLUE_AFTER = r"[的,]|in|(?:就行|就好)"
_STRENGTH = ("max", "min", "about")


@dataclass
class Around:
    """The words around an amount: the names that were met, and where the whole span begins and ends."""

    start: int
    end: int
    names: set[str] = field(default_factory=set)

    @property
    def bound(self) -> str:
        """Return max, min, about or exact: 不超过80左右 is a maximum."""
        return next((name for name in _STRENGTH if name in self.names), "exact")


class Words:
    """Compiled tables of words that may stand before and after an amount, any number of them in any order."""

    def __init__(self, before: dict[str, str] | None = None, after: dict[str, str] | None = None) -> None:
        self.before = _compile({**BEFORE, **(before or {})}, GLUE_BEFORE, r"(?:{})\s*$")
        self.after = _compile({**AFTER, **(after or {})}, GLUE_AFTER, r"\s*(?:{})")

    def around(self, sentence: str, start: int, end: int) -> Around:
        """Return what stands around `sentence[start:end]`; glue counts only with a word of the table beyond it."""
        result = Around(start, end)
        at = start
        for _ in range(6):
            if not (match := look_back(self.before, sentence, at)):
                break
            at = match.start()
            if match.lastgroup != "glue":
                result.names.add(str(match.lastgroup))
                result.start = at
        at = end
        for _ in range(4):
            if not (match := self.after.match(sentence, at)):
                break
            at = match.end()
            if match.lastgroup != "glue":
                result.names.add(str(match.lastgroup))
                result.end = at
        return result


def _compile(table: dict[str, str], glue: str, frame: str) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{words})" for name, words in table.items())
    return re.compile(frame.format(f"{groups}|(?P<glue>{glue})"))


WORDS = Words()
