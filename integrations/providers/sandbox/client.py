"""The embedded sandbox: demo merchants, a demo wallet, demo couriers. No network, and no money is ever moved."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import ValidationError

from integrations.base import ProviderError
from integrations.models import Connection
from integrations.providers.base import Errand, Placed, Progress, Settled
from integrations.providers.sandbox.config import SandboxConfig
from integrations.providers.sandbox.timeline import Timeline, between, courier, timeline

TOO_LATE = ("courier", "delivered")


class Sandbox:
    """A provider that answers by rule. What it must remember stands in `Errand.said`."""

    name = "sandbox"
    is_sandbox = True

    def __init__(self, config: SandboxConfig | None = None, *, enabled: bool = True) -> None:
        self.config = config or SandboxConfig()
        self.enabled = enabled  # switched off: no new orders; those under way go on

    def place(self, errand: Errand, now: datetime) -> Placed:
        """Take the order; the simulated clock's speed is fixed with it."""
        if not self.enabled:
            raise ProviderError(_("The sandbox is switched off at the moment."), permanent=True)
        if self.config.orders == "down":
            raise ProviderError("The demo merchants are set not to answer.")
        if self.config.orders == "refuse":
            raise ProviderError(_("The demo merchants are set to refuse orders."), permanent=True)
        said = {"speed": max(settings.SANDBOX_SPEED, 0.01), "courier": courier(errand.number)}
        return Placed(f"SB-{errand.number}", said)

    def pay(self, key: str, amount: Decimal, currency: str) -> Settled:
        """Take demo money."""
        if self.config.payments == "lose_answer":
            raise ProviderError("The demo wallet's answer got lost.", unknown=True)
        return self.query_payment(key)

    def query_payment(self, key: str) -> Settled:
        """Return what became of a payment: the demo wallet decides by its set-up alone."""
        if self.config.payments == "decline":
            return Settled("failed", reason="declined")
        return Settled("paid", f"SBW-{key}")

    def cancel(self, errand: Errand, key: str, at: datetime) -> None:
        """Call the order off, unless the courier had it when that was asked for."""
        if errand.paid_at and self.status(errand, at).stage in TOO_LATE:
            raise ProviderError(_("The courier has it already."), permanent=True)

    def refund(self, key: str, payment: str, amount: Decimal, currency: str) -> Settled:
        """Give demo money back."""
        return self.query_refund(key)

    def query_refund(self, key: str) -> Settled:
        """Return what became of a refund: the demo wallet always gives back."""
        return Settled("paid", f"SBR-{key}")

    def status(self, errand: Errand, now: datetime) -> Progress:
        """Return how far the order is on the simulated clock."""
        if errand.paid_at is None:
            return Progress("waiting")
        line = self.line(errand, errand.paid_at)
        stage, share = line.stage(now), line.share(now)
        clock = line.simulated(now)
        return Progress(
            stage=stage,
            reached={name: at for name, at in line.begins.items() if at <= clock or name == "waiting"},
            promised_at=line.begins["delivered"],
            next_at=line.next_at(now),
            courier=errand.said.get("courier", {}),
            position=between(errand.origin, errand.place, share) if stage == "courier" else None,
            share=share,
        )

    def line(self, errand: Errand, paid_at: datetime) -> Timeline:
        """Return the order's timeline."""
        return timeline(errand, paid_at, float(errand.said.get("speed", settings.SANDBOX_SPEED)))

    def health(self) -> dict[str, str]:
        """Return how the sandbox is."""
        if not self.enabled:
            return {"state": "off", "detail": ""}
        trouble = self.config.payments != "accept" or self.config.orders != "accept"
        return {"state": "warning" if trouble else "ok", "detail": _("trouble is being simulated") if trouble else ""}


def connect() -> Sandbox:
    """Return the sandbox as its Connection sets it up; without one it works with the defaults."""
    row = Connection.objects.filter(role=Connection.Role.PROVIDER, kind="sandbox").order_by("id").first()
    if row is None:
        return Sandbox()
    try:
        return Sandbox(SandboxConfig.model_validate(row.config), enabled=row.enabled)
    except ValidationError as error:
        raise ProviderError(f"The sandbox's set-up is wrong: {error.errors()[0]['msg']}") from error
