"""Telegram's long polling: updates are confirmed only after they are stored, so none is lost, and stored once.

No offset is kept. An update is confirmed by asking for the one after it, which happens only when its row is written;
after a crash Telegram gives the unconfirmed ones again and the unique row makes the second delivery nothing.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

import httpx
from django.db import DataError, OperationalError
from django.db import Error as DatabaseFailure
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.channels.base import BadDelivery, ChannelError
from assistant.channels.telegram import api
from assistant.channels.telegram.channel import ALLOWED_UPDATES, TelegramChannel, check
from assistant.tasks import relay_lease
from assistant.tasks.inbox import receive
from assistant.tasks.relay_database import in_database
from integrations.models import Connection

logger = logging.getLogger(__name__)
LOOK_SECONDS = 2.0  # how often enabled connections are looked up
HOLD_SECONDS = 25  # how long Telegram holds an empty answer back
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
Key = tuple[int, str]


async def watch() -> None:
    """Poll for every enabled connection in polling mode; follows what the operator switches within seconds."""
    running: dict[Key, asyncio.Task[None]] = {}
    try:
        while True:
            try:
                keys = await wanted()
            except OperationalError as error:  # busy: keep what runs, look again
                logger.warning("connections were not looked up: %s", error)
            else:
                await follow(running, {key for key in keys if await relay_lease.ours(f"poll:{key[0]}")})
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        await end(list(running.values()))
        for connection_id, _token in running:
            await relay_lease.drop(f"poll:{connection_id}")


async def follow(running: dict[Key, asyncio.Task[None]], keys: set[Key]) -> None:
    """Start what is wanted and not running, and end what runs and is not wanted any more."""
    await end([running.pop(key) for key in list(running) if key not in keys or running[key].done()])
    for key in keys - running.keys():
        running[key] = asyncio.create_task(poll(key[0]), name=f"poll-{key[0]}")


async def end(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel tasks and wait for them; what one failed with is logged."""
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            logger.error("a relay task failed", exc_info=outcome)


@in_database
def wanted() -> set[Key]:
    """Return (connection id, its token) of what is to be polled; a new token starts anew."""
    rows = Connection.objects.filter(role=Connection.Role.CHANNEL, kind="telegram", enabled=True)
    return {(row.pk, str(row.credentials.get("token", ""))) for row in rows if is_polled(row)}


def is_polled(connection: Connection) -> bool:
    """Tell whether a connection's updates are asked for (else a webhook brings them)."""
    return bool(connection.config.get("mode", "polling") == "polling")


async def poll(connection_id: int) -> None:
    """Poll one connection until cancelled, or until it is not polled any more."""
    pause = FIRST_PAUSE
    async with httpx.AsyncClient(timeout=httpx.Timeout(HOLD_SECONDS + 10, connect=6)) as client:
        while (connection := await load(connection_id)) is not None:
            began = time.monotonic()
            try:
                await read_on(client, connection)
            except ChannelError as error:
                await note(connection_id, error)
                pause = FIRST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
                await asyncio.sleep(error.retry_after or pause)
            except DatabaseFailure as error:
                logger.warning("connection %s: the store is busy (%s)", connection_id, type(error).__name__)
                await asyncio.sleep(FIRST_PAUSE)


async def read_on(client: httpx.AsyncClient, connection: Connection) -> None:
    """Read updates as long as all goes well; raise `ChannelError` or a database error."""
    await asyncio.to_thread(api.call, TelegramChannel(connection).token, "deleteWebhook")  # a webhook forbids polling
    await know_name(connection)
    await note(connection.pk, None)
    offset: int | None = None
    while True:
        updates = await get_updates(client, connection, offset)
        for update in updates:
            await store(connection, update)
        # Confirm what was stored. After an empty answer nothing is left to confirm, and no offset is given: after a
        # week of silence Telegram numbers updates anew, and an old offset above them would drop them.
        offset = int(updates[-1]["update_id"]) + 1 if updates else None


@in_database
def load(connection_id: int) -> Connection | None:
    """Return the connection if it is still to be polled."""
    connection = Connection.objects.filter(pk=connection_id, enabled=True).first()
    return connection if connection is not None and is_polled(connection) else None


# In a thread of its own: it waits for Telegram, and others wait for the thread that talks to the database.
know_name = in_database(check, own_thread=True)


async def get_updates(client: httpx.AsyncClient, connection: Connection, offset: int | None) -> list[dict[str, Any]]:
    """Return the next updates, waiting for them; raise `ChannelError`."""
    asked: dict[str, Any] = {"timeout": HOLD_SECONDS, "allowed_updates": ALLOWED_UPDATES}
    if offset is not None:
        asked["offset"] = offset
    try:
        response = await client.post(api.address(TelegramChannel(connection).token, "getUpdates"), json=asked)
    except httpx.HTTPError as error:
        raise api.unreachable(error) from None
    updates: list[dict[str, Any]] = api.result(response)
    return updates


@in_database
def store(connection: Connection, update: dict[str, Any]) -> None:
    """Store one update."""
    try:
        external_id, payload = TelegramChannel(connection).read(json.dumps(update).encode())
        receive(connection, external_id=external_id, payload=payload)
    except (BadDelivery, DataError) as error:  # it would come again for ever and keep all others back
        logger.error("connection %s: an update cannot be stored (%s)", connection.pk, type(error).__name__)


@in_database
def note(connection_id: int, error: ChannelError | None) -> None:
    """Keep how the connection is, for the dashboard."""
    if error is not None:
        logger.warning("connection %s: polling failed: %s", connection_id, error)
    detail = explain(error) if error else ""
    health = {"state": "failing" if error else "ok", "detail": detail, "at": timezone.now().isoformat()}
    try:
        Connection.objects.filter(pk=connection_id).update(health=health)
    except OperationalError:
        logger.warning("connection %s: its health was not stored", connection_id)


def explain(error: ChannelError) -> str:
    """Return what is wrong in words that say what to do."""
    if isinstance(error, api.BotError) and error.code in (401, 404):
        return _("Telegram does not know this token. Copy it again from @BotFather.")
    if isinstance(error, api.BotError) and error.code == 409:
        return _("Another program reads this bot's messages. Stop it, or use a bot of its own.")
    if isinstance(error, api.BotError):
        return _("Telegram refused: %(reason)s") % {"reason": error.description}
    return str(error)
