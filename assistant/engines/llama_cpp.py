"""llama.cpp in this process: any GGUF model, on the CPU or the GPU that its wheel was built for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from assistant.engines import constraints, gguf, memory, prefixes, threads
from assistant.engines.base import EngineError, Event, Health, Request
from assistant.engines.generation import Generation
from assistant.engines.llama_server import LlamaServer, Plan
from assistant.engines.prefixes import Prefix
from assistant.engines.slots import Slots
from assistant.engines.states import States

logger = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds that a request waits for a slot: one that was cancelled needs its last step
STALL = 60.0  # seconds without progress while something is running
SMOOTHING = 0.3  # weight of the newest speed


class LlamaCppEngine:
    """An engine on xllamacpp. See `assistant.engines.base.Engine`."""

    def __init__(
        self, path: Path, *, name: str = "", slots: int = 0, context: int = 0, patience: float = PATIENCE
    ) -> None:
        """Load the model; raise `EngineError`: `bad_model` or `out_of_memory`."""
        self.name = name or path.stem
        self._patience = patience
        plan = _plan(path, slots or settings.ENGINE_SLOTS, context or settings.ENGINE_CONTEXT)
        began = time.monotonic()
        try:
            self._server = LlamaServer(plan)
        except RuntimeError as error:
            raise EngineError("bad_model", _bad(path, _("llama.cpp cannot load it"))) from error
        self.threads = plan.threads
        self.load_seconds = time.monotonic() - began
        logger.info("%s loaded in %.1f s, threads %s", self.name, self.load_seconds, plan.threads)
        self._slots = Slots(plan.slots)
        self._states = States(self._server, plan)
        self._running: dict[str, Generation] = {}
        self._lock = threading.Lock()
        self._speed = 0.0
        self._progress_at = time.monotonic()

    def generate(self, request: Request) -> Iterator[Event]:
        """Run a request. Raise `EngineError`: bad_request, overload, deadline, out_of_memory, internal."""
        if request.deadline <= time.time():
            raise EngineError("deadline", "the deadline had passed before it began")
        payload = self._payload(request)
        prefix = self._prefix(request)
        prompt = payload["prompt"]
        fixed = self._states.text(prefix) if prefix is not None else ""
        slot = self._slots.acquire(prompt, fixed, self._patience, lambda: request.deadline <= time.time())
        run = Generation(self._server, request, payload, self._progressed)
        self._progressed()
        with self._lock:
            self._running[request.id] = run
        held = ""
        try:
            if prefix is not None:
                self._states.bring(prefix, slot, run.step)
            payload["id_slot"] = slot.number
            yield from self._measured(run)
            held = prompt + run.text
        finally:
            with self._lock:
                self._running.pop(request.id, None)
            self._slots.release(slot, held or (prompt if run.prompt_done else ""))

    def cancel(self, request_id: str) -> None:
        """Make a running request end with reason `cancelled`."""
        with self._lock:
            run = self._running.get(request_id)
        if run is not None:
            run.cancel()

    def health(self) -> Health:
        """Return how the engine is: failed when it is working and nothing moves."""
        silent = time.monotonic() - self._progress_at
        stalled = self._slots.busy > 0 and silent > STALL
        return Health(
            engine="llama_cpp",
            model=self.name,
            device=self._server.device,
            state="failed" if stalled else "ready",
            loaded=True,
            busy=self._slots.busy,
            slots=len(self._slots.all),
            tokens_per_second=round(self._speed, 1),
            detail=_("No progress for %(seconds)d s; the engine process starts again.") % {"seconds": silent}
            if stalled
            else "",
            at=time.time(),
        )

    def warm(self, report: Callable[[int, int], None] = lambda done, all_: None) -> None:
        """Compute or restore every registered prefix, waiting while requests run; `report(done, all)`."""
        known = list(prefixes.registered())
        for done, prefix in enumerate(known):
            report(done, len(known))
            while self._slots.busy:
                time.sleep(0.2)
            try:
                self._warm(prefix)
            except EngineError as error:  # too long for the context, say: its requests will say so themselves
                logger.error("prefix %s: %s", prefix.cache_key, error)
        self._states.forget_others(known)
        report(len(known), len(known))

    def close(self) -> None:
        """End what is running and free the model."""
        with self._lock:
            running = list(self._running.values())
        for run in running:
            run.cancel()
        self._server.close()

    def _warm(self, prefix: Prefix) -> None:
        text = self._states.text(prefix)
        slot = self._slots.acquire(text, text, self._patience)
        held = ""
        try:
            self._states.bring(prefix, slot, self._progressed)
            held = text
        finally:
            self._slots.release(slot, held)

    def _measured(self, run: Generation) -> Iterator[Event]:
        for event in run.events():
            if event.type == "done" and event.output_tokens > 1 and event.timings["output"] > 0:
                speed = 1000 * event.output_tokens / event.timings["output"]
                self._speed = speed if not self._speed else (1 - SMOOTHING) * self._speed + SMOOTHING * speed
            yield event

    def _progressed(self) -> bool:
        """Note that something moved. (As the step of a computation: go on.)"""
        self._progress_at = time.monotonic()
        return False

    def _prefix(self, request: Request) -> Prefix | None:
        prefix = prefixes.get(request.cache_key)
        return prefix if prefix is not None and prefix.begins(request) else None

    def _payload(self, request: Request) -> dict[str, Any]:
        return {
            "prompt": self._server.render(request.messages, request.tools),
            "n_predict": max(1, request.max_tokens),
            "temperature": request.sampling.temperature,
            "top_p": request.sampling.top_p,
            "seed": request.sampling.seed,
            "stop": request.stop,
            "stream": True,
            "cache_prompt": True,
            "return_progress": True,
            **constraints.constraint(request),
        }


def _plan(path: Path, slots: int, context: int) -> Plan:
    """Check the file and the memory, measure the threads."""
    try:
        head = gguf.read_head(path)
    except FileNotFoundError as error:
        raise EngineError("bad_model", _bad(path, _("there is no such file"))) from error
    except (OSError, ValueError) as error:
        raise EngineError("bad_model", _bad(path, str(error))) from error
    memory.check(memory.needed(path.stat().st_size, head, slots, context))
    return Plan(path, slots, context, threads.choose(settings.ENGINE_THREADS), prefixes.folder())


def _bad(path: Path, reason: str) -> str:
    return _(
        "The model file %(path)s cannot be used: %(reason)s. Choose another one, or fetch it again with"
        " “manage.py pull_model”."
    ) % {
        "path": path,
        "reason": reason,
    }
