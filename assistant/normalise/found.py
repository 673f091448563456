"""What was found in a sentence, and the sentence in the plain form that the grammars read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import opencc

LIMIT = 1000  # characters: what stands after is not read, so that a pasted page costs no more than a long message


@dataclass(frozen=True)
class Found:
    """A value and the words it came from: `text` is `said[start:end]` of the sentence as the person wrote it."""

    value: Any
    start: int
    end: int
    text: str
    detail: dict[str, Any] = field(default_factory=dict)


@cache
def _table() -> dict[int, str]:
    """Return the one-to-one map to plain characters: half width, lower case, simplified Chinese."""
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    table = {ord(old): new for old, new in pairs if old != new and len(new) == 1}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {0x2460 + digit: str(digit + 1) for digit in range(9)}  # circled one to nine
    table |= {ord(mark): "-" for mark in "‐‑‒–—−"}
    table |= {ord(mark): "~" for mark in "〜∼"}
    table |= {ord(mark): "'" for mark in "’‘´`"}
    table |= {ord(mark): " " for mark in "\u3000\u00a0\u2009\u202f\t"}
    table |= {ord("，"): "，", ord("￥"): "¥", ord("￡"): "£"}  # a full-width comma never groups thousands
    return table


@lru_cache(maxsize=32)
def plain(text: str) -> str:
    """Return the first LIMIT characters in plain form; every character stays at its place."""
    return text[:LIMIT].translate(_table())


def found(text: str, start: int, end: int, value: Any, **detail: Any) -> Found:
    """Return the Found of a span, its outer spaces left out."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Found(value, start, end, text[start:end], detail)


def look_back(pattern: re.Pattern[str], sentence: str, at: int, width: int = 24) -> re.Match[str] | None:
    """Match a pattern that ends in `$` just before `at`; its lookbehinds see what stands further left."""
    return pattern.search(sentence, max(0, at - width), at)


def overlaps(one: Found, others: Iterable[Found]) -> bool:
    """Tell whether a span shares a character with any of the others."""
    return any(one.start < other.end and other.start < one.end for other in others)


def without(founds: Iterable[Found], taken: Iterable[Found]) -> list[Found]:
    """Return those that overlap nothing that is taken."""
    taken = list(taken)
    return [one for one in founds if not overlaps(one, taken)]


def longest(founds: Iterable[Found]) -> list[Found]:
    """Return a set without overlaps, in order of place; of two that overlap the longer stays."""
    kept: list[Found] = []
    for one in sorted(founds, key=lambda one: (one.start - one.end, one.start)):
        if not overlaps(one, kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
