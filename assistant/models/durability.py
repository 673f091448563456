"""Commits that need not reach the disk at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def relaxed() -> Iterator[None]:
    """Commit what is written inside without waiting for the disk: leases and other bookkeeping whose loss, to a power
    cut, only has an idempotent step done again. A killed process loses nothing, and the next ordinary commit brings
    these along.

    SQLite: https://www.sqlite.org/pragma.html#pragma_synchronous; PostgreSQL: "Asynchronous Commit" of its manual.
    """
    if connection.in_atomic_block:  # the commit is somebody else's
        yield
    elif connection.vendor == "sqlite":
        _synchronous("NORMAL")
        try:
            yield
        finally:
            _synchronous("FULL")
    else:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit TO off")
            yield


def _synchronous(level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")
