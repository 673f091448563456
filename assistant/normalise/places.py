"""Where: the place words after 送到, in 静安寺附近, 离公司近, 从家到机场, "deliver to", "near", "from … to".

A street address keeps its numbers (南京西路1515号8楼, 221B Baker Street). What follows the place (a time, a dish, a
limit) is cut off: by the spans already found that the caller passes as `taken`, and by words that begin anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import count

from .addresses import dropped_tail, end_of_place, is_chinese, label_of
from .found import Found, found, longest, plain

_SEND = r"(?:送|寄|配送|外送|派送)"
_DELIVER = re.compile(
    rf"(?:送餐|送货|快递|改)?{_SEND}(?:到|去|至|往|达|来|回)(?:的?地址(?:是|为|:)?)?|(?:拿|带)(?:到|去)|"
    r"(?:(?:收货|送货|送餐|配送|我的)?地址|地方)(?:是|为|:|改[成为到]|换[成为到])\s?|"
    rf"(?:{_SEND}|外卖|[份杯碗个瓶盒])到?(?=(?:我|我们)?(?:家|公司|单位|办公室|这里|这儿|这边)(?![常乐具庭附]))"
)
_DELIVER_TO = re.compile(
    r"(?:送|寄|外卖|订|(?<![0-9一二两三四五六七八九十几])点|来|"
    r"买)[^，。,!?！？；;]{0,20}?(?P<to>到)(?![了哪底时付处期店达手几多现])"
)
_VERB_EN = r"(?:deliver(?:y|ed|ing)?|send|sent|bring|ship|(?:take|drop)(?! me)|courier)"
_DELIVER_EN = re.compile(
    rf"(?<![a-z])(?:{_VERB_EN}(?![a-z])[^.!?;\n]{{0,60}}?\s(?P<to>to|at(?= (?:my|the|our|home|work)))|"
    r"(?:order|get|want|like)(?![a-z])[^.!?;\n]{0,60}?\s(?P<to2>to)(?= (?:my|our|the (?:office|hotel|house|lobby)|"
    r"home|work)(?![a-z]))|"
    r"(?:delivery |my |the |shipping )?address (?:is|to|:)|address:)\s+(?!(?:eat|drink|go|get|have|share|be|see|"
    r"me|us)(?![a-z]))"
)
_NEAR_AFTER = re.compile(r"(?:(?<!目)的)?(?:附近|周边|周围(?!的?人)|旁边(?!的?人)|一带|边上|隔壁|对面)")
_AWAY = re.compile(r"(?<![分别偏脱])(?:距离|距|离)(?![开职婚谱线])")
_AWAY_END = re.compile(
    r"(?:比较|最|更|稍微|要|不太|不要太|别太|不能太|特别|很)?(?:近|不远|远)|(?:不超过|大概|大约|约|"
    r"最多)?[0-9一二三四五六七八九十两半百]+\s?(?:公里|千米|里|米|km|m(?![a-z]))|走路|步行"
)
_NOT_A_PLACE_EN = (
    r"(?!(?:[0-9]|noon|midnight|lunch|dinner|the (?:corner|clock)|half|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|then|that time)(?![a-z]))"
)
_NEAR_EN = re.compile(
    r"(?<![a-z])(?:near(?:by to)?|close to|closest to|nearest to|next to|around|beside|opposite|not far from|"
    r"across from|"
    rf"(?:kms?|miles?|kilomet(?:er|re)s?|met(?:er|re)s?|minutes?|mins?|away|walk) (?:of|from))\s+{_NOT_A_PLACE_EN}"
)
_HERE_EN = re.compile(
    r"(?<![a-z])(?:nearby|near (?:me|here)|close by|around (?:here|me)|in (?:my|the|this) (?:area|neighbou?rhood)|"
    r"(?:close|next|closest|nearest) to me|"
    r"not far from (?:me|here))(?![a-z])"
)
_IN = re.compile(
    r"(?<![现正实存好还])在(?![想找等吃喝看做忙吗哪不减线意乎于外上路考犹开加出的了干玩]|这个|那个|此时|内)"
)
_FROM = re.compile(r"(?<!自)从(?![来不没前小头此事现])")
_SAVED = re.compile(
    r"[把将](?=这里|这儿|这个位置|我?的?当前位置|我的位置)|"
    r"(?<![a-z])(?:save|store|remember) (?=(?:this|my) (?:current )?location|here)"
)
_TO = re.compile(
    r"(?<![送寄找收看遇提感听想得拿等直达迟买做不没回过出下上失除进带报赶轮碰见])[到去](?![了哪底时付处期达手年掉冰世除皮火吃买找店几多])"
)
_TOLD = re.compile(
    r"(?:(?P<home>我家(?:就|是|住)?在|我家(?:的)?(?:地址)?(?:是|:)|(?:我|我们)住(?:在|址(?:是|:))|家(?:的|"
    r"庭)?(?:地址|住址)(?:就)?(?:在|是|为|:|改[成为到])|家在)|"
    r"(?P<work>(?:我(?:们)?)?(?:公司|单位)(?:的)?(?:地址)?(?:就)?(?:在|是|改[成为到]|:)|我在(?=[^，。]{2,20}上班))|"
    r"(?<![a-z])(?:(?P<home_en>(?:save|set|remember) (?:my )?(?:home|house)(?: address)?(?: as| to|:)|"
    r"(?:my )?(?:home|house|flat|apartment|place)(?: address)? (?:is|is now)(?: at| in)?|"
    r"i live (?:at|in|on|near))|"
    r"(?P<work_en>(?:save|set|remember) (?:my )?(?:office|work)(?: address)?(?: as| to|:)|"
    r"(?:my |the |our )?(?:office|work|company|workplace)(?: address)? is(?: now)?(?: at| in)?|"
    r"i work (?:at|in))) )"
    r"(?!哪|什么|不|有|near(?![a-z])|closed|open|far|not)"
)
_CAPITAL = r"(?:[A-Z][\w'’.-]*|[0-9]+[A-Z]?(?=\s[A-Z])|of|the|de|la|&)"
_NOT_A_NAME = (
    r"(?!(?:I|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?s?|"
    r"RMB|CNY|USD|AM|PM|BS)\b(?! (?:Street|Road)))"
)
_STREET_EN = (
    "Street|Road|Avenue|Lane|Drive|Square|Way|Place|Court|St|Rd|Ave|Boulevard|Blvd|Gardens|Terrace|Hill|Building"
)
_NAMED_EN = re.compile(
    r"(?<![A-Za-z])(?P<how>[Ii]n|[Aa]t|[Ff]rom|[Tt]o)\s+(?P<name>"
    rf"[0-9]+[A-Za-z]?(?: [A-Z][\w'’.-]*)+? (?:{_STREET_EN})\b|"
    rf"(?:the )?{_NOT_A_NAME}[A-Z][\w'’.-]*(?:\s+{_CAPITAL})*)"
)
_LABEL_EN = re.compile(
    r"(?<![a-z])(?P<how>in|at|from|to)\s+(?P<name>home|work|(?:my|the|our) (?:office|house|flat|apartment|place|"
    r"company|current location|location)|here)(?![a-z])"
)
_LEAD = re.compile(
    r"^(?:[\s,，:]|请问?|还|[你您把能]|帮我们?|帮忙|麻烦|你|我们?想要?|我要|我在|我们?(?!家|公司|这)|想要?|找找?|"
    r"看看?|推荐|介绍|搜(?:索|一下)?|查(?:一下|查)?|有没有|有什么|有哪些|一下|一[家个些]|几[家个]|"
    r"[家个](?=.{2})|吃|订|点|要|去|给|在|离|到|就|那(?![儿边里])|和|或者|而且|但是|然后|还有|能不能|可以|哪里|哪|"
    r"什么|是|今[天晚]|明[天晚]|后天|中午|晚上|下午|现在|好吃的)+"
)
_TAIL = re.compile(
    r"的?(?:附近|周边|周围|旁边|一带|边上|隔壁|对面)的?|(?:比较|最|更|稍微|要)?近(?:一?[点些])?的?|"
    r"不(?:要)?(?:太)?远的?"
)
# 它家附近, 这个景点周边: of something shown, not a place of its own name.
_REFERENCE = re.compile(r"(?:[它他她其那]|[这那该][个家间座])(?:们|家|里|儿|边)?[^，。\s]{0,4}|目的地|出发地")
_EDGE = re.compile(r"[，。！？!?；;\n、,]|(?<![a-z])\s|\s(?![a-z])")
_ANSWER = re.compile(
    r"^(?:嗯|哦|好的?|就|那就|那|请|麻烦|帮我|给我|是|选|用|填|改成|送|在|去|到|寄|[\s,，:]|(?:it's|its|to|at|"
    r"please|send it to|deliver to|my address is)\s)+"
)
_MOST = 100  # words that may lead to a place are tried; a sentence has a few
_Add = Callable[..., None]


def find_places(text: str, taken: Iterable[Found] = (), *, expect: bool = False) -> list[Found]:
    """Return places: `value` the place words alone.

    Detail: role (deliver, near, in, from, to), label (home, work, here, or ""), phrase (the span with the words around
    it: 在…附近), and `of` (home, work) when the person tells where that is. `taken`: what was found already, which ends
    a place. `expect`: the person was asked for a place, so the message is one.
    """
    sentence = plain(text)
    starts = sorted(one.start for one in taken)
    ends = sorted(one.end for one in taken)
    result: list[Found] = []
    tries = count()

    def add(lead: int, start: int, role: str, *, strict: bool = False, limit: int | None = None, **detail: str) -> None:
        limit = min([len(sentence) if limit is None else limit, *(at for at in starts if at > start)])
        while start < limit and (sentence[start].isspace() or sentence[start] in ":，,"):
            start += 1
        if next(tries) > _MOST or any(one.start <= start < one.end for one in result):
            return
        end = end_of_place(text, sentence, start, limit, strict=strict)
        if end > start and all(end <= one.start or one.end <= start for one in result):
            value = text[start:end]
            tail = _TAIL.match(sentence, end) if role in ("near", "deliver") else None
            phrase = (lead, tail.end() if tail else end)
            result.append(found(text, start, end, value, role=role, label=label_of(value), phrase=phrase, **detail))

    _told(sentence, add)
    _delivered(sentence, add)
    _near(text, sentence, ends, result, add)
    _named(text, sentence, result, add)
    if expect and not result and sentence.strip():
        lead = _ANSWER.match(sentence)
        add(0, lead.end() if lead else 0, "deliver")
    return longest(result)


def _told(sentence: str, add: _Add) -> None:
    """Add where the person's home or work is: 我家在…, "my office is at …"."""
    for match in _TOLD.finditer(sentence):
        add(match.start(), match.end(), "in", of="home" if match["home"] or match["home_en"] else "work")


