"""`manage.py relay`: what must stay open."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from assistant.tasks import relay


class Command(BaseCommand):
    """Telegram's long polling and the streaming of answers."""

    help = "Run the relay: Telegram's long polling and the streaming of answers. `up` starts it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM or Ctrl-C."""
        relay.run()
