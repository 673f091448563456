"""Search the catalogue."""

from __future__ import annotations

import json
import re
import time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assistant.retrieval import places, view
from assistant.retrieval.documents import MODELS
from assistant.retrieval.search import search
from integrations.base import Filters, Hit
from integrations.models import City, Location, Merchant, Offer

MAX_LIMIT = 200


def bad(message: str) -> CommandError:
    """Return the error for input that cannot be: one line, exit status 2."""
    return CommandError(message, returncode=2)


class Command(BaseCommand):
    """`manage.py search "文字"`."""

    help = "Search merchants, offers and locations in Chinese or English; without a text, browse the best."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options; their values are checked here, for one clear line each."""
        parser.add_argument("text", nargs="?", default="")
        parser.add_argument("--kind", help="merchant, offer, location, or a kind of them: restaurant, dish, metro, ...")
        parser.add_argument("--city", help="a city's name in Chinese or English")
        parser.add_argument("--near", help="LAT,LNG; a southern latitude needs the form --near=-33.87,151.21")
        parser.add_argument("--km", help="radius around --near")
        parser.add_argument("--max-price")
        parser.add_argument("--limit", default="10")
        parser.add_argument("--relax", action="store_true", help="where nothing fits, give up lesser filters")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search and print."""
        filters = make_filters(options)
        limit = _number(options["limit"], "--limit", largest=Decimal(MAX_LIMIT))
        if limit != limit.to_integral_value():
            raise bad("--limit must be a whole number.")
        started = time.perf_counter()
        hits = search(options["text"], filters, limit=int(limit), now=timezone.localtime(), relax=options["relax"])
        seconds = round(time.perf_counter() - started, 4)
        rows = described(hits)
        if options["json"]:
            found = {"text": options["text"], "count": len(rows), "seconds": seconds, "hits": rows}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for number, row in enumerate(rows, 1):
            self.stdout.write(f"{number:>3}. {line(row)}")
        self.stdout.write(f"{len(rows)} found in {seconds * 1000:.0f} ms" if rows else "Nothing found.")


def make_filters(options: dict[str, Any]) -> Filters:
    """Return the options as filters; raise `CommandError` (status 2) for what cannot be."""
    model, kinds = _kind(options["kind"])
    near = _point(options["near"]) if options["near"] is not None else None
    km = _number(options["km"], "--km", largest=Decimal(20_000)) if options["km"] is not None else None
    if km is not None and near is None:
        raise bad("--km needs --near LAT,LNG.")
    price = options["max_price"]
    return Filters(
        model=model,
        kinds=kinds,
        city=_city(options["city"]),
        near=near,
        km=float(km) if km is not None else None,
        max_price=_number(price, "--max-price", largest=Decimal(10**9)) if price is not None else None,
    )


def _kind(kind: str | None) -> tuple[Any, tuple[str, ...]]:
    if kind is None:
        return "", ()
    if kind in MODELS:
        return kind, ()
    known = sorted({name for segment, _ in view.current().segments() for name in segment.columns.tables.kinds})
    if kind not in known:
        raise bad(f"There is no kind {kind!r}; there are: {', '.join([*MODELS, *known])}.")
    return "", (kind,)


def _city(name: str | None) -> int | None:
    if name is None:
        return None
    city = places.find_city(name)
    if city is None:
        known = ", ".join(City.objects.order_by("slug").values_list("slug", flat=True))
        raise bad(f"There is no city {name!r}; there are: {known or 'none yet (run: manage.py load_demo)'}.")
    return city.pk


def _point(text: str) -> tuple[float, float]:
    number = r"\s*(-?\d{1,3}(?:\.\d+)?)\s*"
    match = re.fullmatch(f"{number},{number}", text)
    if not match or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
        raise bad(f"--near must be LAT,LNG in degrees, such as 31.2304,121.4737; got {text!r}.")
    return float(match[1]), float(match[2])


def _number(text: str, option: str, *, largest: Decimal) -> Decimal:
    try:
        number = Decimal(str(text))
    except InvalidOperation as error:
        raise bad(f"{option} must be a number; got {text!r}.") from error
    if not number.is_finite() or not 0 < number <= largest:
        raise bad(f"{option} must be above 0 and at most {largest}; got {text!r}.")
    return number


def described(hits: list[Hit]) -> list[dict[str, Any]]:
    """Return hits with what the database says about them, best first; rows deleted meanwhile are left out."""
    rows: dict[tuple[str, int], Any] = {}
    for model, table, related in (
        ("location", Location, ("city",)),
        ("merchant", Merchant, ("city",)),
        ("offer", Offer, ("merchant__city",)),
    ):
        ids = [hit.id for hit in hits if hit.model == model]
        found: Any = table._default_manager.select_related(*related).in_bulk(ids)
        rows |= {(model, pk): row for pk, row in found.items()}
    return [_described(hit, rows[hit.model, hit.id]) for hit in hits if (hit.model, hit.id) in rows]


def _described(hit: Hit, row: Any) -> dict[str, Any]:
    merchant = row.merchant if hit.model == "offer" else row
    price = row.price if hit.model == "offer" else getattr(row, "average_price", None)
    return {
        "model": hit.model,
        "id": hit.id,
        "kind": row.kind,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "merchant": {"id": merchant.pk, "name_zh": merchant.name_zh} if hit.model == "offer" else None,
        "city": merchant.city.slug,
        "price": None if price is None else str(price),
        "currency": getattr(row, "currency", None),
        "rating": None if getattr(merchant, "rating", None) is None else str(merchant.rating),
        "demo": row.is_demo,
        "score": hit.score,
        "km": hit.km,
        "matched": list(hit.matched),
        "similarity": hit.similarity,
        "relaxed": list(hit.relaxed),
    }


def line(row: dict[str, Any]) -> str:
    """Return a hit as a line of text, with the reasons for it."""
    name = f"{row['name_zh']} {row['name_en']}"
    if row["merchant"]:
        name += f" @ {row['merchant']['name_zh']}"
    facts = [f"{row['model']}:{row['id']}", row["city"]]
    if row["price"]:
        facts.append(f"{row['currency']} {row['price']}")
    if row["rating"]:
        facts.append(f"★{row['rating']}")
    if row["km"] is not None:
        facts.append(f"{row['km']:.1f} km")
    if row["matched"]:
        facts.append(f"matched {', '.join(row['matched'])}")
    if row["similarity"] is not None:
        facts.append(f"similar {row['similarity']:.2f}")
    if row["relaxed"]:
        facts.append(f"gave up {', '.join(row['relaxed'])}")
    return f"{name}  ({'; '.join(facts)})"
