"""One running completion: llama.cpp calls back from its thread, we yield events from ours."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from assistant.engines.base import EngineError, Event, Request
from assistant.engines.llama_server import Chunk, LlamaServer, error_of

TICK = 0.1  # seconds between looks at the deadline


class Generation:
    """A completion of one request in one slot."""

    def __init__(
        self, server: LlamaServer, request: Request, payload: dict[str, Any], alive: Callable[[], object]
    ) -> None:
        self._server = server
        self._request = request
        self._payload = payload
        self._alive = alive
        self._chunks: queue.SimpleQueue[Chunk | Exception | None] = queue.SimpleQueue()
        self._stopped = ""  # cancelled, deadline
        self._began = time.monotonic()
        self._pieces = 0
        self.text = ""
        self.prompt_done = False
        self._started: Event | None = None
        self._reason = ""
        self._timings: dict[str, float] = {}

    def cancel(self) -> None:
        """End as soon as the step under way is computed."""
        self._stopped = self._stopped or "cancelled"

    def step(self) -> bool:
        """Note that something moved; tell whether to stop."""
        self._alive()
        if time.time() > self._request.deadline:
            self._stopped = self._stopped or "deadline"
        return bool(self._stopped)

    def events(self) -> Iterator[Event]:
        """Yield `started` and the tokens, then `done`; raise `EngineError`. The model is at rest afterwards."""
        thread = threading.Thread(target=self._run, name=f"generate-{self._request.id[:8]}", daemon=True)
        thread.start()
        try:
            while (item := self._next()) is not None:
                if isinstance(item, Exception):
                    raise item
                yield from self._take(item)
        finally:
            if not self._reason:  # not ended by itself
                self.cancel()
            thread.join()
        if self._stopped == "deadline":
            raise EngineError("deadline", f"not finished in time, after {len(self.text)} characters")
        yield self._done()

    def _run(self) -> None:
        try:
            self._server.complete(self._payload, self._callback)
        except ValueError as error:
            self._chunks.put(EngineError("bad_request", str(error)))
        except RuntimeError as error:
            self._chunks.put(EngineError("internal", str(error)))
        finally:
            self._chunks.put(None)

    def _callback(self, chunk: Chunk) -> bool:
        self._chunks.put(chunk)
        return self.step()

    def _next(self) -> Chunk | Exception | None:
        while True:
            if time.time() > self._request.deadline:
                self._stopped = self._stopped or "deadline"
            try:
                return self._chunks.get(timeout=TICK)
            except queue.Empty:
                continue

    def _take(self, chunk: Chunk) -> Iterator[Event]:
        if "error" in chunk:
            raise error_of(chunk)
        if self._stopped:  # what comes after the stop is not said any more
            return
        progress = chunk.get("prompt_progress")
        if progress and self._started is None:
            self._started = Event(type="started", prompt_tokens=progress["total"], cached_tokens=progress["cache"])
            yield self._started
        if progress:
            return
        self.prompt_done = True
        choice = chunk["choices"][0]
        self._reason = choice.get("finish_reason") or self._reason
        self._timings = chunk.get("timings") or self._timings
        if choice["text"]:
            self.text += choice["text"]
            self._pieces += 1
            yield Event(type="token", text=choice["text"])

    def _done(self) -> Event:
        started = self._started or Event(type="started")
        return Event(
            type="done",
            text=self.text,
            prompt_tokens=started.prompt_tokens,
            cached_tokens=started.cached_tokens,
            output_tokens=int(self._timings.get("predicted_n", self._pieces)),
            reason=self._stopped or self._reason,
            timings={
                "prompt": round(self._timings.get("prompt_ms", 0.0), 1),
                "output": round(self._timings.get("predicted_ms", 0.0), 1),
                "total": round((time.monotonic() - self._began) * 1000, 1),
            },
        )
