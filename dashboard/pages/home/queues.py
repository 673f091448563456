"""How much work waits."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

import django_rq
from redis import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import Job

from assistant.models import Outbox

logger = logging.getLogger(__name__)
NAMES = ("turns", "outbox", "jobs", "index")
FULL = 20  # jobs that fill the bar


@dataclass(frozen=True)
class Queue:
    """A queue: how many jobs wait, for how long the oldest one has, how many failed."""

    name: str
    waiting: int
    seconds: float
    failed: int

    @property
    def filled(self) -> int:
        """How far the bar is filled, percent."""
        return min(100 * self.waiting // FULL, 100)


@dataclass(frozen=True)
class Unsent:
    """Messages on their way out."""

    waiting: int
    failed: int


def queues(now: datetime) -> list[Queue]:
    """Return the queues, none where Valkey does not answer (its own line says so)."""
    try:
        return [_queue(name, now) for name in NAMES]
    except RedisError as error:
        logger.warning("queues cannot be read: %s", type(error).__name__)
        return []


def _queue(name: str, now: datetime) -> Queue:
    queue = django_rq.get_queue(name)
    waiting = queue.get_job_ids(0, 1)
    seconds = 0.0
    if waiting:
        try:
            enqueued = Job.fetch(waiting[0], connection=queue.connection, serializer=queue.serializer).enqueued_at
        except NoSuchJobError:  # it was taken meanwhile
            enqueued = None
        if enqueued:
            enqueued = enqueued if enqueued.tzinfo else enqueued.replace(tzinfo=UTC)
            seconds = max((now - enqueued).total_seconds(), 0.0)
    return Queue(name, queue.count, seconds, queue.failed_job_registry.count)


def unsent() -> Unsent:
    """Return how many messages wait in the outbox and how many could not be sent."""
    rows = Outbox.objects.order_by()
    return Unsent(
        rows.filter(state__in=[Outbox.State.WAITING, Outbox.State.STREAMING]).count(),
        rows.filter(state=Outbox.State.FAILED).count(),
    )