def _delivered(sentence: str, add: _Add) -> None:
    """Add where something is to be sent."""
    for pattern in (_DELIVER, _DELIVER_TO, _DELIVER_EN):
        for match in pattern.finditer(sentence):
            lead = max((match.start(name) for name in pattern.groupindex), default=match.start())
            add(lead if lead >= 0 else match.start(), match.end(), "deliver")


def _near(text: str, sentence: str, ends: list[int], result: list[Found], add: _Add) -> None:
    """Add what something is to be near to."""
    for match in _AWAY.finditer(sentence):
        if end := _AWAY_END.search(sentence, match.end(), match.end() + 24):
            add(match.start(), match.end(), "near", limit=end.start())
    for match in _NEAR_AFTER.finditer(sentence):
        start = max([0, *(end for end in ends if end <= match.start())])
        for edge in _EDGE.finditer(sentence, start, match.start()):
            start = edge.end()
        if lead := _LEAD.match(sentence[start : match.start()]):
            start += lead.end()
        inside = sentence.rfind("在", start, match.start())
        start = inside + 1 if inside >= 0 and sentence[inside - 1 : inside] != "现" else start
        if _REFERENCE.fullmatch(sentence, start, match.start()):
            continue
        if start < match.start():
            lead_in = start - 1 if sentence[start - 1 : start] == "在" else start
            add(lead_in, start, "near", limit=match.start())
        elif match[0].strip("的") in ("附近", "周边", "周围") and all(
            match.end() <= one.start or one.end <= match.start() for one in result
        ):
            result.append(_here(text, match))
    for match in _HERE_EN.finditer(sentence):
        if all(match.end() <= one.start or one.end <= match.start() for one in result):
            result.append(_here(text, match))
    for match in _NEAR_EN.finditer(sentence):
        add(match.start(), match.end(), "near")


