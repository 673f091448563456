"""Times and durations, written for people."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONG = 120  # seconds; what takes longer is given in minutes


def clock(at: datetime | None, *, seconds: bool = False) -> str:
    """Return the time of day, with the date in front where it is not today."""
    if at is None:
        return ""
    local, today = timezone.localtime(at), timezone.localdate()
    time = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    if local.date() == today:
        return time
    return f"{day(local)} {local:%H:%M}"


def day(at: datetime) -> str:
    """Return the day, with the year where it is not this one."""
    local = timezone.localtime(at)
    if local.year == timezone.localdate().year:
        return date_format(local, _("j M"))
    return date_format(local, _("j M Y"))


def took(milliseconds: float | None, *, exact: bool = False) -> str:
    """Return a duration in seconds, with two digits below one (below ten where it is to be `exact`)."""
    if milliseconds is None:
        return ""
    seconds = milliseconds / 1000
    if seconds >= LONG:
        return span(timedelta(seconds=seconds))
    digits = 2 if seconds < (10 if exact else 1) else 1
    return _("%(n)s s") % {"n": f"{seconds:,.{digits}f}"}


def span(length: timedelta) -> str:
    """Return a longer duration in its two largest units."""
    seconds = max(int(length.total_seconds()), 0)
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return _join(ngettext("%(n)d day", "%(n)d days", days) % {"n": days}, hours and _("%(n)d h") % {"n": hours})
    if hours:
        return _join(_("%(n)d h") % {"n": hours}, minutes and _("%(n)d min") % {"n": minutes})
    if minutes:
        return _("%(n)d min") % {"n": minutes}
    return _("%(n)s s") % {"n": seconds}


def _join(first: str, second: str | int) -> str:
    return f"{first} {second}" if second else first


def duration(start: datetime, end: datetime | None) -> float | None:
    """Return the milliseconds from `start` to `end`."""
    return None if end is None else max((end - start).total_seconds() * 1000, 0.0)
