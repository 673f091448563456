"""Whether the process and the engine are well."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assistant.engines import client


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while this process serves and its database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ok": False, "database": "does not answer"}, status=503)
    return JsonResponse({"ok": True})


@require_safe
@never_cache
def engine_health(request: HttpRequest) -> HttpResponse:
    """Return how the engine is, for the page's status line."""
    return JsonResponse({"health": engine_json()})


def engine_json() -> dict[str, Any]:
    """Return what a visitor may know of the engine's health."""
    shown = {"engine", "state", "queued", "slots", "downloaded", "size", "at"}
    return client.health().model_dump(mode="json", include=shown)
