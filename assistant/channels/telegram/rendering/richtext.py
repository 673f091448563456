"""Text in pieces with styles: counted, cut and written as Telegram's HTML (https://core.telegram.org/bots/api#html-style)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

OPEN = {"quote": "<blockquote expandable>"}
CLOSE = {"quote": "</blockquote>"}


@dataclass(frozen=True)
class Span:
    """A piece of text; `tags`: b, i, s, code, pre, quote, outermost first."""

    text: str
    tags: tuple[str, ...] = ()


def units(text: str) -> int:
    """Return the length as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def length(spans: Iterable[Span]) -> int:
    """Return the length of what is seen, in UTF-16 code units."""
    return sum(units(span.text) for span in spans)


def head(text: str, limit: int) -> str:
    """Return the longest beginning of at most `limit` UTF-16 code units, never half a character."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", errors="ignore")


def cut(spans: list[Span], limit: int, tail: str) -> list[Span]:
    """Return `spans` if they fit into `limit`, else their beginning and `tail`."""
    if length(spans) <= limit:
        return spans
    left = limit - units(tail)
    kept: list[Span] = []
    for span in spans:
        text = head(span.text, left)
        kept.append(Span(text, span.tags))
        left -= units(text)
        if text != span.text:
            break
    return [*kept, Span(tail)]


def strip(spans: Iterable[Span]) -> list[Span]:
    """Return `spans` without empty pieces and without white space at both ends."""
    kept = [span for span in spans if span.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = Span(kept[0].text.lstrip("\n"), kept[0].tags)
        kept[-1] = Span(kept[-1].text.rstrip(), kept[-1].tags)
    return kept


def join(parts: Iterable[list[Span]], between: str) -> list[Span]:
    """Return the parts that are not empty, one after another."""
    joined: list[Span] = []
    for part in parts:
        if part:
            joined += [Span(between), *part] if joined else part
    return joined


def plain(spans: Iterable[Span]) -> str:
    """Return what is seen."""
    return "".join(span.text for span in spans)


def html(spans: Iterable[Span]) -> str:
    """Return the spans as Telegram's HTML, `<`, `>` and `&` escaped; neighbours of equal style share their tags."""
    written: list[str] = []
    current: tuple[str, ...] = ()
    for span in [*spans, Span("")]:
        if span.tags != current:
            written += [CLOSE.get(tag, f"</{tag}>") for tag in reversed(current)]
            written += [OPEN.get(tag, f"<{tag}>") for tag in span.tags]
            current = span.tags
        written.append(escape(span.text, quote=False))
    return "".join(written)
