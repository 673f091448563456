"""The conversation: channels, turns, engines, retrieval."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    """Django app `assistant`."""

    name = "assistant"
    default_auto_field = "django.db.models.BigAutoField"
