"""What a person asked to be remembered."""

from __future__ import annotations

from django.db import models

from integrations.models import Person


class Memory(models.Model):
    """A fact about a person, in their words. `key` is a known preference (diet, spice, budget) or empty."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memories")
    key = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=300)
    value = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text
