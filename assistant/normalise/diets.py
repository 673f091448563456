"""Wishes about food as slugs of the catalogue's DIETS: 不要辣, 微辣就行, 吃素, 对花生过敏, "no pork or beef".

麻辣烫 or 辣子鸡 is a dish and says nothing about spice; 不要牛肉面 turns down a dish, not beef.
"""

from __future__ import annotations

import re

from .found import Found, found, overlaps, plain

# What may be left out, and the words for it; those that name a dish when more follows carry what must not follow.
_DISH = "(?![面饭汤粉堡锅串丸饼馅粥丝片块卷煲煎包拌炒羹饺烩])"
_INGREDIENTS: tuple[tuple[str, str], ...] = (
    ("no_pork", rf"猪肉{_DISH}|猪(?!肉){_DISH}(?![蹄肝脚])|五花肉|培根|火腿|(?:pork|bacon|ham|lard)"),
    ("no_beef", rf"牛肉{_DISH}|牛(?!肉){_DISH}(?![奶油蛙腩])|牛腩|beef"),
    ("no_lamb", rf"羊肉{_DISH}|羊(?!肉){_DISH}|(?:lamb|mutton)"),
    ("no_chicken", rf"鸡肉{_DISH}|鸡(?!肉)(?![蛋精毛尾]){_DISH}|chicken"),
    (
        "no_seafood",
        rf"海鲜{_DISH}|海产品?|水产|虾蟹?{_DISH}(?![仁滑饺])|螃?蟹{_DISH}|贝类|甲壳类|鱼{_DISH}(?![香丸排翅])|"
        r"(?:seafood|shellfish|fish|shrimps?|prawns?|crabs?|crustaceans?|oysters?|squid)",
    ),
    ("no_peanut", r"花生酱?|坚果|(?:peanuts?(?: butter)?|nuts?(?! ?(?:meg|ella)))"),
    ("no_egg", rf"鸡蛋{_DISH}|蛋(?![糕挞炒黄酥白卷包饺堡]){_DISH}|蛋类|eggs?"),
    (
        "no_dairy",
        r"牛奶|奶制品|乳制品|乳糖|奶酪|芝士|奶油|奶(?![茶昔冻盖绿黄白])|(?:dairy(?: products)?|milk(?! ?(?:tea|"
        r"shake))|lactose|cheese|cream)",
    ),
    ("no_cilantro", r"香菜|芫荽|(?:cilantro|coriander)"),
    ("no_garlic", r"大?蒜(?:[蓉末泥])?|garlic"),
    ("no_alcohol", r"酒精|含?酒(?![店吧楼家酿席馆窝心])|(?:alcohol|booze)"),
    ("gluten_free", r"麸质|麦麸|面筋|小麦|(?:gluten|wheat)"),
    ("low_sugar", r"糖(?![醋葫浆水果粥])|sugar"),
    (
        "not_spicy",
        r"辣椒(?!炒|酱炒)|辣(?![子条白炒椒酱肉鸡鱼虾])|花椒|(?:chil(?:l?i(?:es)?)|chilli|spice|spicy(?: food)?|"
        r"hot peppers?|heat)",
    ),
)
_THINGS = "|".join(f"(?P<{slug}>{words})" for slug, words in _INGREDIENTS)
_THING = re.compile(rf"(?:的|任何|any |the |all |added )?(?:{_THINGS})")
_THING_END_EN = re.compile(
    r"(?:noodles?|soup|burgers?|rice|curry|dumplings?|pizza|sandwich\w*|wings?|salad|pie|steak|rolls?|balls?|stew|"
    r"skewers?)(?![a-z])"
)
_LIST = re.compile(
    r"\s?(?:和|跟|与|或者?|、|/|,|，|也?(?:不要|不吃|别放)|以及|还有|(?:,? ?(?:and|or|nor)(?: no)?(?= )))\s?"
)
_NO = re.compile(
    r"(?:(?<!有)没有?|不(?:要|放|加|吃|能吃|可以吃|能放|能有|能碰|能喝|喝|含|想吃|爱吃|喜欢吃?|沾|带|碰|许放|用放|"
    r"可以放|想要|来)|(?:别|莫|勿|甭|免)(?:放|加|要|给我放|有)?|无|忌口?|戒|避开|去掉|去|少(?=糖|辣)|低(?=糖))"
    r"(?:放|加|有|吃|含|沾|了|带|到)?\s?|"
    r"(?<![a-z])(?:no|without|avoid(?:ing)?|excluding|hold(?: the)?|skip(?: the)?|leave out(?: the)?|free of|zero|"
    r"less|low|reduced|not? (?:any|contain(?:ing)?)|"
    r"(?:do not|don't|can't|cannot|can not|won't|doesn't|does not|shouldn't|mustn't|"
    r"never|not)(?: (?:want|eat|like|have|"
    r"do|add|put|include|contain|take|tolerate|handle|drink|use))+(?: (?:any|the))?|"
    r"intolerant to|intolerance to|allergic to|allergy to|allergies?:?)\s"
)
_ALLERGIC = re.compile(r"(?:对|我)?(?P<things>[^，。,.!?;；\s对]{1,16}?)(?:都|也|严重)?(?:过敏|不耐受?|敏感)")
_FREE = re.compile(
    rf"(?<![a-z])(?:{_THINGS})[ -](?:free|less(?= |$)|intoleran(?:t|ce)|allerg(?:y|ies)|sensitive)(?![a-z])".replace(
        "(?P<not_spicy>", "(?P<not_spicy>(?!hot )"
    )
)

