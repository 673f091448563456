"""The writers of connections: what an operator sets up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assistant.channels.base import ChannelError
from assistant.channels.telegram import channel as telegram
from assistant.channels.web.connection import web_connection
from dashboard.pages.integrations import changes
from integrations import registry
from integrations.models import Connection, ScenarioSwitch


@dataclass(frozen=True)
class TelegramSetUp:
    """What the form of a bot holds; an empty token keeps the one that is set."""

    title: str
    mode: str  # polling, webhook
    token: str = ""


def connections() -> list[Connection]:
    """Return all connections, the built-in ones first; those are made on first use."""
    web_connection()
    Connection.objects.get_or_create(
        public_id="sandbox", defaults={"role": Connection.Role.PROVIDER, "kind": "sandbox", "title": "Sandbox"}
    )
    return list(Connection.objects.order_by("role", "id"))


def switch_scenario(name: str, *, enabled: bool, user: User) -> None:
    """Offer a scenario or do not, from the next turn on; raise KeyError for one that there is not."""
    with transaction.atomic():
        registry.switch(name, enabled)
        changes.record(user, ScenarioSwitch.objects.get(scenario=name), "on" if enabled else "off")


def switch_connection(row: Connection, *, enabled: bool, user: User) -> None:
    """Use a connection or do not."""
    with transaction.atomic():
        if Connection.objects.filter(pk=row.pk, enabled=not enabled).update(enabled=enabled):
            changes.record(user, row, "on" if enabled else "off")


def save_telegram(row: Connection | None, wanted: TelegramSetUp, *, user: User) -> Connection:
    """Make or change a bot's connection. A new token comes with a new webhook secret; neither is ever shown again."""
    made = row is None
    row = row or Connection(role=Connection.Role.CHANNEL, kind="telegram", config={"mode": "polling"})
    renamed, row.title = row.title != wanted.title, wanted.title
    with transaction.atomic():
        if wanted.token:
            row.credentials = {"token": wanted.token, "secret": secrets.token_urlsafe(32)}
            row.credentials_set_at, row.credentials_set_by = timezone.now(), user.get_full_name() or user.get_username()
            row.health = {}
        row.save()
        if made:
            changes.record(user, row, "made")
        elif wanted.token:
            changes.record(user, row, "token")
        elif renamed:
            changes.record(user, row, "title")
    return row


def set_mode(row: Connection, wanted: TelegramSetUp, address: str, *, user: User) -> None:
    """Make Telegram deliver to us, or keep its messages to be asked for; raise ChannelError."""
    before = str(row.config.get("mode", "polling"))
    if wanted.mode == "webhook":
        telegram.set_webhook(row, address)
    elif before == "webhook":
        telegram.delete_webhook(row)
    if before != wanted.mode:
        changes.record(user, row, "mode", mode=wanted.mode)


def save_sandbox(row: Connection, config: dict[str, str], *, user: User) -> None:
    """Change how the sandbox behaves."""
    if row.config == config:
        return
    with transaction.atomic():
        Connection.objects.filter(pk=row.pk).update(config=config)
        changes.record(user, row, "set_up")


def check(row: Connection) -> dict[str, Any]:
    """Ask the other side who we are to it, and keep how it is; raise ChannelError."""
    try:
        about = telegram.check(row)
    except ChannelError as error:
        keep_health(row, "failing", str(error)[:200])
        raise
    keep_health(row, "ok", f"@{about.get('username', '')}")
    return about


def keep_health(row: Connection, state: str, detail: str) -> None:
    """Keep how a connection was when it was last looked at."""
    row.health = {"state": state, "detail": detail, "at": timezone.now().isoformat()}
    Connection.objects.filter(pk=row.pk).update(health=row.health)


def webhook_address(row: Connection) -> str:
    """Return where deliveries come in, empty where the installation has no public https address."""
    if not settings.PUBLIC_URL.startswith("https://"):
        return ""
    return str(settings.PUBLIC_URL).rstrip("/") + reverse("webhook", args=[row.kind, row.public_id])
