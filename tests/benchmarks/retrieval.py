"""Speed of the catalogue search, on whatever catalogue this installation holds."""

from __future__ import annotations

import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from assistant.retrieval import snapshots, storage, view
from assistant.retrieval.search import search
from integrations.base import Filters
from integrations.models import City, Location, Merchant, Offer

SEED = 3
NAMES = 40  # of each model, in each language


def run(rounds: int = 5) -> dict[str, Any]:
    """Return milliseconds of `rounds` times about 400 searches, of opening the snapshot, and seconds of a build."""
    snapshot = view.current(fresh=True).snapshot
    if not sum(snapshot.manifest.documents.values()):
        raise CommandError("The catalogue is empty; run: manage.py load_demo")
    search("热身")
    opened = _milliseconds(lambda: storage.open_current(settings.INDEX_DIR))
    questions = _questions()
    times = sorted(
        _milliseconds(lambda q=question: search(q[0], q[1], now=timezone.localtime()))
        for _ in range(rounds)
        for question in questions
    )
    figures = {
        "documents": sum(snapshot.manifest.documents.values()),
        "terms": len(snapshot.segment.postings.keys),
        "megabytes_on_disk": round(sum(size for size, _ in snapshot.manifest.files.values()) / 1e6, 1),
        "open_ms": round(opened, 2),
        "searches": len(times),
        "p50_ms": round(statistics.median(times), 2),
        "p90_ms": round(times[int(len(times) * 0.9)], 2),
        "p99_ms": round(times[int(len(times) * 0.99)], 2),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    with tempfile.TemporaryDirectory() as folder:
        figures["build_s"] = snapshots.build(Path(folder)).seconds
    return figures


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - started)


def _questions() -> list[tuple[str, Filters]]:
    """Return names out of the catalogue in both languages, some cut short, each with other filters."""
    random_ = random.Random(SEED)
    cities = list(City.objects.order_by("pk"))
    names = []
    for model in (Offer, Merchant, Location):
        rows = list(model.objects.order_by("pk").values_list("name_zh", "name_en"))
        for chinese, english in random_.sample(rows, min(NAMES, len(rows))):
            names += [chinese, english, chinese[-2:], english.split()[-1]]
    return [(name, _filters(number, random_.choice(cities))) for number, name in enumerate(names)]


def _filters(number: int, city: City) -> Filters:
    point = (city.lat, city.lng)
    kinds = [
        Filters(),
        Filters(model="offer", city=city.pk),
        Filters(model="offer", delivers_to=point, max_price=Decimal(60), max_spice=0, without=("pork",)),
        Filters(model="merchant", near=point, km=5, open_at=timezone.now(), min_rating=4.0),
    ]
    return kinds[number % len(kinds)]
