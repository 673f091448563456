"""The streams of requests, as an engine process sees them: take, keep, take over, finish. Every step may fail with
`redis.RedisError`; none of them leaves a request that nobody will ever answer.

A request belongs to whoever's token stands in its owner hash. Only the owner's last event counts, so a process that was
taken for dead and was only slow cannot end a request a second time.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import redis
from pydantic import ValidationError
from redis.exceptions import ResponseError

from assistant.engines import store
from assistant.engines.base import Event, Request

logger = logging.getLogger(__name__)
OWNER_SECONDS = 3600
PERSON_SECONDS = 15  # a dead engine's hold on a person

# owner, result; token, seconds -> attempt (1...), 0 if it is not ours any more, -1 if it has a result
START = """
if redis.call('EXISTS', KEYS[2]) == 1 then return -1 end
local token = redis.call('HGET', KEYS[1], 'token')
if token and token ~= ARGV[1] then return 0 end
if not token then redis.call('HSET', KEYS[1], 'token', ARGV[1]) end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return redis.call('HINCRBY', KEYS[1], 'attempt', 1)
"""
# owner, stream, known, result; token, attempt, entry, consumer, group, owner and known seconds -> 1 if it is still ours
RENEW = """
if redis.call('EXISTS', KEYS[4]) == 1 then return 1 end
local token = redis.call('HGET', KEYS[1], 'token')
if token and token ~= ARGV[1] then return 0 end
if not token then
  redis.call('HSET', KEYS[1], 'token', ARGV[1], 'attempt', ARGV[2])
  redis.call('SET', KEYS[3], KEYS[2], 'EX', ARGV[7])
end
redis.call('EXPIRE', KEYS[1], ARGV[6])
redis.pcall('XCLAIM', KEYS[2], ARGV[5], ARGV[4], 0, ARGV[3], 'JUSTID')
return 1
"""
# owner, result, events; token, event, seconds -> 1 if it is ours to end; written only once
FINISH = """
local token = redis.call('HGET', KEYS[1], 'token')
if token and token ~= ARGV[1] then return 0 end
if redis.call('EXISTS', KEYS[2]) == 1 then return 1 end
redis.call('XADD', KEYS[3], '*', 'event', ARGV[2])
redis.call('EXPIRE', KEYS[3], ARGV[3])
redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3])
return 1
"""
# person's lock; request, seconds -> 1 if it is this request's now (whoever works on it)
HOLD = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
"""
LET_GO = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


@dataclass(eq=False)
class Taken:
    """A request that this process has taken from its stream."""

    stream: str
    entry: str
    request: Request
    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    attempt: int = 0

    @property
    def queued_at(self) -> float:
        """Return when it was submitted, Unix time."""
        return int(self.entry.split("-")[0]) / 1000


