"""Messages that are nothing but an answer or a command: 好的, 算了, 谢谢, "go ahead"; order numbers."""

from __future__ import annotations

import re

from .found import Found, found, plain

# What may surround the words without changing them: punctuation, emoji, particles.
_NOISE = re.compile(
    r"[\s,，。.!！?？~～…、;；:\"'“”‘()（）\-*_]+|"
    r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2190-\u21FF\u2B00-\u2BFF\uFE0F\u200D\U0001F1E6-\U0001F1FF]+"
)
_TAIL_OF_CONFIRM = "(?:吧|呀|啊|啦|哦|噢|喔|哈|嘛|咯|喽|滴|哟|那)*"
_TAIL = "(?:吧|呀|啊|啦|哦|噢|喔|哈|呢|了|的|嘛|咯|喽|滴|哟|那|就)*"

_SOON = "好的?|行|可以|嗯+|对|是的?|那"
_CONFIRM = (
    f"(?:{_SOON})?(?:我)?(?:确认|确定)(?:下单|支付|付款|购买|预订|订单|无误|了)*|(?:{_SOON})?(?:就|那就|帮我|"
    "给我)?(?:下单|付款|支付|买单|提交(?:订单)?)|"
    f"(?:{_SOON})?(?:就这样|就这么[办定]|就这个|就它|就要它|就要这个)(?:吧|就行|可以|定|了)*|(?:这样|这个|它)(?:就行|"
    "就可以|就好|可以)|没问题|同意|"
    "confirm(?:ed)?(?: it| the order| order| and pay)?|go ahead|do it|place (?:the |my |it |an )?order|"
    "pay(?: now| it)?|proceed|book it|order it|"
    "(?:yes|ok|okay|sure) (?:confirm|go ahead|please|do it|order it|pay|place the order)(?: please)?|(?:that is|"
    "that's|thats) (?:fine|right|correct)"
)
_AGREE = (
    "是的?|对的?|好的?|行的?|可以的?|嗯+|没错|好滴|好嘞|好哒|ok了|(?:对){2,3}|(?:好){2,3}|可|yes|yeah|yep|yup|ok|okey|okay|sure|"
    "of course|certainly|absolutely|"
    "alright|all right|sounds good|yes please|ok please|please do|definitely|that works|works for me"
)
_SOFT_YES = (
    "恩|要|中|成|得|当然|必须|妥|需要|想|y|ya|k|right|correct|fine|good|great|perfect|please|why not|cool|"
    "sure thing|lgtm|ok"
)
_NO = (
    "不|不要|不用|不是|不行|不好|不对|不可以|不了|没有|否|别|不需要|不必|不想|先不|先不要|先不用|暂时不用|"
    "还是不要|还是不|不用谢谢|不要谢谢|"
    "no|n|nope|nah|no thanks|no thank you|not now|not really|not yet|don't|do not|wrong|incorrect|negative"
)
_CANCEL = (
    "(?:还是)?(?:算|罢)了|(?:确认|确定)取消(?:订单)?|(?:我|还是|都)?(?:不要|不买|不订|不点|不吃|不想要|不想点|"
    "不用)了|(?:帮我)?取消(?:它|掉|一下|订单|下单|这个|这单|吧)*|作罢|撤销|撤回|当我没说|先这样(?:吧)?不要|"
    "别下单|不下单|先不下单|"
    "cancel(?: it| that| this| please| the order| my order| order)?|never ?mind|forget (?:it|about it|that)|"
    "drop it|abort|undo|scrap that|nvm|i changed my mind|don't order(?: it)?"
)
_STOP = (
    "停|停止|停下|停一下|别说|闭嘴|别讲|暂停|打住|stop|stop it|stop please|halt|quit|shut up|enough|stop talking|"
    "stop generating"
)
_GREETING = (
    "(?:你|您|大家|各位|老师|亲|你们)(?:好|早)(?:呀|啊)?|您好|哈喽|哈啰|哈罗|嗨|嘿|喂|在|在吗|在不在|在么|有人吗|"
    "你在吗|(?:早上|早晨|上午|中午|下午|晚上)好|早安|午安|晚安|早|"
    "(?:hi|hello|hey|hiya|yo|howdy|greetings|hallo)(?: there| all| everyone| banshi| bot)?|good (?:morning|"
    "afternoon|evening|day|night)|morning|evening|what's up|sup|how are you|anyone there|are you there"
)
_THANKS = (
    "(?:多谢|谢谢|感谢|谢|谢啦|辛苦|辛苦了|麻烦了|麻烦你|十分感谢|非常感谢|太感谢|太好)(?:您|你|你们|大家|了|"
    "谢谢)*|3q|3ks|thx|ty|"
    "(?:ok |great |perfect )?(?:thank you|thanks|thank u|thx|ty|cheers|many thanks|thanks a lot|thanks a million|"
    "much appreciated|appreciate it)(?: so much| very much| a lot| again| mate| man)?"
)
_HELP = (
    "帮助|帮忙|救命|(?:你|您)?(?:都)?(?:能|会|可以)(?:帮我)?(?:做|干)(?:些|点)?(?:什么|啥|嘛)(?:事|事情)?|(?:你|"
    "您)有(?:什么|啥|哪些)(?:用|功能|本事)|怎么(?:用|使用|玩|操作)(?:你|这个)?|(?:使用)?(?:说明|教程|指南)|功能|"
    "菜单帮助|"
    "help|help me|what can you do|what do you do|how does (?:this|it) work|how do i use (?:this|you|it)|commands|"
    "usage|instructions|/help|/start|start|menu help"
)
_WORDS = {
    "confirm": f"(?:{_CONFIRM}|{_AGREE})(?: (?:{_AGREE}))*",
    "yes": f"(?:{_CONFIRM}|{_AGREE}|{_SOFT_YES})(?: ?(?:{_THANKS}))?",
    "no": _NO,
    "cancel": _CANCEL,
    "stop": _STOP,
    "greeting": _GREETING,
    "thanks": _THANKS,
    "help": _HELP,
}
_PATTERNS = {
    name: re.compile(rf"(?:{words}){_TAIL_OF_CONFIRM if name == 'confirm' else _TAIL}")
    for name, words in _WORDS.items()
}
_STATUS = re.compile(
    r"还(?:有|要|得)多久(?=[\s?？,，。!啊呢]|$)|(?:送)?到了(?:吗|没有?)|怎么还(?:没|不)[到来送]|(?:到|送到|走到|"
    r"骑到|配送到)(?:了)?(?:哪|那)(?:里|儿)?(?:了)?(?=[\s?？,，。!了啊呢吧]|$)|(?:什么时候|几时|何时|还有?多久|"
    r"还要多久|多久|几点|怎么还没|还没|为什么还没|啥时候)(?:才|能|可以|会|没)*(?:送?到|送来|送达|"
    r"来)(?=[\s?？,，。!了啊呢吧家]|公司|$)|"
    r"(?:我的|我那|那个|刚才的|上一|这)?(?:外卖|订单|快递|骑手|配送员?|单子?|餐|包裹)(?:呢|状态|进度|进展|情况|"
    r"在哪里?|怎么样了?|怎样了?|如何|送?到了?[吗没]|到了没有?|来了[吗没]|做好了[吗没]|出餐了[吗没]|接单了[吗没]|"
    r"物流|在哪)|"
    r"(?:查|看|跟踪|追踪)(?:一下|下|看|询|看看)?(?:我的|一下)?(?:订单|外卖|配送|物流|骑手|快递)(?:状态|进度|"
    r"到哪)?|(?:做|准备)好了[吗没]|(?:骑手|外卖员)(?:到|在)|催(?:一下|单)|"
    r"(?<![a-z])(?:where(?:'s| is| are|s) (?:my |the |our )?(?:order|food|delivery|courier|rider|driver|pizza|"
    r"meal|lunch|dinner|package)|(?:order|delivery) status|status of (?:my |the )?(?:order|delivery)|track (?:my |"
    r"the )?(?:order|delivery|food|package)|"
    r"when (?:will|does|is) (?:it|my (?:order|food|delivery|lunch|dinner)|the (?:order|food))(?: be)? (?:arriv\w+|"
    r"here|come|get here|be here|delivered|coming)|how long (?:until|till|before|for) (?:it|my|the)|"
    r"how (?:much longer|long will (?:it|my)|is my order)|"
    r"(?:is|has) (?:my|the) (?:order|food|delivery)(?: \w+)? (?:ready|arrived|shipped|on (?:its|the) way|coming|"
    r"here|late)|eta|check (?:my|the) order)(?![a-z])"
)
_NUMBER = re.compile(r"(?<![a-z0-9])bs\s?-?\s?([0-9]{4})\s?-?\s?([0-9]{4})(?![0-9])")


