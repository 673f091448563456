"""How tools did in the last 24 hours."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from integrations.models import Call

LOOKED_AT = 20_000  # the latest calls


@dataclass
class Usage:
    """Calls of a tool, scenario or provider."""

    times: list[float] = field(default_factory=list)  # milliseconds
    failed: int = 0
    error: str = ""  # the latest one

    @property
    def count(self) -> int:
        """How many calls."""
        return len(self.times)

    @property
    def success(self) -> float:
        """Which share went well, percent."""
        return 100 * (self.count - self.failed) / self.count if self.count else 0.0

    @property
    def p50(self) -> float:
        """Half of the calls took no longer, milliseconds."""
        return self._rank(50)

    @property
    def p95(self) -> float:
        """19 of 20 calls took no longer, milliseconds."""
        return self._rank(95)

    def _rank(self, percent: int) -> float:
        ordered = sorted(self.times)
        return ordered[max(-(-len(ordered) * percent // 100), 1) - 1] if ordered else 0.0

    def add(self, milliseconds: int, ok: bool, error: str) -> None:
        """Count a call; the latest come first."""
        self.times.append(float(milliseconds))
        self.failed += not ok
        self.error = self.error or ("" if ok else error)


@dataclass(frozen=True)
class Day:
    """The calls of a day: by tool, by scenario, and by (scenario, provider)."""

    tools: dict[str, Usage]
    scenarios: dict[str, Usage]
    providers: dict[tuple[str, str], Usage]


def last_day(now: datetime) -> Day:
    """Return what was called in the last 24 hours (of the latest 20,000 calls); one query."""
    tools: dict[str, Usage] = defaultdict(Usage)
    scenarios: dict[str, Usage] = defaultdict(Usage)
    providers: dict[tuple[str, str], Usage] = defaultdict(Usage)
    calls = Call.objects.filter(at__gte=now - timedelta(days=1)).order_by("-at")
    fields = ("scenario", "tool", "provider", "milliseconds", "ok", "error")
    for scenario, tool, provider, milliseconds, ok, error in calls.values_list(*fields)[:LOOKED_AT]:
        for usage in (tools[tool], scenarios[scenario], providers[scenario, provider or "sandbox"]):
            usage.add(milliseconds, ok, error)
    return Day(tools, scenarios, providers)
