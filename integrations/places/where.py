"""A place with coordinates, and how far it is."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from integrations.models import City

CITY_KM = 80
KM_PER_DEGREE = 111.32


@dataclass(frozen=True)
class Where:
    """A place with coordinates. `exact`: something can be delivered there; an area is only good for looking around."""

    label: str  # home, work, a name of the person's own, or empty
    address: str
    lat: float
    lng: float
    source: str  # memory, pin, said, last
    city: int | None = None
    exact: bool = True

    @property
    def point(self) -> tuple[float, float]:
        """Return latitude and longitude."""
        return self.lat, self.lng

    def to_json(self) -> dict[str, Any]:
        """Return the place as it is kept in a basket or order."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Where:
        """Return the place that was kept."""
        return cls(**data)


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the kilometres between two points (haversine on a sphere of 6371 km)."""
    lat_a, lng_a, lat_b, lng_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lng_b - lng_a) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def box(point: tuple[float, float], km: float) -> dict[str, tuple[float, float]]:
    """Return field look-ups that hold everything within `km` of a point."""
    across = km / (KM_PER_DEGREE * max(math.cos(math.radians(point[0])), 0.01))
    up = km / KM_PER_DEGREE
    return {"lat__range": (point[0] - up, point[0] + up), "lng__range": (point[1] - across, point[1] + across)}


def source_text(where: Where) -> str:
    """Return where a place is known from, as it is shown."""
    return {"memory": _("from memory"), "pin": _("the location you sent"), "last": _("as last time")}.get(
        where.source, _("as you said")
    )


def city_of(lat: float, lng: float) -> int | None:
    """Return the id of the nearest city we know, if it is near enough."""
    reach = [(distance((lat, lng), (city.lat, city.lng)), city.pk) for city in City.objects.all()]
    km, pk = min(reach, default=(math.inf, None))
    return pk if km <= CITY_KM else None
