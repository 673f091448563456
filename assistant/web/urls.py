"""Addresses of the chat page, webhooks and health."""

from django.urls import URLPattern, path

from assistant.web import chat, files, health, places, webhook

urlpatterns: list[URLPattern] = [
    path("", chat.home, name="home"),
    path("c/", chat.create, name="new-conversation"),
    path("c/<str:public_id>/", chat.conversation, name="conversation"),
    path("c/<str:public_id>/earlier/", chat.earlier, name="earlier"),
    path("c/<str:public_id>/files/", files.upload, name="upload"),
    path("files/<str:public_id>/", files.download, name="download"),
    path("places/", places.places, name="places"),
    path("language/", chat.set_language, name="set-language"),
    path("hooks/<str:kind>/<str:public_id>/", webhook.webhook, name="webhook"),
    path("healthz", health.healthz, name="healthz"),
    path("health/engine/", health.engine_health, name="engine-health"),
]
