"""Unfinished answers in Telegram: edits of the placeholder, within the chat's pace."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol

from django.db import Error as DatabaseFailure

from assistant.channels.base import ChannelError, MessageGone
from assistant.channels.telegram.channel import TelegramChannel
from assistant.models import Outbox
from assistant.tasks.queues import enqueue
from assistant.tasks.relay_database import in_database
from integrations.base import Reply
from integrations.models import Connection

logger = logging.getLogger(__name__)
CHAT_SECONDS = 1.2  # between edits; Telegram allows about one message a second in a chat
GROUP_SECONDS = 3.2  # and twenty a minute in a group
PAUSE_SECONDS = 3.0  # after an edit that failed
SETTLE_SECONDS = 40.0  # how long the outbox may take for its fill
MANY_CHATS = 2000
WRITING = " …"


class Text(Protocol):
    """What is written so far."""

    outbox: int
    request: str
    text: str
    finished: bool
    changed: asyncio.Event


@dataclass(frozen=True)
class Spot:
    """Where a streaming answer stands."""

    connection: Connection
    conversation: int
    chat: str
    is_group: bool
    language: str
    external_id: str  # empty: no placeholder yet
    blocked: bool  # an earlier message of the chat waits to be sent


class Gate:
    """Keeps edits of one chat apart."""

    def __init__(self) -> None:
        self.next_at: dict[tuple[int, str], float] = defaultdict(float)

    async def wait(self, spot: Spot) -> None:
        """Return when the chat may be written to, and close the gate behind."""
        key = (spot.connection.pk, spot.chat)
        now = time.monotonic()
        at = max(now, self.next_at[key])
        if len(self.next_at) > MANY_CHATS:
            self.next_at = defaultdict(float, {key: at for key, at in self.next_at.items() if at > now})
        self.next_at[key] = at + (GROUP_SECONDS if spot.is_group else CHAT_SECONDS)
        await asyncio.sleep(at - now)

    def hold(self, spot: Spot, seconds: float) -> None:
        """Keep the gate closed for `seconds` from now: Telegram said so."""
        self.next_at[(spot.connection.pk, spot.chat)] = time.monotonic() + seconds


async def show(gate: Gate, text: Text) -> None:
    """Show `text` in its placeholder while it grows; returns when it is finished or somebody else shows it."""
    shown = ""
    while not text.finished:
        try:
            spot = await find(text.outbox, text.request)
            if spot is None:
                return
            wanted = text.text.strip()
            if spot.blocked or (spot.external_id and wanted == shown):
                await grown(text)
                continue
            await gate.wait(spot)
            if await step(text, wanted):
                shown = wanted
        except MessageGone:
            return
        except ChannelError as error:
            logger.info("outbox %s: an edit failed: %s", text.outbox, error)
            if error.permanent or spot is None:
                return
            gate.hold(spot, error.retry_after or PAUSE_SECONDS)
        except DatabaseFailure as error:
            logger.warning("outbox %s was not looked up: %s", text.outbox, type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)


async def grown(text: Text) -> None:
    """Wait until there is more, for a while."""
    text.changed.clear()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(CHAT_SECONDS):
            await text.changed.wait()


async def step(text: Text, wanted: str) -> bool:
    """Open the placeholder or edit it once; True if `wanted` is shown now. Raise `ChannelError`."""
    spot = await find(text.outbox, text.request)  # again: the gate may have taken a while
    if spot is None or text.finished:
        return False
    channel = TelegramChannel(spot.connection)
    if not spot.external_id:
        opened = await asyncio.to_thread(channel.open, spot.chat, Reply())
        if not await keep(text.outbox, opened):  # the outbox was faster
            await asyncio.to_thread(channel.withdraw, spot.chat, opened)
        return not wanted
    reply = Reply(text=wanted + WRITING)
    try:
        await asyncio.to_thread(channel.fill, spot.chat, spot.external_id, reply, spot.language)
    finally:
        await settle(text, spot)
    return True


async def settle(text: Text, spot: Spot) -> None:
    """Where the answer was finished during our edit, our text may stand over it: have the outbox fill once more."""
    end = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < end:
        try:
            state = await state_of(text.outbox)
            if state not in (Outbox.State.WAITING, Outbox.State.SENT):
                return  # still streaming: the usual case
            if state == Outbox.State.SENT and await fill_again(text.outbox, spot.conversation):
                logger.info("outbox %s is filled once more", text.outbox)
                return
        except DatabaseFailure as error:
            logger.warning("outbox %s was not looked up: %s", text.outbox, type(error).__name__)
        await asyncio.sleep(0.2)


@in_database
def find(outbox_id: int, request: str) -> Spot | None:
    """Return where the answer is shown, None once it is not streaming any more (or is written anew)."""
    rows = Outbox.objects.filter(pk=outbox_id, state=Outbox.State.STREAMING, request=request)
    row = rows.select_related("conversation__connection", "conversation__person").first()
    if row is None:
        return None
    earlier = Outbox.objects.filter(conversation_id=row.conversation_id, pk__lt=row.pk, state=Outbox.State.WAITING)
    conversation = row.conversation
    return Spot(
        connection=conversation.connection,
        conversation=conversation.pk,
        chat=conversation.external_id,
        is_group=conversation.is_group,
        language=conversation.person.language,
        external_id=row.external_id,
        blocked=not row.external_id and earlier.exists(),
    )


@in_database
def keep(outbox_id: int, external_id: str) -> bool:
    """Store the placeholder's id; False where another stands already."""
    return bool(Outbox.objects.filter(pk=outbox_id, external_id="").update(external_id=external_id))


@in_database
def fill_again(outbox_id: int, conversation_id: int) -> bool:
    """Make a sent row wait again; True if it was sent."""
    if not Outbox.objects.filter(pk=outbox_id, state=Outbox.State.SENT).update(state=Outbox.State.WAITING):
        return False
    enqueue("outbox", "assistant.tasks.outbox.send", conversation_id)
    return True


@in_database
def state_of(outbox_id: int) -> str:
    """Return the state of a row; empty where it is gone."""
    return Outbox.objects.filter(pk=outbox_id).values_list("state", flat=True).first() or ""
