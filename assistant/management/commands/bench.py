"""Speed."""

from __future__ import annotations

import importlib
import json
import os
import platform
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

BENCHES = settings.BASE_DIR / "tests" / "benchmarks"


class Command(BaseCommand):
    """`manage.py bench NAME`."""

    help = "Measure speed: each module of tests/benchmarks is a bench."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("name")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it and print its figures."""
        names = sorted(path.stem for path in BENCHES.glob("[a-z]*.py"))
        if options["name"] not in names:
            raise CommandError(f"there is no bench {options['name']}; there are {', '.join(names)}", returncode=2)
        try:
            figures = importlib.import_module(f"tests.benchmarks.{options['name']}").run()
        except TimeoutError as error:
            raise CommandError(str(error)) from error
        figures["machine"] = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for key, value in figures.items():
            self.stdout.write(f"{key:>20}  {value}")
