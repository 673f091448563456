"""Telegram as a channel: verify, parse, send. Content goes out as edits of a "…" whose id is stored first."""

from __future__ import annotations

import hmac
import json
import logging
import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from assistant.channels.base import BadDelivery, BadSignature, ChannelError, Inbound, InboundFile, MessageGone
from assistant.channels.telegram import api, updates
from assistant.channels.telegram.rendering.render import CAPTION_LIMIT, Rendered, render
from integrations.base import Reply
from integrations.models import Connection

logger = logging.getLogger(__name__)
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105
PLACEHOLDER = "…"
ALLOWED_UPDATES = ["message", "callback_query"]
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_PREVIEW = {"is_disabled": True}
LOCALES = {"zh": "zh-hans", "en": "en"}


class TelegramChannel:
    """One bot. Credentials: `token` (from BotFather) and `secret` (of its webhook)."""

    kind = "telegram"
    placeholder = True

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def token(self) -> str:
        """The bot's token; raise `ChannelError` where none is set."""
        token = str(self.connection.credentials.get("token", ""))
        if ":" not in token:
            raise ChannelError("This Telegram connection has no token", permanent=True)
        return token

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Check the secret that `setWebhook` was given; raise `BadSignature`."""
        secret = str(self.connection.credentials.get("secret", ""))
        given = next((value for name, value in headers.items() if name.lower() == SECRET_HEADER), "")
        if not secret or not hmac.compare_digest(secret.encode(), given.encode()):
            raise BadSignature("the secret token is missing or wrong")

    def read(self, body: bytes) -> tuple[str, dict[str, Any]]:
        """Return (update id, update); raise `BadDelivery`."""
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BadDelivery("not JSON, or nested too deeply") from error
        number = payload.get("update_id") if isinstance(payload, dict) else None
        if not isinstance(number, int) or isinstance(number, bool):
            raise BadDelivery("no update_id")
        return str(number), payload

    def parse(self, payload: dict[str, Any]) -> Inbound | None:
        """Return what the person did, or None for a kind that is ignored; raise `BadDelivery`."""
        bot_id = int(self.token.partition(":")[0])
        return updates.parse(payload, bot_id=bot_id, username=str(self.connection.config.get("username", "")))

    def open(self, chat: str, reply: Reply) -> str:
        """Put "…" into the chat and return its message id; raise `ChannelError`."""
        sent = api.call(self.token, "sendMessage", **_target(chat), text=PLACEHOLDER)
        return str(sent["message_id"])

    def fill(self, chat: str, external_id: str, reply: Reply, language: str) -> None:
        """Make the message show `reply`; raise `MessageGone` where it was deleted, else `ChannelError`."""
        with translation.override(LOCALES.get(language, language)):
            shown = render(reply)
            if not shown.spans:
                raise ChannelError("There is nothing to show in this reply", permanent=True)
            if shown.picture is None or not self._fill_media(chat, external_id, shown):
                self._fill_text(chat, external_id, shown)

    def _fill_media(self, chat: str, external_id: str, shown: Rendered) -> bool:
        """Show text and picture; False where this chat takes no pictures."""
        if shown.picture is None:
            return False
        media = {
            "type": "photo",
            "media": "attach://picture",
            "caption": shown.html(CAPTION_LIMIT),
            "parse_mode": "HTML",
        }
        files = {"picture": shown.picture.read_bytes()}
        try:
            self._edit("editMessageMedia", chat, external_id, shown, media=media, files=files)
        except api.BotError as error:
            if error.code != api.BAD_REQUEST:
                raise
            logger.warning("connection %s: no picture was taken: %s", self.connection.pk, error.description)
            return False
        return True

    def _fill_text(self, chat: str, external_id: str, shown: Rendered) -> None:
        text = {"text": shown.html(), "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
        try:
            self._edit("editMessageText", chat, external_id, shown, **text)
        except api.BotError as error:
            if "there is no text in the message to edit" not in error.description:
                raise
            caption = shown.html(CAPTION_LIMIT)  # it has a picture, which stays
            self._edit("editMessageCaption", chat, external_id, shown, caption=caption, parse_mode="HTML")

    def _edit(self, method: str, chat: str, external_id: str, shown: Rendered, **params: Any) -> None:
        buttons = shown.keyboard.to_dict() if shown.keyboard else None
        where = {"chat_id": _target(chat)["chat_id"], "message_id": int(external_id)}
        try:
            api.call(self.token, method, **where, reply_markup=buttons, **params)
        except api.BotError as error:
            said = error.description.lower()
            if "message is not modified" in said:
                return
            if any(words in said for words in GONE):
                raise MessageGone(error.description) from error
            raise

    def withdraw(self, chat: str, external_id: str) -> None:
        """Take a message of ours away again (a placeholder that is one too many); best effort."""
        self._try("deleteMessage", chat_id=_target(chat)["chat_id"], message_id=int(external_id))

    def acknowledge(self, inbound: Inbound) -> None:
        """Stop a pressed button's spinner, and show that we are typing; best effort."""
        if inbound.callback:
            self._try("answerCallbackQuery", callback_query_id=inbound.callback)
        self._try("sendChatAction", **_target(inbound.chat), action="typing")

    def fetch(self, file: InboundFile) -> bytes:
        """Return the bytes of a file that came with a message; raise `ChannelError`."""
        path = api.call(self.token, "getFile", file_id=file.remote).get("file_path", "")
        return api.download(self.token, path, settings.MAX_UPLOAD_MB * 1024 * 1024)

    def _try(self, method: str, **params: Any) -> None:
        try:
            api.call(self.token, method, **params)
        except ChannelError as error:
            logger.info("connection %s: %s failed: %s", self.connection.pk, method, error)


def _target(chat: str) -> dict[str, Any]:
    """Return the parameters that name a chat, and its topic where it has one."""
    number, _, thread = chat.partition(":")
    return {"chat_id": int(number), "message_thread_id": int(thread)} if thread else {"chat_id": int(number)}


def check(connection: Connection) -> dict[str, Any]:
    """Ask Telegram who the bot is and keep its name, by which groups call it; raise `ChannelError`."""
    about: dict[str, Any] = api.call(TelegramChannel(connection).token, "getMe")
    if connection.config.get("username") != about.get("username"):
        connection.config = {**connection.config, "username": about.get("username", "")}
        connection.save(update_fields=["config"])
    return about


def set_webhook(connection: Connection, url: str) -> None:
    """Make Telegram deliver to `url` (our whole webhook address); raise `ChannelError`. A missing secret is made."""
    before = str(connection.config.get("mode", "polling"))
    if not connection.credentials.get("secret"):
        connection.credentials = {**connection.credentials, "secret": secrets.token_urlsafe(32)}
        connection.save(update_fields=["credentials"])
    check(connection)
    set_mode(connection, "webhook")  # first: whoever polls must not take the webhook away again
    secret = connection.credentials["secret"]
    try:
        api.call(
            TelegramChannel(connection).token,
            "setWebhook",
            url=url,
            secret_token=secret,
            allowed_updates=ALLOWED_UPDATES,
        )
    except ChannelError:
        set_mode(connection, before)
        raise


def delete_webhook(connection: Connection) -> None:
    """Make Telegram keep updates for polling; none is dropped. Raise `ChannelError`."""
    api.call(TelegramChannel(connection).token, "deleteWebhook", drop_pending_updates=False)
    set_mode(connection, "polling")


def set_mode(connection: Connection, mode: str) -> None:
    """Keep how updates arrive: polling or webhook."""
    connection.config = {**connection.config, "mode": mode}
    connection.save(update_fields=["config"])
