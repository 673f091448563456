"""Pages for staff."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """Django app `dashboard`."""

    name = "dashboard"
    default_auto_field = "django.db.models.BigAutoField"
