"""Who may see the dashboard, and what everybody else is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class StaffRequest(HttpRequest):
    """A request as a staff view gets it."""

    htmx: HtmxDetails
    user: User


def staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Let staff in. Anonymous visitors are sent to sign in, others are told that the pages are for staff.

    A missing thing (`Http404`) or an address that makes no sense (`BadRequest`) ends in a page that says so.
    """

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if not request.user.is_staff:
            return render(request, "dashboard/forbidden.html", status=403)
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = problem(request, 404, _("This is not here"), _("It was removed, or the address is wrong."))
        except BadRequest as error:
            response = problem(request, 400, _("That address does not work"), str(error))
        patch_cache_control(response, private=True, no_store=True)
        patch_vary_headers(response, ["HX-Request", "Cookie"])
        return response

    return guarded


def problem(request: HttpRequest, status: int, title: str, detail: str) -> HttpResponse:
    """Return a page that says what is wrong."""
    return render(request, "dashboard/problem.html", {"title": title, "detail": detail}, status=status)


def _to_sign_in(request: StaffRequest) -> HttpResponseBase:
    address = resolve_url("dashboard:sign_in")
    if not request.htmx:
        return redirect_to_login(request.get_full_path(), address)
    shown = urlsplit(request.htmx.current_url or "")
    back = redirect_to_login(f"{shown.path}?{shown.query}" if shown.query else shown.path, address)
    return HttpResponseClientRedirect(back["Location"])
