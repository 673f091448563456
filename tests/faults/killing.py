"""SIGKILL to the children of `up`, at random."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter

from redis.exceptions import RedisError

from tests.faults.running import KINDS, Installation

PAUSES = (1.5, 3.5)  # seconds between two kills
YOUNG = 2.0  # seconds that a process lives before it is killed: while it starts is fair, before it is Python is not


class Killer:
    """Kills every kind of process `times` times, and empties Valkey once halfway."""

    def __init__(self, made: Installation, times: int, seed: int = 1) -> None:
        self.made, self.wanted = made, times * len(KINDS)
        self.times = times
        self.random = random.Random(seed)
        self.killed: Counter[str] = Counter()
        self.flushed = 0
        self.seen: dict[int, float] = {}
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.stopping = False

    @property
    def share(self) -> float:
        """How much of it is done, up to 1."""
        return min(1.0, self.killed.total() / self.wanted)

    def run(self) -> None:
        """Kill until every kind had its share."""
        while not self.stopping and (self.share < 1 or not self.flushed):
            time.sleep(self.random.uniform(*PAUSES))
            if self.share >= 0.5 and not self.flushed:
                self.flush()
            self.kill()

    def kill(self) -> None:
        """Kill one process of those that had the fewest."""
        now = time.monotonic()
        ripe: dict[str, list[int]] = {}
        for kind, pids in self.made.children().items():
            for pid in pids:
                if now - self.seen.setdefault(pid, now) >= YOUNG and self.killed[kind] < self.times:
                    ripe.setdefault(kind, []).append(pid)
        if not ripe:
            return
        fewest = min(self.killed[kind] for kind in ripe)
        kind = self.random.choice([kind for kind in ripe if self.killed[kind] <= fewest + 1])
        try:
            os.kill(self.random.choice(ripe[kind]), signal.SIGKILL)
        except ProcessLookupError:
            return
        self.killed[kind] += 1

    def flush(self) -> None:
        """Make Valkey forget everything, if it lives."""
        try:
            with self.made.valkey() as client:
                client.flushall()
        except RedisError:
            return
        self.flushed += 1
