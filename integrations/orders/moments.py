"""Times as people read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _


def clock(at: datetime, now: datetime, zone: str) -> str:
    """Return 18:50; on another day with the day before it: tomorrow 12:00, 25 Nov 12:00."""
    local, days = _local(at, now, zone)
    time = f"{local:%H:%M}"
    if days == 0:
        return time
    return _("tomorrow %(time)s") % {"time": time} if days == 1 else day_clock(local)


def about(at: datetime, now: datetime, zone: str) -> str:
    """Return a time that is an estimate: about 18:50, tomorrow about 12:00."""
    local, days = _local(at, now, zone)
    time = f"{local:%H:%M}"
    if days == 0:
        return _("about %(time)s") % {"time": time}
    if days == 1:
        return _("tomorrow about %(time)s") % {"time": time}
    return _("about %(time)s") % {"time": day_clock(local)}


def _local(at: datetime, now: datetime, zone: str) -> tuple[datetime, int]:
    """Return a time in a zone, and how many days from today it is there."""
    local = at.astimezone(ZoneInfo(zone))
    return local, (local.date() - now.astimezone(ZoneInfo(zone)).date()).days


def day_clock(local: datetime) -> str:
    """Return the day and the time."""
    months = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return _("%(day)d %(month)s %(time)s") % {
        "day": local.day,
        "month": months[local.month - 1],
        "time": f"{local:%H:%M}",
    }