def _here(text: str, match: re.Match[str]) -> Found:
    """Return 附近 and "near me" as a place of their own: where the person is."""
    start, end = match.span()
    return found(text, start, end, text[start:end], role="near", label="here", phrase=(start, end))


def _named(text: str, sentence: str, result: list[Found], add: _Add) -> None:
    """Add places the person is in, comes from or goes to."""
    for pattern, role in ((_IN, "in"), (_SAVED, "in"), (_FROM, "from"), (_TO, "to")):
        for match in pattern.finditer(sentence):
            limit = None
            if role == "from":
                limit = next((at for at in (sentence.find(char, match.end() + 1) for char in "到去出") if at > 0), None)
            add(match.start(), match.end(), role, strict=True, limit=limit)
    for match in (*_NAMED_EN.finditer(text, 0, len(sentence)), *_LABEL_EN.finditer(sentence)):
        start, end = match.span("name")
        end = dropped_tail(text, start, end)
        if all(end <= one.start or one.end <= start for one in result) and not (role_is_time(text[start:end])):
            role = {"in": "in", "at": "in", "from": "from", "to": "to"}[match["how"].lower()]
            result.append(
                found(
                    text,
                    start,
                    end,
                    text[start:end],
                    role=role,
                    label=label_of(text[start:end]),
                    phrase=(match.start(), end),
                )
            )


def role_is_time(words: str) -> bool:
    """Tell whether capitalised words are a clock time ("At 7 PM") and no place."""
    return bool(re.fullmatch(r"[0-9:\s]*(?:AM|PM|Noon|Midnight)", words)) or not any(
        char.isalpha() or is_chinese(char) for char in words
    )
