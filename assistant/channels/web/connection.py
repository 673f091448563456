"""The one Connection of the web chat."""

from __future__ import annotations

from integrations.models import Connection

PUBLIC_ID = "web"


def web_connection() -> Connection:
    """Return the web chat's Connection, made on first use."""
    connection, _ = Connection.objects.get_or_create(
        public_id=PUBLIC_ID, defaults={"role": Connection.Role.CHANNEL, "kind": "web", "title": "Web chat"}
    )
    return connection
