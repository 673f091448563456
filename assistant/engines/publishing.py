"""An engine process says how it is, every two seconds, for as long as its loop turns."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from assistant.engines import store
from assistant.engines.base import Health
from assistant.engines.preparing import Preparing
from assistant.engines.requests import Requests

logger = logging.getLogger(__name__)
EVERY = 2.0  # seconds
EXPIRY = 10  # seconds
LATE = 30.0  # seconds after which a loop that no longer turns is told of


class Publisher:
    """Writes `engine:health:<instance>`."""

    def __init__(self, preparing: Preparing, instance: str, requests: Requests) -> None:
        self._preparing = preparing
        self._instance = instance
        self._requests = requests
        self._valkey = store.connect()
        self._stop = threading.Event()
        self._busy = self._held = 0
        self._counted_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="health", daemon=True)

    def start(self) -> None:
        """Begin publishing."""
        self._thread.start()

    def counted(self, busy: int, held: int) -> None:
        """Take note of what the loop counts each time it turns."""
        self._busy, self._held = busy, held
        self._counted_at = time.monotonic()

    def stop(self) -> None:
        """Stop, and take the health back: this process is gone."""
        self._stop.set()
        self._thread.join(EVERY)
        try:
            self._valkey.delete(store.health_key(self._instance))
            self._valkey.srem(store.INSTANCES, self._instance)
        except RedisError as error:
            logger.debug("health was not taken back: %s", type(error).__name__)

    def publish(self) -> None:
        """Write the health now; raise `redis.RedisError`."""
        with self._valkey.pipeline() as pipe:
            pipe.set(store.health_key(self._instance), self.health().model_dump_json(), ex=EXPIRY)
            pipe.sadd(store.INSTANCES, self._instance)
            pipe.execute()

    def health(self) -> Health:
        """Return the engine's health with what the loop knows; raise `redis.RedisError`."""
        health = self._preparing.health()
        waiting = max(self._requests.waiting() - self._busy, self._held)
        update: dict[str, Any] = {"busy": self._busy, "queued": waiting, "at": time.time()}
        silent = time.monotonic() - self._counted_at
        if self._preparing.engine is not None and silent > LATE:
            update |= {
                "state": "failed",
                "detail": _("The engine process has stood still for %(seconds)d s.") % {"seconds": silent},
            }
        return health.model_copy(update=update)

    def _run(self) -> None:
        away = False
        while not self._stop.is_set():
            try:
                self.publish()
                away = False
            except RedisError as error:
                if not away:
                    logger.warning("health is not published: %s", type(error).__name__)
                away = True
            self._stop.wait(EVERY)
