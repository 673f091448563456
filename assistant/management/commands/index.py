"""Build, show or check the search index."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.retrieval import checking, snapshots, storage

ACTIONS = ("build", "status", "check")


class Command(BaseCommand):
    """`manage.py index build|status|check`."""

    help = "build: read the catalogue, swap in a new index. status: what there is. check: compare with the database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("action", choices=ACTIONS)
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="build only where there is no usable index or much has changed",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked; exit 1 where the index does not agree."""
        result = getattr(self, f"_{options['action']}")(options)
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.stdout.write(result.pop("text"))
            for name, value in result.items():
                self.stdout.write(f"  {name}: {value}")

    def _build(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["if_needed"] and not storage.damage(settings.INDEX_DIR) and not snapshots.due():
            return {"text": "The search index is up to date.", "built": False} | checking.summary(settings.INDEX_DIR)
        manifest = snapshots.build()
        count = sum(manifest.documents.values())
        text = f"Built search index {manifest.name}: {count} documents in {manifest.seconds} s."
        return {"text": text, "built": True} | checking.summary(settings.INDEX_DIR)

    def _status(self, options: dict[str, Any]) -> dict[str, Any]:
        try:
            found = checking.summary(settings.INDEX_DIR)
        except storage.SnapshotMissing as error:
            raise CommandError("There is no search index yet; run: manage.py index build") from error
        except storage.SnapshotDamaged as error:
            raise CommandError(f"The search index is damaged ({error}); run: manage.py index build") from error
        return {"text": f"Search index {found['snapshot']}"} | found

    def _check(self, options: dict[str, Any]) -> dict[str, Any]:
        found = checking.problems(settings.INDEX_DIR)
        if found:
            raise CommandError(f"Index and database do not agree. {' '.join(found)} Run: manage.py index build")
        documents = storage.open_current(settings.INDEX_DIR).manifest.documents
        return {"text": "Index and database agree.", "ok": True, "documents": documents}
