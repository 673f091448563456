"""Which processes there are and how they are: heartbeats in Valkey, the store, the engine."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel, ValidationError
from redis import Redis, RedisError

from assistant.engines.base import Health
from assistant.tasks.heartbeat import PREFIX
from dashboard import moments
from integrations.models import Connection

logger = logging.getLogger(__name__)
LATE = 11  # seconds without a sign of life
NAMES = ("web", "worker", "clock", "relay", "engine")
STYLES = {"ok": "", "warn": "health--warn", "bad": "health--bad", "off": "health--off"}


class Beat(BaseModel):
    """A process's sign of life, renewed every few seconds under `banshi:process:<name>:<pid>`."""

    name: str
    pid: int
    since: datetime
    at: datetime


@dataclass(frozen=True)
class Process:
    """A line of the list. `state`: ok, warn, bad or off, always with a word."""

    name: str
    state: str
    word: str
    detail: str = ""
    figure: str = ""

    @property
    def style(self) -> str:
        """The badge's class."""
        return STYLES[self.state]


def beats(client: Redis) -> list[Beat]:
    """Return the signs of life; raise RedisError."""
    found = []
    keys = sorted(client.scan_iter(f"{PREFIX}*", count=200))
    for value in client.mget(keys) if keys else []:
        try:
            found.append(Beat.model_validate_json(value or ""))
        except ValidationError:  # it lapsed meanwhile, or is none of ours
            continue
    return found


def processes(found: Iterable[Beat], health: Health, now: datetime) -> list[Process]:
    """Return how each process is, from its signs of life."""
    by_name = defaultdict(list)
    for beat in found:
        by_name[beat.name].append(beat)
    listed = [_process(name, by_name[name], now) for name in NAMES]
    return [_engine(process, health) if process.name == "engine" else process for process in listed]


def _process(name: str, own: list[Beat], now: datetime) -> Process:
    if not own:
        if name == "relay" and not _relay_needed():
            return Process(name, "off", _("not needed"), _("no channel is held open"))
        return Process(name, "bad", _("not running"), _("no sign of life"))
    oldest = min(beat.since for beat in own)
    silent = (now - max(beat.at for beat in own)).total_seconds()
    figure = moments.span(now - oldest)
    many = ngettext("%(n)d process", "%(n)d processes", len(own)) % {"n": len(own)} if len(own) > 1 else ""
    if silent > LATE:
        return Process(name, "warn", _("late"), _("last heard of %(n)d s ago") % {"n": silent}, figure)
    return Process(name, "ok", _("running"), many, figure)


def _relay_needed() -> bool:
    polled = Connection.objects.filter(kind="telegram", enabled=True).exclude(config__mode="webhook")
    return polled.exists()


def _engine(process: Process, health: Health) -> Process:
    """Return the engine's line: what it says of itself counts for more than its sign of life."""
    if health.state == "missing" or (health.state == "ready" and process.state != "bad"):
        return process
    state, word = engine_word(health)
    return Process("engine", state, word, health.detail or health.model, process.figure)


def engine_word(health: Health) -> tuple[str, str]:
    """Return the badge's state and word for an engine's health."""
    if health.state == "downloading" and health.size:
        return "warn", _("downloading, %(n)d%%") % {"n": 100 * health.downloaded // health.size}
    return {
        "missing": ("off", _("not running")),
        "downloading": ("warn", _("downloading")),
        "loading": ("warn", _("loading")),
        "warming": ("warn", _("warming up")),
        "ready": ("ok", _("ready")),
        "failed": ("bad", _("failed")),
    }[health.state]


def valkey(client: Redis) -> Process:
    """Return how the queue store is."""
    try:
        info: dict[str, Any] = client.info()
    except RedisError as error:
        logger.warning("valkey does not answer: %s", type(error).__name__)
        return Process("valkey", "bad", _("no answer"), _("nothing is lost; work goes on when it is back"))
    memory = filesizeformat(info.get("used_memory", 0))
    clients = info.get("connected_clients", 0)
    return Process(
        "valkey",
        "ok",
        _("running"),
        ngettext("%(n)d connection", "%(n)d connections", clients) % {"n": clients},
        memory,
    )


def database() -> Process:
    """Return how the database is."""
    try:
        with connection.cursor() as cursor:
            size = _size(cursor)
    except DatabaseError as error:
        logger.warning("the database does not answer: %s", type(error).__name__)
        return Process("database", "bad", _("no answer"), connection.display_name)
    return Process("database", "ok", _("running"), connection.display_name, filesizeformat(size))


def _size(cursor: Any) -> int:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
    cursor.execute("SELECT 1")
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    return file.stat().st_size if file.exists() else 0


def unknown() -> list[Process]:
    """Return the processes where Valkey does not answer: whether they live is not known then."""
    return [Process(name, "off", _("not known"), _("Valkey does not answer")) for name in NAMES]
