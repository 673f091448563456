"""What a provider is told about an order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from integrations.models import Order
from integrations.providers import directory
from integrations.providers.base import Errand, Provider


def provider_of(order: Order) -> Provider:
    """Return who carries an order out; raise ProviderError where that provider is not set up."""
    return directory.provider(order.provider)


def errand(order: Order) -> Errand:
    """Return an order as its provider sees it."""
    details = order.details
    return Errand(
        number=order.number,
        kind=order.kind,
        external_id=order.external_id,
        origin=(details["origin"]["lat"], details["origin"]["lng"]),
        place=(details["place"]["lat"], details["place"]["lng"]),
        prepare_minutes=details["prepare_minutes"],
        ride_minutes=details["ride_minutes"],
        wanted_at=moment(details, "wanted_at"),
        paid_at=moment(details, "paid_at"),
        said=details.get("provider", {}),
    )


def moment(details: dict[str, Any], key: str) -> datetime | None:
    """Return a time that is kept with an order."""
    return datetime.fromisoformat(details[key]) if details.get(key) else None
