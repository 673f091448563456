"""The forms of connections."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.models import Connection

TOKEN = re.compile(r"\d{5,16}:[A-Za-z0-9_-]{30,64}")


class TelegramForm(forms.Form):
    """A bot: its title, its token (write only), how its messages come in."""

    title = forms.CharField(max_length=80, error_messages={"required": gettext_lazy("Give it a name.")})
    token = forms.CharField(max_length=120, required=False, strip=True)
    mode = forms.ChoiceField(choices=[("polling", ""), ("webhook", "")])

    def __init__(self, data: Any = None, *, row: Connection | None = None) -> None:
        initial = {
            "title": row.title if row else "Telegram",
            "mode": row.config.get("mode", "polling") if row else "polling",
        }
        super().__init__(data, initial=initial)
        self.row = row

    def clean_token(self) -> str:
        """Check that it looks like a token of BotFather's, and that the bot is not connected already."""
        token = str(self.cleaned_data["token"])
        if not token:
            if self.row is None or not self.row.credentials.get("token"):
                raise forms.ValidationError(_("Paste the token that BotFather gave you."))
            return ""
        if not TOKEN.fullmatch(token):
            raise forms.ValidationError(_("A token looks like 123456789:AA…; copy the whole of it."))
        others = Connection.objects.filter(kind="telegram")
        if self.row is not None:
            others = others.exclude(pk=self.row.pk)
        bot = token.partition(":")[0]
        for other in others:
            if str(other.credentials.get("token", "")).partition(":")[0] == bot:
                raise forms.ValidationError(
                    _("This bot is connected already, as “%(title)s”.") % {"title": other.title}
                )
        return token

    def clean_mode(self) -> str:
        """Refuse a webhook where Telegram cannot reach us."""
        mode = str(self.cleaned_data["mode"])
        if mode == "webhook" and not settings.PUBLIC_URL.startswith("https://"):
            raise forms.ValidationError(_("For a webhook, set PUBLIC_URL to the https address of this server first."))
        return mode


class SandboxForm(forms.Form):
    """How the sandbox behaves."""

    payments = forms.ChoiceField(
        choices=[
            ("accept", gettext_lazy("pays")),
            ("decline", gettext_lazy("refuses every payment")),
            ("lose_answer", gettext_lazy("pays, but its answer gets lost")),
        ]
    )
    orders = forms.ChoiceField(
        choices=[
            ("accept", gettext_lazy("take orders")),
            ("refuse", gettext_lazy("refuse every order")),
            ("down", gettext_lazy("do not answer")),
        ]
    )

    def __init__(self, data: Any = None, *, row: Connection) -> None:
        super().__init__(data, initial={"payments": "accept", "orders": "accept", **row.config})
