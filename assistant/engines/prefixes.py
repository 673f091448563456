"""Fixed beginnings of prompts, computed before the engine says it is ready and kept on disk across restarts.

Whoever builds prompts registers the messages that never change under a cache key. A request that carries the key and
begins with exactly those messages (and tools) then costs only its own tail.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from assistant.engines.base import Request

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True)
class Prefix:
    """A registered beginning."""

    cache_key: str
    messages: list[dict[str, Any]]
    tools: list[dict[str, Any]]

    def begins(self, request: Request) -> bool:
        """Tell whether a request begins with it."""
        return request.messages[: len(self.messages)] == self.messages and request.tools == self.tools


def folder() -> Path:
    """Return the folder of the prefixes and of their computed states, readable by its owner only."""
    path = Path(settings.DATA_DIR) / "engine" / "prefixes"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def register(cache_key: str, messages: Sequence[dict[str, Any]], tools: Sequence[dict[str, Any]] = ()) -> bool:
    """Keep `messages` as the fixed beginning under `cache_key`; return whether that is news.

    The messages must hold nothing personal: their computed state is kept on disk. A running engine takes news up while
    it is idle. Raise `ValueError` for a key that is no plain name.
    """
    path = _path(cache_key)
    text = json.dumps({"messages": list(messages), "tools": list(tools)}, ensure_ascii=False, sort_keys=True)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return True


def get(cache_key: str) -> Prefix | None:
    """Return what is registered under a key; None if nothing readable is."""
    if not cache_key or not KEY.fullmatch(cache_key):
        return None
    try:
        stored = json.loads(_path(cache_key).read_text(encoding="utf-8"))
        return Prefix(cache_key, stored["messages"], stored["tools"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def registered() -> Iterator[Prefix]:
    """Yield every registered prefix, by key."""
    for path in sorted(folder().glob("*.json")):
        prefix = get(path.stem)
        if prefix is not None:
            yield prefix


def stamp() -> tuple[tuple[str, int], ...]:
    """Return a value that changes whenever a prefix does."""
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder().glob("*.json")))


def _path(cache_key: str) -> Path:
    if not KEY.fullmatch(cache_key):
        raise ValueError(f"not a cache key: {cache_key!r}")
    return folder() / f"{cache_key}.json"
