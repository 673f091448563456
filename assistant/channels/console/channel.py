"""The command line as a channel: what comes in is given in process, what goes out is read from the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.channels.base import BadDelivery, BadSignature, Inbound
from integrations.base import Reply
from integrations.models import Connection

PUBLIC_ID = "console"


def console_connection() -> Connection:
    """Return the command line's Connection, made on first use."""
    connection, _ = Connection.objects.get_or_create(
        public_id=PUBLIC_ID, defaults={"role": Connection.Role.CHANNEL, "kind": "console", "title": "Command line"}
    )
    return connection


class ConsoleChannel:
    """The command line's side of the channel contract."""

    kind = "console"
    placeholder = False

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Refuse: nobody delivers to the command line."""
        raise BadSignature("the command line has no webhook")

    def read(self, body: bytes) -> tuple[str, dict[str, Any]]:
        """Refuse: nobody delivers to the command line."""
        raise BadDelivery("the command line has no webhook")

    def parse(self, payload: dict[str, Any]) -> Inbound | None:
        """Return what was stored."""
        return Inbound.model_validate(payload)

    def open(self, chat: str, reply: Reply) -> str:
        """Return an empty id: there is nothing to put anywhere."""
        return ""

    def fill(self, chat: str, external_id: str, reply: Reply, language: str) -> None:
        """Do nothing: the command reads the message's row."""

    def withdraw(self, chat: str, external_id: str) -> None:
        """Do nothing: there are no placeholders."""

    def acknowledge(self, inbound: Inbound) -> None:
        """Do nothing."""
