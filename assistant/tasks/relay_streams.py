"""Answers shown while they are written: read from the engine's event stream, pushed to web pages, edited in Telegram.

Only what is unfinished is shown here. The final text is the outbox's, which always fills last: before each edit the row
must still be streaming, and where it stopped to be while an edit was under way the outbox is asked to fill once more.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import cast

import redis.asyncio as aioredis
from channels.layers import get_channel_layer
from django.db import Error as DatabaseFailure
from django.db import OperationalError
from pydantic import ValidationError
from redis.exceptions import RedisError

from assistant.channels.web.push import group
from assistant.engines.base import Event
from assistant.engines.client import events_key
from assistant.models import Outbox
from assistant.tasks import relay_lease
from assistant.tasks.relay_database import in_database
from assistant.tasks.relay_edits import Gate, show
from assistant.tasks.relay_polling import end

logger = logging.getLogger(__name__)
NUDGES = "banshi:streams"
LOOK_SECONDS = 1.0
BLOCK_MILLISECONDS = 1000
WHOLE_SECONDS = 2.0  # how often the whole text so far is sent again, for pages that missed a piece
PAUSE_SECONDS = 1.0
Key = tuple[int, str]


@dataclass
class Stream:
    """A message that an engine is writing."""

    outbox: int
    request: str
    message: int
    kind: str  # of the channel
    conversation: str  # public id
    text: str = ""
    attempt: int = 1
    finished: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, event: Event) -> bool:
        """Take an event in; True if the text begins anew (another engine took the request over)."""
        if event.attempt < self.attempt:
            return False  # from an engine that was given up
        anew = event.attempt > self.attempt or event.type == "restarted"
        if anew:
            self.attempt, self.text = event.attempt, ""
        if event.type == "token":
            self.text += event.text
        elif event.type in ("done", "error"):
            self.finished = True
        self.changed.set()
        return anew


async def watch(valkey: aioredis.Redis) -> None:
    """Follow every streaming row of the outbox."""
    running: dict[Key, asyncio.Task[None]] = {}
    gate = Gate()
    nudged = asyncio.Event()
    listener = asyncio.create_task(listen(valkey, nudged), name="nudges")
    try:
        while True:
            try:
                rows = await streaming()
            except OperationalError as error:
                logger.warning("streaming rows were not looked up: %s", error)
            else:
                await follow(valkey, gate, running, rows)
            await nudge_or_time(nudged)
    finally:
        await end([listener, *running.values()])
        for outbox, _request in running:
            await relay_lease.drop(valkey, f"stream:{outbox}")


async def follow(
    valkey: aioredis.Redis, gate: Gate, running: dict[Key, asyncio.Task[None]], rows: list[Stream]
) -> None:
    """Start following new rows. A task ends by itself, for it must see its last edit through."""
    streams = {(stream.outbox, stream.request): stream for stream in rows}
    await end([running.pop(key) for key in list(running) if running[key].done() and key not in streams])
    for key, stream in streams.items():
        if await relay_lease.ours(valkey, f"stream:{stream.outbox}") and key not in running:
            running[key] = asyncio.create_task(relay(valkey, gate, stream), name=f"stream-{stream.outbox}")


async def nudge_or_time(nudged: asyncio.Event) -> None:
    """Return at the next nudge, or when it is time to look by oneself."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LOOK_SECONDS):
            await nudged.wait()
    nudged.clear()


async def listen(valkey: aioredis.Redis, nudged: asyncio.Event) -> None:
    """Wake the watcher at each nudge. Nudges get lost; the watcher looks by itself as well."""
    while True:
        try:
            async with valkey.pubsub(ignore_subscribe_messages=True) as nudges:
                await nudges.subscribe(NUDGES)
                async for _message in nudges.listen():
                    nudged.set()
        except RedisError as error:
            logger.warning("no nudges: %s", type(error).__name__)
        await asyncio.sleep(PAUSE_SECONDS)


@in_database
def streaming() -> list[Stream]:
    """Return what is being written."""
    rows = Outbox.objects.filter(state=Outbox.State.STREAMING).exclude(request="")
    rows = rows.select_related("conversation__connection").order_by("id")
    return [
        Stream(row.pk, row.request, row.message_id, row.conversation.connection.kind, row.conversation.public_id)
        for row in rows
    ]


@in_database
def is_streaming(stream: Stream) -> bool:
    """Tell whether the row still waits for this very generation."""
    return Outbox.objects.filter(pk=stream.outbox, state=Outbox.State.STREAMING, request=stream.request).exists()


async def relay(valkey: aioredis.Redis, gate: Gate, stream: Stream) -> None:
    """Show one answer while it is written."""
    shown = asyncio.create_task(show(gate, stream)) if stream.kind == "telegram" else None
    try:
        if stream.kind == "web":
            await push_pieces(valkey, stream)
        else:
            async for events in read(valkey, stream):
                for event in events:
                    stream.take(event)
    finally:
        stream.finished = True
        stream.changed.set()
        if shown is not None:
            await shown


async def read(valkey: aioredis.Redis, stream: Stream) -> AsyncIterator[list[Event]]:
    """Yield the events of a generation as they come, until it ends or its row is not streaming any more."""
    last = "0"
    while not stream.finished:
        try:
            entries = await read_after(valkey, stream.request, last)
        except RedisError as error:
            logger.warning("events of %s were not read: %s", stream.request, type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
            entries = []
        if entries:
            last = entries[-1][0]
            yield [event for _id, fields in entries if (event := parse(fields)) is not None]
        elif not await row_lives(stream):
            return


async def read_after(valkey: aioredis.Redis, request: str, last: str) -> list[tuple[str, dict[str, str]]]:
    """Return the (id, fields) of a request's events after `last`, waiting a little for them; raise `RedisError`."""
    answer = await valkey.xread({events_key(request): last}, count=500, block=BLOCK_MILLISECONDS)
    streams = cast("list[tuple[str, list[tuple[str, dict[str, str]]]]]", answer)
    return [entry for _key, entries in streams for entry in entries]


async def row_lives(stream: Stream) -> bool:
    """Tell whether to go on; a store that is busy says yes."""
    try:
        return await is_streaming(stream)
    except DatabaseFailure:
        return True


def parse(fields: dict[str, str]) -> Event | None:
    """Return an entry's event, or None where it is none of ours."""
    try:
        return Event.model_validate_json(fields.get("event", ""))
    except ValidationError as error:
        logger.error("an engine's event cannot be read: %d errors", error.error_count())
        return None


async def push_pieces(valkey: aioredis.Redis, stream: Stream) -> None:
    """Push each new piece with its place in the text, and now and then the whole text for pages that missed one."""
    whole_at = time.monotonic()
    async for events in read(valkey, stream):
        at = len(stream.text)
        for event in events:
            if stream.take(event):
                at = 0
        if time.monotonic() - whole_at > WHOLE_SECONDS:
            at, whole_at = 0, time.monotonic()
        if stream.text[at:]:
            await push(stream, at)


async def push(stream: Stream, at: int) -> None:
    """Send the text from character `at` on to the pages that have the conversation open."""
    data = {"type": "token", "message": stream.message, "text": stream.text[at:], "at": at}
    try:
        await get_channel_layer().group_send(group(stream.conversation), {"type": "push", "data": data})
    except RedisError as error:
        logger.warning("a piece of message %s was not pushed: %s", stream.message, type(error).__name__)
