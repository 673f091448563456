"""Computed prefixes: brought into a slot from disk in milliseconds, or computed once and kept."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

from assistant.engines.base import EngineError
from assistant.engines.llama_server import Chunk, LlamaServer, Plan, error_of
from assistant.engines.prefixes import Prefix
from assistant.engines.slots import Slot

logger = logging.getLogger(__name__)
WAIT = 0.1  # seconds between looks while another slot computes the same prefix
ENDS = 1 << 20  # bytes of each end of a model file that tell it from others of its size


class States:
    """The states of one loaded model. A state's name says all that it depends on, so a stale one is never read."""

    def __init__(self, server: LlamaServer, plan: Plan) -> None:
        self._server = server
        self._folder = plan.states
        self._model = _identity(plan, server.version)
        self._texts: dict[str, tuple[Prefix, str]] = {}
        self._computing: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def text(self, prefix: Prefix) -> str:
        """Return a prefix as the model's template renders it."""
        known = self._texts.get(prefix.cache_key)
        if known is None or known[0] != prefix:
            known = (prefix, self._server.render(prefix.messages, prefix.tools, answer=False))
            self._texts[prefix.cache_key] = known
        return known[1]

    def bring(self, prefix: Prefix, slot: Slot, step: Callable[[], bool]) -> None:
        """Make `slot` hold the prefix: as it is, or from disk, or computed and saved. Raise `EngineError`.

        `step` is called as the computation goes on and returns True to give up.
        """
        text = self.text(prefix)
        if slot.shared(text) == len(text):
            return
        name = self._name(text)
        with self._guard:
            computing = self._computing.setdefault(name, threading.Lock())
        while not computing.acquire(timeout=WAIT):
            if step():
                return
        try:
            if not self._restored(slot, name) and self._computed(text, slot.number, step):
                self._save(slot.number, name)
        finally:
            computing.release()

    def forget_others(self, known: Iterable[Prefix]) -> None:
        """Remove this model's states of prefixes that are registered no more."""
        keep = {self._name(self.text(prefix)) for prefix in known}
        for path in self._folder.glob(f"{self._model}-*"):  # drafts of a process that was killed included
            if path.name not in keep:
                path.unlink(missing_ok=True)

    def _name(self, text: str) -> str:
        return f"{self._model}-{hashlib.sha256(text.encode()).hexdigest()[:24]}.slot"

    def _restored(self, slot: Slot, name: str) -> bool:
        path = self._folder / name
        if not path.exists():
            return False
        try:
            self._server.restore(slot.number, name)
        except EngineError as error:
            logger.warning("the state %s cannot be read and is computed again: %s", name, error)
            path.unlink(missing_ok=True)
            return False
        return True

    def _computed(self, text: str, slot: int, step: Callable[[], bool]) -> bool:
        """Compute a prefix in a slot; tell whether it is whole."""
        chunks: list[Chunk] = []

        def callback(chunk: Chunk) -> bool:
            chunks.append(chunk)
            return step()

        payload = {"prompt": text, "n_predict": 0, "id_slot": slot, "cache_prompt": True, "stream": True}
        self._server.complete({**payload, "return_progress": True}, callback)
        if chunks and "error" in chunks[-1]:
            raise error_of(chunks[-1])
        return bool(chunks) and bool(chunks[-1].get("choices", [{}])[0].get("finish_reason"))

    def _save(self, slot: int, name: str) -> None:
        draft = f"{name}.{slot}.new"
        try:
            self._server.save(slot, draft)
            (self._folder / draft).replace(self._folder / name)
        except (EngineError, OSError) as error:  # a full disk: the prefix is in its slot all the same
            logger.warning("the state %s was not kept: %s", name, error)
            with suppress(OSError):
                (self._folder / draft).unlink(missing_ok=True)


def _identity(plan: Plan, version: str) -> str:
    """Return what a state depends on besides its text: the model's bytes, the context, the slots, the library."""
    size = plan.path.stat().st_size
    digest = hashlib.sha256(f"{size} {plan.context} {plan.slots} {version}".encode())
    with plan.path.open("rb") as file:
        digest.update(file.read(ENDS))
        file.seek(max(0, size - ENDS))
        digest.update(file.read(ENDS))
    return digest.hexdigest()[:16]
