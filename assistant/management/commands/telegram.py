"""`manage.py telegram`: connect a bot."""

from __future__ import annotations

import re
import secrets
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.channels.base import ChannelError
from assistant.channels.telegram import api, channel
from assistant.tasks import relay
from integrations.models import Connection

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{10,}")
BAD_INPUT = 2


class Command(BaseCommand):
    """Set or delete a webhook, or poll in the foreground."""

    help = "Connect a Telegram bot: set_webhook, delete_webhook, or poll in the foreground."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("action", choices=["set_webhook", "delete_webhook", "poll"])
        parser.add_argument("--url", default="", help="the https address at which this installation is reached")
        parser.add_argument("--token", default="", help="the bot's token from @BotFather; kept encrypted")
        parser.add_argument("--connection", default="", help="which bot, where there are several: its public id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of the three."""
        if options["action"] == "set_webhook":
            check_url(options["url"])
        try:
            connection = find(options["token"], options["connection"])
            if options["action"] == "set_webhook":
                path = reverse("webhook", args=[connection.kind, connection.public_id])
                channel.set_webhook(connection, options["url"].rstrip("/") + path)
                self.stdout.write(_("Telegram delivers to %(url)s now.") % {"url": options["url"].rstrip("/") + path})
                return
            channel.delete_webhook(connection)
            about = channel.check(connection)
        except ChannelError as error:
            is_token = isinstance(error, api.BotError) and error.code in (401, 404)
            detail = _("Telegram does not know this token. Copy it again from @BotFather.") if is_token else str(error)
            raise CommandError(detail, returncode=BAD_INPUT if is_token else 1) from error
        if options["action"] == "delete_webhook":
            self.stdout.write(_("No webhook any more: the relay asks for messages by itself."))
            return
        if not connection.enabled:
            raise CommandError(
                _("This bot is switched off. Switch it on in the dashboard first."), returncode=BAD_INPUT
            )
        self.stdout.write(_("Polling as @%(name)s. Ctrl-C ends it.") % {"name": about.get("username", "")})
        relay.run(only=("polling",))


def check_url(url: str) -> None:
    """Refuse an address that Telegram cannot deliver to."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise CommandError(
            _("--url must be an https address, for example https://banshi.example.com"), returncode=BAD_INPUT
        )


def find(token: str, public_id: str) -> Connection:
    """Return the connection meant: the one named, the token's (made if there is none), or the only one."""
    rows = Connection.objects.filter(role=Connection.Role.CHANNEL, kind="telegram")
    if public_id:
        rows = rows.filter(public_id=public_id)
    if token:
        return with_token(list(rows), token)
    found = list(rows[:2])
    if not found:
        raise CommandError(_("No such Telegram connection. Give the bot's token with --token."), returncode=BAD_INPUT)
    if len(found) > 1:
        raise CommandError(_("There are several Telegram bots. Name one with --connection."), returncode=BAD_INPUT)
    return found[0]


def with_token(rows: list[Connection], token: str) -> Connection:
    """Return the connection of this token's bot with the token set; a new one after Telegram has accepted it."""
    if not TOKEN.fullmatch(token):
        raise CommandError(_("This is no bot token: it looks like 123456:ABC..."), returncode=BAD_INPUT)
    bot_id = token.partition(":")[0]
    known = (row for row in rows if str(row.credentials.get("token", "")).partition(":")[0] == bot_id)
    connection = next(known, None) or Connection(
        role=Connection.Role.CHANNEL, kind="telegram", title="Telegram", config={"mode": "polling"}
    )
    about = api.call(token, "getMe")
    connection.credentials = {"secret": secrets.token_urlsafe(32), **connection.credentials, "token": token}
    connection.config = {**connection.config, "username": about.get("username", "")}
    connection.credentials_set_at = timezone.now()
    connection.credentials_set_by = "manage.py telegram"
    connection.save()
    return connection
