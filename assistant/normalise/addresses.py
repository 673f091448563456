"""The shape of place words: where they end, and which of them are labels (家, 公司, "the office", "here")."""

from __future__ import annotations

import re

_HERE_ZH = (
    "(?:我|我们)?(?:现在)?在?的?(?:这里|这儿|这边|此处|这个位置|当前位置|现在的?位置|现在的?地方|位置|定位)|我这|"
    "我?附近|我"
)
_LABELS = {
    "home": (
        r"(?:我|我们|咱|自己)?的?家里?(?:那边|那儿|中)?|住处|(?:(?:my|our) )?home|"
        r"(?:my|our) (?:place|house|flat|apartment|home address)|the house"
    ),
    "work": (
        r"(?:我|我们|咱们?)?的?(?:公司|单位|办公室)里?(?:那边|那儿)?|上班的?(?:地方|那边)|work|"
        r"(?:(?:my|our|the) )?(?:office|workplace|work|company)"
    ),
    "here": (
        rf"{_HERE_ZH}|here|right here|this (?:location|place)|"
        r"(?:my|our|the) (?:current |present )?(?:location|position)|current location|"
        r"where i am|me|us|"
        r"(?:my|the|this) (?:area|neighbou?rhood)"
    ),
}
_DOOR = (
    r"(?:的?(?:楼下|门口|前台|大堂|门卫|保安室|传达室|大门口?)|(?:'s)? (?:lobby|reception|front desk|entrance|"
    r"door))?"
)
_LABEL = tuple((label, re.compile(rf"(?:{words}){_DOOR}")) for label, words in _LABELS.items())

# How the names of Chinese places end, the long ones first.
_SUFFIX = (
    "广场|大厦|中心|公园|机场|医院|大学|学院|学校|中学|小学|幼儿园|小区|花园|家园|公寓|酒店|宾馆|商场|商城|百货|市场|超市|"
    "车站|地铁站|高铁站|图书馆|博物馆|体育馆|体育场|科技园|产业园|园区|开发区|大道|胡同|新村|写字楼|大楼|号楼|楼下|门口|前台|"
    "大堂|宿舍|食堂|教室|会议室|剧院|影院|银行|码头|步行街|天地|国贸|路|街|巷|弄|号|楼|层|室|栋|幢|座|站|寺|庙|观|城|村|镇|"
    "县|市|区|桥|门|塔|馆|园|苑|院|府|湖|江|河|山|岛|港|湾|滩|屯|庄|堡|坊|里|汇|嘴|坡|岭|口"
)
_LABEL_END = r"(?:我|我们)?(?:家里?|公司|单位|办公室|这里|这儿|这边)"
_PLACE_END = re.compile(rf"(?:{_SUFFIX}|{_LABEL_END})(?:附近)?$")
_PREFIX = re.compile(
    rf".{{0,29}}(?:{_SUFFIX}|(?<![大人专])家(?!具|乐|常)里?|公司|单位|办公室|这里|这儿|这边)(?:[0-9]+(?:号楼?|弄|"
    r"层|楼|室|栋|幢|座|单元)?)*"
)

