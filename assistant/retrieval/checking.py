"""Proof that the index and the database agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.retrieval import snapshots, storage
from assistant.retrieval.documents import MODELS, read
from assistant.retrieval.overlay import Overlay
from assistant.retrieval.segment import Segment

SHOWN = 5  # rows named of each kind of disagreement


def problems(folder: Path) -> list[str]:
    """Compare every file with its checksum, and every row of the database with what a search would use of it (snapshot
    and changes since); return what is wrong, one sentence each.
    """
    found = storage.damage(folder)
    if found:
        return found
    try:
        overlay = Overlay(storage.open_current(folder))
    except storage.SnapshotDamaged as error:
        return [f"{error}."]
    overlay.refresh()
    return [sentence for model in MODELS for sentence in _compare(model, overlay)]


def _compare(model: str, overlay: Overlay) -> Iterator[str]:
    stored = {document.row: document.digest for document in read(model)}
    indexed = dict(_digests(model, overlay))
    missing = [row for row in stored if row not in indexed]
    extra = [row for row in indexed if row not in stored]
    differing = [row for row, digest in stored.items() if indexed.get(row, digest) != digest]
    for rows, what in (
        (missing, "in the database but not in the index"),
        (extra, "in the index but not in the database"),
        (differing, "not the same in the index as in the database"),
    ):
        if rows:
            names = ", ".join(str(row) for row in sorted(rows)[:SHOWN]) + (", ..." if len(rows) > SHOWN else "")
            yield f"{len(rows)} {model} rows are {what}: {names}."


def _digests(model: str, overlay: Overlay) -> Iterator[tuple[int, int]]:
    for segment, alive in overlay.parts.segments():
        for place in _places(model, segment):
            if alive is None or alive[place]:
                yield int(segment.columns.row[place]), int(segment.columns.digest[place])


def _places(model: str, segment: Segment) -> Iterator[int]:
    number = MODELS.index(model)
    yield from (place for place in range(len(segment)) if segment.columns.model[place] == number)


def summary(folder: Path) -> dict[str, object]:
    """Return what there is to know about the current snapshot; raise `SnapshotMissing` or `SnapshotDamaged`."""
    snapshot = storage.open_current(folder)
    manifest = snapshot.manifest
    return {
        "snapshot": manifest.name,
        "built_at": manifest.built_at,
        "build_seconds": manifest.seconds,
        "documents": manifest.documents,
        "terms": len(snapshot.segment.postings.keys),
        "dimensions": snapshot.segment.projection.size,
        "bytes": sum(size for size, _ in manifest.files.values()),
        "changes_since": snapshots.pending(snapshot),
    }
