"""The restaurants around a place: which there are, which of them are open and deliver there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.catalogue import hours
from integrations.models import Merchant, Offer
from integrations.orders import food, pricing
from integrations.places import Where, box, distance

LOOK_KM = 8.0  # nobody delivers farther
NEAR_KM = 2.0  # "near" a place that is not where the food goes
UNREAD = ("description_zh", "description_en", "details")  # of restaurants that are only compared


@dataclass(frozen=True)
class Shop:
    """A restaurant as seen from a place."""

    merchant: Merchant
    km: float
    minutes: int
    open: bool  # it can cook now, or in time
    opens_at: datetime | None = None  # where it is closed: when it could deliver; None: not within a week


@dataclass(frozen=True)
class Around:
    """What there is around a place. `reachable` deliver there; `open` of them are so now (or at the wanted time)."""

    where: Where
    count: int
    reachable: tuple[Shop, ...]

    @property
    def open(self) -> tuple[Shop, ...]:
        """Return the restaurants that can take an order."""
        return tuple(shop for shop in self.reachable if shop.open)

    @property
    def opens_at(self) -> datetime | None:
        """Return when the first of the closed ones could deliver."""
        return min((shop.opens_at for shop in self.reachable if not shop.open and shop.opens_at), default=None)


def around(where: Where, *, when: datetime | None, now: datetime, near: Where | None = None) -> Around:
    """Return the restaurants that deliver to `where`, only those close to `near` where that is given."""
    rows = Merchant.objects.filter(kind="restaurant", is_active=True, **box(where.point, LOOK_KM))
    rows = rows.defer(*UNREAD).prefetch_related("city")  # one city for all of them
    if where.city:
        rows = rows.filter(city=where.city)
    shops, count = [], 0
    for merchant in rows:
        km = distance(merchant.point, where.point)
        if near and distance(merchant.point, near.point) > NEAR_KM:
            continue
        count += 1
        if merchant.delivers and km <= merchant.delivery_km:
            shops.append(_shop(merchant, km, when, now))
    return Around(where, count, tuple(sorted(shops, key=lambda shop: shop.km)))


def _shop(merchant: Merchant, km: float, when: datetime | None, now: datetime) -> Shop:
    minutes, start = pricing.minutes(merchant, km), food.kitchen_start(merchant, when, km, now)
    if hours.is_open(merchant.hours, start):
        return Shop(merchant, km, minutes, open=True)
    opens = hours.next_opening(merchant.hours, start)
    return Shop(merchant, km, minutes, open=False, opens_at=opens + timedelta(minutes=minutes) if opens else None)


def menus(shops: tuple[Shop, ...], *, sold_out: bool = False) -> dict[int, list[Offer]]:
    """Return what each restaurant sells now, or has sold out of, by merchant id."""
    found: dict[int, list[Offer]] = {shop.merchant.pk: [] for shop in shops}
    offers = Offer.objects.filter(merchant__in=list(found), kind="dish", is_active=True)
    offers = offers.filter(stock=0) if sold_out else offers.exclude(stock=0)
    for offer in offers.order_by("merchant", "id"):
        found[offer.merchant_id].append(offer)
    return found
