"""Start child processes, start again what dies, end all of them cleanly."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)
BACKOFF = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # seconds before each start again in a row
STEADY = 30.0  # seconds after which a child counts as healthy again
GRACE = 8.0  # seconds between SIGTERM and SIGKILL


@dataclass
class Child:
    """One supervised process."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    failures: int = 0
    again_at: float = 0.0

    def spawn(self) -> None:
        """Start the process."""
        self.process = self.start()
        self.since = time.monotonic()


def command(*arguments: str) -> Callable[[], subprocess.Popen[bytes]]:
    """Return a starter of `python ARGUMENTS` in a process group of its own, so that Ctrl-C reaches only us."""
    return lambda: subprocess.Popen([sys.executable, *arguments], start_new_session=True)


@dataclass
class Supervisor:
    """Keeps children running until told to stop."""

    children: Sequence[Child]
    on_restart: Callable[[Child], None] = lambda child: None
    stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        """Watch until SIGINT or SIGTERM, then end every child."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        try:
            for child in self.children:
                if child.process is None:
                    child.spawn()
            while not self.stopping:
                for child in self.children:
                    self._look_after(child)
                time.sleep(0.2)
        finally:
            self.end()

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.again_at:
                child.spawn()
                self.on_restart(child)
            return
        code = child.process.poll()
        if code is None:
            if child.failures and now - child.since > STEADY:
                child.failures = 0
            return
        pause = BACKOFF[min(child.failures, len(BACKOFF) - 1)]
        logger.warning("%s ended (%s), starting it again in %.1f s", child.name, code, pause)
        child.failures += 1
        child.process, child.again_at = None, now + pause

    def end(self) -> None:
        """Ask every child to end, and the first (the store that the others use) after them; kill what does not."""
        _end(self.children[1:])
        _end(self.children[:1])


def _end(children: Sequence[Child]) -> None:
    running = [child for child in reversed(children) if child.process and child.process.poll() is None]
    for child in running:
        _signal(child, signal.SIGTERM)
    end = time.monotonic() + GRACE
    for child in running:
        try:
            assert child.process is not None
            child.process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            _signal(child, signal.SIGKILL)


def _signal(child: Child, number: signal.Signals) -> None:
    assert child.process is not None
    try:
        os.killpg(child.process.pid, number)
    except (ProcessLookupError, PermissionError):
        child.process.send_signal(number)
