"""From replies to rows: messages, buttons and the outbox, in one transaction with the turn's state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from assistant.models import Conversation, Message, Outbox, PendingAction, Turn
from integrations.base import Action, Reply
from integrations.models import Quote

ACTION_HOURS = 24


def store(turn: Turn, replies: Sequence[Reply]) -> list[Message]:
    """Write `replies` as the turn's messages, in order, and merge what they remember into the conversation.

    A reply whose place is already taken (a streamed placeholder, an attempt before) takes over that row.
    """
    messages = [place(turn.conversation, turn, reply, f"turn:{turn.pk}:{i}") for i, reply in enumerate(replies)]
    merge_state(turn.conversation, replies)
    return messages


def place(conversation: Conversation, turn: Turn | None, reply: Reply, cause: str) -> Message:
    """Write one reply under its cause: a new message, or a new version of the one that cause made."""
    person_id = turn.person_id if turn else conversation.person_id
    mint(conversation, person_id, reply)
    content = reply.model_dump(mode="json", exclude_defaults=True, exclude={"remember"})
    outbox = Outbox.objects.select_related("message").filter(cause=cause).first()
    if outbox is None:
        message = Message.objects.create(
            conversation=conversation, turn=turn, direction=Message.Direction.OUT, text=reply.text, content=content
        )
        Outbox.objects.create(conversation=conversation, message=message, cause=cause)
        return message
    message = outbox.message
    message.text, message.content, message.version = reply.text, content, message.version + 1
    message.save(update_fields=["text", "content", "version"])
    Outbox.objects.filter(pk=outbox.pk).update(state=Outbox.State.WAITING, lease_until=None)
    return message


def open_stream(turn: Turn, request: str) -> Outbox:
    """Write the empty message that a streamed answer will fill, or take up the one that stands there."""
    cause = f"turn:{turn.pk}:0"
    outbox = Outbox.objects.filter(cause=cause).first()
    if outbox is None:
        message = Message.objects.create(
            conversation=turn.conversation, turn=turn, direction=Message.Direction.OUT, text=""
        )
        outbox = Outbox(conversation=turn.conversation, message=message, cause=cause)
    outbox.state, outbox.request = Outbox.State.STREAMING, request
    outbox.save()
    return outbox


def merge_state(conversation: Conversation, replies: Iterable[Reply]) -> None:
    """Merge `remember` of each reply into the conversation's state; None removes a key. The open question is the last
    reply's, or none.
    """
    state = dict(Conversation.objects.select_for_update().get(pk=conversation.pk).state)
    state.pop("asks", None)
    last_quote = ""
    for reply in replies:
        for key, value in reply.remember.items():
            if value is None:
                state.pop(key, None)
            else:
                state[key] = value
        if reply.asks:
            state["asks"] = reply.asks
        last_quote = reply.quote.id if reply.quote and reply.quote.state == "open" else ""
    state["last_quote"] = last_quote  # a typed "确认" counts only while a quote was the last thing shown
    conversation.state = state
    Conversation.objects.filter(pk=conversation.pk).update(state=state, last_at=timezone.now())


def mint(conversation: Conversation, person_id: int, reply: Reply) -> None:
    """Give every button of `reply` that acts a random id with a PendingAction behind it."""
    fresh = [action for action in buttons(reply) if not action.link and not action.id]
    confirmed = {action.confirm for action in fresh if action.confirm}
    quotes = {quote.public_id: quote for quote in Quote.objects.filter(public_id__in=confirmed)} if confirmed else {}
    later = timezone.now() + timedelta(hours=ACTION_HOURS)
    rows = [
        PendingAction(
            person_id=person_id,
            conversation=conversation,
            label=action.label[:80],
            action=action.model_dump(mode="json", exclude_defaults=True, exclude={"label", "style"}),
            quote=quote,
            quote_hash=quote.content_hash if quote else "",
            reusable=not action.confirm,
            expires_at=quote.expires_at if quote else later,
        )
        for action, quote in ((action, quotes.get(action.confirm)) for action in fresh)
    ]
    for action, row in zip(fresh, PendingAction.objects.bulk_create(rows), strict=True):
        action.id = row.public_id


def buttons(reply: Reply) -> list[Action]:
    """Return every button of a reply."""
    found = [action for card in reply.cards for action in card.actions] + list(reply.choices)
    for holder in (reply.quote, reply.order):
        if holder is not None:
            found += holder.actions
    return found


def last_lines(conversation: Conversation, before: int, limit: int = 4) -> list[dict[str, Any]]:
    """Return the last messages of free talk before message `before` as chat messages, oldest first.

    What tools said is left out: out of it a model makes facts of its own.
    """
    rows = conversation.messages.filter(id__lt=before, turn__steps__kind="chat").order_by("-id").distinct()[:limit]
    roles = {Message.Direction.IN: "user", Message.Direction.OUT: "assistant"}
    return [
        {"role": roles[Message.Direction(row.direction)], "content": row.text[:300]}
        for row in reversed(rows)
        if row.text
    ]
