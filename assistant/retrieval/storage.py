"""Snapshots as folders: written aside, checked by a manifest, made current by swapping one small file."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from dataclasses import asdict, astuple, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from assistant.retrieval.columns import Array, Columns, Tables
from assistant.retrieval.dense import Projection, open_vectors, save_vectors
from assistant.retrieval.lexical import Postings
from assistant.retrieval.names import Names
from assistant.retrieval.segment import Segment
from assistant.retrieval.text import fingerprint
from assistant.retrieval.values import Value, Values

FORMAT = 2
KEPT = 2  # snapshots kept, so that a reader that has just read the pointer still finds its folder
POINTER = "CURRENT"
MANIFEST = "manifest.json"
VECTORS = "vectors.faiss"
DRAFT = ".draft-"

Part = TypeVar("Part", Columns, Postings, Projection, Values)


class SnapshotMissing(Exception):
    """There is no snapshot yet."""


class SnapshotDamaged(Exception):
    """A snapshot cannot be used; the message names what is wrong with which file."""


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds and covers."""

    format: int
    analysis: str  # text.fingerprint() of what built it
    name: str
    built_at: str  # ISO 8601
    since: str  # changes from here on are looked at by the overlay
    seconds: float  # that the build took
    documents: dict[str, int]  # by model
    parts: dict[str, Any]  # what is no array
    files: dict[str, tuple[int, str]]  # name -> bytes, SHA-256


@dataclass(frozen=True)
class Snapshot:
    """An open snapshot."""

    manifest: Manifest
    segment: Segment
    covered: Array  # int64, ids of IndexChange rows after `since` that the build has seen


