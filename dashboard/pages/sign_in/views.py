"""Signing in and out."""

from __future__ import annotations

import math
from typing import Any

from axes.helpers import get_cool_off
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password. Nobody learns from the answer whether a name exists."""

    error_messages = {
        "invalid_login": _("Name and password do not match. Check both and try again."),
        "inactive": _("Name and password do not match. Check both and try again."),
    }


sign_in = LoginView.as_view(
    template_name="dashboard/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
)
sign_out = LogoutView.as_view()


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Return the page for somebody who tried too often (`settings.AXES_LOCKOUT_CALLABLE`)."""
    wait = get_cool_off(request)
    minutes = math.ceil(wait.total_seconds() / 60) if wait else 15
    form = SignInForm(request)
    context = {"form": form, "locked": True, "minutes": minutes, "next": request.POST.get("next", "")}
    return render(request, "dashboard/sign_in.html", context, status=429)
