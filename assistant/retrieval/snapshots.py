"""Building the index from the catalogue, once at a time over all processes."""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from django.conf import settings
from django.utils import timezone

from assistant.retrieval import storage
from assistant.retrieval.documents import MODELS, Document, read
from assistant.retrieval.segment import make_segment
from integrations.models import IndexChange

logger = logging.getLogger(__name__)

# Ids and times of changes are given out before their transaction commits; no transaction of a writer lasts longer.
WINDOW = timedelta(minutes=10)
CHANGES_KEPT = timedelta(days=2)
MANY_CHANGES = 5_000  # from here on a new snapshot is better than a larger overlay


@contextmanager
def build_lock(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold the lock of all builders, freed by a crash too; yields False if it is taken and `wait` is off."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def build(folder: Path | None = None) -> storage.Manifest:
    """Read the whole catalogue, write a new snapshot and make it current; waits for a build that is running."""
    folder = folder or settings.INDEX_DIR
    with build_lock(folder):
        return _build(folder)


def ensure(folder: Path | None = None) -> storage.Snapshot:
    """Open the current snapshot; build it first if there is none or it is damaged, while others wait."""
    folder = folder or settings.INDEX_DIR
    try:
        return storage.open_current(folder)
    except (storage.SnapshotMissing, storage.SnapshotDamaged):
        pass
    with build_lock(folder):
        try:
            return storage.open_current(folder)
        except storage.SnapshotMissing:
            logger.info("There is no search index yet; building it")
        except storage.SnapshotDamaged as error:
            logger.error("The search index is damaged and is built again: %s", error)
        _build(folder)
        return storage.open_current(folder)


def build_if_due(folder: Path | None = None) -> storage.Manifest | None:
    """Build if there is no usable snapshot or much has changed; return None if not, or if another process is at it."""
    folder = folder or settings.INDEX_DIR
    with build_lock(folder, wait=False) as held:
        return _build(folder) if held and due(folder) else None


def due(folder: Path | None = None) -> bool:
    """Tell whether a new snapshot should be built."""
    try:
        snapshot = storage.open_current(folder or settings.INDEX_DIR)
    except (storage.SnapshotMissing, storage.SnapshotDamaged):
        return True
    return is_stale(pending(snapshot))


def is_stale(changes: int) -> bool:
    """Tell whether a snapshot with so many changes since should be replaced.

    Fewer than none: those it holds are not in the database, so it was built from another one.
    """
    return changes >= MANY_CHANGES or changes < 0


def pending(snapshot: storage.Snapshot) -> int:
    """Return how many changes there are that the snapshot does not hold."""
    since = datetime.fromisoformat(snapshot.manifest.since)
    return IndexChange.objects.filter(at__gte=since).count() - len(snapshot.covered)


def _build(folder: Path) -> storage.Manifest:
    """Build with the lock held.

    Rows are read without a transaction, which would keep every writer waiting: what changes meanwhile has an
    IndexChange that is not among `covered`, so the overlay reads it again.
    """
    started, clock = timezone.now(), time.monotonic()
    storage.tidy(folder)
    since = started - WINDOW
    covered = np.array(
        IndexChange.objects.filter(at__gte=since).order_by("pk").values_list("pk", flat=True), dtype=np.int64
    )
    documents: list[Document] = [document for model in MODELS for document in read(model)]
    segment = make_segment(documents)
    manifest = storage.write(
        folder, segment, covered=covered, since=since, built_at=started, seconds=time.monotonic() - clock
    )
    storage.tidy(folder)
    IndexChange.objects.filter(at__lt=since - CHANGES_KEPT).delete()
    logger.info("Built search index %s: %s documents in %.1f s", manifest.name, len(segment), manifest.seconds)
    return manifest
