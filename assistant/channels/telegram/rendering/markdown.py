"""The simple Markdown that models write, as styled text."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.channels.telegram.rendering.richtext import Span, strip

# No HTML, no indented code, no pictures: what looks like them is shown as it was written.
PARSER = (
    MarkdownIt("commonmark", {"html": False})
    .enable("strikethrough")
    .disable(["code", "html_block", "html_inline", "image"])
)
INLINE = {"strong_open": "b", "em_open": "i", "s_open": "s"}
BLOCK_ENDS = {"paragraph_close", "heading_close", "bullet_list_close", "ordered_list_close", "fence", "hr"}


def spans(text: str) -> list[Span]:
    """Return `text` with its bold, italic, struck, code, lists and headings; links show their address."""
    written: list[Span] = []
    lists: list[int | None] = []  # the next number of each open list, None where it has bullets
    heading = False
    for token in PARSER.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            written.append(Span("  " * (len(lists) - 1) + marker(lists)))
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "inline":
            written += inline(token.children or [], ("b",) if heading else ())
        elif token.type == "fence":
            written.append(Span(token.content.rstrip("\n"), ("pre",)))
        elif token.type == "hr":
            written.append(Span("———"))
        if token.type in BLOCK_ENDS:
            written.append(Span("\n" if lists or token.hidden else "\n\n"))
    return strip(tidy(written))


def marker(lists: list[int | None]) -> str:
    """Return the mark of the innermost list's next item and count it."""
    number = lists[-1]
    if number is None:
        return "• "
    lists[-1] = number + 1
    return f"{number}. "


def inline(tokens: Iterable[Token], outer: tuple[str, ...]) -> list[Span]:
    """Return one line's pieces."""
    written: list[Span] = []
    tags = list(outer)
    link = ""
    for token in tokens:
        if token.type in INLINE:
            tags.append(INLINE[token.type])
        elif token.type in ("strong_close", "em_close", "s_close"):
            tags.pop()
        elif token.type == "link_open":
            link = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            if link and link not in (written[-1].text if written else ""):
                written.append(Span(f" ({link})", tuple(tags)))
        elif token.type in ("softbreak", "hardbreak"):
            written.append(Span("\n", tuple(tags)))
        elif token.type == "code_inline":
            written.append(Span(token.content, ("code",)))
        elif token.content:
            written.append(Span(token.content, tuple(dict.fromkeys(tags))))
    return written


def tidy(written: list[Span]) -> list[Span]:
    """Return the pieces with at most one empty line between blocks."""
    kept: list[Span] = []
    for span in written:
        if span.text in ("\n", "\n\n") and not span.tags and kept and kept[-1].text in ("\n", "\n\n"):
            kept[-1] = Span(max(span.text, kept[-1].text), ())
        else:
            kept.append(span)
    return kept
