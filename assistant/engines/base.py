"""The engine protocol: requests, events, and what every engine does with them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field


class EngineError(Exception):
    """An engine failed. `kind`: bad_model, out_of_memory, overload, deadline, bad_request, unavailable, internal."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


class Sampling(BaseModel):
    """Sampling parameters; temperature 0 is greedy."""

    temperature: float = 0.0
    top_p: float = 0.9
    seed: int = 0


class Request(BaseModel):
    """A generation request, as it stands in the stream."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    person: str = ""  # at most one chat request per person runs at once
    priority: Literal["chat", "background"] = Field(default="chat", alias="class")
    model: str = ""
    messages: list[dict[str, Any]]  # role, content
    tools: list[dict[str, Any]] = Field(default_factory=list)
    json_schema: dict[str, Any] | None = None
    grammar: str = ""  # GBNF
    sampling: Sampling = Field(default_factory=Sampling)
    max_tokens: int = 256
    stop: list[str] = Field(default_factory=list)
    cache_key: str = ""  # requests with the same key share a prefix
    deadline: float = Field(default_factory=lambda: time.time() + 60)  # Unix time, seconds
    then: dict[str, Any] = Field(default_factory=dict)  # {"task": name in assistant.engines.worker.THEN, "args": [...]}


class Event(BaseModel):
    """What an engine says about a request, in order: started, token*, then done or error; restarted in between."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["started", "token", "restarted", "done", "error"]
    attempt: int = 1
    text: str = ""  # token: the piece; done: the whole text
    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reason: str = ""  # done: stop, length, cancelled
    kind: str = ""  # error: as EngineError.kind
    detail: str = ""
    timings: dict[str, float] = Field(default_factory=dict)  # milliseconds: queued, prompt, output; total: since taken


class Health(BaseModel):
    """How an engine is."""

    engine: str
    model: str = ""
    device: str = "cpu"
    state: Literal["missing", "downloading", "loading", "warming", "ready", "failed"] = "missing"
    loaded: bool = False
    busy: int = 0
    slots: int = 0
    queued: int = 0
    tokens_per_second: float = 0.0
    detail: str = ""  # what is wrong and what to do
    downloaded: int = 0  # bytes
    size: int = 0  # bytes
    at: float = 0.0  # Unix time


class Engine(Protocol):
    """What runs a language model."""

    def generate(self, request: Request) -> Iterator[Event]:
        """Run a request; blocking iterator of its events. Called from one thread per running request."""

    def cancel(self, request_id: str) -> None:
        """Make a running request end with reason `cancelled`; unknown ids are ignored."""

    def health(self) -> Health:
        """Return how the engine is."""

    def close(self) -> None:
        """Free the model."""
