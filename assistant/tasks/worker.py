"""An RQ worker that runs jobs in its own process and outlives its queue's restarts."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Sequence
from typing import Any

import django_rq
import redis
from django.db import close_old_connections
from rq import SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

logger = logging.getLogger(__name__)


class Worker(SimpleWorker):
    """A SimpleWorker with database connections that are looked after."""

    max_connection_wait_time = 2.0  # seconds between two tries while the queue is down; RQ's own grows to a minute
    settled = False

    def perform_job(self, job: Job, *args: Any) -> bool:
        """Run a job between two looks at the connections."""
        close_old_connections()
        try:
            return bool(super().perform_job(job, *args))
        finally:
            close_old_connections()
            if not self.settled:  # what the first job loaded stays: no later collection has to walk over it
                self.settled = True
                gc.collect()
                gc.freeze()


def work(queues: Sequence[str]) -> None:
    """Work on `queues`, in that order of importance, until a signal ends it."""
    while True:
        try:
            worker = django_rq.get_worker(*queues, worker_class=Worker, serializer=JSONSerializer)
            worker.work(with_scheduler=False, logging_level="WARNING")
        except redis.RedisError as error:
            logger.warning("the queue is down, trying again: %s", type(error).__name__)
            time.sleep(0.5)
        else:
            return
