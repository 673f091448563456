"""Money, times and sizes in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.base import Money
from integrations.orders.money import show


def money(value: Money) -> str:
    """Return an amount as a bill shows it: ¥62.00, −¥8.00."""
    return show(value.amount, value.currency)


def clock(at: datetime) -> str:
    """Return a moment in the active time zone: 18:50, with the day where it is not within half a day of now."""
    local = timezone.localtime(at)
    if abs(at - timezone.now()) < timedelta(hours=12):
        return f"{local:%H:%M}"
    return _("%(month)d/%(day)d %(time)s") % {"month": local.month, "day": local.day, "time": f"{local:%H:%M}"}


def size(count: int) -> str:
    """Return a file size."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:.1f} MB"