def write(
    folder: Path, segment: Segment, *, covered: Array, since: datetime, built_at: datetime, seconds: float
) -> Manifest:
    """Write `segment` as a new snapshot and make it current. Until the last step nothing changes for readers."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{built_at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    draft = folder / f"{DRAFT}{name}"
    draft.mkdir()
    for part in ("columns", "postings", "projection", "values"):
        for field, values in _arrays(getattr(segment, part)).items():
            np.save(draft / f"{part}.{field}.npy", values)
    np.save(draft / "covered.npy", covered)
    save_vectors(segment.vectors, str(draft / VECTORS))
    manifest = Manifest(
        format=FORMAT,
        analysis=fingerprint(),
        name=name,
        built_at=built_at.isoformat(),
        since=since.isoformat(),
        seconds=round(seconds, 2),
        documents=segment.columns.counts(),
        parts={
            "tables": asdict(segment.columns.tables),
            "names": asdict(segment.names),
            "values": [astuple(value) for value in segment.values.values],
            "postings": {"average": segment.postings.average, "unseen": segment.postings.unseen},
            "projection": {"size": segment.projection.size},
        },
        files={path.name: (path.stat().st_size, _sha256(path)) for path in sorted(draft.iterdir())},
    )
    (draft / MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False), encoding="utf-8")
    for path in draft.iterdir():
        _flush(path)
    draft.rename(folder / name)
    _point(folder, name)
    return manifest


def _point(folder: Path, name: str) -> None:
    pointer = folder / f"{DRAFT}{POINTER}"
    pointer.write_text(f"{name} {_sha256(folder / name / MANIFEST)}\n", encoding="ascii")
    _flush(pointer)
    pointer.replace(folder / POINTER)
    _flush(folder)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def tidy(folder: Path) -> None:
    """Remove what a crashed build left behind and all but the newest snapshots. Call it with the build lock held."""
    for path in folder.glob(f"{DRAFT}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    try:
        current = pointer(folder)
    except SnapshotDamaged:
        current = None
    manifests = sorted(folder.glob(f"*/{MANIFEST}"), key=lambda path: path.stat().st_mtime_ns)
    for path in manifests[:-KEPT]:
        if current is None or path.parent.name != current[0]:
            shutil.rmtree(path.parent, ignore_errors=True)


def pointer(folder: Path) -> tuple[str, str] | None:
    """Return the name of the current snapshot and the checksum of its manifest, or None where there is none."""
    try:
        words = (folder / POINTER).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise SnapshotDamaged(f"{POINTER} is not readable") from error
    if len(words) != 2 or Path(words[0]).name != words[0]:
        raise SnapshotDamaged(f"{POINTER} does not name a snapshot")
    return words[0], words[1]


def stamp(folder: Path) -> tuple[int, int, int] | None:
    """Return what tells one state of the pointer from another, cheaply."""
    try:
        status = (folder / POINTER).stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def open_current(folder: Path) -> Snapshot:
    """Memory-map the current snapshot; raise `SnapshotMissing` or `SnapshotDamaged`."""
    for _ in range(3):  # the folder may be replaced and removed between the two steps
        found = pointer(folder)
        if found is None:
            raise SnapshotMissing(f"There is no search index in {folder}")
        try:
            return _open(folder / found[0], found[1])
        except FileNotFoundError as error:
            if pointer(folder) == found:
                raise SnapshotDamaged(f"{found[0]}: {Path(str(error.filename)).name} is missing") from error
    raise SnapshotDamaged("the snapshot is replaced faster than it can be opened")


def _open(folder: Path, checksum: str) -> Snapshot:
    manifest = read_manifest(folder, checksum)
    for name, (size, _) in manifest.files.items():
        if (folder / name).stat().st_size != size:
            raise SnapshotDamaged(f"{folder.name}: {name} has {(folder / name).stat().st_size} bytes instead of {size}")
    parts = manifest.parts
    try:
        columns = _load(folder, "columns", Columns, tables=Tables(**parts["tables"]))
        projection = _load(folder, "projection", Projection, **parts["projection"])
        segment = Segment(
            columns=columns,
            postings=_load(folder, "postings", Postings, **parts["postings"]),
            projection=projection,
            vectors=open_vectors(str(folder / VECTORS), len(columns), projection.size),
            names=Names(**parts["names"]),
            values=_load(folder, "values", Values, values=[Value(*value) for value in parts["values"]]),
        )
        return Snapshot(manifest, segment, np.load(folder / "covered.npy"))
    except ValueError as error:
        raise SnapshotDamaged(f"{folder.name}: {error}") from error


def read_manifest(folder: Path, checksum: str) -> Manifest:
    """Return the manifest of a snapshot; raise `SnapshotDamaged` if it is not the one that was written."""
    content = (folder / MANIFEST).read_bytes()
    if hashlib.sha256(content).hexdigest() != checksum:
        raise SnapshotDamaged(f"{folder.name}: {MANIFEST} has changed since it was written")
    written = json.loads(content)
    if written["format"] != FORMAT:
        raise SnapshotDamaged(f"{folder.name} has format {written['format']}; this version reads {FORMAT}")
    manifest = Manifest(**written)
    if manifest.analysis != fingerprint():
        raise SnapshotDamaged(f"{folder.name} was built with other word lists than this version has")
    return manifest


def damage(folder: Path) -> list[str]:
    """Compare every file of the current snapshot with its checksum; return what is wrong, one sentence each."""
    try:
        found = pointer(folder)
        if found is None:
            return ["There is no snapshot."]
        manifest = read_manifest(folder / found[0], found[1])
    except FileNotFoundError as error:
        return [f"{Path(str(error.filename)).name} is missing."]
    except SnapshotDamaged as error:
        return [f"{error}."]
    wrong = []
    for name, (size, checksum) in manifest.files.items():
        path = folder / manifest.name / name
        if not path.exists():
            wrong.append(f"{manifest.name}: {name} is missing.")
        elif path.stat().st_size != size or _sha256(path) != checksum:
            wrong.append(f"{manifest.name}: {name} is not what was written.")
    return wrong


def _arrays(part: Columns | Postings | Projection | Values) -> dict[str, Array]:
    return {field.name: getattr(part, field.name) for field in fields(part) if field.metadata.get("array", True)}


def _load(folder: Path, prefix: str, part: type[Part], **rest: Any) -> Part:
    for field in fields(part):
        if field.metadata.get("array", True):
            rest[field.name] = _map(folder / f"{prefix}.{field.name}.npy")
    return part(**rest)


def _map(path: Path) -> Array:
    values: Array = np.load(path, mmap_mode="r", allow_pickle=False)
    return values.view(np.ndarray)  # a plain view of the mapped file: memmap's own slicing costs microseconds each


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
