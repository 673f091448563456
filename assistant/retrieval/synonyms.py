"""Words that mean the same, wider words, and words that say nothing by themselves: the lists of `words/`."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "words"


def _lines(name: str) -> list[list[str]]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line)


def _same() -> tuple[dict[str, str], dict[tuple[str, str], str], frozenset[str]]:
    """Return word -> the one that stands for it, English phrases of two words likewise, and the symbols among them."""
    single: dict[str, str] = {}
    phrases: dict[tuple[str, str], str] = {}
    symbols: set[str] = set()
    for line in _lines("same"):
        for word in line:
            first, dash, second = word.partition("-")
            if dash:
                phrases[first, second] = line[0]
            elif word != line[0]:
                single[word] = line[0]
            if not word[0].isalpha():
                symbols.add(word)
    return single, phrases, frozenset(symbols)


CANONICAL, PHRASES, SYMBOLS = _same()
WIDER: dict[str, str] = dict(_lines("wider"))
IDLE_HAN, IDLE_LATIN, NOT_WANTED = _words("idle_zh"), _words("idle_en"), _words("unwanted")
