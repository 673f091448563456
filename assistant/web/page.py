"""What the chat page is made of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from assistant.channels.web.current import live_orders
from assistant.models import Conversation
from assistant.web.health import engine_json
from assistant.web.language import HTML
from assistant.web.words import suggestions, words
from integrations.models import Person

CONVERSATIONS = 200  # listed in the rail


def page_context(
    person: Person,
    conversation: Conversation,
    *,
    language: str,
    messages: list[dict[str, Any]],
    more: bool,
    now: datetime,
) -> dict[str, Any]:
    """Return the template's context; `config` is what the page's script reads."""
    zone = zone_of(person)
    return {
        "lang": HTML[language],
        "other": "en" if language == "zh" else "zh",
        "other_lang": HTML["en" if language == "zh" else "zh"],
        "person": person,
        "initial": (person.name or _("Guest"))[:1].upper(),
        "conversation": conversation,
        "address": reverse("conversation", args=[conversation.public_id]),
        "empty": not messages,
        "suggestions": suggestions(),
        "groups": rail(person, conversation, now.astimezone(zone)),
        "config": {
            "conversation": conversation.public_id,
            "language": language,
            "zone": zone.key,
            "now": now.isoformat(),
            "messages": messages,
            "more": more,
            "turn": live_turn(conversation),
            "orders": live_orders(person, now),
            "health": engine_json(),
            "limits": {"chars": settings.MAX_MESSAGE_CHARS, "files": MAX_FILES, "upload_mb": settings.MAX_UPLOAD_MB},
            "urls": addresses(conversation),
            "words": words(),
        },
    }


MAX_FILES = 5  # in one message


def addresses(conversation: Conversation) -> dict[str, str]:
    """Return the addresses the page's script calls."""
    own = [conversation.public_id]
    return {
        "page": reverse("conversation", args=own),
        "socket": f"/ws/c/{conversation.public_id}/",
        "earlier": reverse("earlier", args=own),
        "files": reverse("upload", args=own),
        "file": reverse("download", args=["ID"]),
        "places": reverse("places"),
        "health": reverse("engine-health"),
        "icons": f"{settings.STATIC_URL}img/icons.svg",
        "pictures": f"{settings.STATIC_URL}img/pictures/",
    }


def zone_of(person: Person) -> ZoneInfo:
    """Return the person's time zone, or the installation's where theirs is not known here."""
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def live_turn(conversation: Conversation) -> dict[str, Any] | None:
    """Return the conversation's last turn as a page is told of it, or None."""
    turn = conversation.turns.order_by("-id").only("id", "state").first()
    if turn is None:
        return None
    state = "working" if turn.state in turn.LIVE else str(turn.state)
    return {"type": "turn", "id": turn.pk, "state": state}


def rail(person: Person, current: Conversation, now: datetime) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the person's conversations, newest first, by today, this week and before; `now` in the person's zone."""
    groups: dict[str, list[dict[str, Any]]] = {_("Today"): [], _("This week"): [], _("Earlier"): []}
    today, week, earlier = groups.values()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Conversation.objects.filter(connection_id=current.connection_id, person=person).order_by("-last_at")
    for row in rows[:CONVERSATIONS]:
        if not row.title and row.pk != current.pk:
            continue
        at = row.last_at.astimezone(now.tzinfo)
        item = {
            "url": reverse("conversation", args=[row.public_id]),
            "title": row.title,
            "icon": "utensils" if row.state.keys() & {"food", "quote", "order"} else "message-square",
            "time": f"{at:%H:%M}" if at >= midnight else "",
            "current": row.pk == current.pk,
        }
        (today if at >= midnight else week if at >= midnight - timedelta(days=6) else earlier).append(item)
    return [(title, items) for title, items in groups.items() if items]
