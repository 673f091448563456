"""Times as people read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _


def clock(at: datetime, now: datetime, zone: str) -> str:
    """Return 18:50; on another day with the day before it: tomorrow 12:00, 25 Nov 12:00."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    time = f"{local:%H:%M}"
    days = (local.date() - today).days
    if days == 0:
        return time
    if days == 1:
        return _("tomorrow %(time)s") % {"time": time}
    return day_clock(local)


def day_clock(local: datetime) -> str:
    """Return the day and the time."""
    months = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return _("%(day)d %(month)s %(time)s") % {
        "day": local.day,
        "month": months[local.month - 1],
        "time": f"{local:%H:%M}",
    }