_FOOD_EN = (
    r"(?! (?!food|dish|dishes|meals?|stuff|one|ones|things?|options?|cuisine|lunch|dinner|please|and|or|but|for|"
    r"is|if|at|to|with|,)[a-z])"
)
_NOT = r"(?:不要|不想要|别要|不吃|不是|不用|别|不来)"
# In order: an earlier phrase keeps its words from the later ones. None: the phrase asks for nothing (辣不辣, 素不素).
_PHRASES: tuple[tuple[str | None, str], ...] = (
    (
        None,
        r"辣不辣|辣吗|是辣的吗|素不素|清真吗|甜不甜|(?:有点|有些)?辣(?:也|都)?(?:没关系|没事|无所谓|可以|行|没问题)|"
        r"辣不辣(?:都|也)行|不怕辣?不|(?:spicy|mild) or (?:not|spicy|mild)",
    ),
    ("spicy", rf"{_NOT}不辣的?|不怕辣"),
    (
        None,
        rf"{_NOT}(?:素的|吃素|素食|清真|清淡的?|微辣的?|太?清淡)|不吃素|not? (?:vegetarian|vegan|halal|mild)(?![a-z])",
    ),
    (
        "mild",
        r"(?:不|别)(?:能|要|想|可以)?(?:吃|放|加|弄)?(?:爆|特|重|超|变态|中|很|大|非常|过于?)辣的?|微微?辣|小辣|"
        r"少(?:放|加)?(?:点|一点|些)?辣椒?|稍微(?:有)?(?:点|一点)?辣|(?:一点点|微|稍)辣|(?:有|放|加)一?点点辣(?!椒|酱|"
        r"子|白|条|炒)|(?:不要|别|不能|不能吃|不可以|别弄|别做|不是)?(?:吃)?太辣(?:的|了)?(?<=[要别能以做弄吃是]太辣|"
        r"太辣的|太辣了)"
        r"|不(?:太|怎么|是很|很|大)(?:能)?(?:吃)?辣的?|别那么辣|没那么辣|不那么辣|辣度(?:低|轻|小)一?点?|"
        r"(?<![a-z])(?:not (?:too|very|so|that|overly) (?:spicy|hot)|(?:only )?(?:a (?:little|bit)|slightly|mildly|"
        r"lightly) (?:bit )?(?:spicy|hot)|"
        r"mild(?:ly)?(?: spic(?:y|e))?|less spicy|low spice|(?:don't|do not) make it too (?:spicy|hot))(?![a-z])",
    ),
    (
        "not_spicy",
        r"(?<!辣)(?:不|免|无|零|去|0)(?:要|吃|能吃|会吃|放|加|想吃|带)?(?:一点|任何|麻)?辣(?![不子条白椒酱肉炒])的?|"
        r"别(?:放|加|要|给我放|做)?辣(?![子条白椒酱肉炒])的?|怕辣|(?:吃|沾|碰)不了辣|一点辣(?:都|也)(?:不|没)(?:能|要|"
        r"吃|行)*吃?|"
        r"(?:不要|别放|不放|不加|去)(?:麻辣|香辣|酸辣|辣椒|辣味)(?![烫锅香炒鸡鱼虾粉汤面土豆]+)的?|(?<!辣)不辣的?|"
        r"(?<![a-z])(?:(?:not|non|isn't|nothing|not at all|never)[ -]?(?:spicy|hot(?! ?pot))|no (?:spice|spices|"
        r"spicy(?: food| stuff)?|heat|chil\w*)|without (?:spice|chil\w*|any spice)|un-?spicy|"
        r"(?:can't|cannot|don't|do not|can not) (?:eat|do|like|handle|take|tolerate|have|want)(?: it| anything| any|"
        r" too much)? ?(?:spic(?:y|e)|hot(?= food))(?: food)?)(?![a-z])",
    ),
    (
        "spicy",
        r"(?:要|想吃|来|吃|爱吃|喜欢吃?|能吃|越|加|多|很能吃|超|够|非常|特|特别|比较|重|中|爆|变态|大|最|更|得)(?:点|"
        r"放|加|要|一点|点儿|些)?(?:麻|香)?辣(?![子条白椒酱肉炒汤粉烫锅土虾鸡鱼酱不])(?:一?点|一些)?(?:的|越好)?|"
        r"(?<![不别微太少麻香酸怕])辣(?:一点|点儿?|一些|些)(?!都|也|的?都)(?:的)?|(?<![不别微太少怕])(?:麻|"
        r"香)?辣的(?!吗)|无辣不欢|重口味?|口味重|下饭的辣|麻辣口?味|(?<![a-z])(?:(?:very|extra|super|really|nice and|"
        r"hot and|more|medium|quite|something|"
        rf"anything|make it|want it|like it|love|like|prefer|with) (?:spicy|chil\w+)|spicier|spicy){_FOOD_EN}(?![a-z])",
    ),
    ("vegan", r"纯素|全素|净素|严格素食|(?<![a-z])(?:vegan|plant[- ]based|(?:strict(?:ly)?) vegetarian)(?![a-z])"),
    (
        "vegetarian",
        r"吃[素斋]|素食(?!馆)者?|蛋奶素|素菜|素斋|斋[菜饭饭]|(?<![元因毒朴激酵生维味要色尿])素[的餐]|^\s*(?:要|"
        r"来)?素\s*$|(?:不|别)(?:吃|要|放|沾)(?:肉类?|荤腥?|荤的|任何肉)(?![丝末饼丸夹松馅])|"
        r"(?<![a-z])(?:vegetarians?|veggie|veg(?= )|meat[- ]?(?:free|less)|no meat|without meat|"
        r"don't eat (?:any )?meat)(?![a-z])",
    ),
    ("halal", r"清真(?!寺)|回民|穆斯林|(?<![a-z])(?:halal|muslim(?:[- ]friendly)?)(?![a-z])"),
    (
        "light",
        r"清淡(?:一?点|些|的|口|为主)?|少油(?:少盐)?|低油|低脂|低卡|少盐|(?:不要|别|不|少)(?:太|"
        r"那么)?油腻?(?![条炸麦泼])|不腻|减脂餐?|健康(?:一?点|餐|的)|"
        r"(?<![a-z])(?:low[- ](?:fat|cal(?:orie)?|oil)|not (?:too )?(?:greasy|oily|heavy)|less oil(?:y)?|(?:something|"
        r"anything|a bit) (?:light|healthy)|light(?:er)? (?:meal|food|dinner|lunch|option|dish)s?|healthy|"
        rf"lighter){_FOOD_EN}(?![a-z])",
    ),
    (
        "low_sugar",
        r"[半少微低无零][\s]?糖|[三五]分糖|0糖|(?:不要|别|不|少)(?:放|加|要)?(?:太|那么|这么)甜(?:的|了)?|不甜|糖尿病|"
        r"控糖|(?<![a-z])(?:half sugar|not (?:too |so |very )?sweet|unsweetened|diabet\w+|less sweet)(?![a-z])",
    ),
    ("no_alcohol", r"(?<![a-z])(?:non-?alcoholic|soft drinks only|teetotal)(?![a-z])"),
    ("no_dairy", r"(?<![a-z])(?:lactose[ -]intoleran(?:t|ce))(?![a-z])"),
    ("gluten_free", r"(?<![a-z])(?:co?eliac(?: disease)?)(?![a-z])"),
)
_COMPILED = tuple((slug, re.compile(words)) for slug, words in _PHRASES)


