"""From rows to the JSON that pages show, and the way to open pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from assistant.models import Conversation, Message, Outbox, PendingAction

PRIVATE = ("remember", "asks")  # parts of a Reply that are never sent


def group(conversation_public_id: str) -> str:
    """Return the name of the channel-layer group of a conversation's open pages."""
    return f"conversation.{conversation_public_id}"


def push(conversation_public_id: str, data: dict[str, Any]) -> None:
    """Send `data` (plain JSON) to every page that has the conversation open; raise `redis.RedisError`.

    Pages that are not there, or miss it, read the rows when they come back.
    """
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(group(conversation_public_id), {"type": "push", "data": data})


def message_json(message: Message, *, streaming: bool | None = None) -> dict[str, Any]:
    """Return a message as a page shows it. `streaming`: whether it is still being written; else its outbox row says."""
    data = messages_json([message])[0]
    return data if streaming is None else data | {"streaming": streaming}


def messages_json(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Return messages as a page shows them, with the labels of the buttons that were pressed."""
    rows = list(messages)
    labels = _pressed(rows)
    return [_inbound(row, labels) if row.direction == Message.Direction.IN else _outbound(row) for row in rows]


def history(
    conversation: Conversation, *, limit: int, before: int | None = None, after: int | None = None
) -> tuple[list[Message], bool]:
    """Return the last `limit` messages (before id `before`), oldest first, and whether there are older ones.

    With `after`, everything newer than that id is included, however much it is.
    """
    rows = conversation.messages.select_related("outbox").order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: limit + 1])
    older = len(found) > limit
    if older and after is not None and found[-1].pk > after:
        found = list(rows.filter(id__gt=after))
        return found[::-1], True
    return found[:limit][::-1], older


def _base(message: Message) -> dict[str, Any]:
    return {
        "type": "message",
        "id": message.pk,
        "version": message.version,
        "direction": str(message.direction),
        "at": message.created_at.isoformat(),
        "text": message.text,
        "turn": message.turn_id,
        "client_id": message.client_id,
        "reply": None,
        "files": [],
        "streaming": False,
    }


def _inbound(message: Message, labels: dict[str, str]) -> dict[str, Any]:
    files = [
        {"id": file["attachment"], "name": file["name"], "size": file.get("size", 0), "kind": file.get("kind", "")}
        for file in message.content.get("files", [])
        if file.get("attachment")
    ]
    action = str(message.content.get("action", ""))
    data = _base(message) | {"files": files, "pin": message.content.get("pin")}
    if action and not message.text:
        data |= {"text": labels.get(action, ""), "pressed": True}
    return data


def _outbound(message: Message) -> dict[str, Any]:
    reply = {key: value for key, value in message.content.items() if key not in PRIVATE}
    outbox = message.outbox if hasattr(message, "outbox") else None
    streaming = outbox is not None and outbox.state == Outbox.State.STREAMING
    return _base(message) | {"reply": reply or None, "files": reply.get("files", []), "streaming": streaming}


def _pressed(rows: Sequence[Message]) -> dict[str, str]:
    """Return the labels of the buttons that `rows` stand for, by id; a confirmation shows on its quote instead."""
    ids = {row.content["action"] for row in rows if row.direction == Message.Direction.IN and row.content.get("action")}
    if not ids:
        return {}
    actions = PendingAction.objects.filter(public_id__in=ids)
    return {action.public_id: action.label for action in actions if not action.action.get("confirm")}
