"""Addresses of the chat page, webhooks and health."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
