"""The ASGI application: HTTP through Django, websockets through Channels."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assistant.project.settings")
http = get_asgi_application()

from assistant.tasks import heartbeat  # noqa: E402  (apps must be loaded first)
from assistant.web.routing import websocket_urlpatterns  # noqa: E402

heartbeat.start("web")

application = ProtocolTypeRouter(
    {"http": http, "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns))}
)
