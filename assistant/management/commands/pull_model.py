"""Fetch a language model."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from assistant.engines import download, models
from assistant.engines.base import EngineError
from assistant.engines.models import Model


class Command(BaseCommand):
    """`manage.py pull_model [NAME]`."""

    help = "Fetch and verify a model of the catalogue (see `models`); goes on where it stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the name."""
        parser.add_argument("name", nargs="?", default=settings.MODEL_NAME, help="default: MODEL_NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fetch; progress goes to standard error, the path to standard output."""
        try:
            model = models.get(options["name"])
        except EngineError as error:
            raise CommandError(error.detail, returncode=2) from error
        try:
            path = download.fetch(model, Progress(model))
        except EngineError as error:
            raise CommandError(error.detail) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Stopped; the next attempt goes on from here."), returncode=130) from error
        self.stdout.write(str(path))


class Progress:
    """Writes how far a fetch is: one line that renews itself on a terminal, else a line every few seconds."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._terminal = sys.stderr.isatty()
        self._shown_at = 0.0
        self._last = ""

    def __call__(self, size: int) -> None:
        """Show the bytes so far, not too often."""
        whole = size >= self._model.bytes
        if not whole and time.monotonic() - self._shown_at < (0.2 if self._terminal else 3):
            return
        self._shown_at = time.monotonic()
        line = f"{self._model.name}: {size >> 20} / {self._model.bytes >> 20} MB"
        if line == self._last:
            return
        self._last = line
        end = "\r" if self._terminal and not whole else "\n"
        print(line, end=end, file=sys.stderr, flush=True)
