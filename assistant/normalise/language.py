"""Which language a message is in."""

from __future__ import annotations

import re

from .found import LIMIT

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_NOT_WORDS = re.compile(r"https?://\S+|[\w.]+@[\w.]+|[A-Za-z]*-?[0-9][A-Za-z0-9-]*")
_OTHER_SCRIPT = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")
# Words of grammar rather than names: who writes these writes in that language.
_ZH_GRAMMAR = re.compile(
    r"[的了吗呢吧我你他她它们这那个份在到给和是要想来不没有点吃买订找把帮请什么怎哪几多少就都也还再去送]"
)
_EN_WORDS = (
    "a an the i i'd i'm i'll me my you your we us our it is are was be to for of in on at with without and or not no "
    "can could would will please want like need get find order show what where when how which any some that this there "
    "near under from by do does don't have give make"
)
_EN_GRAMMAR = frozenset(_EN_WORDS.split())
# Words that people write in both languages.
_SHARED = frozenset(
    {"ok", "okay", "hi", "yes", "no", "wifi", "app", "vip", "pizza", "kfc", "bbq", "thx", "lol", "haha", "k", "y", "n"}
)


def detect(text: str, default: str = "zh") -> str:
    """Return zh or en: the language of the grammar words, then of the larger part.

    Names, numbers and emoji do not count; what is too short to tell is the default.
    """
    said = _NOT_WORDS.sub(" ", text[:LIMIT])
    chinese = _CHINESE.findall(said)
    words = [word.lower().replace("’", "'") for word in _WORD.findall(said)]
    if not chinese:
        telling = [word for word in words if word not in _SHARED]
        return "en" if sum(map(len, telling)) > 2 and not _OTHER_SCRIPT.search(said) else default
    if not words:
        return default if _OTHER_SCRIPT.search(said) else "zh"
    zh_grammar = len(_ZH_GRAMMAR.findall(said))
    en_grammar = sum(word in _EN_GRAMMAR for word in words)
    if zh_grammar != en_grammar:
        return "zh" if zh_grammar > en_grammar else "en"
    return "zh" if len(chinese) / 2 >= len(words) else "en"
