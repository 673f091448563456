"""Updates in the real form: https://core.telegram.org/bots/api#update."""

from __future__ import annotations

import re
import time
import uuid
from typing import TYPE_CHECKING, Any

from tests.standins.telegram_methods import get_me
from tests.standins.telegram_state import Chat, Sent

if TYPE_CHECKING:
    from tests.standins.telegram import Telegram

MARKED = re.compile(r"(?P<bot_command>(?<!\S)/[a-z0-9_]+(@\w+)?)|(?P<mention>@\w+)", re.IGNORECASE)


def text(bot: Telegram, words: str) -> dict[str, Any]:
    """Return a text with its commands and mentions marked."""
    entities = [
        {
            "type": found.lastgroup if found.lastgroup in ("bot_command", "mention") else "bot_command",
            "offset": len(words[: found.start()].encode("utf-16-le")) // 2,
            "length": len(found.group(0).encode("utf-16-le")) // 2,
        }
        for found in MARKED.finditer(words)
    ]
    return {"text": words, "entities": entities} if entities else {"text": words}


def person(chat: Chat, user: int | None = None, name: str = "小明", language: str = "zh-hans") -> dict[str, Any]:
    return {"id": user or abs(chat.id), "is_bot": False, "first_name": name, "language_code": language}


def about(bot: Telegram, chat: Chat, *, group: bool = False, reply_to: int | None = None, **who: Any) -> dict[str, Any]:
    """Return who wrote, and what they answered."""
    content: dict[str, Any] = {"from": person(chat, **who)}
    if reply_to is not None:
        content["reply_to_message"] = chat.messages[reply_to].payload
    return content


def chat_json(chat: Chat) -> dict[str, Any]:
    extra = {"first_name": "小明"} if chat.type == "private" else {"title": "午饭群"}
    return {"id": chat.id, "type": chat.type, **extra}


def payload(bot: Telegram, chat: Chat, message: Sent) -> dict[str, Any]:
    """Return a message as the Bot API shows it."""
    shown = {"message_id": message.id, "chat": chat_json(chat), "date": int(time.time())}
    if not message.mine:
        return {**message.payload, **shown}
    shown["from"] = {key: get_me(bot, {})[key] for key in ("id", "is_bot", "first_name", "username")}
    shown["caption" if message.media else "text"] = message.text
    if message.media:
        shown["photo"] = [{"file_id": "p1", "file_unique_id": "p1", "width": 320, "height": 320}]
    if message.keyboard:
        shown["reply_markup"] = {"inline_keyboard": message.keyboard}
    return shown


def press(bot: Telegram, chat: Chat, message: Sent, button: dict[str, Any], **who: Any) -> dict[str, Any]:
    """Return a callback query."""
    return {
        "id": str(uuid.uuid4().int)[:18],
        "from": person(chat, **who),
        "message": bot.show(chat, message),
        "chat_instance": "-7",
        "data": button["callback_data"],
    }
