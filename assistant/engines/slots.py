"""Which of the engine's slots a request gets: the one that already holds most of its prompt."""

from __future__ import annotations

import bisect
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.engines.base import EngineError

SAME = 48  # characters beyond the prefix that tell the same conversation from a mere turn header


@dataclass
class Slot:
    """A sequence of the model's context, with the text that it holds as far as we know."""

    number: int
    text: str = ""
    used_at: float = 0.0
    busy: bool = False

    def shared(self, text: str) -> int:
        """Return how many leading characters of `text` the slot holds."""
        lengths = range(1, min(len(self.text), len(text)) + 1)
        return bisect.bisect_left(lengths, True, key=lambda length: self.text[:length] != text[:length])


class Slots:
    """The slots of one engine. Thread-safe."""

    def __init__(self, count: int) -> None:
        self.all = [Slot(number) for number in range(count)]
        self._changed = threading.Condition()

    @property
    def busy(self) -> int:
        """Return how many are taken."""
        return sum(slot.busy for slot in self.all)

    def acquire(self, text: str, fixed: str, patience: float, given_up: Callable[[], bool] = lambda: False) -> Slot:
        """Take a slot for the prompt `text`, which begins with the prefix `fixed` (empty: none is kept).

        A slot that holds clearly more of the prompt than the prefix served the same conversation before. Failing that,
        the prefix is brought into the slot that has rested longest, so that others keep their conversations. Raise
        `EngineError("overload")` when none falls free within `patience` seconds.
        """
        end = time.monotonic() + patience
        with self._changed:
            while not (free := [slot for slot in self.all if not slot.busy]):
                left = end - time.monotonic()
                if left <= 0 or given_up():
                    raise EngineError("overload", f"all {len(self.all)} slots are busy")
                self._changed.wait(min(left, 0.1))
            best = max(free, key=lambda slot: slot.shared(text))
            if best.shared(text) < len(fixed) + SAME:
                best = min(free, key=lambda slot: slot.used_at)
            best.busy = True
            return best

    def release(self, slot: Slot, text: str) -> None:
        """Give a slot back; it now holds `text`."""
        with self._changed:
            slot.text = text
            slot.used_at = time.monotonic()
            slot.busy = False
            self._changed.notify()
