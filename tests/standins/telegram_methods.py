"""The Bot API's methods, as the stand-in answers them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.standins.telegram_state import Chat, Refused, Sent, bad, check_keyboard, check_text

if TYPE_CHECKING:
    from tests.standins.telegram import Telegram

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def get_me(bot: Telegram, params: dict[str, Any]) -> Any:
    return {
        "id": bot.bot_id,
        "is_bot": True,
        "first_name": "办事",
        "username": bot.username,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def get_updates(bot: Telegram, params: dict[str, Any]) -> Any:
    offset = int(params.get("offset") or 0)
    end = time.monotonic() + min(float(params.get("timeout") or 0), bot.longest_poll)
    with bot.changed:
        if bot.webhook:
            raise Refused(409, HOOK_ACTIVE)
        bot.poll += 1
        mine = bot.poll
        bot.changed.notify_all()
        allow(bot, params)
        forget(bot, offset)
        while not bot.pending and time.monotonic() < end and not bot.stopping:
            bot.changed.wait(min(0.5, max(0.0, end - time.monotonic())))
            if bot.poll != mine:
                raise Refused(409, OTHER_POLL)
            if bot.webhook:
                raise Refused(409, "Conflict: terminated by setWebhook request")
            forget(bot, offset)
        return list(bot.pending[: int(params.get("limit") or 100)])


def forget(bot: Telegram, offset: int) -> None:
    """Drop what is below the offset: it counts as confirmed, whether it was ever given or not."""
    if offset > 0:
        bot.confirmed += [update for update in bot.pending if update["update_id"] < offset]
        bot.pending = [update for update in bot.pending if update["update_id"] >= offset]


def allow(bot: Telegram, params: dict[str, Any]) -> None:
    if params.get("allowed_updates") is not None:
        bot.allowed = set(params["allowed_updates"])


def set_webhook(bot: Telegram, params: dict[str, Any]) -> Any:
    url = str(params.get("url") or "")
    if url and not url.startswith("https://") and not bot.insecure_webhooks:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    secret = str(params.get("secret_token") or "")
    if not all(character.isalnum() or character in "_-" for character in secret):
        raise bad("secret token contains unallowed characters")
    with bot.changed:
        bot.webhook, bot.secret = url, secret
        bot.last_error = ""
        allow(bot, params)
        if params.get("drop_pending_updates"):
            bot.pending.clear()
        bot.changed.notify_all()
    return True


def delete_webhook(bot: Telegram, params: dict[str, Any]) -> Any:
    return set_webhook(bot, {"drop_pending_updates": params.get("drop_pending_updates")})


def get_webhook_info(bot: Telegram, params: dict[str, Any]) -> Any:
    info = {"url": bot.webhook, "has_custom_certificate": False, "pending_update_count": len(bot.pending)}
    if bot.last_error:
        info |= {"last_error_date": int(bot.last_error_at), "last_error_message": bot.last_error}
    return info


def chat_of(bot: Telegram, params: dict[str, Any]) -> Chat:
    chat = bot.chats.get(int(params.get("chat_id") or 0))
    if chat is None:
        raise bad("chat not found")
    if chat.blocked:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    return chat


def send_message(bot: Telegram, params: dict[str, Any]) -> Any:
    chat = chat_of(bot, params)
    text, entities = check_text(params, "text", 4096)
    keyboard = check_keyboard(params)
    chat.spend(bot.burst, bot.per_second)
    return bot.place(chat, mine=True, text=text, entities=entities, keyboard=keyboard).payload


def send_photo(bot: Telegram, params: dict[str, Any]) -> Any:
    chat = chat_of(bot, params)
    text, entities = check_text(params, "caption", 1024)
    keyboard = check_keyboard(params)
    media = picture(params, params.get("photo"))
    chat.spend(bot.burst, bot.per_second)
    return bot.place(chat, mine=True, text=text, entities=entities, keyboard=keyboard, media=media).payload


def picture(params: dict[str, Any], named: Any) -> bytes:
    body = params["files"].get(str(named).removeprefix("attach://"))
    if not body:
        raise bad("there is no photo in the request")
    if not body.startswith((b"\x89PNG", b"\xff\xd8", b"RIFF")):
        raise bad("IMAGE_PROCESS_FAILED")
    return bytes(body)


def send_chat_action(bot: Telegram, params: dict[str, Any]) -> Any:
    chat_of(bot, params).actions.append(str(params.get("action")))
    return True


def message_of(bot: Telegram, params: dict[str, Any], what: str = "edit") -> tuple[Chat, Sent]:
    chat = chat_of(bot, params)
    message = chat.messages.get(int(params.get("message_id") or 0))
    if message is None:
        raise bad(f"message to {what} not found")
    if not message.mine:
        raise bad(f"message can't be {what}ed")
    return chat, message


def change(bot: Telegram, chat: Chat, message: Sent, **new: Any) -> Any:
    """Edit a message, if that changes anything."""
    if all(getattr(message, name) == value for name, value in new.items()):
        raise bad(NOT_MODIFIED)
    chat.spend(bot.burst, bot.per_second)
    with bot.changed:
        for name, value in new.items():
            setattr(message, name, value)
        message.edits += 1
        message.texts.append(message.text)
        bot.changed.notify_all()
    return bot.show(chat, message)


def edit_text(bot: Telegram, params: dict[str, Any]) -> Any:
    chat, message = message_of(bot, params)
    text, entities = check_text(params, "text", 4096)
    keyboard = check_keyboard(params)
    if message.media:
        raise bad("there is no text in the message to edit")
    return change(bot, chat, message, text=text, entities=entities, keyboard=keyboard)


def edit_caption(bot: Telegram, params: dict[str, Any]) -> Any:
    chat, message = message_of(bot, params)
    text, entities = check_text(params, "caption", 1024)
    keyboard = check_keyboard(params)
    if not message.media:
        raise bad("there is no caption in the message to edit")
    return change(bot, chat, message, text=text, entities=entities, keyboard=keyboard)


def edit_media(bot: Telegram, params: dict[str, Any]) -> Any:
    chat, message = message_of(bot, params)
    media = params.get("media") or {}
    text, entities = check_text(media, "caption", 1024)
    keyboard = check_keyboard(params)
    if chat.id in bot.no_pictures:
        raise bad("not enough rights to send photos to the chat")
    body = picture(params, media.get("media"))
    message.media = b""  # an uploaded picture is always a new one
    return change(bot, chat, message, text=text, entities=entities, keyboard=keyboard, media=body)


def edit_markup(bot: Telegram, params: dict[str, Any]) -> Any:
    chat, message = message_of(bot, params)
    return change(bot, chat, message, keyboard=check_keyboard(params))


def delete_message(bot: Telegram, params: dict[str, Any]) -> Any:
    chat, message = message_of(bot, params, "delete")
    del chat.messages[message.id]
    return True


def answer_callback(bot: Telegram, params: dict[str, Any]) -> Any:
    asked = bot.presses.get(str(params.get("callback_query_id")))
    if asked is None or time.monotonic() - asked > bot.callback_seconds:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    bot.answered.append(str(params["callback_query_id"]))
    return True


def get_file(bot: Telegram, params: dict[str, Any]) -> Any:
    name = str(params.get("file_id"))
    if name not in bot.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    return {"file_id": name, "file_unique_id": name, "file_size": len(bot.files[name]), "file_path": f"files/{name}"}


def decoded(params: dict[str, Any]) -> dict[str, Any]:
    """Return parameters with what a form holds as JSON text read."""
    read = dict(params)
    for name in ("reply_markup", "media", "allowed_updates", "link_preview_options"):
        if isinstance(read.get(name), str):
            read[name] = json.loads(read[name])
    return read


METHODS: dict[str, Callable[[Telegram, dict[str, Any]], Any]] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "sendchataction": send_chat_action,
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagemedia": edit_media,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback,
    "getfile": get_file,
}
