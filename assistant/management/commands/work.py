"""Run an RQ worker."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assistant.tasks import heartbeat, worker


class Command(BaseCommand):
    """`manage.py work [QUEUE ...]`."""

    help = "Work on queues: turns, outbox, jobs, index (all of them by default)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the queues."""
        parser.add_argument("queues", nargs="*", help="queues, the most important first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until a signal."""
        queues = options["queues"] or list(settings.RQ_QUEUES)
        if unknown := sorted(set(queues) - set(settings.RQ_QUEUES)):
            raise CommandError(f"unknown queue {unknown[0]}; there are {', '.join(settings.RQ_QUEUES)}", returncode=2)
        heartbeat.start("worker")
        worker.work(queues)
