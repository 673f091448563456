from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from integrations.base import ProviderError
from integrations.factories import NOON
from integrations.models import Connection
from integrations.providers import directory
from integrations.providers.base import Errand
from integrations.providers.sandbox.client import Sandbox, connect
from integrations.providers.sandbox.config import SandboxConfig
from integrations.providers.sandbox.timeline import STAGES, timeline

ERRAND = Errand(
    number="BS-1123-0417", kind="food", external_id="", origin=(31.24, 121.44), place=(31.22, 121.44),
    prepare_minutes=20, ride_minutes=12, wanted_at=None, paid_at=NOON, said={"speed": 20.0},
)  # fmt: skip


def test_an_order_always_goes_the_same_way() -> None:
    one, two = timeline(ERRAND, NOON, 20), timeline(ERRAND, NOON, 20)
    assert one == two
    assert timeline(replace(ERRAND, number="BS-1123-0418"), NOON, 20) != one
    begins = [one.begins[stage] for stage in STAGES]
    assert begins == sorted(begins)
    assert timedelta(minutes=25) < one.begins["delivered"] - NOON < timedelta(minutes=36)


def test_simulated_time_runs_faster_and_tells_when_to_look_again() -> None:
    box, now, seen = Sandbox(), NOON, []
    while now is not None:
        progress = box.status(ERRAND, now)
        seen.append(progress.stage)
        assert progress.next_at is None or progress.next_at > now
        now = progress.next_at + timedelta(milliseconds=1) if progress.next_at else None  # type: ignore[assignment]
    assert tuple(seen) == STAGES
    assert progress.reached.keys() == set(STAGES)
    slow = box.status(replace(ERRAND, said={"speed": 1.0}), NOON + timedelta(minutes=1))
    assert slow.stage == "waiting"


def test_the_courier_moves_from_the_shop_to_the_door() -> None:
    box, line = Sandbox(), timeline(ERRAND, NOON, 20)
    start, end = line.real(line.begins["courier"]), line.real(line.begins["delivered"])
    at = [box.status(ERRAND, start + (end - start) * share / 10) for share in range(10)]
    lats = [progress.position[0] for progress in at if progress.position]
    assert len(lats) == 10
    assert lats == sorted(lats, reverse=True)
    assert lats[0] == pytest.approx(31.24)
    assert box.status(ERRAND, end + timedelta(seconds=1)).position is None
    assert box.status(replace(ERRAND, paid_at=None), NOON).stage == "waiting"


def test_a_wanted_time_shifts_everything_but_the_beginning() -> None:
    wanted = NOON + timedelta(hours=5)
    line = timeline(replace(ERRAND, wanted_at=wanted), NOON, 20)
    assert line.begins["delivered"] == wanted
    assert line.begins["waiting"] == NOON
    too_soon = timeline(replace(ERRAND, wanted_at=NOON + timedelta(minutes=5)), NOON, 20)
    assert too_soon == timeline(ERRAND, NOON, 20)


def test_placing_paying_and_giving_back(settings: Any) -> None:
    settings.SANDBOX_SPEED = 7.0
    box = Sandbox()
    placed = box.place(ERRAND, NOON)
    assert placed.external_id == "SB-BS-1123-0417"
    assert placed.said["speed"] == 7.0
    assert set(placed.said["courier"]) == {"zh", "en"}
    assert box.pay("k", Decimal(5), "CNY") == box.query_payment("k")
    assert box.refund("r", "SBW-k", Decimal(5), "CNY").state == "paid"
    assert box.health() == {"state": "ok", "detail": ""}


def test_a_courier_with_the_food_is_not_called_back() -> None:
    box, line = Sandbox(), timeline(ERRAND, NOON, 20)
    box.cancel(ERRAND, "c", line.real(line.begins["pickup"]))
    with pytest.raises(ProviderError) as refused:
        box.cancel(ERRAND, "c", line.real(line.begins["courier"]))
    assert refused.value.permanent
    box.cancel(replace(ERRAND, paid_at=None), "c", NOON + timedelta(days=1))


@pytest.mark.django_db
def test_trouble_can_be_set_up_on_the_connection() -> None:
    assert connect().config == SandboxConfig()
    row = Connection.objects.create(role="provider", kind="sandbox", title="Sandbox", config={"payments": "decline"})
    assert directory.provider("sandbox").query_payment("k").state == "failed"
    assert connect().health()["state"] == "warning"
    Connection.objects.filter(pk=row.pk).update(config={"payments": "lose_answer"})
    with pytest.raises(ProviderError) as lost:
        connect().pay("k", Decimal(5), "CNY")
    assert lost.value.unknown
    assert connect().query_payment("k").state == "paid"
    for orders, permanent in (("refuse", True), ("down", False)):
        Connection.objects.filter(pk=row.pk).update(config={"orders": orders})
        with pytest.raises(ProviderError) as refused:
            connect().place(ERRAND, NOON)
        assert refused.value.permanent is permanent
    Connection.objects.filter(pk=row.pk).update(config={}, enabled=False)
    assert connect().health()["state"] == "off"
    assert connect().status(ERRAND, NOON).stage == "waiting"  # what is under way goes on
    with pytest.raises(ProviderError):
        connect().place(ERRAND, NOON)
    Connection.objects.filter(pk=row.pk).update(config={"payments": "maybe"})
    with pytest.raises(ProviderError, match="set-up is wrong"):
        connect()


def test_there_is_no_other_provider() -> None:
    with pytest.raises(ProviderError, match="teleport"):
        directory.provider("teleport")
