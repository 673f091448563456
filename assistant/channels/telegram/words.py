"""Money, times and sizes in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.base import Money

SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "JP¥", "SGD": "S$"}
WHOLE = {"JPY", "KRW"}  # currencies without a hundredth


def money(value: Money) -> str:
    """Return an amount with its sign: ¥62.00, −¥8.00, 12.00 CHF."""
    amount = abs(value.amount)
    digits = f"{amount:,.0f}" if value.currency in WHOLE else f"{amount:,.2f}"
    sign = "−" if value.amount < 0 else ""
    known = SIGNS.get(value.currency)
    return f"{sign}{known}{digits}" if known else f"{sign}{digits} {value.currency}"


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