def find_diets(text: str) -> list[Found]:
    """Return wishes about food: `value` a slug of the catalogue's DIETS; detail `allergy` when that was said."""
    sentence = plain(text)
    result: list[Found] = []
    silent: list[Found] = []

    def add(start: int, end: int, slug: str | None, **detail: object) -> None:
        one = found(text, start, end, slug, **detail)
        if one.end > one.start and not overlaps(one, result) and not overlaps(one, silent):
            (result if slug else silent).append(one)

    for slug, pattern in _COMPILED:
        for match in pattern.finditer(sentence):
            add(match.start(), match.end(), slug)
    for start, end, slug, allergy in _left_out(sentence):
        add(start, end, slug, **({"allergy": True} if allergy else {}))
    for start, end, slug in _allergies(sentence):
        add(start, end, slug, allergy=True)
    for match in _FREE.finditer(sentence):
        add(match.start(), match.end(), match.lastgroup, **({"allergy": True} if "aller" in match[0] else {}))
    return sorted(result, key=lambda one: one.start)


def _things(sentence: str, at: int, stop: int | None = None) -> list[tuple[int, int, str]]:
    """Return the ingredients from a place on, joined by 和, 、 or "and"."""
    result: list[tuple[int, int, str]] = []
    stop = len(sentence) if stop is None else stop
    while match := _THING.match(sentence, at, stop):
        after = match.end()
        english = sentence[after - 1].isascii() and sentence[after - 1].isalpha()
        if english and (sentence[after : after + 1].isalpha() and sentence[after].isascii()):
            break
        if english and sentence[after : after + 1] == " " and _THING_END_EN.match(sentence, after + 1):
            break
        result.append((match.start(), after, str(match.lastgroup)))
        join = _LIST.match(sentence, after)
        at = join.end() if join else after
    return result


def _left_out(sentence: str) -> list[tuple[int, int, str, bool]]:
    """Return what a negation leaves out: 不要香菜和蒜, "no pork or beef"; the negation belongs to the first."""
    result = []
    for match in _NO.finditer(sentence):
        allergy = "toler" in match[0] or "allerg" in match[0]
        things = _things(sentence, match.end())
        result += [
            (match.start() if at == 0 else start, end, slug, allergy) for at, (start, end, slug) in enumerate(things)
        ]
    return result


def _allergies(sentence: str) -> list[tuple[int, int, str]]:
    """Return what stands before 过敏: 对花生和海鲜过敏."""
    result = []
    for match in _ALLERGIC.finditer(sentence):
        start, stop = match.span("things")
        for at in range(start, stop):
            things = _things(sentence, at, stop)
            if things and things[-1][1] == stop:
                first, _, slug = things[0]
                things[0] = (first - 1 if sentence[first - 1 : first] == "对" else first, things[0][1], slug)
                things[-1] = (things[-1][0], match.end(), things[-1][2])
                result += things
                break
    return result