_BREAK = re.compile(r"[,，。.!！、;；\n]+")
_THUMBS = re.compile(r"(?:\s|[👍👌✅🆗✔☑👏🙆]|[\U0001F3FB-\U0001F3FF\uFE0F])+")


def _bare(text: str) -> str:
    """Return the words of a short message without punctuation and emoji, "" for a long one."""
    if len(text) > 60:
        return ""
    said = _NOISE.sub(lambda match: "'" if match[0] == "'" else " ", plain(text)).strip()
    return re.sub(r"(?<![a-z0-9]) | (?![a-z0-9])", "", said)


def _is(name: str, text: str) -> bool:
    said = _bare(text)
    return bool(said) and bool(_PATTERNS[name].fullmatch(said))


def is_confirm(text: str) -> bool:
    """Tell whether the whole message agrees to go on with what was shown: 确认, 下单吧, 就这样, 好的, "go ahead", "ok".

    Only words that can mean nothing else: 好的谢谢, a thumb or "cool" is a yes (`is_yes`), not an order.
    """
    parts = [part for part in _BREAK.split(text[:61]) if _bare(part)]
    return _is("confirm", text) or (bool(parts) and len(text) <= 60 and all(_is("confirm", part) for part in parts))


def is_yes(text: str) -> bool:
    """Tell whether the whole message says yes, with thanks or without."""
    if is_confirm(text) or _is("yes", text) or _THUMBS.fullmatch(text[:60]):
        return True
    parts = [part for part in _BREAK.split(text[:61]) if _bare(part)]
    said = [_is("yes", part) or _is("confirm", part) for part in parts]
    return (
        len(text) <= 60 and any(said) and all(yes or _is("thanks", part) for yes, part in zip(said, parts, strict=True))
    )


def is_no(text: str) -> bool:
    """Tell whether the whole message says no."""
    return _is("no", text)


def is_cancel(text: str) -> bool:
    """Tell whether the whole message calls off what is under way: 算了, 不要了, 取消, "never mind"."""
    return _is("cancel", text)


def is_stop(text: str) -> bool:
    """Tell whether the whole message asks to stop talking."""
    return _is("stop", text)


def is_greeting(text: str) -> bool:
    """Tell whether the whole message is a greeting."""
    return _is("greeting", text)


def is_thanks(text: str) -> bool:
    """Tell whether the whole message is thanks."""
    return _is("thanks", text)


def is_help(text: str) -> bool:
    """Tell whether the whole message asks what can be done."""
    return _is("help", text)


def is_status(text: str) -> bool:
    """Tell whether the message asks where an order is: 到哪了, 我的外卖呢, "where is my order"."""
    return bool(_STATUS.search(plain(text)))


def find_order_numbers(text: str) -> list[Found]:
    """Return order numbers as they are stored (BS-1123-0417), however they were typed (bs 11230417)."""
    sentence = plain(text)
    return [
        found(text, match.start(), match.end(), f"BS-{match[1]}-{match[2]}") for match in _NUMBER.finditer(sentence)
    ]
