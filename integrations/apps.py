"""What can be done: scenarios, providers, orders, the catalogue."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """Django app `integrations`."""

    name = "integrations"
    default_auto_field = "django.db.models.BigAutoField"
