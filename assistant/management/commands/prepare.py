"""Make this folder ready to run: database, demo catalogue, index, texts, a staff account."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from assistant.channels.web.connection import web_connection
from assistant.conversation import warm

STAFF = "admin"


class Command(BaseCommand):
    """`manage.py prepare`: what `make run` does before `up`; a second run changes nothing."""

    help = "Migrate, load the demo catalogue, build the index, make a staff account (its password is printed once)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do each step that is still to be done."""
        call_command("compile_locales", stdout=self.stdout)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_demo", if_needed=True, stdout=self.stdout)
        call_command("index", "build", if_needed=True, stdout=self.stdout)
        web_connection()
        warm.register()
        self._staff()

    def _staff(self) -> None:
        users = get_user_model().objects
        if users.filter(is_staff=True).exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(username=STAFF, password=password)
        self.stdout.write(
            f"\n  Dashboard sign-in:  user {STAFF}   password {password}\n"
            "  It is shown only this once. Change it with: .venv/bin/python manage.py changepassword admin\n"
        )
