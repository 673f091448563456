"""Addresses of the websockets."""

from django.urls import URLPattern, path

from assistant.web.live.socket import ChatConsumer

websocket_urlpatterns: list[URLPattern] = [path("ws/c/<str:public_id>/", ChatConsumer.as_asgi())]
