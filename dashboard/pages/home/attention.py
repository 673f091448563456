"""What needs somebody's attention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistant.engines.base import Health
from dashboard.pages.home.processes import Process
from dashboard.pages.home.queues import Unsent
from integrations.models import Connection, Order

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Notice:
    """Something to look at. `level`: info, warn or bad; `percent`: how far something is, if it moves by itself."""

    level: str
    icon: str
    title: str
    detail: str
    link: str = ""
    percent: int | None = None


def notices(health: Health, processes: Iterable[Process], unsent: Unsent) -> list[Notice]:
    """Return what needs attention, worst first."""
    found = [*_processes(processes), *_connections(), *_engine(health), *_orders(), *_unsent(unsent)]
    order = ("bad", "warn", "info")
    return sorted(found, key=lambda notice: order.index(notice.level))


def _processes(processes: Iterable[Process]) -> list[Notice]:
    missing = [process.name for process in processes if process.state == "bad"]
    if not missing:
        return []
    title = _("Not running: %(names)s") % {"names": ", ".join(missing)}
    return [Notice("bad", "octagon-x", title, _("Start everything with “manage.py up”, and look at its output."))]


def _connections() -> list[Notice]:
    failing = Connection.objects.filter(enabled=True, health__state="failing").order_by("id")
    return [
        Notice(
            "bad", "octagon-x", _("%(title)s is failing") % {"title": connection.title},
            str(connection.health.get("detail") or _("No reason was given.")),
            reverse("dashboard:connection", args=[connection.public_id]),
        )
        for connection in failing
    ]  # fmt: skip


def _engine(health: Health) -> list[Notice]:
    usable = _("Search, buttons and order status work meanwhile.")
    if health.state == "downloading" and health.size:
        percent = 100 * health.downloaded // health.size
        amount = f"{health.downloaded // MEGABYTE:,} MB / {health.size // MEGABYTE:,} MB"
        detail = _("%(amount)s. Search, buttons and order status work meanwhile.") % {"amount": amount}
        title = _("The model is being downloaded, %(percent)d%%") % {"percent": percent}
        return [Notice("info", "download", title, detail, percent=percent)]
    if health.state == "failed":
        return [Notice("bad", "cpu", _("The model could not be started"), f"{health.detail} {usable}".strip())]
    if health.state in {"loading", "warming"}:
        return [Notice("info", "cpu", _("The model is starting"), usable)]
    return []


def _orders() -> list[Notice]:
    unknown = Order.objects.filter(payment=Order.Payment.UNKNOWN).count()
    if not unknown:
        return []
    title = ngettext("%(n)d payment is not certain", "%(n)d payments are not certain", unknown) % {"n": unknown}
    detail = _("The provider is being asked; nothing is charged again meanwhile.")
    return [Notice("warn", "triangle-alert", title, detail, f"{reverse('dashboard:orders')}?payment=unknown")]


def _unsent(unsent: Unsent) -> list[Notice]:
    if not unsent.failed:
        return []
    title = ngettext("%(n)d message could not be sent", "%(n)d messages could not be sent", unsent.failed)
    detail = _("The channel refused it for good, for example because the person blocked the bot.")
    link = f"{reverse('dashboard:conversations')}?state=unsent"
    return [Notice("warn", "triangle-alert", title % {"n": unsent.failed}, detail, link)]
