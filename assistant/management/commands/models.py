"""List the language models."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from assistant.engines import download, models
from assistant.engines.models import Model


class Command(BaseCommand):
    """`manage.py models [--json]`."""

    help = "List the models that can be fetched by name: size, licence, whether they are here."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the catalogue and which model is in use."""
        listed = [_entry(model) for model in models.CATALOGUE.values()]
        if options["json"]:
            answer = {"models": listed, "chosen": settings.MODEL_NAME, "model_file": settings.MODEL_FILE}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for entry in listed:
            mark = "*" if entry["name"] == settings.MODEL_NAME and not settings.MODEL_FILE else " "
            figures = f"{entry['bytes'] >> 20:>6} MB  {entry['state']:<8} {entry['licence']:<11}"
            self.stdout.write(f"{mark} {entry['name']:<20} {figures} {entry['about']}")
        if settings.MODEL_FILE:
            self.stdout.write(f"* MODEL_FILE: {settings.MODEL_FILE}")


def _entry(model: Model) -> dict[str, Any]:
    state = "present" if model.present else "partial" if download.partial_size(model) else "missing"
    return {
        "name": model.name,
        "about": model.about,
        "bytes": model.bytes,
        "sha256": model.sha256,
        "licence": model.licence,
        "state": state,
        "path": str(model.path),
    }
