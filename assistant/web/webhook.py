"""One webhook for all channels: verify, store, enqueue, 200."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from assistant.channels.base import BadDelivery, BadSignature
from assistant.channels.registry import CHANNELS, channel_for
from assistant.tasks import inbox
from integrations.models import Connection

logger = logging.getLogger(__name__)
MAX_BYTES = 1024 * 1024


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Take a delivery. 403 for a wrong signature (nothing is stored), 404 for no such connection, 413 or 400 for a body
    that cannot be read, else 200, also for one that was delivered before.
    """
    connection = Connection.objects.filter(public_id=public_id, kind=kind, role=Connection.Role.CHANNEL).first()
    if connection is None or kind not in CHANNELS or not connection.enabled:
        return JsonResponse({"error": "no such connection"}, status=404)
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        logger.warning("delivery to connection %s is too large", connection.pk)
        return JsonResponse({"error": "body over 1 MB"}, status=413)
    channel = channel_for(connection)
    try:
        channel.verify(request.headers, request.body)
        external_id, payload = channel.read(request.body)
    except BadSignature:
        logger.warning("delivery to connection %s has a wrong signature", connection.pk)
        return JsonResponse({"error": "wrong signature"}, status=403)
    except BadDelivery as error:
        logger.warning("delivery to connection %s cannot be read: %s", connection.pk, error)
        return JsonResponse({"error": "cannot be read"}, status=400)
    inbox.receive(connection, external_id=external_id, payload=payload)
    return JsonResponse({"ok": True})
