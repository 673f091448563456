"""The wish that remains when what was understood and the politeness are taken away: "order me a pizza" is "pizza"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .found import LIMIT, Found, plain
from .people import KIN_ZH

_LEAD_ZH = re.compile(
    rf"^(?:\s|为什么|为啥|[这那]家|[你您]|给我?(?:爸妈|父母|{KIN_ZH})|(?:来|点|要|买|叫|整)[份个杯碗只瓶盒些点]|帮我们?|帮忙|请问?|"
    r"麻烦[你您]?|[你您]好|老板|我们?|咱们?|想要?|需要|打算|准备|要(?!饭)|来(?![福伊])|点(?!心|都德)|吃(?!货)|"
    r"喝(?!茶)|买|订(?!阅)|叫|找|搜索?|看看?|查查?|推荐|介绍|安排|整|弄|搞|"
    r"给(?:我们?|[他她])?|有没有|有什么|有啥|有哪些|有|哪些?|哪[里家]|什么|啥|能不能|可不可以|可以|能|"
    r"会(?![议员展计])|一下|(?:又|而且|且)(?:好吃的?)?|比较|或者|[一几](?:[份个家杯碗些点顿种间]|瓶|盒|只)(?!人)|"
    r"些|个|份|的|去|到(?!家)|送[到去至给]?|在|和(?![牛风平])|跟|与|"
    r"再|还是?|就|那个?|这个?|把|让|换成?|改成?|大概|左右|以内|之内|附近|周边|外卖|好吃|以及|然后|顺便|今天|,|，|最好)+"
)
_TAIL_ZH = re.compile(
    r"(?:\s|吧|呢|吗|呀|啊|哦|嘛|呗|的|了|有吗|有没有|可以吗|行吗|好吗|怎么样|如何|谢谢|多谢|推荐|一下|外卖|"
    r"送[到去至给]?|到|在|和|跟|再|来|要|给我|给|帮我|去|吃|喝|有|哪[里家些]|什么|左右|以内|附近|周边|,|，|就行|"
    r"就好|都行|也行|最好)+$"
)
_GENERIC_ZH = re.compile(
    rf"(?:{KIN_ZH}|(?:肚子)?好?饿死?|好|好?吃的?|喝的?|东西|美食|食物|餐厅|饭店|馆子|饭馆|店[家铺]?|家|地方|选择|"
    r"外卖|推荐|菜|价格|价位|预算|口味|味道|人|个|单|一?点|多少钱?|订单|不)+"
)
_LEAD_EN = re.compile(
    r"^(?:[\s,]|(?:please|pls|hi|hello|hey|so|ok|okay|well|i'd like|i would like|i'd love|we'd like|we would like|"
    r"i(?:'m| am) (?:looking for|craving|after|in the mood for|hungry for)|i (?:want|need|feel like|fancy|wanna)|"
    r"we (?:want|need|are|fancy)|i'll (?:have|take|get)|can (?:you|i|we)|could (?:you|i|we)|would (?:you|i|we)|"
    r"will you|may i|let's|let me|help me|help us|kindly|get|order|find|show|search(?: for)?|look(?:ing)? for|"
    r"recommend|suggest|book|"
    r"give|buy|have|grab|want|like|need|try|eat|eating|drink|pick|tell|is there|are there|do you have|any|some|"
    r"something|anything|somewhere|a|an|the|to|for|and|with|of|in|on|at|by|from|near|around|"
    r"that|which|what's|why|that's|i'd rather|rather|"
    r"what is|what|where|"
    r"me|us|my|our|it|them|is|are|there|be|i|we|deliver(?:ed)?|send|bring|but|or|also|add|more|other|instead|"
    r"about|good|nice|great|tasty|delicious|place to|make|would|could|can|do|x|just|i'm)(?![a-z0-9']))+"
)
_TAIL_EN = re.compile(
    r"(?:[\s,]|(?<![a-z'])(?:please|pls|thanks|thank you|to|for|and|with|of|in|on|at|by|from|near|around|a|an|the|"
    r"that|or|but|delivered|deliver|delivery|my|our|me|us|is|are|be|it|if possible|possible|"
    r"each|under|over|about|i|we|want|would|have|has|there|some|any|i'm))+$"
)
_GENERIC_EN = re.compile(
    r"(?:(?:food|foods|restaurants?|places?|options?|eat|meals?|something|anything|things?|stuff|one|ones|dish|"
    r"dishes|eats|order|budget|price)\s*)+"
)
_BREAK = re.compile(r"[，。！？!?；;\n、()（）\0]+|(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])|[,.:](?=\s|$)|~|…")


def leftover(text: str, founds: Iterable[Found]) -> str:
    """Return the text without the found spans and without filler; the remaining pieces are joined by a space."""
    kept = list(text[:LIMIT])
    for one in founds:
        start, end = one.detail.get("phrase", (one.start, one.end))
        for at in range(min(start, one.start), min(max(end, one.end), len(kept))):
            kept[at] = "\0"
    pieces = (_bare(piece) for piece in _BREAK.split("".join(kept)))
    return " ".join(piece for piece in pieces if piece)


def _bare(piece: str) -> str:
    """Return a piece without the filler at its two ends, "" when nothing is said by it."""
    before = None
    while piece != before:
        before = piece
        for pattern, from_the_end in ((_LEAD_ZH, False), (_TAIL_ZH, True), (_LEAD_EN, False), (_TAIL_EN, True)):
            if match := pattern.search(plain(piece)):
                piece = piece[: match.start()] if from_the_end else piece[match.end() :]
    said = plain(piece)
    if _GENERIC_ZH.fullmatch(said) or _GENERIC_EN.fullmatch(said) or not any(char.isalnum() for char in said):
        return ""
    return piece.strip()
