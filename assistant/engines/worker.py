"""The engine process: takes as many requests from Valkey's streams as it has free slots and has the engine answer them.

Chat goes before background, which never gets the last slot. A person has one chat request running at a time; their
others wait here, and whoever was served longest ago goes first. What this process holds it renews; what a dead one held
it takes over. Valkey may be away or emptied at any time.
"""

from __future__ import annotations

import logging
import threading
import time

from redis.exceptions import RedisError, ResponseError

from assistant.engines import running, store
from assistant.engines.base import Engine, Event
from assistant.engines.preparing import Preparing
from assistant.engines.publishing import Publisher
from assistant.engines.requests import Requests, Taken
from assistant.engines.running import Run
from assistant.engines.then import THEN

__all__ = ["THEN", "Worker"]
logger = logging.getLogger(__name__)
LEASE = 10.0  # seconds after which what was not renewed may be taken over
HOLD = 500  # requests that wait here for their person at most
RECENT = 60.0  # seconds in which a person counts as served
BUSY_MILLISECONDS = 150  # how often cancels are looked for
IDLE_MILLISECONDS = 400
BACKOFF = (0.1, 0.2, 0.5, 1.0, 2.0)  # seconds, while Valkey is away
GRACE = 5.0  # seconds that running requests get at the end


