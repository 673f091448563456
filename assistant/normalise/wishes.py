"""What the person would rather have: cheaper, nearer, faster, better rated, more popular, or another one."""

from __future__ import annotations

import re

from .found import Found, found, longest, look_back, plain

# value, degree: "more" than what was shown (再便宜点), "most" for the extreme (最便宜的), "" for a plain wish.
_WISHES: tuple[tuple[str, str, str], ...] = (
    (
        "cheap",
        "more",
        r"(?:再|更|还要|能不能)?便宜(?:一?点儿?|一些|些)|[再更]便宜|(?:价格)?(?:再)?(?:低|少)(?:一?点|些)(?=的?(?:价|"
        r"钱|$))|(?:有点|有些|太|这么|好|都|还是)?贵了(?:点|些)?|太贵|"
        r"(?<![a-z])(?:(?:bit |much |something |anything )?cheaper|less expensive|lower (?:the )?price[ds]?|"
        r"too (?:expensive|pricey|much money))(?![a-z])",
    ),
    (
        "cheap",
        "most",
        r"最(?:便宜|实惠|划算)的?|价格最低的?|(?<![a-z])(?:(?:the )?cheapest|least expensive|"
        r"lowest price[ds]?)(?![a-z])",
    ),
    (
        "cheap",
        "",
        r"(?<!不要)便宜(?:的|实惠)?(?!坊|货)|(?:经济)?实惠的?|划算的?|性价比(?:高)?的?|省钱|平价|不(?:要)?太?贵的?|"
        r"别太贵|"
        r"(?<![a-z])(?:(?<!not )cheap(?! shot)|inexpensive|affordable|budget[- ]friendly|good value|on a budget|"
        r"not (?:too )?(?:expensive|pricey))(?![a-z])",
    ),
    (
        "near",
        "more",
        r"(?:再|更)?近(?:一?点儿?|一些|些)(?:的)?|[再更]近的?|太远了?|有点远|(?<![a-z])(?:(?:bit |much |"
        r"something )?(?:closer|nearer)(?! to)|too far(?: away)?|not so far)(?![a-z])",
    ),
    (
        "near",
        "most",
        r"(?:离(?:我|这里?|这儿))?最近的(?!订单|一?单|外卖|一次|那次|电影|新闻|活动|情况|天气|事|日子)|(?:离(?:我|"
        r"这里?|这儿))最近|距离最近的?|(?<![a-z])(?:(?:the )?(?:nearest|closest))(?: to me| one)?(?![a-z])",
    ),
    (
        "near",
        "",
        r"就近|离(?:我|这里?|这儿)近一?点?的?|不(?:要|能)?太远的?|别太远|(?<![a-z])(?:not (?:too )?far(?: away)?|"
        r"walking distance|within walking distance)(?![a-z])",
    ),
    (
        "fast",
        "more",
        r"(?:再|更|尽量)?快(?:一?点儿?|一些|些)(?:送到?|送达|到|的)?|[再更]快的?|太慢了?|等不及|(?<![a-z])(?:faster|"
        r"quicker|sooner|too slow|takes too long|hurry up)(?![a-z])",
    ),
    (
        "fast",
        "most",
        r"最快(?:的|送到?|送达|到|能到)?|(?:送得|送餐)最快的?|(?:配送|送达)(?:时间)?最短的?|"
        r"(?<![a-z])(?:(?:the )?(?:fastest|quickest|soonest)(?: delivery| one)?)(?![a-z])",
    ),
    (
        "fast",
        "",
        r"送(?:得|的|餐)快的?|出餐快的?|赶时间|着急|很急|比较急|急用|急着|(?<![a-z])(?:fast delivery|quick delivery|"
        r"(?<!as )quick(?:ly)?(?! question)|in a (?:hurry|rush)|delivered fast|fast please)(?![a-z])",
    ),
    (
        "best",
        "most",
        r"(?:评分|评价|口碑|打分|星级|好评)(?:最高|最好|第一)的?|最好(?:吃|喝|评(?![分价]))的?|最好的|(?:最高)(?:评分|"
        r"分)的?|"
        r"(?<![a-z])(?:(?:the )?(?:best|top|highest)[ -](?:rated|reviewed|rating)|(?:the )?best (?:one|restaurants?|"
        r"places?|food|in town|reviews?|quality|around)|the best(?! western))(?![a-z])",
    ),
    (
        "best",
        "more",
        r"(?:评分|评价|口碑)(?:再|更)?高(?:一?点|一些|些)的?|更好(?:的|吃的?)|好(?:一点|一些)的|"
        r"(?<![a-z])(?:(?:something |anything )?better(?: rated| reviews?| one)?|higher rat(?:ed|ing))(?![a-z])",
    ),
    (
        "best",
        "",
        r"(?:评分|评价|口碑|分数)(?:比较|要|很)?(?:高|好|不错)的?|高分的?|好评(?!分|价)(?:多|率高)?的?|必吃(?:榜)?的?|"
        r"(?<![a-z])(?:well[- ]reviewed|good (?:reviews?|ratings?)|highly[- ]rated|top[- ]notch)(?![a-z])",
    ),
    (
        "popular",
        "most",
        r"最(?:火|红|受欢迎|热门|畅销|多人(?:点|吃|买))爆?的?|人气最(?:高|旺)的?|(?:销量|月销|月售|卖得|卖的)(?:最高|"
        r"最好|最多|第一)的?|(?<![a-z])(?:(?:the )?most (?:popular|ordered)|best[- ]?sell(?:ing|ers?))(?![a-z])",
    ),
    (
        "popular",
        "",
        r"人气(?:高|旺|店)?的?|热门的?|网红(?:店)?的?|受欢迎的?|(?:销量|月销|月售)(?:比较|很)?(?:高|好)的?|"
        r"(?<!很多)大家都?(?:爱|在)(?:点|吃)的?|(?<![a-z])(?:popular|trending)(?![a-z])",
    ),
    (
        "other",
        "",
        r"换(?:一)?(?:[家个批种样道](?!地[址方点]|时间|支付|付款|手机|电话|号码?|账号|口味|名字|地儿|人)(?:别的|试试|"
        r"吧|看看)?|一换|换|别的|点?(?:其他|其它|别的)的?)|(?:看看?|来|要|有没有|还有|找|推荐|试试)?(?:点)?(?:别的|"
        r"其他的?(?!地址|时间)(?:店|选择|选项|家|吗)?|其它的?(?:店|选择|家|吗)?|别家|另外(?:一|几)?[家个种]|"
        r"另一[家个])(?:店|餐厅|推荐|选择)?"
        r"|再(?:看看|推荐(?:一?[下些个家])?|找(?:找|一?[家个些])|来几[个家]|换)(?!订单)|还有(?:吗|没有|呢|什么(?:(?:好吃的|别的|其他)?(?:选择|"
        r"推荐|店)|好吃的|(?=$|[,，。!?吗呢])))|下一(?:[个批家页组])|(?:更多|多)(?:选择|推荐|几[个家])|更多(?!辣)|不(?:太)?喜欢(?=$|"
        r"[,，。!这])|都不(?:喜欢|想吃|行|好|要(?=$|[,，。!]))|没有?(?:喜欢|想吃)的|"
        r"(?<![a-z])(?:(?:an)?other (?:one|options?|places?|restaurants?|choices?|suggestions?|recommendations?)|"
        r"others|something (?:else|different)|somewhere else|anything else|what else|a different (?:one|place|"
        r"restaurant)|"
        r"(?:show|see|find|give me|any) (?:me )?(?:some )?(?:more|others)(?: options?| choices?|"
        r" results?)?(?!\s(?!please|pls|options?|choices?)[a-z])|more (?:options?|choices|results|suggestions|places)|"
        r"next (?:one|page|option)|"
        r"try again|don't like (?:it|that|this|these|those|them|any)|none of (?:these|those|them)|change (?:it|"
        r"to another|restaurants?))(?![a-z])",
    ),
)
_COMPILED = tuple((value, degree, re.compile(words)) for value, degree, words in _WISHES)
_ALONE = re.compile(
    r"[\s,，。.!?]*(?:next|another|more|else|换|下一个|再来|还有|其他|其它|别的)[\s,，。.!?吧呢吗]*(?:please|"
    r"pls)?[\s.!?]*"
)
# "not cheap", 不用最便宜的: said to be unwanted.
_REFUSED = re.compile(r"(?:不要|不用|不需要|不必|不是|(?<![a-z])(?:not|don't want|no need for)(?: the| a)?\s)$")

_REFUSALS = ("不", "not", "太", "too", "别")


def find_wishes(text: str) -> list[Found]:
    """Return wishes: `value` cheap, near, fast, best, popular (what to sort by) or other (show another one).

    Detail degree: "more" (than what was shown), "most", or "".
    """
    sentence = plain(text)
    result: list[Found] = []
    for value, degree, pattern in _COMPILED:
        for match in pattern.finditer(sentence):
            refused = look_back(_REFUSED, sentence, match.start(), 14) and not match[0].startswith(_REFUSALS)
            result.append(found(text, match.start(), match.end(), "" if refused else value, degree=degree))
    result = [one for one in longest(one for one in result if one.text) if one.value]
    if not result and _ALONE.fullmatch(sentence):
        result.append(found(text, 0, len(sentence), "other", degree=""))
    return result


def sort_of(founds: list[Found]) -> str:
    """Return what to sort by: the first wish that is not for another one, or ""."""
    return next((one.value for one in founds if one.value != "other"), "")
