"""Raw inbound deliveries, stored before anything else."""

from __future__ import annotations

from django.db import models

from assistant.models.conversation import Turn
from integrations.models import Connection


class Update(models.Model):
    """One delivery of a channel or a provider; unique by connection and external id."""

    class State(models.TextChoices):
        NEW = "new"
        TAKEN = "taken"  # its message stands in a turn
        IGNORED = "ignored"  # a kind we do nothing with
        FAILED = "failed"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="updates")
    external_id = models.CharField(max_length=120)
    payload = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    turn = models.ForeignKey(Turn, null=True, on_delete=models.SET_NULL, related_name="updates")
    error = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "external_id"], name="one_update_per_delivery")]
        indexes = [models.Index(fields=["state", "received_at"])]

    def __str__(self) -> str:
        return f"{self.connection_id}:{self.external_id}"
