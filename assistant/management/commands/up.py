"""Start everything on one machine."""

from __future__ import annotations

import fcntl
import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assistant.project import valkey
from assistant.project.supervisor import Child, Supervisor, command


class Command(BaseCommand):
    """`manage.py up`: web, workers, clock, relay, engine, and Valkey where none is configured."""

    help = "Start and supervise all processes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-engine", action="store_true", help="without a language model")
        parser.add_argument("--engine", default=settings.ENGINE, help="which engine to run")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until Ctrl-C."""
        lock = self._lock()
        self._check_port(options["host"], options["port"])
        children = self._children(options)
        if settings.EMBEDDED_VALKEY:
            store = Child("valkey", valkey.start)
            store.spawn()
            children.insert(0, store)
        try:
            valkey.wait_until_ready()
        except TimeoutError as error:
            raise CommandError(f"{error}. Is VALKEY_URL right and the server running?") from error
        (settings.RUN_DIR / "up.json").write_text(f'{{"pid": {os.getpid()}, "port": {options["port"]}}}')
        self.stdout.write(f"Banshi 办事  http://{options['host']}:{options['port']}/   dashboard: /dashboard/   stop: Ctrl-C")
        self.stdout.flush()
        Supervisor(children).run()
        lock.close()

    def _lock(self) -> Any:
        """Hold the folder's lock for as long as we run."""
        lock = Path(settings.RUN_DIR / "up.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                f"Banshi is already running in {settings.DATA_DIR}. Stop it first, or set BANSHI_DATA to another folder.",
                returncode=2,
            ) from error
        return lock

    def _check_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(f"port {port} is taken; choose another: manage.py up --port N", returncode=2) from error

    def _children(self, options: dict[str, Any]) -> list[Child]:
        manage = sys.argv[0]
        web = ("-m", "uvicorn", "assistant.project.asgi:application", "--host", options["host"], "--port",
               str(options["port"]), "--log-level", "warning", "--ws-max-size", "262144", "--timeout-graceful-shutdown", "3")  # fmt: skip
        children = [Child("web", command(*web))]
        for number in range(settings.WORKERS):
            children.append(Child(f"worker-{number}", command(manage, "work", "turns", "outbox", "jobs")))
        children += [
            Child("jobs", command(manage, "work", "jobs", "index", "outbox")),
            Child("clock", command(manage, "clock")),
            Child("relay", command(manage, "relay")),
        ]
        if not options["no_engine"]:
            children.append(Child("engine", command(manage, "run_engine", "--engine", options["engine"])))
        return children