class Requests:
    """The requests for one model, through one client."""

    def __init__(self, valkey: redis.Redis, models: Iterable[str], consumer: str) -> None:
        self._valkey = valkey
        self._consumer = consumer
        names = list(models)
        self.streams = {
            priority: [store.requests_key(model, priority) for model in names] for priority in store.PRIORITIES
        }
        self._start = valkey.register_script(START)
        self._renew = valkey.register_script(RENEW)
        self._finish = valkey.register_script(FINISH)
        self._hold = valkey.register_script(HOLD)
        self._let_go = valkey.register_script(LET_GO)

    @property
    def every_stream(self) -> list[str]:
        """Return the streams of all classes."""
        return [stream for streams in self.streams.values() for stream in streams]

    def ensure_groups(self) -> None:
        """Make the consumer groups that are not there (any more)."""
        for stream in self.every_stream:
            try:
                self._valkey.xgroup_create(stream, store.GROUP, id="0", mkstream=True)
            except ResponseError as error:
                if "BUSYGROUP" not in str(error):
                    raise
            for consumer in self._valkey.xinfo_consumers(stream, store.GROUP):
                if consumer["pending"] == 0 and consumer["idle"] > 1000 * OWNER_SECONDS:  # a process long gone
                    self._valkey.xgroup_delconsumer(stream, store.GROUP, consumer["name"])

    def take(self, priorities: Iterable[str], count: int, block: int | None = None) -> list[Taken]:
        """Take up to `count` new requests of each stream, waiting up to `block` ms for the first."""
        streams: dict[Any, Any] = {stream: ">" for priority in priorities for stream in self.streams[priority]}
        answer: Any = self._valkey.xreadgroup(store.GROUP, self._consumer, streams, count=count, block=block)
        return [taken for stream, entries in answer for entry in entries if (taken := self._own(stream, *entry))]

    def take_over(self, idle: float, ours: set[str]) -> list[Taken]:
        """Take over what others took and have not renewed for `idle` seconds; `ours`: entries that we work on."""
        found = []
        for stream in self.every_stream:
            cursor = "0-0"
            while True:
                milliseconds = int(idle * 1000)
                answer: Any = self._valkey.xautoclaim(
                    stream, store.GROUP, self._consumer, milliseconds, start_id=cursor, count=50
                )
                entries = [entry for entry in answer[1] if entry[0] not in ours]
                found += [taken for entry in entries if (taken := self._own(stream, *entry))]
                cursor = answer[0]
                if cursor == "0-0":
                    break
        return found

    def start(self, taken: Taken) -> int:
        """Count an attempt and return its number; 0 if the request is not ours any more, -1 if it has a result."""
        keys = [store.owner_key(taken.request.id), store.result_key(taken.request.id)]
        taken.attempt = int(self._start(keys=keys, args=[taken.token, OWNER_SECONDS]))
        return taken.attempt

    def renew(self, taken: Taken) -> bool:
        """Keep hold of a request for another while; tell whether it is still ours."""
        number = taken.request.id
        keys = [store.owner_key(number), taken.stream, store.known_key(number), store.result_key(number)]
        claim = [taken.entry, self._consumer, store.GROUP]
        return bool(self._renew(keys=keys, args=[taken.token, taken.attempt, *claim, OWNER_SECONDS, store.KEEP]))

    def release(self, taken: Taken) -> None:
        """Let another process take over a request at once."""
        entries: list[Any] = [taken.entry]
        self._valkey.xclaim(
            taken.stream, store.GROUP, self._consumer, 0, entries, idle=1000 * OWNER_SECONDS, justid=True
        )

    def finish(self, taken: Taken, event: Event) -> bool:
        """Write a request's last event and its result unless it has one; tell whether it is ours to end."""
        number = taken.request.id
        keys = [store.owner_key(number), store.result_key(number), store.events_key(number)]
        return bool(self._finish(keys=keys, args=[taken.token, event.model_dump_json(), store.KEEP]))

    def forget(self, taken: Taken) -> None:
        """Acknowledge and delete a request that has its result."""
        number = taken.request.id
        with self._valkey.pipeline() as pipe:
            pipe.xack(taken.stream, store.GROUP, taken.entry)
            pipe.xdel(taken.stream, taken.entry)
            pipe.delete(store.owner_key(number), store.cancel_key(number), store.known_key(number))
            pipe.execute()

    def emit(self, taken: Taken, events: list[Event]) -> None:
        """Append events to a request's stream."""
        key = store.events_key(taken.request.id)
        with self._valkey.pipeline(transaction=False) as pipe:
            for event in events:
                pipe.xadd(key, {store.EVENT: event.model_dump_json(exclude_defaults=True)})
            pipe.expire(key, store.KEEP)
            pipe.execute()

    def hold_person(self, taken: Taken) -> bool:
        """Make this the person's one running chat request, or keep it so; tell whether it is."""
        key = store.person_key(taken.request.person)
        return bool(self._hold(keys=[key], args=[taken.request.id, PERSON_SECONDS]))

    def let_person_go(self, taken: Taken) -> None:
        """End the hold on the person, if this request has it."""
        self._let_go(keys=[store.person_key(taken.request.person)], args=[taken.request.id])

    def cancelled(self, taken: list[Taken]) -> list[Taken]:
        """Return those that are to be cancelled."""
        if not taken:
            return []
        marks = self._valkey.mget([store.cancel_key(each.request.id) for each in taken])
        return [each for each, mark in zip(taken, marks, strict=True) if mark]

    def waiting(self) -> int:
        """Return how many requests are in the streams, those being worked on included."""
        with self._valkey.pipeline(transaction=False) as pipe:
            for stream in self.every_stream:
                pipe.xlen(stream)
            return sum(pipe.execute())

    def _own(self, stream: str, entry: str, fields: dict[str, str] | None) -> Taken | None:
        """Make an entry ours. One that no request can be read from is dropped: nobody could be told."""
        try:
            taken = Taken(stream, entry, Request.model_validate_json((fields or {})["request"]))
        except (KeyError, ValidationError):
            logger.error("entry %s of %s is no request and is dropped", entry, stream)
            self._valkey.xack(stream, store.GROUP, entry)
            self._valkey.xdel(stream, entry)
            return None
        owner = store.owner_key(taken.request.id)
        with self._valkey.pipeline() as pipe:
            pipe.hset(owner, "token", taken.token)
            pipe.expire(owner, OWNER_SECONDS)
            pipe.execute()
        return taken
