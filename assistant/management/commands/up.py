"""Start everything on one machine."""

from __future__ import annotations

import fcntl
import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assistant.project import valkey
from assistant.project.supervisor import Child, Supervisor, command

WEB: tuple[str, ...] = (
    "-m",
    "uvicorn",
    "assistant.project.asgi:application",
    "--log-level",
    "warning",
    "--ws-max-size",
    "262144",
)
WEB += ("--timeout-graceful-shutdown", "3")


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
        with (settings.RUN_DIR / "up.lock").open("w") as lock:
            self._hold(lock)
            self._check_port(options["host"], options["port"])
            self._run(options)

    def _run(self, options: dict[str, Any]) -> None:
        store = Child("valkey", lambda: valkey.start(apart=True))
        children = [store] * settings.EMBEDDED_VALKEY + self._children(options)
        supervisor = Supervisor(children)
        try:
            if settings.EMBEDDED_VALKEY:
                store.spawn()
            valkey.wait_until_ready()
            self._announce(options["host"], options["port"])
            supervisor.run()
        except TimeoutError as error:
            raise CommandError(f"{error}. Is VALKEY_URL right and the server running?") from error
        finally:
            supervisor.end()

    def _announce(self, host: str, port: int) -> None:
        (settings.RUN_DIR / "up.json").write_text(f'{{"pid": {os.getpid()}, "port": {port}}}')
        address = f"http://{host}:{port}/"
        self.stdout.write(f"Banshi 办事  {address}   dashboard: {address}dashboard/   stop: Ctrl-C")
        self.stdout.flush()

    def _hold(self, lock: TextIO) -> None:
        """Hold the folder's lock for as long as we run."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                f"Banshi is already running in {settings.DATA_DIR}. "
                "Stop it first, or set BANSHI_DATA to another folder.",
                returncode=2,
            ) from error

    def _check_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                problem = f"port {port} is taken; choose another: make run PORT=N, or manage.py up --port N"
                raise CommandError(problem, returncode=2) from error

    def _children(self, options: dict[str, Any]) -> list[Child]:
        manage = sys.argv[0]
        children = [Child("web", command(*WEB, "--host", options["host"], "--port", str(options["port"])))]
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
