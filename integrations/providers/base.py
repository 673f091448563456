"""What a provider does for an order: take it, take money, carry it out, give money back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

Point = tuple[float, float]  # lat, lng (WGS-84)


@dataclass(frozen=True)
class Errand:
    """What a provider needs to know of an order."""

    number: str  # ours, and the idempotency key of placing it
    kind: str  # food
    external_id: str  # the provider's own, empty before it was placed
    origin: Point
    place: Point
    prepare_minutes: int
    ride_minutes: int
    wanted_at: datetime | None  # None: as soon as possible
    paid_at: datetime | None
    said: dict[str, Any] = field(default_factory=dict)  # what the provider answered when the order was placed


@dataclass(frozen=True)
class Placed:
    """The provider has taken the order. `said` is kept with it and handed back in every `Errand`."""

    external_id: str
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Settled:
    """What became of money under an idempotency key. `none`: the provider has never seen that key."""

    state: Literal["paid", "failed", "pending", "none"]
    external_id: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Progress:
    """How far an order is: waiting, preparing, pickup, courier, delivered (food), or `cancelled` by the seller."""

    stage: str
    reached: dict[str, datetime] = field(default_factory=dict)  # when each stage began, on the provider's clock
    promised_at: datetime | None = None
    next_at: datetime | None = None  # when asking again is worth while, on our clock
    courier: dict[str, str] = field(default_factory=dict)  # name by language: zh, en
    position: Point | None = None
    share: float = 0.0  # of the way, 0..1


class Provider(Protocol):
    """Who carries orders out. Every call that changes something bears a key: the same key again changes nothing.

    All raise `integrations.base.ProviderError`: `permanent` when refused for good, `unknown` when it may have happened.
    """

    name: str
    is_sandbox: bool

    def place(self, errand: Errand, now: datetime) -> Placed:
        """Hand the order over; it is carried out once it is paid."""

    def pay(self, key: str, amount: Decimal, currency: str) -> Settled:
        """Take money."""

    def query_payment(self, key: str) -> Settled:
        """Return what became of a payment."""

    def cancel(self, errand: Errand, key: str, at: datetime) -> None:
        """Call the order off as asked for at `at`; raises a permanent ProviderError where it was too late."""

    def refund(self, key: str, payment: str, amount: Decimal, currency: str) -> Settled:
        """Give money of a payment (its external id) back."""

    def query_refund(self, key: str) -> Settled:
        """Return what became of a refund."""

    def status(self, errand: Errand, now: datetime) -> Progress:
        """Return how far the order is."""

    def health(self) -> dict[str, str]:
        """Return {"state": "ok|warning|failing|off", "detail": ...}."""
