"""A whole installation under `manage.py up`, for tests that kill its processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis

from tests.faults import SECRET
from tests.standins.telegram import Telegram

ROOT = Path(__file__).resolve().parents[2]
KINDS = {  # words of a child's command line, the more telling first
    "web": "uvicorn",
    "worker": "work turns",
    "jobs": "work jobs",
    "clock": " clock",
    "relay": " relay",
    "engine": "run_engine",
    "valkey": "valkey",
}
RULES = "engine:fake:rules"
READY_SECONDS = 90.0


@dataclass
class Installation:
    """A folder of data, and `up` in it."""

    folder: Path
    environment: dict[str, str]
    port: int
    rules: dict[str, str] = field(default_factory=dict)  # words -> what the fake engine answers
    about: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def inside(self, name: str) -> dict[str, Any]:
        """Run a function of `tests.faults.inside` in a process of this installation."""
        command = [sys.executable, "-m", "tests.faults.inside", name]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, timeout=240, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        return dict(json.loads(done.stdout.decode().strip().splitlines()[-1]))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def hook(self) -> str:
        """Where the bot's webhook is."""
        return self.address + str(self.about["path"])

    def children(self) -> dict[str, list[int]]:
        """Return the living children of `up` by kind."""
        found: dict[str, list[int]] = {kind: [] for kind in KINDS}
        assert self.process is not None
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
                line = (stat.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:  # it has just ended
                continue
            if fields[0] != "Z" and int(fields[1]) == self.process.pid:
                kind = next((kind for kind, words in KINDS.items() if words in line), "")
                if kind:
                    found[kind].append(int(stat.parent.name))
        return found

    def teach(self) -> None:
        """Give the fake engine its rules (again: they lie in Valkey, which forgets)."""
        answers = {words: json.dumps({"text": text}, ensure_ascii=False) for words, text in self.rules.items()}
        if answers:
            with self.valkey() as client:
                client.hset(RULES, mapping=answers)

    def valkey(self) -> redis.Redis:
        """Return a client of the installation's Valkey."""
        return redis.Redis.from_url(self.about["valkey"], socket_timeout=3)

    def ready(self, *, engine: bool) -> bool:
        """Tell whether the page answers, and the engine where there is one, and every kind of process lives."""
        try:
            with urllib.request.urlopen(self.address + "/health/engine/", timeout=5) as response:
                state = json.loads(response.read())["health"]["state"]
        except (OSError, ValueError):
            return False
        lives = {kind for kind, pids in self.children().items() if pids}
        return (state == "ready" or not engine) and lives >= set(KINDS) - (set() if engine else {"engine"})

    def wait_until_ready(self, *, engine: bool) -> None:
        end = time.monotonic() + READY_SECONDS
        while not self.ready(engine=engine):
            assert time.monotonic() < end, f"not ready; children: {self.children()}\n{self.log()[-3000:]}"
            time.sleep(0.3)

    def log(self) -> str:
        """Return what the processes said."""
        return (self.folder / "up.log").read_text(errors="replace")


@contextmanager
def installation(bot: Telegram, **environment: str) -> Iterator[Installation]:
    """Make an installation whose Telegram is `bot`; removed afterwards, unless FAULT_KEEP is set."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-faults-"))
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VALKEY_URL", "REQUIRE_ALL")
    }
    made = Installation(
        folder,
        {
            **kept,
            "BANSHI_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "assistant.project.settings",
            "TELEGRAM_BASE_URL": bot.base_url,
            "SANDBOX_SPEED": "600",
            "LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
            **environment,
        },
        free_port(),
    )
    try:
        made.about = made.inside("make")
        yield made
    finally:
        if not os.environ.get("FAULT_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def up(made: Installation, *, engine: bool = True) -> Iterator[Installation]:
    """Run `up` in an installation until the end of the block."""
    options = ["--port", str(made.port), *(["--engine", "fake"] if engine else ["--no-engine"])]
    with (made.folder / "up.log").open("ab") as log:
        made.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", *options], cwd=ROOT, env=made.environment, stdout=log, stderr=log
        )
        try:
            made.wait_until_ready(engine=engine)
            made.teach()
            yield made
        finally:
            made.process.send_signal(signal.SIGTERM)
            try:
                made.process.wait(60)
            except subprocess.TimeoutExpired:
                made.process.kill()


def connect(bot: Telegram, made: Installation) -> None:
    """Have the stand-in deliver to the installation."""
    with bot.changed:
        bot.webhook, bot.secret = made.hook, SECRET
        bot.allowed = set()
        bot.changed.notify_all()


def deliver(made: Installation, body: bytes, secret: str | None = SECRET) -> int:
    """Deliver a body to the webhook by hand; return the status."""
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    request = urllib.request.Request(made.hook, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
