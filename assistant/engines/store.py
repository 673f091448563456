"""The engine's keys in Valkey, and connections to it. Everything here may vanish at any time (FLUSHALL, restart)."""

from __future__ import annotations

from functools import cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

GROUP = "engine"
EVENT = "event"  # the field of an events stream's entries that holds the JSON
KEEP = 600  # seconds that events and results are kept
PRIORITIES = ("chat", "background")
INSTANCES = "engine:instances"


def connect(timeout: float = 5) -> redis.Redis:
    """Return a new client of the settings' Valkey. It repeats no command by itself: only the caller knows if it may."""
    return redis.Redis.from_url(
        settings.VALKEY_URL,
        decode_responses=True,
        socket_timeout=timeout,
        socket_connect_timeout=2,
        retry=Retry(NoBackoff(), 0),
    )


@cache
def valkey() -> redis.Redis:
    """Return this process's shared client."""
    return connect()


def requests_key(model: str, priority: str) -> str:
    """Return the stream of the requests for `model` (empty: the default one) of a class."""
    return f"engine:requests:{model or 'default'}:{priority}"


def events_key(request_id: str) -> str:
    """Return the stream of a request's events."""
    return f"engine:events:{request_id}"


def result_key(request_id: str) -> str:
    """Return the key of a request's last event."""
    return f"engine:result:{request_id}"


def known_key(request_id: str) -> str:
    """Return the key that exists from when a request is submitted until its result lapses."""
    return f"engine:request:{request_id}"


def owner_key(request_id: str) -> str:
    """Return the hash of who works on a request: `token`, `attempt`."""
    return f"engine:owner:{request_id}"


def cancel_key(request_id: str) -> str:
    """Return the key that exists once a request is to be cancelled."""
    return f"engine:cancel:{request_id}"


def person_key(person: str) -> str:
    """Return the lock of a person's one running chat request."""
    return f"engine:person:{person}"


def health_key(instance: str) -> str:
    """Return the key of an engine process's health."""
    return f"engine:health:{instance}"
