"""A request that is being worked on, in a thread of its own: the engine's events go to Valkey as they come."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from redis.exceptions import RedisError

from assistant.engines import then
from assistant.engines.base import Engine, EngineError, Event
from assistant.engines.requests import Requests, Taken

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3  # a request that ended the process this often is not tried again
RETRY_SECONDS = 0.5
GIVE_UP_SECONDS = 300.0


class Run:
    """One request in the engine."""

    def __init__(self, taken: Taken, engine: Engine, requests: Requests, ended: Callable[[], None]) -> None:
        self.taken = taken
        self.lost = False  # another process has it now
        self.generating = True  # it still takes a slot of the engine
        self._engine = engine
        self._requests = requests
        self._ended = ended
        self._unsent: list[Event] = []
        self._thread = threading.Thread(target=self._work, name=f"request-{taken.request.id[:8]}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def over(self) -> bool:
        """Tell whether it has ended, and been told so."""
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """Make the engine stop."""
        self._engine.cancel(self.taken.request.id)

    def lose(self) -> None:
        """Stop without a word: another process has taken it over."""
        self.lost = True
        self.cancel()

    def join(self, seconds: float) -> None:
        """Wait for the end."""
        self._thread.join(max(0.0, seconds))

    def _work(self) -> None:
        try:
            last = self._generate()
            self.generating = False
            if not self.lost:
                persist(lambda: end(self._requests, self.taken, last), self.taken.request.id)
        finally:
            self._ended()

    def _generate(self) -> Event:
        attempt = self.taken.attempt
        queued = round((time.time() - self.taken.queued_at) * 1000, 1)
        if attempt > 1:
            self._emit(Event(type="restarted", attempt=attempt))
        if attempt > MAX_ATTEMPTS:
            return Event(type="error", attempt=attempt, kind="internal", detail="each attempt ended the engine process")
        last = Event(type="error", kind="internal", detail="the engine said nothing")
        began = time.monotonic()
        try:
            for event in self._engine.generate(self.taken.request):
                last = event.model_copy(update={"attempt": attempt})
                if event.type not in ("done", "error"):
                    self._emit(last)
        except EngineError as error:
            last = Event(type="error", kind=error.kind, detail=error.detail)
        except Exception:
            logger.exception("request %s failed", self.taken.request.id)
            last = Event(type="error", kind="internal", detail="the engine failed; its log says more")
        spent = {"queued": queued, **last.timings, "total": round((time.monotonic() - began) * 1000, 1)}
        return last.model_copy(update={"attempt": attempt, "timings": spent})

    def _emit(self, event: Event) -> None:
        """Send an event, and what could not be sent before. Without Valkey they wait: the text is whole in the end."""
        self._unsent.append(event)
        if self.lost:
            return
        try:
            self._requests.emit(self.taken, self._unsent)
        except RedisError as error:
            logger.debug("events of %s wait: %s", self.taken.request.id, type(error).__name__)
        else:
            self._unsent = []


def end(requests: Requests, taken: Taken, last: Event) -> None:
    """Write the last event, enqueue what follows, and only then forget the request.

    May raise `redis.RedisError` anywhere and be called again: nothing is written twice, and what follows is done at
    least once.
    """
    requests.let_person_go(taken)
    if requests.finish(taken, last):
        follow(taken)
        requests.forget(taken)


def follow(taken: Taken) -> None:
    """Enqueue what follows a request; one that names something else than the list allows is only logged."""
    try:
        then.enqueue(taken.request)
    except EngineError as error:
        logger.error("request %s: %s", taken.request.id, error)


def persist(act: Callable[[], None], number: str) -> None:
    """Do `act`, again and again while Valkey is away; give up when the result would have lapsed anyway."""
    give_up = time.monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            act()
        except RedisError as error:
            if time.monotonic() > give_up:
                logger.error("the end of request %s could not be written: %s", number, error)
                return
            time.sleep(RETRY_SECONDS)
        else:
            return
