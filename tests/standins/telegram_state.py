"""What the stand-in for Telegram knows: chats, messages, people, and how text and buttons are checked."""

from __future__ import annotations

import html
import math
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler"}
TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)([^<>]*)>|<")


class Refused(Exception):
    """An answer with ok: false."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after


def bad(description: str) -> Refused:
    return Refused(400, f"Bad Request: {description}")


@dataclass
class Sent:
    """A message of a chat. `mine`: the bot's."""

    id: int
    mine: bool
    payload: dict[str, Any]  # as the Bot API shows it
    text: str = ""
    entities: tuple[tuple[str, str], ...] = ()  # (tag, text), a simplification
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    media: bytes = b""
    edits: int = 0
    texts: list[str] = field(default_factory=list)  # every text it ever had

    @property
    def labels(self) -> list[list[str]]:
        """The words on the buttons, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]


@dataclass
class Chat:
    """A chat and who is in it."""

    id: int
    type: str = "private"
    next_id: int = 1
    messages: dict[int, Sent] = field(default_factory=dict)
    blocked: bool = False
    tokens: float = math.inf
    counted_at: float = field(default_factory=time.monotonic)
    actions: list[str] = field(default_factory=list)

    def spend(self, burst: float, per_second: float) -> None:
        """Count one message against the chat's pace; raise 429 beyond it."""
        now = time.monotonic()
        self.tokens = min(burst, self.tokens + (now - self.counted_at) * per_second)
        self.counted_at = now
        if self.tokens < 1:
            wait = max(1, math.ceil((1 - self.tokens) / per_second))
            raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        self.tokens -= 1


def read_html(source: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return (what is seen, marked pieces); raise 400 for what Telegram cannot parse."""
    seen: list[str] = []
    stack: list[tuple[str, int]] = []
    marked: list[tuple[str, str]] = []
    position = 0
    for found in TAG.finditer(source):
        seen.append(html.unescape(source[position : found.start()]))
        position = found.end()
        offset = len(source[: found.start()].encode())
        closing, name = found.group(1), (found.group(2) or "").lower()
        if found.group(0) == "<" or name not in TAGS:
            kind = "end" if closing else "start"
            raise bad(f'can\'t parse entities: Unsupported {kind} tag "{name}" at byte offset {offset}')
        if not closing:
            stack.append((name, len("".join(seen))))
            continue
        if not stack:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {offset}")
        opened, begin = stack.pop()
        if opened != name:
            raise bad(
                f"can't parse entities: Unmatched end tag at byte offset {offset}, "
                f'expected "</{opened}>", found "</{name}>"'
            )
        marked.append((name, "".join(seen)[begin:]))
    if stack:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{stack[-1][0]}\"")
    seen.append(html.unescape(source[position:]))
    return "".join(seen).strip(), tuple(marked)


def check_text(params: dict[str, Any], key: str, limit: int) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a text or caption as it will be seen; raise 400 as the server words it."""
    given = str(params.get(key) or "")
    text, entities = read_html(given) if params.get("parse_mode") == "HTML" else (given.strip(), ())
    if len(text.encode("utf-16-le")) // 2 > limit:
        raise bad("message is too long" if key == "text" else "message caption is too long")
    if key == "text" and not text:
        raise bad("message text is empty")
    return text, entities


def check_keyboard(params: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the buttons; raise 400 as the server words it."""
    rows = (params.get("reply_markup") or {}).get("inline_keyboard") or []
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
        if "url" in button:
            parts = urlsplit(button["url"])
            if parts.scheme not in ("http", "https", "tg") or "." not in (parts.hostname or ""):
                raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
        elif "callback_data" not in button:
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        elif not 1 <= len(button["callback_data"].encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
        if button.get("style", "primary") not in ("primary", "danger", "success"):
            raise bad("invalid button style specified")
    return rows
