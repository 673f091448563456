"""Run the engine process."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assistant.engines.base import EngineError
from assistant.engines.preparing import KINDS, Preparing
from assistant.engines.worker import Worker
from assistant.tasks import heartbeat


class Command(BaseCommand):
    """`manage.py run_engine [--engine KIND]`."""

    help = "Hold the language model and answer generation requests. Fetches the model first where it is not there."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--engine", default=settings.ENGINE, help=f"one of: {', '.join(KINDS)} (default: ENGINE)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until a signal."""
        try:
            preparing = Preparing(options["engine"])
        except EngineError as error:
            raise CommandError(error.detail, returncode=2) from error
        worker = Worker(preparing, f"{socket.gethostname()}-{os.getpid()}")
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        heartbeat.start("engine")
        status = worker.run()
        logging.shutdown()
        sys.stdout.flush()
        os._exit(status)  # a thread may still be inside the model; there is nothing left to tidy up
