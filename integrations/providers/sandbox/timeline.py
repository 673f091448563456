"""Simulated time: when the kitchen starts, the courier leaves and the food arrives.

Nothing is stored: an order's number decides the small differences, so the same order always goes the same way.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.providers.base import Errand, Point

STAGES = ("waiting", "preparing", "pickup", "courier", "delivered")
COURIERS = {
    "zh": ("小陈", "小林", "小周", "小吴", "小何", "小郑", "小孙", "小罗"),
    "en": ("Chen", "Lin", "Zhou", "Wu", "He", "Zheng", "Sun", "Luo"),
}
ACCEPT_MINUTES = 1.5
AT_THE_SHOP_MINUTES = 2.0


@dataclass(frozen=True)
class Timeline:
    """When each stage begins on the simulated clock, which stands at `start` when the order is paid."""

    start: datetime
    speed: float  # simulated minutes per real minute
    begins: dict[str, datetime]

    def simulated(self, now: datetime) -> datetime:
        """Return the simulated time at the real time `now`."""
        return self.start + (now - self.start) * self.speed

    def real(self, at: datetime) -> datetime:
        """Return the real time at which the simulated clock shows `at`."""
        return self.start + (at - self.start) / self.speed

    def stage(self, now: datetime) -> str:
        """Return the stage at the real time `now`."""
        clock = self.simulated(now)
        return [name for name in STAGES if self.begins[name] <= clock][-1] if now >= self.start else STAGES[0]

    def next_at(self, now: datetime) -> datetime | None:
        """Return the real time of the next stage; None after the last."""
        clock = self.simulated(now)
        return next((self.real(self.begins[name]) for name in STAGES if self.begins[name] > clock), None)

    def share(self, now: datetime) -> float:
        """Return how much of the way the courier has gone, 0..1."""
        left, there = self.begins["courier"], self.begins["delivered"]
        return min(1.0, max(0.0, (self.simulated(now) - left) / (there - left)))


def timeline(errand: Errand, paid_at: datetime, speed: float) -> Timeline:
    """Return how an order goes that was paid at `paid_at`."""
    accept = ACCEPT_MINUTES + draw(errand.number, "accept")
    leave = accept + max(errand.prepare_minutes, 3) * (0.9 + 0.15 * draw(errand.number, "prepare"))
    arrive = leave + max(errand.ride_minutes, 3) * (0.85 + 0.15 * draw(errand.number, "ride"))
    wait = timedelta(0)
    if errand.wanted_at:
        wait = max(wait, errand.wanted_at - paid_at - timedelta(minutes=arrive))
    minutes = {
        "waiting": 0.0,
        "preparing": accept,
        "pickup": max(leave - AT_THE_SHOP_MINUTES, accept + 0.5),
        "courier": leave,
        "delivered": arrive,
    }
    begins = {name: paid_at + timedelta(minutes=at) + (wait if at else timedelta(0)) for name, at in minutes.items()}
    return Timeline(paid_at, speed, begins)


def draw(number: str, what: str) -> float:
    """Return a number in [0, 1) that belongs to the order."""
    return int.from_bytes(hashlib.sha256(f"{number}/{what}".encode()).digest()[:4], "big") / 2**32


def courier(number: str) -> dict[str, str]:
    """Return the courier's name in Chinese and English."""
    index = int(draw(number, "courier") * len(COURIERS["zh"]))
    return {language: names[index] for language, names in COURIERS.items()}


def between(start: Point, end: Point, share: float) -> Point:
    """Return the point that lies `share` of the way from `start` to `end`."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
