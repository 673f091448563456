"""The index as this process sees it: the current snapshot and the changes since, looked after at most once a second."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from assistant.retrieval import snapshots, storage
from assistant.retrieval.overlay import Overlay, Parts

logger = logging.getLogger(__name__)

INTERVAL = 1.0  # seconds between looks at the changes


@dataclass
class _State:
    folder: Path
    stamp: tuple[int, int, int] | None
    overlay: Overlay
    looked: float


_lock = threading.Lock()
_state: _State | None = None


def current(*, fresh: bool = False) -> Parts:
    """Return what to search. Builds the first snapshot if there is none; `fresh` looks for changes now.

    A thread that finds another one looking goes on with what was there before.
    """
    folder = Path(settings.INDEX_DIR)
    state = _state if _state is not None and _state.folder == folder else None
    if state is not None and not fresh:
        if time.monotonic() - state.looked < INTERVAL or not _lock.acquire(blocking=False):
            return state.overlay.parts
    else:
        _lock.acquire()
    try:
        return _look(folder)
    finally:
        _lock.release()


def _look(folder: Path) -> Parts:
    """Open a newer snapshot if there is one, and take in the changes. The lock is held."""
    global _state
    state = _state
    if state is None or state.folder != folder or state.stamp is None or state.stamp != storage.stamp(folder):
        state = _open(folder)
    if snapshots.is_stale(snapshots.pending(state.overlay.snapshot)):
        if snapshots.build_if_due(folder) is None:
            logger.info("Another process builds the search index; until then this one searches the last")
            return state.overlay.parts
        state = _open(folder)
    state.overlay.refresh()
    state.looked = time.monotonic()
    _state = state
    return state.overlay.parts


def _open(folder: Path) -> _State:
    stamp = storage.stamp(folder)  # before opening: a swap in between is then seen at the next look
    return _State(folder, stamp, Overlay(snapshots.ensure(folder)), 0.0)


def forget() -> None:
    """Let go of the snapshot; the next search opens it again."""
    global _state
    with _lock:
        _state = None
