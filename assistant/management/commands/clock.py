"""Run the clock."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand

from assistant.tasks import clock, heartbeat


class Command(BaseCommand):
    """`manage.py clock`."""

    help = "Enqueue what time brings: orders that move, and whatever was left lying."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tick until a signal."""
        stopping = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.append(True))
        heartbeat.start("clock")
        clock.run(lambda: bool(stopping))
