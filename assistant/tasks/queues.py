"""The one way onto the queues."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

import django_rq
from django.db import transaction
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def enqueue(queue: str, task: str, *args: Any) -> None:
    """Put `task` (a dotted name) on `queue` once the running transaction is committed.

    A queue that is down loses nothing: what must happen stands in a row, and the sweep enqueues it again.
    """
    transaction.on_commit(partial(_put, queue, task, args))


def _put(queue: str, task: str, args: tuple[Any, ...]) -> None:
    try:
        django_rq.get_queue(queue).enqueue(task, *args)
    except RedisError as error:
        logger.warning("queue %s is down, %s waits for the sweep: %s", queue, task, type(error).__name__)
