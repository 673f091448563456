"""Quality on a data set."""

from __future__ import annotations

import json
import statistics
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assistant.engines import client
from assistant.project.local import running
from assistant.tasks import evaluating


class Command(BaseCommand):
    """`manage.py evaluate SUITE --data PATH`."""

    help = "Run the cases of a data set through the real model and score them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("suite", choices=sorted(evaluating.SUITES))
        parser.add_argument("--data", required=True, type=Path)
        parser.add_argument("--limit", type=int, default=None)
        parser.add_argument("--out", type=Path, default=None, help="write one prediction a line")
        parser.add_argument("--resume", action="store_true", help="keep what --out holds and go on")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, write, report."""
        if not options["data"].is_file():
            raise CommandError(f"there is no file {options['data']}", returncode=2)
        done = self._done(options)
        with running(engine=True):
            if client.health().state != "ready":
                raise CommandError("the engine is not ready; see manage.py models")
            results = list(done.values())
            for case in self._cases(options):
                if case["id"] in done:
                    continue
                result = evaluating.SUITES[options["suite"]](case)
                results.append(result)
                self._write(options, result)
                if not options["json"]:
                    self._show(result)
        evaluating.clear()
        self._report(options, results)

    def _cases(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        try:
            return list(evaluating.read_cases(options["data"], options["limit"]))
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error

    def _done(self, options: dict[str, Any]) -> dict[str, dict[str, Any]]:
        out = options["out"]
        if out is None or not out.exists():
            return {}
        if not options["resume"]:
            out.unlink()
            return {}
        return {row["id"]: row for row in map(json.loads, out.read_text(encoding="utf-8").splitlines()) if row}

    def _write(self, options: dict[str, Any], result: dict[str, Any]) -> None:
        if options["out"] is not None:
            with options["out"].open("a", encoding="utf-8") as file:
                file.write(json.dumps(result, ensure_ascii=False) + "\n")

    def _show(self, result: dict[str, Any]) -> None:
        wrong = [] if result["tool_right"] else [f"tool {result['tool']}"]
        wrong += [f"{name}={result['inputs'][name]}" for name in result["wrong_arguments"]]
        wrong += [f"{name} missing" for name in result["missing_arguments"]]
        self.stdout.write(f"{'ok ' if not wrong else 'NO '} {result['id']}  {result['text'][:60]}  {'; '.join(wrong)}")

    def _report(self, options: dict[str, Any], results: list[dict[str, Any]]) -> None:
        summary = {
            "suite": options["suite"],
            "cases": len(results),
            "tool_right": sum(row["tool_right"] for row in results),
            "without_wrong_arguments": sum(not row["wrong_arguments"] for row in results),
            "without_missing_arguments": sum(not row["missing_arguments"] for row in results),
            "all_right": sum(
                row["tool_right"] and not row["wrong_arguments"] and not row["missing_arguments"] for row in results
            ),
            "median_seconds": round(statistics.median([row["seconds"] for row in results] or [0.0]), 2),
        }
        if options["json"]:
            self.stdout.write(json.dumps(summary))
            return
        self.stdout.write("  ".join(f"{key} {value}" for key, value in summary.items()))