_NUMBER = "[0-9]+|[一两二三四五六七八九十半]"
_UNITS = "份|杯|碗|瓶|盒|只|串|笼|大份|小份|块钱|元|公里|千米|分钟|小时|个人|位|人份|点(?!水|心)|个(?!园)"
_STOP = re.compile(
    r"[，。！？!?；;\n（）()、]|,(?!\s?[0-9a-z])|吧|呗|呢|吗|哈|哦|谢谢|多谢|麻烦|可以|行不|行吗|能不能|能否|就行|"
    r"就好|多久|多少|多长|大概|大约|"
    r"尽快|马上|现在|立刻|快点|快一点|越快|(?<!需)要(?!素)|来(?=[一两二三四五六七八九十0-9]|份|个|杯|点)|"
    r"点(?=[一两二三四五六七八九十0-9]|份|个|杯|外卖|餐|单)|"
    r"买|订(?!单)|吃|喝(?!茶)|不要|不辣|不放|别|少放|少辣|少糖|多放|加(?=[一两二三0-9辣份个])|人均|预算|最好|的话|"
    r"再(?=来|要|加|买|点)|然后|"
    r"顺便|帮我|给我|我想|我要|想|有什么|有没有|有哪|有啥|有几|哪[些家里个]|怎么|什么|推荐|找|搜|评分|便宜|好吃|"
    r"需要|要多|"
    rf"(?:{_NUMBER})\s?(?:{_UNITS})|今[天晚]|明[天晚早]|后天|晚上|中午|下午|早上|上午|周[一二三四五六日末]|"
    r"附近的?(?=$)|"
    r"的(?=外卖|餐|饭|火锅|菜|店|馆子|川菜|咖啡|奶茶|东西|美食|那|话|时候)|送给|[送去到](?=$|[，。,.!?])"
)
_TIME_EN = (
    r"noon|midnight|lunch|dinner|now|half|an? |me(?![a-z])|us(?![a-z])|the (?:morning|evening|afternoon|weekend)|"
    r"mon|tue|wed|thu|fri|sat|sun|less|delivery|extra"
)
_ONE_TO_TWELVE = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_STOP_EN = re.compile(
    r"[!?;\n，。！？；()]|\.(?=\s|$)|,(?!\s?(?:[A-Z]|[0-9]))|\s(?:(?:at|by|before|after|around|about|until|from|"
    r"in|within|over|below|on) "
    rf"(?:[0-9$£€¥]|{_TIME_EN}|(?:{_ONE_TO_TWELVE})(?![a-z]))|(?:under|with|without|within|for|before|after|"
    r"tonight|today|tomorrow|now|asap|please|pls|"
    r"thanks|thank|and|from|but|no|not|if|that|which|who|so|because|is|are|was|has|have|do|does|can|could|would|"
    r"will|i(?! am)|we|it|cheap(?:er|est)?|what|"
    r"where|how|when|right now|as|open|serving|by|instead|again|too|as well)(?![\w'-]))|\s?[\u4e00-\u9fff]",
    re.IGNORECASE,
)
_NOT_FIRST = re.compile(
    r"[的了吗呢吧么]|[在到]?哪|[这那该](?:些|家|个|间|座)|什么|多少|怎|几|[0-9.]+\s?[分元块点米]|[^\w#]"
)
_DANGLING = re.compile(r"[\s,，.。的了、:：-]+$|\s(?:of|the|and|&|at|in|to|on)$", re.IGNORECASE)


def label_of(words: str) -> str:
    """Return home, work or here for words that are nothing but such a label (公司楼下, "my place"), else ""."""
    said = words.strip().lower().replace("’", "'")
    return next((label for label, pattern in _LABEL if pattern.fullmatch(said)), "")


def is_chinese(character: str) -> bool:
    """Tell whether a character is Chinese."""
    return "一" <= character <= "鿿"


def end_of_place(text: str, sentence: str, start: int, limit: int, *, strict: bool = False) -> int:
    """Return where the place words that begin at `start` end, at most at `limit`; `start` itself when there are none.

    `strict`: they must be a label or end like a place (for 去 and 在, which begin much else).
    """
    while start < limit and sentence[start].isspace():
        start += 1
    if start >= limit or _NOT_FIRST.match(sentence, start):
        return start
    if sentence[start].isascii() and not (
        sentence[start].isdigit() and any(map(is_chinese, sentence[start : start + 8]))
    ):
        stop = _STOP_EN.search(text, start + 1, limit)
    else:
        stop = _STOP.search(sentence, start, limit)
    end = stop.start() if stop else limit
    end = _without_noun(sentence, start, min(end, start + 60))
    if strict and not label_of(text[start:end]):
        prefix = _PREFIX.match(sentence, start, end)
        end = prefix.end() if prefix else start
    return dropped_tail(text, start, end)


def _without_noun(sentence: str, start: int, end: int) -> int:
    """Cut 的 and what follows when that is no place: 公司的同事, but 静安寺附近的公司楼下 stays."""
    at = sentence.rfind("的", start + 1, end)
    if (
        at < 0
        or sentence.startswith("目的地", at - 1)
        or _PLACE_END.search(sentence, at, end)
        or sentence[start:at] in ("我", "我们")
    ):
        return end
    return at


def dropped_tail(text: str, start: int, end: int) -> int:
    """Return the end without trailing spaces, particles and prepositions."""
    while end > start and (match := _DANGLING.search(text, start, end)):
        end = match.start()
    return end
