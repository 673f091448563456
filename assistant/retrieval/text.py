"""Words out of Chinese and English text: the same for what is indexed and for what is asked."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import opencc
import rjieba

from assistant.retrieval.synonyms import CANONICAL, IDLE_HAN, IDLE_LATIN, NOT_WANTED, PHRASES, SYMBOLS, WIDER
from integrations.catalogue.vocabulary import CUISINES, DISH_CATEGORIES, TAGS

VERSION = 1  # counts up when the rules of this module change
MAX_QUERY_CHARS = 400  # of a question; what stands behind them is not read
MAX_QUERY_TERMS = 64
BIGRAM_WEIGHT = 0.5  # two neighbouring characters that are no word
CHARACTER_WEIGHT = 0.25  # a single character inside a name
WIDER_WEIGHT = 0.5

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<other>[^\W{_HAN}_]+(?:['’`][^\W{_HAN}_]+)*)|(?P<symbol>[^\w\s])")
_HAS_HAN = re.compile(f"[{_HAN}]")
_MARKS = re.compile("[\u0300-\u036f]")
_QUOTES = re.compile("['’`]")


@dataclass(frozen=True)
class Term:
    """A term of a question. `surface` is how it was written; `word` tells a word from a pair of characters."""

    text: str
    surface: str
    weight: float
    word: bool


def _own_words() -> list[str]:
    names = [term.zh for table in (CUISINES, DISH_CATEGORIES, TAGS) for term in table.values()]
    words = {*names, *CANONICAL, *CANONICAL.values(), *WIDER, *WIDER.values()}
    return sorted(word for word in words if len(word) > 1 and _HAS_HAN.match(word))


@cache
def _segmenter() -> Any:
    """Return the process's one segmenter (a second takes 24 MB) with our own words added as frequent nouns."""
    for word in _own_words():
        rjieba.add_word(word, 5000, "n")
    return rjieba


@cache
def fingerprint() -> str:
    """Return what changes when texts are taken apart in another way: an index only answers for its own way."""
    tables = [VERSION, _own_words(), sorted(CANONICAL.items()), sorted(PHRASES.items()), sorted(IDLE_HAN | IDLE_LATIN)]
    return hashlib.blake2b(repr(tables).encode(), digest_size=8).hexdigest()


@cache
def _simplifier() -> Any:
    return opencc.OpenCC("t2s")


def normalise(text: str) -> str:
    """Return `text` in one form: full-width to ASCII, lower case, no accents, simplified Chinese."""
    text = unicodedata.normalize("NFKC", text).lower()
    if not text.isascii():
        text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
        if _HAS_HAN.search(text):
            text = _simplifier().convert(text)
    return text


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return an English word without its plural ending (Harman's S-stemmer, 1991, and -es after a sibilant)."""
    if len(word) < 4 or not word.isascii() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "toes")):
        return word[:-2]
    return word[:-1]


def term_key(term: str) -> int:
    """Return the 64-bit name a term has in the arrays."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "big")


def canonical(term: str) -> str:
    """Return the word that stands for `term` and its synonyms."""
    return CANONICAL.get(term, term)


def _han_terms(run: str) -> Iterator[tuple[str, float]]:
    """Yield the words of a run of Chinese characters, then the pairs that are no word."""
    words = [word for word in _segmenter().cut_for_search(run) if word not in IDLE_HAN]
    yield from ((word, 1.0) for word in words)
    known = set(words)
    for start in range(len(run) - 1):
        pair = run[start : start + 2]
        if pair not in known and pair not in IDLE_HAN:
            yield pair, BIGRAM_WEIGHT


def _wanted(run: str) -> Iterator[str]:
    """Yield the parts of a question's Chinese run between words that say nothing or are not wanted."""
    part, skip = "", False
    for word in _segmenter().cut(run):
        if skip and word not in IDLE_HAN:
            skip = False
        elif word not in IDLE_HAN and word not in NOT_WANTED:
            part += word
            continue
        skip = skip or word in NOT_WANTED
        if part:
            yield part
        part = ""
    if part:
        yield part


def _runs(text: str) -> Iterator[tuple[str, str]]:
    for match in _RUN.finditer(normalise(text)):
        yield match.lastgroup or "", match.group()


@lru_cache(maxsize=8_192)
def text_terms(text: str, *, name: bool = False) -> tuple[tuple[str, float], ...]:
    """Return the terms of an indexed text with how much each counts.

    In a `name` single characters count a little, and the last one, the head of a Chinese dish's name, fully:
    牛肉面 is found by 面, and stands before 面包.
    """
    terms: list[tuple[str, float]] = []
    before = ""
    for kind, run in _runs(text):
        if kind == "han":
            terms += ((term, share) for term, share in _han_terms(run) if len(term) > 1)
            if name:
                terms += ((character, CHARACTER_WEIGHT) for character in run[:-1])
                terms.append((run[-1], 1.0))
            before = ""
        elif kind == "other":
            word = stem(_QUOTES.sub("", run))
            if word not in IDLE_LATIN:
                terms.append((word, 1.0))
            if (before, word) in PHRASES:
                terms.append((PHRASES[before, word], 1.0))
            before = word
    return tuple((canonical(term), share) for term, share in terms)


def _unsplit(terms: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Drop the parts of words that have a synonym: 日本料理 is 日料, and asks for neither 日本 nor 料理."""
    whole = [term for term, share in terms if share == 1.0 and term in CANONICAL]
    return [(term, share) for term, share in terms if not any(term != word and term in word for word in whole)]


def query_terms(text: str) -> list[Term]:
    """Return the terms of a question, each once. Empty where nothing in it says what is wanted."""
    found: dict[str, Term] = {}
    before = ""

    def put(term: str, surface: str, weight: float, word: bool) -> None:
        term = canonical(term)
        if term not in found or found[term].weight < weight:
            found[term] = Term(term, surface, weight, word)

    for kind, run in _runs(text[:MAX_QUERY_CHARS]):
        if kind == "han":
            for part in _wanted(run):
                for term, share in _unsplit(list(_han_terms(part))):
                    put(term, term, share, share == 1.0)
                    if share == 1.0 and term in WIDER:
                        put(WIDER[term], WIDER[term], WIDER_WEIGHT, False)
        elif kind == "other":
            word = stem(_QUOTES.sub("", run))
            if (before, word) in PHRASES:
                put(PHRASES[before, word], f"{before} {run}", 1.0, True)
            if word not in IDLE_LATIN and word not in NOT_WANTED and before not in NOT_WANTED:
                put(word, run, 1.0, True)
                if word in WIDER:
                    put(WIDER[word], WIDER[word], WIDER_WEIGHT, False)
            before = word
        elif run in SYMBOLS:
            put(run, run, 1.0, True)
    return list(found.values())[:MAX_QUERY_TERMS]


def says_nothing(text: str) -> bool:
    """Tell whether `text` holds words but none that narrows a search: 附近有什么好吃的."""
    kinds = {kind for kind, _ in _runs(text[:MAX_QUERY_CHARS])}
    return not text.strip() or (bool(kinds & {"han", "other"}) and not query_terms(text))
