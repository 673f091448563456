"""How many threads the model gets: as many as there are free cores now.

Measured on two cores, tokens a second of (answer, prompt), with GOMP_SPINCOUNT=300: two threads on a quiet machine
(30, 83), beside one busy neighbour (18, 48); one thread (22, 42) either way. So the prompt always gets every core, and
the answer leaves a core alone that somebody else is using. Longer spinning collapses beside a neighbour (5 tokens a
second at 50000); none at all (21, 83) wastes a quiet machine.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from dataclasses import dataclass

SPIN = "300"  # GOMP_SPINCOUNT: how long an idle OpenMP thread spins before it sleeps
PROBE_SECONDS = 0.25
BLOCK = bytes(1 << 18)


@dataclass(frozen=True)
class Threads:
    """Threads for writing one answer, and for everything that works on many tokens at once."""

    answer: int
    prompt: int


def cores() -> int:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose(configured: int = 0) -> Threads:
    """Return `configured` threads, or measure how many cores are free (half a second)."""
    if configured > 0:
        return Threads(configured, configured)
    free = free_cores(cores())
    return Threads(answer=max(1, int(free + 0.35)), prompt=max(1, min(cores(), int(free + 0.99))))


def free_cores(limit: int) -> float:
    """Return how much faster `limit` threads are now than one: neighbours, hyperthreads and quotas all count."""
    return 1.0 if limit == 1 else _speed(limit) / _speed(1)


def _speed(threads: int) -> float:
    """Return blocks hashed a second; hashing large blocks leaves Python's lock."""
    counts = [0] * threads
    end = time.monotonic() + PROBE_SECONDS

    def work(index: int) -> None:
        while time.monotonic() < end:
            hashlib.sha256(BLOCK).digest()
            counts[index] += 1

    workers = [threading.Thread(target=work, args=(index,)) for index in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(counts) / PROBE_SECONDS
