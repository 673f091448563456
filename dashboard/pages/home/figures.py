"""The figures of a stretch of time: turns, how long they took, orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDay, TruncHour
from django.utils import timezone

from assistant.models import Turn
from integrations.models import Order, Refund

SAMPLE = 2000  # the latest answers that the percentiles look at
TOOK = ExpressionWrapper(F("answered_at") - F("received_at"), output_field=DurationField())


@dataclass(frozen=True)
class Stretch:
    """A stretch of time up to `now`, cut into buckets of an hour (for one day) or a day."""

    days: int
    start: datetime
    now: datetime

    @classmethod
    def of(cls, days: int, now: datetime) -> Stretch:
        """Return the last `days` days, today included."""
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return cls(days, midnight - timedelta(days=days - 1), now)

    @property
    def bucket(self) -> timedelta:
        """How long a bucket is."""
        return timedelta(hours=1) if self.days == 1 else timedelta(days=1)

    @property
    def buckets(self) -> list[datetime]:
        """When the buckets begin, in local time."""
        count = 24 if self.days == 1 else self.days
        return [self.start + self.bucket * i for i in range(count)]

    @property
    def passed(self) -> int:
        """How many buckets have begun."""
        return sum(1 for begin in self.buckets if begin <= self.now)

    @property
    def before(self) -> Stretch:
        """The whole stretch of the same length before this one."""
        return Stretch(self.days, self.start - timedelta(days=self.days), self.start)


@dataclass(frozen=True)
class Bucket:
    """What happened in an hour or a day."""

    turns: int = 0
    failed: int = 0
    milliseconds: float = 0.0  # of an answer, on average
    engine: float = 0.0  # share of that time, 0..1


@dataclass(frozen=True)
class Turns:
    """Turns of a stretch."""

    buckets: list[Bucket]
    p50: float | None  # milliseconds
    p90: float | None

    @property
    def count(self) -> int:
        """How many."""
        return sum(bucket.turns for bucket in self.buckets)

    @property
    def failed(self) -> int:
        """How many failed."""
        return sum(bucket.failed for bucket in self.buckets)

    @property
    def engine(self) -> float:
        """Which share of the answering time the engine took, 0..1."""
        total = sum(bucket.milliseconds * bucket.turns for bucket in self.buckets)
        return sum(b.engine * b.milliseconds * b.turns for b in self.buckets) / total if total else 0.0


@dataclass(frozen=True)
class Orders:
    """Orders of a stretch."""

    buckets: list[int]
    sums: dict[str, Decimal]  # by currency
    states: dict[str, int]
    refunds: int

    @property
    def count(self) -> int:
        """How many."""
        return sum(self.buckets)


def turns(stretch: Stretch) -> Turns:
    """Return the figures of a stretch's turns; two queries."""
    within = Turn.objects.filter(received_at__gte=stretch.start, received_at__lt=stretch.now)
    truncated = TruncHour if stretch.days == 1 else TruncDay
    rows = within.annotate(bucket=truncated("received_at")).values("bucket").order_by()
    counted = {
        row["bucket"]: _bucket(row)
        for row in rows.annotate(
            turns=Count("id"),
            failed=Count("id", filter=Q(state=Turn.State.FAILED)),
            took=Avg(TOOK),
            engine=Sum("engine_ms"),
        )
    }
    times = sorted(
        took.total_seconds() * 1000
        for took in within.exclude(answered_at=None).order_by("-id").values_list(TOOK, flat=True)[:SAMPLE]
    )
    return Turns(
        [counted.get(begin, Bucket()) for begin in stretch.buckets], percentile(times, 50), percentile(times, 90)
    )


def _bucket(row: Mapping[str, Any]) -> Bucket:
    milliseconds = row["took"].total_seconds() * 1000 if row["took"] else 0.0
    whole = milliseconds * row["turns"]
    share = min((row["engine"] or 0) / whole, 1.0) if whole else 0.0
    return Bucket(row["turns"], row["failed"], milliseconds, share)


def orders(stretch: Stretch) -> Orders:
    """Return the figures of a stretch's orders; four queries."""
    within = Order.objects.filter(created_at__gte=stretch.start, created_at__lt=stretch.now)
    truncated = TruncHour if stretch.days == 1 else TruncDay
    rows = within.annotate(bucket=truncated("created_at")).values("bucket").order_by().annotate(n=Count("id"))
    counted = {row["bucket"]: row["n"] for row in rows}
    sums = within.values("currency").order_by("currency").annotate(total=Sum("total"))
    states = within.values("state").order_by().annotate(n=Count("id"))
    refunds = Refund.objects.filter(created_at__gte=stretch.start, created_at__lt=stretch.now).count()
    return Orders(
        [counted.get(begin, 0) for begin in stretch.buckets],
        {row["currency"]: row["total"] for row in sums},
        {row["state"]: row["n"] for row in states},
        refunds,
    )


def last_hour(now: datetime) -> list[int]:
    """Return the turns of the last hour in twelve buckets of five minutes."""
    begin = now - timedelta(hours=1)
    times = Turn.objects.filter(received_at__gte=begin, received_at__lt=now).values_list("received_at", flat=True)
    counted = Counter(int((at - begin).total_seconds() // 300) for at in times)
    return [counted[i] for i in range(12)]


def turns_by_now(stretch: Stretch) -> int:
    """Return how many turns the stretch before had at the same moment of it."""
    length = timedelta(days=stretch.days)
    return Turn.objects.filter(received_at__gte=stretch.start - length, received_at__lt=stretch.now - length).count()


def live() -> QuerySet[Turn]:
    """Return the turns that are being answered, oldest first."""
    return Turn.objects.filter(state__in=Turn.LIVE).order_by("received_at")


def percentile(ordered: list[float], percent: float) -> float | None:
    """Return a percentile of ordered values by the nearest rank; None where there are none."""
    if not ordered:
        return None
    rank = max(-(-len(ordered) * percent // 100), 1)
    return ordered[int(rank) - 1]
