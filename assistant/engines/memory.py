"""How much memory a model needs, and how much there is: refusing beats being killed."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from assistant.engines.base import EngineError
from assistant.engines.gguf import Head

OVERHEAD = 400 << 20  # bytes of buffers and of the process itself, measured
MEMINFO = Path("/proc/meminfo")
CGROUP = Path("/sys/fs/cgroup")


def available() -> int | None:
    """Return the bytes that can still be used; None where the system does not say."""
    try:
        lines = dict(line.split(":", 1) for line in MEMINFO.read_text().splitlines())
        free = int(lines["MemAvailable"].split()[0]) << 10
    except (OSError, KeyError, ValueError):
        return None
    try:
        limit = int((CGROUP / "memory.max").read_text())  # "max" when there is none
        used = int((CGROUP / "memory.current").read_text())
        cached = next(
            int(line.split()[1])
            for line in (CGROUP / "memory.stat").read_text().splitlines()
            if line.startswith("file ")
        )
    except (OSError, ValueError, StopIteration):
        return free
    return min(free, limit - used + cached)


def needed(file_bytes: int, head: Head, slots: int, context: int) -> int:
    """Return the bytes that a model takes: its weights, the keys and values of all slots, and the buffers."""
    return file_bytes + slots * context * head.cache_bytes_per_token + OVERHEAD


def check(need: int) -> None:
    """Raise `EngineError("out_of_memory")` with what to do if `need` bytes are not to be had."""
    have = available()
    if have is not None and need > have:
        raise EngineError(
            "out_of_memory",
            _(
                "The model needs %(need)d MB of memory and %(have)d MB are free. Set ENGINE_SLOTS or ENGINE_CONTEXT"
                " lower, choose a smaller model, or close other programs."
            )
            % {"need": need >> 20, "have": have >> 20},
        )
