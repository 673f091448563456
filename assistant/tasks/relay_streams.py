"""Answers shown while they are written: read from the engine's event streams, pushed to web pages, edited in Telegram.

Only what is unfinished is shown here. The final text is the outbox's, which always fills last: before each edit the row
must still be streaming, and where it stopped to be while an edit was under way the outbox is asked to fill once more.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass, field
from typing import Any, cast

from channels.layers import get_channel_layer
from django.db import OperationalError
from pydantic import ValidationError
from redis.exceptions import RedisError

from assistant.channels.web.push import group
from assistant.engines.base import Event
from assistant.engines.store import events_key, valkey
from assistant.models import Outbox
from assistant.tasks import relay_lease
from assistant.tasks.relay_database import in_database
from assistant.tasks.relay_edits import Gate, show
from assistant.tasks.relay_polling import end

logger = logging.getLogger(__name__)
NUDGES = "banshi:streams"
LOOK_SECONDS = 1.0
READ_MILLISECONDS = 200  # a stream that begins is read at most this much later
WHOLE_SECONDS = 2.0  # how often the whole text so far is sent again, for pages that missed a piece
PAUSE_SECONDS = 1.0
LAST_SECONDS = 20.0  # for the edits under way when the relay ends
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
    last: str = "0"  # the last entry that was read
    finished: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    whole_at: float = field(default_factory=time.monotonic)
    shown: asyncio.Task[None] | None = None

    @property
    def key(self) -> Key:
        """What it is followed by: a row that is written anew has another request."""
        return self.outbox, self.request

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

    def stop(self) -> None:
        """Show nothing more."""
        self.finished = True
        self.changed.set()


async def watch() -> None:
    """Follow every streaming row of the outbox."""
    streams: dict[Key, Stream] = {}
    gate, nudged = Gate(), asyncio.Event()
    helpers = [asyncio.create_task(listen(nudged)), asyncio.create_task(read(streams))]
    try:
        while True:
            try:
                rows = await streaming()
            except OperationalError as error:
                logger.warning("streaming rows were not looked up: %s", error)
            else:
                await follow(streams, rows, gate)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await nudged.wait()
            nudged.clear()
    finally:
        await finish(streams)
        await end(helpers)


async def follow(streams: dict[Key, Stream], rows: list[Stream], gate: Gate) -> None:
    """Begin with new rows, and end what is not streaming any more; an edit under way is seen through."""
    current = {row.key: row for row in rows}
    for key in [key for key in streams if key not in current]:
        stream = streams[key]
        stream.stop()
        if stream.shown is None or stream.shown.done():
            await end([stream.shown] if stream.shown else [])
            del streams[key]
    for key, stream in current.items():
        if await relay_lease.ours(f"stream:{stream.outbox}") and key not in streams:
            streams[key] = stream
            if stream.kind == "telegram":
                stream.shown = asyncio.create_task(show(gate, stream), name=f"show-{stream.outbox}")


async def finish(streams: dict[Key, Stream]) -> None:
    """See the edits under way through, and give the leases back."""
    for stream in streams.values():
        stream.stop()
    tasks = [stream.shown for stream in streams.values() if stream.shown]
    if tasks:
        await asyncio.wait(tasks, timeout=LAST_SECONDS)
    await end(tasks)
    for stream in streams.values():
        await relay_lease.drop(f"stream:{stream.outbox}")


@in_database
def streaming() -> list[Stream]:
    """Return what is being written."""
    rows = Outbox.objects.filter(state=Outbox.State.STREAMING).exclude(request="")
    rows = rows.select_related("conversation__connection").order_by("id")
    return [
        Stream(row.pk, row.request, row.message_id, row.conversation.connection.kind, row.conversation.public_id)
        for row in rows
    ]


async def listen(nudged: asyncio.Event) -> None:
    """Wake the watcher at each nudge. Nudges get lost; the watcher looks by itself as well."""
    nudges: Any = None
    while True:
        try:
            if nudges is None:
                nudges = valkey().pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
                await asyncio.to_thread(nudges.subscribe, NUDGES)
            if await asyncio.to_thread(nudges.get_message, timeout=1.0):
                nudged.set()
        except RedisError as error:
            logger.warning("no nudges: %s", type(error).__name__)
            nudges = None
            await asyncio.sleep(PAUSE_SECONDS)


async def read(streams: dict[Key, Stream]) -> None:
    """Read the events of all streams, in one call for all, and push what is new to web pages."""
    while True:
        active = {events_key(stream.request): stream for stream in streams.values() if not stream.finished}
        if not active:
            await asyncio.sleep(READ_MILLISECONDS / 1000)
            continue
        try:
            answer = await asyncio.to_thread(read_after, {key: stream.last for key, stream in active.items()})
        except RedisError as error:
            logger.warning("%d streams were not read: %s", len(active), type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
            continue
        for key, entries in answer:
            await take_all(active[key], entries)


def read_after(lasts: dict[str, str]) -> list[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Return (stream, its (id, fields)) after the given ids, waiting a little for them; raise `RedisError`."""
    answer = valkey().xread(cast("dict[Any, Any]", lasts), count=500, block=READ_MILLISECONDS)
    return cast("list[tuple[str, list[tuple[str, dict[str, str]]]]]", answer)


async def take_all(stream: Stream, entries: list[tuple[str, dict[str, str]]]) -> None:
    """Take a stream's new entries in; a page gets each new piece, and now and then the whole text so far."""
    at = len(stream.text)
    for entry_id, fields in entries:
        stream.last = entry_id
        event = parse(fields)
        if event is not None and stream.take(event):
            at = 0
    if stream.kind != "web":
        return
    if time.monotonic() - stream.whole_at > WHOLE_SECONDS:
        at, stream.whole_at = 0, time.monotonic()
    if stream.text[at:]:
        await push(stream, at)


def parse(fields: dict[str, str]) -> Event | None:
    """Return an entry's event, or None where it is none of ours."""
    try:
        return Event.model_validate_json(fields.get("event", ""))
    except ValidationError as error:
        logger.error("an engine's event cannot be read: %d errors", error.error_count())
        return None


async def push(stream: Stream, at: int) -> None:
    """Send the text from character `at` on to the pages that have the conversation open."""
    data = {"type": "token", "message": stream.message, "text": stream.text[at:], "at": at}
    sending = get_channel_layer().group_send(group(stream.conversation), {"type": "push", "data": data})
    try:
        await asyncio.shield(asyncio.ensure_future(sending))  # shielded: see relay_lease
    except RedisError as error:
        logger.warning("a piece of message %s was not pushed: %s", stream.message, type(error).__name__)
