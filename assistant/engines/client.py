"""What the rest of the program calls: give the engine a request, wait for it, cancel it, ask how the engine is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError
from redis.exceptions import RedisError

from assistant.engines import store, then
from assistant.engines.base import EngineError, Event, Health, Request
from assistant.engines.store import events_key

__all__ = ["ask", "cancel", "events", "events_key", "health", "known", "result", "submit"]
RANK = ("ready", "warming", "loading", "downloading", "failed", "missing")
BLOCK_MILLISECONDS = 1000


def submit(request: Request) -> str:
    """Queue a request and return its id. Raise `EngineError`: `unavailable` (no Valkey) or `bad_request` (`then`).

    Nothing is said about engines: a request waits until one takes it or its deadline passes.
    """
    then.check(request)
    stream = store.requests_key(request.model, request.priority)
    lasts = int(max(request.deadline - time.time(), 0)) + store.KEEP
    try:
        with store.valkey().pipeline() as pipe:
            pipe.xadd(stream, {"request": request.model_dump_json(by_alias=True)})
            pipe.set(store.known_key(request.id), stream, ex=lasts)
            pipe.execute()
    except RedisError as error:
        raise _unavailable(error) from error
    return request.id


def known(request_id: str) -> bool:
    """Tell whether a request is queued, running or has a result; raise `EngineError("unavailable")` without Valkey."""
    try:
        return bool(store.valkey().exists(store.known_key(request_id), store.result_key(request_id)))
    except RedisError as error:
        raise _unavailable(error) from error


def result(request_id: str) -> Event | None:
    """Return a request's `done` or `error` event while it is kept; None if there is none (yet).

    Raise `EngineError("unavailable")` without Valkey: not knowing is not the same as none.
    """
    try:
        stored = store.valkey().get(store.result_key(request_id))
    except RedisError as error:
        raise _unavailable(error) from error
    return Event.model_validate_json(stored) if stored else None


def events(request_id: str, after: str = "0", timeout: float = 60) -> Iterator[tuple[str, Event]]:
    """Yield (entry id, event) as they come, up to `done` or `error`, or until `timeout` seconds have passed.

    `after`: the last entry id that was seen. Raise `EngineError("unavailable")` without Valkey.
    """
    end = time.monotonic() + timeout
    key, last = events_key(request_id), after
    while (left := end - time.monotonic()) > 0:
        block = max(1, min(BLOCK_MILLISECONDS, int(left * 1000)))
        try:
            answer: Any = store.valkey().xread({key: last}, count=200, block=block)
        except RedisError as error:
            raise _unavailable(error) from error
        for _stream, entries in answer:
            for last, fields in entries:
                event = Event.model_validate_json(fields[store.EVENT])
                yield last, event
                if event.type in ("done", "error"):
                    return


def cancel(request_id: str) -> None:
    """Make a queued or running request end as `cancelled`; raise `EngineError("unavailable")` without Valkey."""
    try:
        store.valkey().set(store.cancel_key(request_id), 1, ex=store.KEEP)
    except RedisError as error:
        raise _unavailable(error) from error


def healths() -> list[Health]:
    """Return how each live engine process is, the most useful first; raise `redis.RedisError`."""
    valkey = store.valkey()
    instances = sorted(str(member) for member in valkey.smembers(store.INSTANCES))
    if not instances:
        return []
    stored = valkey.mget([store.health_key(instance) for instance in instances])
    gone = [instance for instance, value in zip(instances, stored, strict=True) if value is None]
    if gone:
        valkey.srem(store.INSTANCES, *gone)
    found = []
    for value in stored:
        try:
            found.append(Health.model_validate_json(value or ""))
        except ValidationError:  # it has just lapsed, or another version wrote it
            continue
    return sorted(found, key=lambda health: (RANK.index(health.state), health.queued, health.busy))


def health() -> Health:
    """Return the best live engine's health; state `missing` when there is none or Valkey is down. Never raises."""
    try:
        found = healths()
    except RedisError as error:
        return Health(engine="", state="missing", detail=str(_unavailable(error)), at=time.time())
    return (
        found[0]
        if found
        else Health(engine="", state="missing", detail=_("No engine process is running."), at=time.time())
    )


def ask(request: Request, timeout: float = 60) -> Event:
    """Submit, wait and return the `done` event; raise `EngineError`, `unavailable` at once while no engine runs."""
    current = health()
    if current.state in ("missing", "failed"):
        raise EngineError("unavailable", current.detail)
    submit(request)
    for _at, event in events(request.id, timeout=timeout):
        if event.type == "error":
            raise EngineError(event.kind, event.detail)
        if event.type == "done":
            return event
    cancel(request.id)
    raise EngineError("deadline", f"no answer within {timeout:g} s")


def _unavailable(error: RedisError) -> EngineError:
    return EngineError("unavailable", _("Valkey does not answer (%(error)s).") % {"error": type(error).__name__})
