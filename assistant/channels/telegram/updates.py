"""What a person did, out of Telegram's updates (https://core.telegram.org/bots/api#update)."""

from __future__ import annotations

from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatType

from assistant.channels.base import BadDelivery, Inbound, InboundFile, Pin

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


def parse(payload: dict[str, Any], *, bot_id: int, username: str) -> Inbound | None:
    """Return what a person did, None for what is ignored (edits, channel posts, members, other talk in groups).

    Raise `BadDelivery` for an update that is not in Telegram's form.
    """
    try:
        update = Update.de_json(payload, None)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise BadDelivery(f"not an update of Telegram ({type(error).__name__})") from error
    if update.callback_query is not None:
        return press(update.callback_query)
    message = update.message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    return said(message, message.from_user, bot_id, username)


def press(query: CallbackQuery) -> Inbound | None:
    """Return a pressed button."""
    if query.message is None or not query.data:
        return None
    thread = query.message.message_thread_id if isinstance(query.message, Message) else None
    in_topic = isinstance(query.message, Message) and query.message.is_topic_message
    return Inbound(
        user=str(query.from_user.id),
        name=query.from_user.full_name,
        language=(query.from_user.language_code or "").lower(),
        chat=chat_id(query.message.chat.id, thread if in_topic else None),
        is_group=query.message.chat.type in GROUPS,
        action=query.data,
        callback=query.id,
    )


def said(message: Message, user: User, bot_id: int, username: str) -> Inbound | None:
    """Return a message, in a group only where it speaks to us."""
    text = message.text or message.caption or ""
    is_group = message.chat.type in GROUPS
    command, rest = split_command(message, text)
    if command is not None:
        name, _, whom = command.partition("@")
        if whom and whom.lower() != username.lower():
            return None
        text = f"{name} {rest}".strip()
    elif is_group:
        unmentioned = without_mention(message, text, bot_id, username)
        if unmentioned is None and not answers_us(message, bot_id):
            return None
        text = text if unmentioned is None else unmentioned
    pin, files = pin_of(message), files_of(message)
    if not (text or pin or files):
        return None
    return Inbound(
        user=str(user.id),
        name=user.full_name,
        language=(user.language_code or "").lower(),
        chat=chat_id(message.chat.id, message.message_thread_id if message.is_topic_message else None),
        is_group=is_group,
        text=text,
        pin=pin,
        files=files,
        voice=message.voice is not None,
    )


def chat_id(chat: int, thread: int | None) -> str:
    """Return our id of a chat: Telegram's, and the topic's where a group has topics."""
    return f"{chat}:{thread}" if thread else str(chat)


def split_command(message: Message, text: str) -> tuple[str | None, str]:
    """Return the command a message begins with ("/help@name") and the rest."""
    for entity in entities(message):
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            command = piece(text, entity)
            return command, text[len(command) :].strip()
    return None, text


def without_mention(message: Message, text: str, bot_id: int, username: str) -> str | None:
    """Return the text without our name, None where we are not named."""
    for entity in entities(message):
        named = piece(text, entity)
        by_name = entity.type == MessageEntity.MENTION and username and named.lower() == f"@{username.lower()}"
        by_id = entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == bot_id
        if by_name or by_id:
            before, _, after = text.partition(named)
            return f"{before.rstrip()} {after.lstrip(' ,，:：')}".strip()
    return None


def answers_us(message: Message, bot_id: int) -> bool:
    """Tell whether a message replies to one of ours."""
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == bot_id


def entities(message: Message) -> tuple[MessageEntity, ...]:
    """Return the marked pieces of a text or caption."""
    return tuple(message.entities or message.caption_entities or ())


def piece(text: str, entity: MessageEntity) -> str:
    """Return an entity's text; its offset and length count UTF-16 code units."""
    raw = text.encode("utf-16-le")
    return raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", errors="ignore")


def pin_of(message: Message) -> Pin | None:
    """Return a shared place."""
    if message.venue is not None:
        venue = message.venue
        return Pin(lat=venue.location.latitude, lng=venue.location.longitude, name=venue.title, address=venue.address)
    if message.location is not None:
        return Pin(lat=message.location.latitude, lng=message.location.longitude)
    return None


def files_of(message: Message) -> list[InboundFile]:
    """Return what came with a message; a picture in its largest size."""
    if message.photo:
        photo = max(message.photo, key=lambda size: size.width * size.height)
        return [InboundFile(name="photo.jpg", kind="image/jpeg", size=photo.file_size or 0, remote=photo.file_id)]
    named = message.document or message.audio or message.video
    if named is not None:
        name = named.file_name or "file"
        return [InboundFile(name=name, kind=named.mime_type or "", size=named.file_size or 0, remote=named.file_id)]
    if message.voice is not None:
        voice = message.voice
        kind = voice.mime_type or "audio/ogg"
        return [InboundFile(name="voice.ogg", kind=kind, size=voice.file_size or 0, remote=voice.file_id)]
    return []