class Worker:
    """The loop of one engine process. `run` returns after `stop`, with the exit status."""

    def __init__(self, preparing: Preparing, instance: str, lease: float = LEASE) -> None:
        self._preparing = preparing
        self._lease = lease
        self._requests = Requests(store.connect(), dict.fromkeys(["", preparing.model]), instance)
        self._publisher = Publisher(preparing, instance, self._requests)
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._running: list[Run] = []
        self._held: list[Taken] = []
        self._served: dict[str, float] = {}
        self._renewed = self._claimed = 0.0

    def stop(self) -> None:
        """Make `run` return soon."""
        self._stop.set()
        self._wake.set()

    def run(self) -> int:
        """Work until told to stop; 1 if the engine stands still and the process must be started again."""
        self._preparing.start()
        self._publisher.start()
        failures, grouped = 0, False
        while not self._stop.is_set():
            self._publisher.counted(len(self._running), len(self._held))
            engine = self._preparing.engine
            if engine is None:
                self._wait(0.2)
                continue
            if engine.health().state == "failed":
                logger.error("the engine makes no progress; ending the process")
                self._leave(0)
                return 1
            try:
                if not grouped:
                    self._requests.ensure_groups()
                    grouped = True
                self._step(engine)
                failures = 0
            except RedisError as error:
                failures = self._recover(error, failures)
        self._leave(GRACE)
        return 0

    def _recover(self, error: RedisError, failures: int) -> int:
        """Make lost groups again at once; wait for a Valkey that is away."""
        if isinstance(error, ResponseError) and "NOGROUP" in str(error):
            try:
                self._requests.ensure_groups()
            except RedisError as again:
                error = again
            else:
                return 0
        if not failures:
            logger.warning("Valkey: %s; trying again", error)
        self._wait(BACKOFF[min(failures, len(BACKOFF) - 1)])
        return failures + 1

    def _wait(self, seconds: float) -> None:
        self._wake.wait(seconds)
        if not self._stop.is_set():
            self._wake.clear()

    def _step(self, engine: Engine) -> None:
        self._running = [run for run in self._running if not run.over]
        self._keep()
        self._end_cancelled()
        self._fill(engine)
        if self._free(engine, "chat") > 0 and len(self._held) < HOLD:
            block = BUSY_MILLISECONDS if self._running or self._held else IDLE_MILLISECONDS
            priorities = [priority for priority in store.PRIORITIES if self._free(engine, priority) > 0]
            self._held += self._requests.take(priorities, 1, block)
        else:
            self._wait(BUSY_MILLISECONDS / 1000)

    def _free(self, engine: Engine, priority: str) -> int:
        """Return how many more requests of a class may start. Background leaves a slot for chat where there are two."""
        slots = engine.health().slots
        running = [run for run in self._running if run.generating]
        free = slots - len(running)
        if priority == "chat" or slots == 1:
            return free
        background = sum(run.taken.request.priority == "background" for run in running)
        return min(free, slots - 1 - background)

    def _keep(self) -> None:
        """Renew what is ours and take over what nobody renews."""
        now = time.monotonic()
        if now - self._renewed > self._lease / 4:
            self._renewed = now
            for run in [run for run in self._running if run.generating]:
                if not self._requests.renew(run.taken):
                    logger.warning("request %s was taken over by another process", run.taken.request.id)
                    run.lose()
                elif run.taken.request.person and run.taken.request.priority == "chat":
                    self._requests.hold_person(run.taken)
            self._held = [taken for taken in self._held if self._requests.renew(taken)]
        if now - self._claimed > self._lease / 2 and len(self._held) < HOLD:
            self._claimed = now
            ours = {taken.entry for taken in self._held} | {run.taken.entry for run in self._running}
            self._held += self._requests.take_over(self._lease, ours)

    def _end_cancelled(self) -> None:
        running = {run.taken: run for run in self._running}
        for taken in self._requests.cancelled([*running, *self._held]):
            if taken in running:
                running[taken].cancel()
            else:
                self._end_held(taken, Event(type="done", reason="cancelled"))
        for taken in [taken for taken in self._held if taken.request.deadline <= time.time()]:
            self._end_held(taken, Event(type="error", kind="deadline", detail="no engine was free in time"))

    def _end_held(self, taken: Taken, event: Event) -> None:
        self._held.remove(taken)
        queued = {"queued": round((time.time() - taken.queued_at) * 1000, 1)}
        running.end(self._requests, taken, event.model_copy(update={"timings": queued}))

    def _fill(self, engine: Engine) -> None:
        """Start what there are slots for, looking past people who are being served or were a moment ago."""
        for priority in store.PRIORITIES:
            while (free := self._free(engine, priority)) > 0:
                fresh = sum(self._is_fresh(taken) for taken in self._held if taken.request.priority == priority)
                if fresh < free and len(self._held) < HOLD:
                    more = self._requests.take([priority], free - fresh)
                    self._held += more
                    if more:
                        continue
                if not self._start_one(engine, priority):
                    break

    def _is_fresh(self, taken: Taken) -> bool:
        return self._last_served(taken) == 0.0 and not self._is_busy(taken)

    def _is_busy(self, taken: Taken) -> bool:
        """Tell whether the person of a chat request has another one running here."""
        request = taken.request
        if not request.person or request.priority != "chat":
            return False
        running = [run.taken.request for run in self._running if run.generating]
        return any(other.person == request.person and other.priority == "chat" for other in running)

    def _last_served(self, taken: Taken) -> float:
        at = self._served.get(taken.request.person, 0.0)
        return at if time.monotonic() - at < RECENT else 0.0

    def _start_one(self, engine: Engine, priority: str) -> bool:
        """Start the held request of a class whose person was served longest ago; tell whether one was."""
        waiting = [taken for taken in self._held if taken.request.priority == priority and not self._is_busy(taken)]
        for taken in sorted(waiting, key=lambda taken: (self._last_served(taken), taken.queued_at)):
            if priority == "chat" and taken.request.person and not self._requests.hold_person(taken):
                continue  # running in another engine process
            self._held.remove(taken)
            self._begin(engine, taken)
            return True
        return False

    def _begin(self, engine: Engine, taken: Taken) -> None:
        attempt = self._requests.start(taken)
        if attempt > 0:
            self._served = {person: at for person, at in self._served.items() if time.monotonic() - at < RECENT}
            self._served[taken.request.person] = time.monotonic()
            run = Run(taken, engine, self._requests, self._wake.set)
            self._running.append(run)
            run.start()
            return
        if attempt < 0:  # its last owner died between writing the result and saying so
            running.follow(taken)
            self._requests.forget(taken)
            self._requests.let_person_go(taken)

    def _leave(self, grace: float) -> None:
        """Let what runs finish within `grace` seconds, and give the rest to others at once."""
        end = time.monotonic() + grace
        for run in self._running:
            run.join(end - time.monotonic())
        left = [run for run in self._running if not run.over]
        for run in left:
            run.lose()
        try:
            for taken in [*self._held, *(run.taken for run in left)]:
                self._requests.release(taken)
                self._requests.let_person_go(taken)
        except RedisError as error:
            logger.warning("claims were not given back (%s); they lapse in %g s", type(error).__name__, self._lease)
        self._preparing.stop()
        self._publisher.stop()
        engine = self._preparing.engine
        if engine is not None and not left:
            engine.close()
