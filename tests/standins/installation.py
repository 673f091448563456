"""An installation of its own: a data folder with a small catalogue, and `manage.py up` running in it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SETUP = "import django; django.setup()\n"
STREET = """
from django.core.management import call_command
from assistant.channels.web.connection import web_connection
from assistant.conversation import warm
from integrations import factories
from integrations.models import Merchant
call_command("compile_locales")
call_command("migrate", interactive=False, verbosity=0)
factories.street()
Merchant.objects.update(hours=[])  # open at any hour
call_command("index", "build")
web_connection()
warm.register()
"""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """`manage.py up` in a folder of its own, its shops open at any hour. Use it as a context manager."""

    def __init__(self, folder: Path, *, engine: str = "fake", setup: str = STREET, **settings: str) -> None:
        self.folder, self.engine, self.setup = folder, engine, setup
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        gone = ("DATABASE_URL", "VALKEY_URL", "ENGINE")
        own = {"BANSHI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "assistant.project.settings", "WORKERS": "1"}
        self.env = {name: value for name, value in os.environ.items() if name not in gone} | own | settings
        self.log = folder.parent / f"{folder.name}.log"

    def __enter__(self) -> Installation:
        self.run(self.setup)
        arguments = ["manage.py", "up", "--engine", self.engine, "--port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=self.env, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            self.wait_for_page()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def wait_for_page(self, seconds: float = 90) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            try:
                with urllib.request.urlopen(f"{self.url}/", timeout=20) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(self.log.read_text()[-2000:])

    def run(self, code: str, seconds: float = 240) -> str:
        """Run Python in the installation; returns what it printed last."""
        done = subprocess.run(
            [sys.executable, "-c", SETUP + code],
            cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip().rpartition("\n")[2]

    def teach(self, rules: dict[str, str]) -> None:
        """Tell the fake engine what it answers to messages that hold certain words."""
        self.run(f"from assistant.engines import fake\nfor words, line in {rules!r}.items(): fake.rule(words, line)")
