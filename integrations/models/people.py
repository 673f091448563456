"""People who chat, and their places."""

from __future__ import annotations

import secrets

from django.db import models


def public_id() -> str:
    """Return a random id that may be shown."""
    return secrets.token_urlsafe(12)


class Person(models.Model):
    """Somebody who chats."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="zh", choices=[("zh", "中文"), ("en", "English")])
    language_chosen = models.BooleanField(default=False)  # by the person; else it follows what they write
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    city = models.ForeignKey("integrations.City", null=True, blank=True, on_delete=models.SET_NULL)
    is_guest = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or self.public_id


class Place(models.Model):
    """An address of a person's: home, work, or any name they gave it. `last` is where they last were."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="places")
    label = models.CharField(max_length=40)
    address = models.CharField(max_length=300)
    city = models.ForeignKey("integrations.City", null=True, blank=True, on_delete=models.SET_NULL)
    lat = models.FloatField()
    lng = models.FloatField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "label"], name="one_place_per_label")]

    def __str__(self) -> str:
        return f"{self.label}: {self.address}"
