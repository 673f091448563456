"""Files: taken from a person, given back to that person only, never as a page."""

from __future__ import annotations

import mimetypes
import secrets
import unicodedata
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assistant.models import Attachment, Identity
from assistant.web.people import get_conversation_for, known_person
from integrations.models import Person

MEGABYTE = 1024 * 1024
FORM_BYTES = 16 * 1024  # what a multipart form adds to its file


@require_POST
@known_person
def upload(request: HttpRequest, identity: Identity, public_id: str) -> HttpResponse:
    """Keep a file for a message that is still being written; answers its id."""
    get_conversation_for(identity.person, public_id)
    limit = settings.MAX_UPLOAD_MB * MEGABYTE
    too_big = JsonResponse(
        {
            "error": _("This file is larger than %(limit)d MB. Please send a smaller one.")
            % {"limit": settings.MAX_UPLOAD_MB}
        },
        status=413,
    )
    declared = request.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > limit + FORM_BYTES:
        return too_big
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return JsonResponse({"error": _("No file arrived. Please choose it again.")}, status=400)
    if (file.size or 0) > limit:
        return too_big
    if not file.size:
        return JsonResponse({"error": _("This file is empty. Please choose another one.")}, status=400)
    attachment = keep_file(identity.person, file)
    shown = {"id": attachment.public_id, "name": attachment.name, "size": attachment.size, "kind": attachment.kind}
    return JsonResponse(shown, status=201)


@require_safe
@known_person
def download(request: HttpRequest, identity: Identity, public_id: str) -> HttpResponse:
    """Give a file back to its person, as a download that no browser runs."""
    attachment = Attachment.objects.filter(person=identity.person, public_id=public_id).first()
    path = stored_at(attachment) if attachment else None
    if attachment is None or path is None or not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, attachment.name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def keep_file(person: Person, file: UploadedFile[bytes]) -> Attachment:
    """Write an upload under a random name and record it."""
    name = shown_name(file.name or "")
    path = f"{timezone.now():%Y-%m}/{secrets.token_hex(16)}"
    target = Path(settings.MEDIA_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with target.open("xb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    target.chmod(0o600)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Attachment.objects.create(person=person, name=name, kind=kind[:100], size=file.size or 0, path=path)


def shown_name(name: str) -> str:
    """Return an upload's name without folders, control and direction characters, at most 200 characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(char for char in last if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}).strip()
    stem, dot, ending = clean.rpartition(".")
    if dot and len(clean) > 200:
        clean = f"{stem[: 199 - len(ending[:20])]}.{ending[:20]}"
    return clean[:200] or _("file")


def stored_at(attachment: Attachment) -> Path | None:
    """Return where an attachment's bytes are, or None where its path leaves the folder of files."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / attachment.path).resolve()
    return path if path.is_relative_to(root) else None
