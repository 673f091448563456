"""Who looks at a page: a guest known by a signed cookie, made on the first visit."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from assistant.channels.web.connection import PUBLIC_ID, web_connection
from assistant.models import Conversation, Identity
from assistant.web import language as languages
from integrations.models import Person

COOKIE = "banshi_guest"
COOKIE_SECONDS = 365 * 24 * 3600
signer = signing.TimestampSigner(salt="assistant.web.guest")

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Identity, P], HttpResponse]


def guest_page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the view the visitor's identity, made on a first visit; answer in their language and keep the cookie."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        accepted = request.headers.get("Accept-Language", "")
        if not web_connection().enabled:
            return _closed(request, accepted)
        identity = identity_of(request.COOKIES) or welcome(accepted)
        response = _answer(view, request, identity, accepted, *args, **kwargs)
        keep(response, identity)
        return response

    return wrapper


def known_person(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the view the visitor's identity; a visitor without one finds nothing."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        identity = identity_of(request.COOKIES)
        if identity is None:
            raise Http404
        return _answer(view, request, identity, request.headers.get("Accept-Language", ""), *args, **kwargs)

    return wrapper


def identity_of(cookies: Mapping[str, str]) -> Identity | None:
    """Return whom a cookie names, or None where it is missing, forged or too old."""
    try:
        external_id = signer.unsign(cookies.get(COOKIE, ""), max_age=COOKIE_SECONDS)
    except signing.BadSignature:
        return None
    found = Identity.objects.select_related("person", "connection")
    return found.filter(connection__public_id=PUBLIC_ID, external_id=external_id).first()


@transaction.atomic
def welcome(accepted: str) -> Identity:
    """Make a guest; `accepted` is the browser's Accept-Language."""
    person = Person.objects.create(is_guest=True, language=languages.accepted_language(accepted))
    return Identity.objects.create(connection=web_connection(), external_id=secrets.token_urlsafe(24), person=person)


def keep(response: HttpResponse, identity: Identity) -> None:
    """Set the cookie for another year."""
    response.set_cookie(
        COOKIE,
        signer.sign(identity.external_id),
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def get_conversation_for(person: Person, public_id: str) -> Conversation:
    """Return the person's own web conversation; raise `Http404` for anybody else's."""
    found = get_conversation_or_none(person, public_id)
    if found is None:
        raise Http404
    return found


def get_conversation_or_none(person: Person, public_id: str) -> Conversation | None:
    """Return the person's own web conversation, or None for anybody else's."""
    return Conversation.objects.filter(connection__public_id=PUBLIC_ID, person=person, public_id=public_id).first()


def _answer(
    view: View[P], request: HttpRequest, identity: Identity, accepted: str, *args: P.args, **kwargs: P.kwargs
) -> HttpResponse:
    code = languages.code(languages.page_language(identity.person, accepted))
    with translation.override(code):
        response = view(request, identity, *args, **kwargs)
    response.headers["Content-Language"] = code
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _closed(request: HttpRequest, accepted: str) -> HttpResponse:
    chosen = languages.accepted_language(accepted)
    with translation.override(languages.code(chosen)):
        context = {
            "lang": languages.HTML[chosen],
            "title": _("The web chat is closed"),
            "detail": _("The operator has switched it off for now. Please come back later."),
        }
        return render(request, "chat/plain.html", context, status=503)
