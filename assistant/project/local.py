"""Valkey and an engine for a command that runs by itself: those that are there, else our own for as long as it runs."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings

from assistant.conversation import warm
from assistant.engines import client
from assistant.project import valkey

ENGINE_SECONDS = 600.0


@contextmanager
def running(*, engine: bool = False, kind: str = "", workers: int = 0) -> Iterator[None]:
    """Make sure that Valkey (and an engine) answer, with `workers` of our own; raise `TimeoutError` where they do not
    come up.
    """
    with ExitStack() as stack:
        if settings.EMBEDDED_VALKEY and not valkey.answers():
            stack.callback(_end, valkey.start())
        valkey.wait_until_ready()
        if engine:
            warm.register()
        if engine and client.health().state == "missing":
            arguments = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_engine"]
            stack.callback(_end, subprocess.Popen([*arguments, "--engine", kind or settings.ENGINE]))
        for _ in range(workers):
            arguments = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "turns", "outbox", "jobs"]
            stack.callback(_end, subprocess.Popen(arguments))
        if engine:
            _wait_for_engine()
        yield


def _wait_for_engine() -> None:
    end = time.monotonic() + ENGINE_SECONDS
    while (health := client.health()).state != "ready":
        if health.state == "failed" or time.monotonic() > end:
            raise TimeoutError(f"the engine did not start: {health.state} {health.detail}")
        time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
