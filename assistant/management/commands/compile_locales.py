"""Compile the message catalogues (.po) with Babel; gettext's programs are not needed."""

from __future__ import annotations

from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py compile_locales`."""

    help = "Compile every .po file below assistant/, integrations/ and dashboard/."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each .mo that is older than its .po."""
        for app in ("assistant", "integrations", "dashboard"):
            for po in sorted((settings.BASE_DIR / app).rglob("locale/*/LC_MESSAGES/django.po")):
                mo = po.with_suffix(".mo")
                if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
                    continue
                with po.open("rb") as source:
                    catalogue = read_po(source, locale=po.parents[1].name)
                draft = mo.with_suffix(".mo.new")
                with draft.open("wb") as target:
                    write_mo(target, catalogue)
                draft.replace(mo)
                self.stdout.write(f"{po.relative_to(settings.BASE_DIR)}: {len(catalogue)} messages")
