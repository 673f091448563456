"""Load the demo catalogue."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from integrations.catalogue.load import load_demo


class Command(BaseCommand):
    """Bring the demo rows of the catalogue to what `seeds/` makes; rows of other sources are left alone."""

    help = "Load the demo catalogue (invented merchants and offers in 13 cities)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("--if-needed", action="store_true", help="do nothing where these seeds are loaded already")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and print the counts."""
        counts = load_demo(if_needed=options["if_needed"])
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()))
