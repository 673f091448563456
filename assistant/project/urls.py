"""Addresses."""

from django.urls import include, path

urlpatterns = [
    path("dashboard/", include("dashboard.urls")),
    path("", include("assistant.web.urls")),
]
