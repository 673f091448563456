"""The clock: one elected process that enqueues what time brings."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from assistant.conversation import warm
from assistant.engines.base import EngineError
from assistant.retrieval import snapshots
from assistant.tasks import sweep
from assistant.tasks.queues import enqueue
from integrations.models import OrderEvent
from integrations.orders import fulfil, quotes

logger = logging.getLogger(__name__)
LEADER = "banshi:clock"
LEASE = 10  # seconds
SWEEP_EVERY = 3.0
REGISTER_EVERY = 10.0
INDEX_EVERY = 15.0
ORDERS_EVERY = 1.0


def run(stopping: Callable[[], bool]) -> None:
    """Tick until `stopping()`; only the elected clock does anything."""
    swept = moved = registered = indexed = 0.0
    me = f"{socket.gethostname()}:{os.getpid()}"
    while not stopping():
        now = time.monotonic()
        try:
            if elected(me):
                if now - moved >= ORDERS_EVERY:
                    moved = now
                    orders()
                if now - swept >= SWEEP_EVERY:
                    swept = now
                    sweep.sweep()
                if now - registered >= REGISTER_EVERY:
                    registered = now
                    warm.register()
                if now - indexed >= INDEX_EVERY:
                    indexed = now
                    if snapshots.due():
                        enqueue("index", "assistant.retrieval.snapshots.build_if_due")
        except (DatabaseError, redis.RedisError, EngineError) as error:
            logger.warning("the clock lost a beat: %s", type(error).__name__)
            time.sleep(1)
        close_old_connections()
        time.sleep(0.25)


def elected(me: str) -> bool:
    """Tell whether this clock is the one that counts; holds the office for `LEASE` seconds."""
    with redis.Redis.from_url(settings.VALKEY_URL, decode_responses=True, socket_timeout=3) as valkey:
        if valkey.set(LEADER, me, nx=True, ex=LEASE):
            return True
        if valkey.get(LEADER) != me:
            return False
        valkey.expire(LEADER, LEASE)
        return True


def orders() -> None:
    """Enqueue the orders whose time has come, and those with something to say."""
    quotes.expire(timezone.now())
    due = set(fulfil.due(timezone.now()))
    due |= set(
        OrderEvent.objects.filter(announced=False, order__link__isnull=False).values_list("order_id", flat=True)[:200]
    )
    for pk in sorted(due):
        enqueue("jobs", "assistant.tasks.orders.advance", pk)
