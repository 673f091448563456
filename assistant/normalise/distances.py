"""Distances: 3公里内, 500米, 两里地, "within 2 km", "half a mile"."""

from __future__ import annotations

import re
from decimal import Decimal

from .bounds import Words
from .found import Found, found, look_back, plain
from .numbers import scan

_METRES = {
    "km": Decimal(1000),
    "m": Decimal(1),
    "mile": Decimal("1609.344"),
    "yard": Decimal("0.9144"),
    "foot": Decimal("0.3048"),
    "li": Decimal(500),
}
_UNIT = re.compile(
    r"\s?(?:(?P<km>公里|千米|k\s?m(?![a-z])|kms(?![a-z])|kilomet(?:er|re)s?(?![a-z])|kilos? away|klicks?(?![a-z]))"
    r"|(?P<mile>英里|miles?(?![a-z])|mi(?![a-z]))|(?P<yard>码(?!头)|yards?(?![a-z]))|(?P<foot>英尺|(?:feet|foot|"
    r"ft)(?![a-z]))"
    r"|(?P<m>米(?![饭粉线其色糕酒粥面兰皮粒糊花高汤豆七八宽长高])|m(?![a-z])|met(?:er|re)s?(?![a-z]))"
    r"|(?P<li>里(?=地|路|以内|之内|内)(?:地|路)?))"
)
_WORDS = Words(
    before={"within": r"方圆|半径"},
    after={
        "away": r"(?:远|away|off)(?![a-z])",
        "max": r"以内|之内|以下|范围内?|内(?![容部地馅蒙脏存衣江外])|or (?:less|closer|nearer)|max(?![a-z])",
    },
)
_NOT_BEFORE = re.compile(r"[第:/]$")


def find_distances(text: str) -> list[Found]:
    """Return distances: `value` kilometres as a Decimal (of a range the longer). Detail: bound, low of a range."""
    sentence = plain(text)
    result = []
    for number in scan(sentence):
        match = _UNIT.match(sentence, number.end)
        if not match or number.glued or look_back(_NOT_BEFORE, sentence, number.start):
            continue
        metres = next(value for name, value in _METRES.items() if match[name])
        around = _WORDS.around(sentence, number.start, match.end())
        bound = "max" if "within" in around.names else around.bound
        detail: dict[str, object] = {"bound": bound}
        if number.low != number.high:
            detail |= {"low": _kilometres(number.low * metres)}
            detail["bound"] = "range" if bound == "exact" else bound
        result.append(found(text, around.start, around.end, _kilometres(number.high * metres), **detail))
    return result


def _kilometres(metres: Decimal) -> Decimal:
    """Return kilometres to the metre, without trailing zeros."""
    return Decimal(f"{(metres / 1000).quantize(Decimal('0.001')).normalize():f}")
