"""An engine without a model: it replays answers, queued or by rule, token by token. For tests and demonstrations."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Iterator

from pydantic import BaseModel
from redis.exceptions import RedisError

from assistant.engines import store
from assistant.engines.base import EngineError, Event, Health, Request
from assistant.engines.slots import Slots

ANSWERS = "engine:fake:answers"  # a list of Answer JSON, first in first out
RULES = "engine:fake:rules"  # a hash: words in the person's last message -> Answer JSON
TOKEN = re.compile(r"[A-Za-z0-9_]+\s?|.", re.DOTALL)


class Answer(BaseModel):
    """What the fake engine says to one request."""

    text: str = ""
    pace: float = 0.0  # seconds before each token
    kind: str = ""  # of the EngineError that ends it, if any
    detail: str = ""


def queue(*answers: str | Answer) -> None:
    """Queue answers for the fake engine of whichever process."""
    store.valkey().rpush(ANSWERS, *(_answer(answer).model_dump_json() for answer in answers))


def rule(words: str, answer: str | Answer) -> None:
    """Answer every request whose last message from the person holds `words`, when nothing is queued. The longest
    fitting words win.
    """
    store.valkey().hset(RULES, words, _answer(answer).model_dump_json())


class FakeEngine:
    """See `assistant.engines.base.Engine`. Its own queue and rules come before those in Valkey."""

    def __init__(self, *answers: str | Answer, slots: int = 4, patience: float = 1.0) -> None:
        self.answers = deque(_answer(answer) for answer in answers)
        self.rules: dict[str, str | Answer] = {}
        self.requests: list[Request] = []  # what it was asked, in order
        self._slots = Slots(slots)
        self._patience = patience
        self._cancelled: set[str] = set()
        self._lock = threading.Lock()

    def generate(self, request: Request) -> Iterator[Event]:
        """Replay an answer. Raise `EngineError`, `internal` if there is none."""
        began = time.monotonic()
        if request.deadline <= time.time():
            raise EngineError("deadline", "the deadline had passed before it began")
        prompt = "\n".join(str(message.get("content", "")) for message in request.messages)
        slot = self._slots.acquire(prompt, "", self._patience)
        said = ""
        try:
            with self._lock:
                answer = self._choose(request)
                self.requests.append(request)
            cached = len(TOKEN.findall(prompt[: slot.shared(prompt)]))
            tokens = len(TOKEN.findall(prompt))
            yield Event(type="started", prompt_tokens=tokens, cached_tokens=cached)
            pieces, reason = _pieces(answer.text, request)
            count = 0
            for piece in pieces:
                self._wait(answer.pace, request)
                if request.id in self._cancelled:
                    reason = "cancelled"
                    break
                said += piece
                count += 1
                yield Event(type="token", text=piece)
            if answer.kind:
                raise EngineError(answer.kind, answer.detail)
            total = round((time.monotonic() - began) * 1000, 1)
            yield Event(
                type="done", text=said, reason=reason, prompt_tokens=tokens, cached_tokens=cached, output_tokens=count,
                timings={"prompt": 0.0, "output": total, "total": total},
            )  # fmt: skip
        finally:
            self._cancelled.discard(request.id)
            self._slots.release(slot, prompt + said)

    def cancel(self, request_id: str) -> None:
        """Make a running request end with reason `cancelled`."""
        self._cancelled.add(request_id)

    def health(self) -> Health:
        """Return that all is well."""
        busy, slots = self._slots.busy, len(self._slots.all)
        return Health(engine="fake", model="fake", state="ready", loaded=True, busy=busy, slots=slots, at=time.time())

    def close(self) -> None:
        """There is nothing to free."""

    def _choose(self, request: Request) -> Answer:
        if self.answers:
            return self._checked(self.answers.popleft(), request)
        said = [str(message.get("content", "")) for message in request.messages if message.get("role") == "user"]
        last = said[-1] if said else ""
        try:
            queued = store.valkey().lpop(ANSWERS)
            rules = store.valkey().hgetall(RULES) if queued is None else {}
        except RedisError:
            queued, rules = None, {}
        if isinstance(queued, str):
            return self._checked(Answer.model_validate_json(queued), request)
        known: list[tuple[str, str | Answer]] = [
            *self.rules.items(),
            *((str(key), Answer.model_validate_json(value)) for key, value in rules.items()),
        ]
        for words, answer in sorted(known, key=lambda pair: -len(pair[0])):
            if words in last:
                return self._checked(_answer(answer), request)
        raise EngineError("internal", "the fake engine has no answer to this: queue one or give it a rule")

    def _checked(self, answer: Answer, request: Request) -> Answer:
        """Refuse an answer that the constraint would never have let through."""
        if request.json_schema is not None and not answer.kind:
            try:
                json.loads(answer.text)
            except ValueError as error:
                raise EngineError("internal", "the queued answer is no JSON, and the request has a schema") from error
        return answer

    def _wait(self, pace: float, request: Request) -> None:
        end = time.monotonic() + pace
        while True:
            if request.deadline <= time.time():
                raise EngineError("deadline", "not finished in time")
            left = end - time.monotonic()
            if left <= 0 or request.id in self._cancelled:
                return
            time.sleep(min(left, 0.02))


def _answer(answer: str | Answer) -> Answer:
    return Answer(text=answer) if isinstance(answer, str) else answer


def _pieces(text: str, request: Request) -> tuple[list[str], str]:
    """Return the tokens of the text, up to a stop string or the token limit, and the reason they end."""
    for stop in request.stop:
        text = text.split(stop, maxsplit=1)[0]
    pieces = TOKEN.findall(text)
    if len(pieces) > request.max_tokens:
        return pieces[: request.max_tokens], "length"
    return pieces, "stop"
