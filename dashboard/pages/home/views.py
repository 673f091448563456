"""The home page: what runs, what waits, what was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from redis import Redis, RedisError

from assistant.engines import client as engine
from assistant.engines.base import Health
from assistant.models import Turn
from dashboard import charts, summaries
from dashboard.access import StaffRequest, staff_only
from dashboard.pages.home import attention, figures, processes, queues

STRETCHES = (1, 7, 30)
LATEST = 8
SPARK = {"width": 120, "height": 28}
PLOT = {"width": 600, "height": 180}


@dataclass(frozen=True)
class Chart:
    """The large drawing: this stretch and the one before."""

    now: charts.Drawing
    before: charts.Drawing
    marks: list[int]
    ends: list[tuple[float, str]] = field(default_factory=list)  # percent from the left, label


@staff_only
def home(request: StaffRequest) -> HttpResponse:
    """Show the page, or (by HTMX) its live part."""
    chosen = request.GET.get("days", "1")
    if chosen not in {str(days) for days in STRETCHES}:
        raise BadRequest(_("Choose today, 7 days or 30 days."))
    context = {"place": "home", "days": int(chosen), **_live(int(chosen))}
    return render(request, "dashboard/home/_live.html" if request.htmx else "dashboard/home/home.html", context)


def _live(days: int) -> dict[str, Any]:
    now = timezone.now()
    health = engine.health()
    listed, waiting, unsent = _machinery(health), queues.queues(now), queues.unsent()
    stretch = figures.Stretch.of(days, now)
    turns, before, orders = figures.turns(stretch), figures.turns(stretch.before), figures.orders(stretch)
    latest = summaries.lines(summaries.with_parts(Turn.objects.order_by("-id"))[:LATEST])
    live = figures.live()
    oldest = live.first()
    recent = figures.last_hour(now)
    return {
        "notices": attention.notices(health, listed, unsent),
        "stretch": stretch,
        "turns": turns,
        "growth": _growth(turns.count, figures.turns_by_now(stretch)),
        "live": live.count(),
        "oldest": (now - oldest.received_at).total_seconds() * 1000 if oldest else None,
        "recent": sum(recent),
        "answered": 100 * (1 - turns.failed / turns.count) if turns.count else None,
        "engine_share": 100 * turns.engine,
        "orders": orders,
        "sparks": _sparks(stretch, turns, orders, recent),
        "chart": _chart(stretch, turns, before),
        "latest": latest,
        "health": health,
        "engine_word": processes.engine_word(health),
        "queues": waiting,
        "unsent": unsent,
        "processes": listed,
    }


def _machinery(health: Health) -> list[processes.Process]:
    with Redis.from_url(settings.VALKEY_URL, socket_timeout=2, socket_connect_timeout=2) as client:
        store = processes.valkey(client)
        try:
            listed = processes.processes(processes.beats(client), health, timezone.now())
        except RedisError:
            listed = processes.unknown()
    return [*listed, store, processes.database()]


def _growth(count: int, before: int) -> int | None:
    return round(100 * (count - before) / before) if before else None


def _sparks(
    stretch: figures.Stretch, turns: figures.Turns, orders: figures.Orders, recent: list[int]
) -> dict[str, charts.Drawing]:
    begun = turns.buckets[: stretch.passed]
    series: dict[str, list[float]] = {
        "turns": [bucket.turns for bucket in begun],
        "recent": [float(n) for n in recent],
        "took": [bucket.milliseconds for bucket in begun],
        "answered": [1 - bucket.failed / bucket.turns if bucket.turns else 1 for bucket in begun],
        "engine": [bucket.engine for bucket in begun],
        "orders": [float(n) for n in orders.buckets[: stretch.passed]],
    }
    return {name: charts.draw(values, **SPARK) for name, values in series.items()}


def _chart(stretch: figures.Stretch, turns: figures.Turns, before: figures.Turns) -> Chart:
    now = [float(bucket.turns) for bucket in turns.buckets[: stretch.passed]]
    then = [float(bucket.turns) for bucket in before.buckets]
    marks = charts.scale(max([*now, *then, 1.0]))
    places, top = len(turns.buckets), float(marks[0])
    every = max(places // 6, 2)
    ends = [(100 * i / (places - 1), stretch.buckets[i]) for i in range(0, places, every)]
    return Chart(
        charts.draw(now, top=top, places=places, **PLOT),
        charts.draw(then, top=top, places=places, **PLOT),
        marks,
        [(left, f"{at:%H:%M}" if stretch.days == 1 else f"{at.month}/{at.day}") for left, at in ends],
    )
