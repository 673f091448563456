"""The Django shell with the assistant at hand."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.shell import Command as DjangoShell

HELPERS = ("chat", "search", "tools", "call", "orders", "replay", "explain")


class Command(DjangoShell):
    """`manage.py shell`: Django's own, with `chat, search, tools, call, orders, replay, explain` imported."""

    def get_auto_imports(self) -> list[str]:
        """Return Django's imports and ours."""
        return [*(super().get_auto_imports() or []), *(f"assistant.tasks.scripting.{name}" for name in HELPERS)]

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the shell."""
        super().handle(*args, **options)
