"""A relay in the test's own process."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connections

from assistant.models import Update
from assistant.tasks import relay
from assistant.tasks.relay_database import in_database
from integrations.models import Connection


class Running:
    """A relay in a thread of its own."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self.main()), daemon=True)

    async def main(self) -> None:
        self.loop, self.stop = asyncio.get_running_loop(), asyncio.Event()
        self.ready.set()
        await relay.serve(self.stop)
        await in_database(connections.close_all)()

    def __enter__(self) -> Running:
        self.thread.start()
        assert self.ready.wait(30)
        return self

    def __exit__(self, *exc: object) -> None:
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(60)
        assert not self.thread.is_alive()


def telegram_connection(token: str) -> Connection:
    """A bot that is polled."""
    return Connection.objects.create(
        role="channel",
        kind="telegram",
        title="Telegram",
        config={"mode": "polling"},
        credentials={"token": token, "secret": "s3cret"},
    )


def until(ready: Callable[[], Any], seconds: float = 10) -> Any:
    """Return what `ready` gives once it is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := ready():
            return found
        time.sleep(0.02)
    raise TimeoutError


def stored() -> list[str]:
    """The texts that were stored, oldest first."""
    return [row.payload["message"]["text"] for row in Update.objects.order_by("id")]
