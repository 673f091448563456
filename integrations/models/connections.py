"""What an operator has set up."""

from __future__ import annotations

from django.db import models

from integrations.models.fields import EncryptedJSONField
from integrations.models.people import Person, public_id


class Connection(models.Model):
    """An operator's set-up of one channel or provider."""

    class Role(models.TextChoices):
        CHANNEL = "channel"
        PROVIDER = "provider"

    public_id = models.CharField(max_length=32, unique=True, default=public_id)  # stands in webhook addresses
    role = models.CharField(max_length=10, choices=Role.choices)
    kind = models.CharField(max_length=40)  # web, telegram, sandbox, ...: a folder of channels/ or providers/
    title = models.CharField(max_length=80)
    enabled = models.BooleanField(default=True)
    config = models.JSONField(default=dict)
    credentials = EncryptedJSONField(default=dict)
    credentials_set_at = models.DateTimeField(null=True, blank=True)
    credentials_set_by = models.CharField(max_length=150, blank=True)
    share = models.PositiveSmallIntegerField(default=100)  # roll-out, percent of people
    health = models.JSONField(default=dict)  # {"state": "ok|warning|failing|off", "detail": "", "at": iso}
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Account(models.Model):
    """A person's own link to a provider."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="accounts")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="accounts")
    external_user = models.CharField(max_length=120)
    tokens = EncryptedJSONField(default=dict)
    scopes = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "connection"], name="one_account_per_connection")]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.connection_id}"


class ScenarioSwitch(models.Model):
    """Whether a scenario is offered. No row: it is."""

    scenario = models.CharField(max_length=40, unique=True)
    enabled = models.BooleanField(default=True)
    provider = models.CharField(max_length=40, default="sandbox")

    def __str__(self) -> str:
        return self.scenario


class Call(models.Model):
    """One call of a tool or provider, for the dashboard: never its private contents."""

    scenario = models.CharField(max_length=40)
    tool = models.CharField(max_length=60)
    provider = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL)
    ok = models.BooleanField()
    error = models.CharField(max_length=200, blank=True)
    milliseconds = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.tool
