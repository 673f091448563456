"""From nothing to a ready engine, in a thread: fetch the model, load it, compute the prefixes; again until it works."""

from __future__ import annotations

import logging
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from assistant.engines import download, models, prefixes
from assistant.engines.base import Engine, EngineError, Health
from assistant.engines.fake import FakeEngine
from assistant.engines.llama_cpp import LlamaCppEngine
from assistant.engines.models import Model

logger = logging.getLogger(__name__)
BACKOFF = (5.0, 10.0, 30.0, 60.0)  # seconds before each attempt in a row
LOOK_SECONDS = 5.0  # how often news among the prefixes are looked for


class Stopped(Exception):
    """The process is ending; what was fetched stays."""


class Preparing:
    """The state of one engine process's engine, from `missing` to `ready`."""

    def __init__(self, kind: str) -> None:
        """Raise `EngineError("bad_request")` for an engine that there is not."""
        if kind not in KINDS:
            raise EngineError(
                "bad_request",
                _("There is no engine “%(kind)s”. There are: %(kinds)s.") % {"kind": kind, "kinds": ", ".join(KINDS)},
            )
        self.kind = kind
        self.model = Path(settings.MODEL_FILE).stem if settings.MODEL_FILE else str(settings.MODEL_NAME)
        self.engine: Engine | None = None
        self._opening = KINDS[kind]
        self._health = Health(engine=kind, model=self.model)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="preparing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Stop fetching or trying again."""
        self._stop.set()

    def health(self) -> Health:
        """Return how far it is, and the engine's own health once there is one."""
        if self.engine is None:
            return self._health.model_copy(update={"at": time.time()})
        health = self.engine.health().model_copy(update={"model": self.model})
        if health.state == "ready" and self._health.state == "warming":
            return health.model_copy(update={"state": "warming", "detail": self._health.detail})
        return health

    def report(self, **changes: Any) -> None:
        """Change the health; raise `Stopped` when the process is ending."""
        if self._stop.is_set():
            raise Stopped
        self._health = self._health.model_copy(update={"detail": "", **changes})

    def wait(self, seconds: float) -> None:
        """Wait; raise `Stopped` when the process is ending."""
        if self._stop.wait(seconds):
            raise Stopped

    def _run(self) -> None:
        try:
            self._open()
            self._opening.follow(self)
        except Stopped:
            logger.info("stopped while preparing")

    def _open(self) -> None:
        failures = 0
        while self.engine is None:
            try:
                self._opening.open(self)
            except EngineError as error:
                pause = BACKOFF[min(failures, len(BACKOFF) - 1)]
                failures += 1
                logger.error("the engine cannot start, next attempt in %g s: %s", pause, error)
                self.report(state="failed", detail=error.detail)
                self.wait(pause)


class Opening:
    """How one kind of engine comes to be."""

    def open(self, preparing: Preparing) -> None:
        """Set `preparing.engine`; raise `EngineError`."""
        raise NotImplementedError

    def follow(self, preparing: Preparing) -> None:
        """Do what remains once the engine is there, for as long as the process lives."""


class OpenFake(Opening):
    """The engine of tests and demonstrations."""

    def open(self, preparing: Preparing) -> None:
        """Be ready at once."""
        preparing.report(state="ready")
        preparing.engine = FakeEngine()


class OpenLlamaCpp(Opening):
    """llama.cpp with a GGUF file: that of `MODEL_FILE`, or one of the catalogue, fetched when it is not there."""

    def open(self, preparing: Preparing) -> None:
        """Fetch and load."""
        path = models.own_file()
        model = None if path else models.get(settings.MODEL_NAME)
        if model is not None:
            path = model.path
            if not model.present:
                self._fetch(preparing, model)
        assert path is not None
        preparing.report(state="loading")
        try:
            engine = LlamaCppEngine(path, name=preparing.model)
        except EngineError as error:
            if error.kind == "bad_model" and model is not None:
                _set_aside_if_damaged(model)
            raise
        preparing.report(state="warming", loaded=True)
        preparing.engine = engine

    def follow(self, preparing: Preparing) -> None:
        """Compute the prefixes, be ready, and compute those that are registered later."""
        engine = preparing.engine
        assert isinstance(engine, LlamaCppEngine)
        warmed: object = None
        while True:
            stamp = prefixes.stamp()
            if stamp != warmed:
                state = "warming" if warmed is None else "ready"  # what is registered later does not close the shop
                engine.warm(partial(self._warming, preparing, state))
                preparing.report(state="ready")
                warmed = stamp
            preparing.wait(LOOK_SECONDS)

    def _warming(self, preparing: Preparing, state: str, done: int, every: int) -> None:
        preparing.report(state=state, detail=_("Prompts prepared: %(done)d of %(all)d") % {"done": done, "all": every})

    def _fetch(self, preparing: Preparing, model: Model) -> None:
        preparing.report(state="downloading", size=model.bytes, downloaded=download.partial_size(model))
        download.fetch(model, lambda size: preparing.report(state="downloading", downloaded=size))


def _set_aside_if_damaged(model: Model) -> None:
    """Rename a file of the catalogue whose bytes are wrong, so that the next attempt fetches it again."""
    if model.present and download.digest(model.path) == model.sha256:
        return
    damaged = model.path.with_name(f"{model.file}.damaged")
    model.path.replace(damaged)
    logger.error("the model file was damaged and is now %s", damaged)


KINDS: dict[str, Opening] = {"llama_cpp": OpenLlamaCpp(), "fake": OpenFake()}
