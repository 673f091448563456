"""Load the demo catalogue of `seeds/`: make new rows, update changed ones, delete dropped ones, in one transaction."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from integrations.models import City, IndexChange, Location, Merchant, Offer
from seeds.generate import generate
from seeds.rows import Row
from seeds.words import fingerprint

logger = logging.getLogger(__name__)

SOURCE = "demo"
BATCH = 2000
# What an installation changes as it runs: set when a row is made, kept when it is loaded again.
LIVE = {"is_active", "stock", "sold"}
Progress = Callable[[str], None]
Entries = type[Location] | type[Merchant] | type[Offer]


def load_demo(progress: Progress | None = None, *, if_needed: bool = False) -> dict[str, int]:
    """Bring the demo rows to what `seeds/` makes; rows of other sources are left alone.

    Returns counts: the demo rows of each model, and how many rows were written and deleted. `progress` is told in a
    word what is being loaded. `if_needed`: nothing is done where these seeds were loaded before and no row is missing.
    """
    if if_needed and _is_current():
        return _counts() | {"written": 0, "deleted": 0}
    tell = progress or (lambda text: None)
    tell("generate")
    catalogue = generate()
    with transaction.atomic():
        # What is sold goes before who sells it, so that every row that goes is told to the index.
        deleted = _delete_others(Offer, catalogue.offers)
        deleted += _delete_others(Merchant, catalogue.merchants)
        deleted += _delete_others(Location, catalogue.locations)
        tell("locations")
        cities = _load_cities(catalogue.cities)
        written = _load_locations(catalogue.locations, cities)
        tell("merchants")
        written += _load_merchants(catalogue.merchants, cities)
        tell("offers")
        written += _load_offers(catalogue.offers)
        counts = _counts()
    _state_file().write_text(json.dumps(_state(counts)), encoding="utf-8")
    logger.info("demo catalogue: %s rows written, %s deleted", written, deleted)
    return counts | {"written": written, "deleted": deleted}


def _state_file() -> Path:
    return Path(settings.DATA_DIR) / "demo_catalogue.json"


def _state(counts: dict[str, int]) -> dict[str, Any]:
    database = {key: str(connection.settings_dict[key]) for key in ("ENGINE", "HOST", "PORT", "NAME")}
    return {"seeds": fingerprint(), "database": database, "counts": counts}


def _is_current() -> bool:
    path = _state_file()
    if not path.exists():
        return False
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError:
        return False  # half written: load again
    return bool(stored == _state(_counts()))


def _counts() -> dict[str, int]:
    kinds: dict[str, Entries] = {"locations": Location, "merchants": Merchant, "offers": Offer}
    return {name: model.objects.filter(source=SOURCE).count() for name, model in kinds.items()}


def _ids(model: Entries) -> dict[str, int]:
    return dict(model.objects.filter(source=SOURCE).values_list("external_id", "pk"))


def _load_cities(rows: Iterable[Row]) -> dict[str, int]:
    return {row["slug"]: City.objects.update_or_create(slug=row["slug"], defaults=row)[0].pk for row in rows}


def _load_locations(rows: list[Row], cities: dict[str, int]) -> int:
    """Load the districts first: the others point to them."""
    inside = {row["external_id"]: row.pop("district") for row in rows}
    for row in rows:
        row["city_id"] = cities[row.pop("city")]
    written = _write(Location, [row | {"district_id": None} for row in rows if row["kind"] == "district"])
    ids = _ids(Location)
    others = [row for row in rows if row["kind"] != "district"]
    return written + _write(Location, [row | {"district_id": ids.get(inside[row["external_id"]])} for row in others])


def _load_merchants(rows: list[Row], cities: dict[str, int]) -> int:
    places = _ids(Location)
    for row in rows:
        row["city_id"] = cities[row.pop("city")]
        row["district_id"] = places.get(row.pop("district"))
        row["near_id"] = places.get(row.pop("near"))
    return _write(Merchant, rows)


def _load_offers(rows: list[Row]) -> int:
    merchants = _ids(Merchant)
    for row in rows:
        row["merchant_id"] = merchants[row.pop("merchant")]
    return _write(Offer, rows)


def _write(model: Entries, rows: list[Row]) -> int:
    """Insert new rows and update changed ones; return how many those were."""
    if not rows:
        return 0
    names = sorted({name for row in rows for name in row} - {"external_id"})
    kept = [name for name in names if name not in LIVE]
    for row in rows:
        _parse(model, row)
    blank = {name: _default(model, name) for name in names}
    rows = [blank | row for row in rows]
    stored = {
        values[0]: values[1:]
        for values in model.objects.filter(source=SOURCE).values_list("external_id", *kept).iterator()
    }
    changed = [row for row in rows if stored.get(row["external_id"]) != tuple(row[name] for name in kept)]
    updated_at = timezone.now()
    model.objects.bulk_create(
        [cast(Any, model)(source=SOURCE, updated_at=updated_at, **row) for row in changed],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["source", "external_id"],
        update_fields=[*(model._meta.get_field(name).name for name in kept), "updated_at"],
    )
    wanted = {row["external_id"] for row in changed}
    _note(model, [pk for key, pk in _ids(model).items() if key in wanted])
    return len(changed)


def _default(model: Entries, name: str) -> Any:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field.get_default()


def _parse(model: Entries, row: Row) -> None:
    """Turn the decimals of a row, which are texts, into Decimal."""
    for name, value in row.items():
        if isinstance(value, str) and isinstance(model._meta.get_field(name), models.DecimalField):
            row[name] = Decimal(value)


def _delete_others(model: Entries, rows: Iterable[Row]) -> int:
    wanted = {row["external_id"] for row in rows}
    gone = [pk for key, pk in _ids(model).items() if key not in wanted]
    for start in range(0, len(gone), BATCH):
        model.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    _note(model, gone, deleted=True)
    return len(gone)


def _note(model: Entries, ids: Sequence[int], *, deleted: bool = False) -> None:
    name = model._meta.model_name or ""
    IndexChange.objects.bulk_create([IndexChange(model=name, row=pk, deleted=deleted) for pk in ids], batch_size=BATCH)
