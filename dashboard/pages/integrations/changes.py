"""Who changed what: kept in Django's own log of changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from integrations import registry
from integrations.models import Connection, ScenarioSwitch

SHOWN = 8


@dataclass(frozen=True)
class Change:
    """A line of the log."""

    at: datetime
    text: str


def record(user: User, changed: Connection | ScenarioSwitch, act: str, **details: str) -> None:
    """Note a change. `act`: on, off, made, token, mode, title, set_up; never a credential."""
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(changed),
        object_id=str(changed.pk),
        object_repr=str(changed)[:200],
        action_flag=CHANGE,
        change_message=json.dumps({"act": act, **details}),
    )


def recent(changed: Iterable[Connection] | None = None) -> list[Change]:
    """Return the latest changes, of some connections or of everything."""
    types = ContentType.objects.get_for_models(Connection, ScenarioSwitch)
    found = LogEntry.objects.filter(content_type__in=types.values())
    if changed is not None:
        own = Q(content_type=types[Connection], object_id__in=[str(row.pk) for row in changed])
        found = found.filter(own)
    switches = types[ScenarioSwitch].pk
    return [_change(entry, switches) for entry in found.select_related("user").order_by("-action_time", "-id")[:SHOWN]]


def _change(entry: LogEntry, switches: int) -> Change:
    try:
        details = json.loads(entry.change_message)
    except ValueError:
        details = {}
    sentences = {
        "on": _("%(who)s switched %(what)s on"),
        "off": _("%(who)s switched %(what)s off"),
        "made": _("%(who)s connected %(what)s"),
        "token": _("%(who)s replaced the token of %(what)s"),
        "mode": _("%(who)s set %(what)s to %(mode)s"),
        "title": _("%(who)s renamed it to %(what)s"),
        "set_up": _("%(who)s changed the set-up of %(what)s"),
    }
    sentence = sentences.get(str(details.get("act")), _("%(who)s changed %(what)s"))
    who = entry.user.get_full_name() or entry.user.get_username()
    what = scenario_title(entry.object_repr) if entry.content_type_id == switches else entry.object_repr
    return Change(entry.action_time, sentence % {"who": who, "what": what, "mode": details.get("mode", "")})


def scenario_title(name: str) -> str:
    """Return a scenario's title; one that is no longer there keeps its name."""
    return next((str(scenario.title) for scenario in registry.SCENARIOS if scenario.name == name), name)
