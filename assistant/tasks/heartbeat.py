"""Every process says that it lives."""

from __future__ import annotations

import json
import logging
import os
import threading
import time

import redis
from django.conf import settings

logger = logging.getLogger(__name__)
PREFIX = "banshi:process:"
EVERY = 5.0  # seconds
EXPIRY = 15  # seconds


def beat(name: str, since: float) -> None:
    """Write one heartbeat of this process."""
    value = json.dumps({"name": name, "pid": os.getpid(), "since": since, "at": time.time()})
    try:
        with redis.Redis.from_url(settings.VALKEY_URL, socket_timeout=3) as valkey:
            valkey.set(f"{PREFIX}{name}:{os.getpid()}", value, ex=EXPIRY)
    except redis.RedisError as error:
        logger.debug("no heartbeat: %s", type(error).__name__)


def start(name: str) -> None:
    """Beat in a background thread for as long as the process lives."""
    since = time.time()

    def run() -> None:
        while True:
            beat(name, since)
            time.sleep(EVERY)

    threading.Thread(target=run, name="heartbeat", daemon=True).start()
