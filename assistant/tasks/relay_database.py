"""Database work from the relay's loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar, cast

from channels.db import database_sync_to_async

P = ParamSpec("P")
R = TypeVar("R")


def in_database(act: Callable[P, R], *, own_thread: bool = False) -> Callable[P, Awaitable[R]]:
    """Return `act` as a coroutine function that runs in the thread kept for the database.

    `own_thread`: in one of its own, for what also waits for the network: others wait for that thread.
    """
    return cast("Callable[P, Awaitable[R]]", database_sync_to_async(act, thread_sensitive=not own_thread))
