"""Places to choose from: a person's own, and those of the catalogue by name."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from assistant.models import Identity
from assistant.web.language import page_language
from assistant.web.people import known_person
from integrations.models import Location, Merchant, Person

LIMIT = 12
MAX_QUERY = 60


@dataclass(frozen=True)
class Found:
    """A place with coordinates (WGS-84)."""

    name: str
    address: str
    lat: float
    lng: float
    icon: str = "map-pin"


@require_safe
@known_person
def places(request: HttpRequest, identity: Identity) -> HttpResponse:
    """Return places whose name holds `q`; the person's own ones where it is empty."""
    query = request.GET.get("q", "").strip()[:MAX_QUERY]
    language = page_language(identity.person, request.headers.get("Accept-Language", ""))
    found = find_places(query, language) if query else saved_places(identity.person)
    return JsonResponse({"places": [asdict(place) for place in found]})


def saved_places(person: Person) -> list[Found]:
    """Return the person's places, last saved first."""
    return [
        Found(place.label, place.address, place.lat, place.lng, "star")
        for place in person.places.order_by("-saved_at")[:LIMIT]
    ]


def find_places(query: str, language: str) -> list[Found]:
    """Return places and merchants whose name holds `query`, names that begin with it first."""
    named = Q(name_zh__icontains=query) | Q(name_en__icontains=query)
    locations = (
        Location.objects.filter(named, is_active=True, lat__isnull=False)
        .select_related("city", "district")
        .order_by("id")
    )
    merchants = Merchant.objects.filter(named, is_active=True).order_by("id")
    found = [_location(row, language) for row in locations[: LIMIT * 4]]
    found += [_merchant(row, language) for row in merchants[:LIMIT]]
    found.sort(key=lambda place: not place.name.casefold().startswith(query.casefold()))
    return found[:LIMIT]


def _location(row: Location, language: str) -> Found:
    chinese = language == "zh"
    city = row.city.name_zh if chinese else row.city.name_en
    district = (row.district.name_zh if chinese else row.district.name_en) if row.district else ""
    address = " · ".join(part for part in (city, district) if part)
    return Found(row.name_zh if chinese else row.name_en, address, *row.point)


def _merchant(row: Merchant, language: str) -> Found:
    if language == "zh":
        return Found(row.name_zh, row.address_zh, *row.point, "store")
    return Found(row.name_en, row.address_en, *row.point, "store")
