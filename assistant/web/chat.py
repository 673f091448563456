"""The web chat's pages: a conversation, a new one, older messages, the language switch."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assistant.channels.web.connection import web_connection
from assistant.channels.web.current import refresh
from assistant.channels.web.push import history, messages_json
from assistant.models import Conversation, Identity
from assistant.web.buttons import complete
from assistant.web.language import page_language
from assistant.web.page import page_context
from assistant.web.people import get_conversation_for, guest_page, known_person
from integrations.models import Person
from integrations.models.people import public_id as new_public_id

MESSAGES = 50  # shown at first, and fetched at once


@require_GET
@guest_page
def home(request: HttpRequest, identity: Identity) -> HttpResponse:
    """Show the newest conversation, or an empty one to start with."""
    person = identity.person
    newest = Conversation.objects.filter(connection=identity.connection_id, person=person).order_by("-last_at").first()
    return _page(request, identity, newest or empty_conversation(person))


@require_GET
@known_person
def conversation(request: HttpRequest, identity: Identity, public_id: str) -> HttpResponse:
    """Show a conversation."""
    return _page(request, identity, get_conversation_for(identity.person, public_id))


@require_POST
@known_person
def create(request: HttpRequest, identity: Identity) -> HttpResponse:
    """Open a new conversation."""
    return redirect("conversation", public_id=empty_conversation(identity.person).public_id)


@require_GET
@known_person
def earlier(request: HttpRequest, identity: Identity, public_id: str) -> HttpResponse:
    """Return the messages before message `before`."""
    talk = get_conversation_for(identity.person, public_id)
    before = request.GET.get("before", "")
    if not (before.isascii() and before.isdigit() and len(before) < 19):
        return HttpResponseBadRequest(_("Which messages should be shown is missing."))
    messages, more = _messages(talk, identity.person, before=int(before))
    return JsonResponse({"messages": messages, "more": more})


@require_POST
@known_person
def set_language(request: HttpRequest, identity: Identity) -> HttpResponse:
    """Keep the language the person chose and go back."""
    language = request.POST.get("language", "")
    if language not in ("zh", "en"):
        return HttpResponseBadRequest(_("There is no such language here."))
    Person.objects.filter(pk=identity.person_id).update(language=language, language_chosen=True)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(target if safe else reverse("home"))


@transaction.atomic
def empty_conversation(person: Person) -> Conversation:
    """Return the person's empty conversation, made where there is none: nobody needs two."""
    connection = web_connection()
    own = Conversation.objects.filter(connection=connection, person=person)
    empty = own.filter(messages=None, title="").order_by("-id").first()
    if empty is not None:
        Conversation.objects.filter(pk=empty.pk).update(last_at=timezone.now())
        return empty
    public_id = new_public_id()
    return Conversation.objects.create(connection=connection, person=person, public_id=public_id, external_id=public_id)


def _page(request: HttpRequest, identity: Identity, talk: Conversation) -> HttpResponse:
    person = identity.person
    language = page_language(person, request.headers.get("Accept-Language", ""))
    messages, more = _messages(talk, person)
    context = page_context(person, talk, language=language, messages=messages, more=more, now=timezone.now())
    return render(request, "chat/page.html", context | {"staff": request.user.is_staff})


def _messages(talk: Conversation, person: Person, before: int | None = None) -> tuple[list[dict[str, Any]], bool]:
    rows, more = history(talk, limit=MESSAGES, before=before)
    messages = messages_json(rows)
    refresh(messages, person, timezone.now())
    complete(talk, messages, timezone.now())
    return messages, more
