"""Integrations: which scenarios are offered, and the connections they and the channels go through."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistant.channels.base import ChannelError
from dashboard.access import StaffRequest, staff_only
from dashboard.pages.integrations import changes, forms, grid, setup, usage
from integrations.models import Connection


@staff_only
def integrations(request: StaffRequest) -> HttpResponse:
    """Show the scenarios, the connections and what was changed."""
    connections = setup.connections()
    columns = grid.columns(connections)
    rows = grid.rows(columns, usage.last_day(timezone.now()))
    context = {
        "place": "integrations",
        "columns": columns,
        "rows": rows,
        "tools": sum(len(row.tools) for row in rows),
        "connections": connections,
        "changes": changes.recent(),
    }
    return render(request, "dashboard/integrations/integrations.html", context)


@staff_only
@require_POST
def switch_scenario(request: StaffRequest, name: str) -> HttpResponse:
    """Switch a scenario on or off; by HTMX its row comes back."""
    try:
        setup.switch_scenario(name, enabled=_wanted(request), user=request.user)
    except KeyError as error:
        raise Http404 from error
    if not request.htmx:
        return redirect("dashboard:integrations")
    columns = grid.columns(setup.connections())
    row = grid.one(name, columns, usage.last_day(timezone.now()))
    return render(request, "dashboard/integrations/_row.html", {"row": row, "columns": columns, "fresh": True})


@staff_only
@require_POST
def switch_connection(request: StaffRequest, public_id: str) -> HttpResponse:
    """Switch a connection on or off; by HTMX its line comes back."""
    row = get_object_or_404(Connection, public_id=public_id)
    setup.switch_connection(row, enabled=_wanted(request), user=request.user)
    row.refresh_from_db()
    if not request.htmx:
        return redirect("dashboard:integrations")
    return render(request, "dashboard/integrations/_connection_line.html", {"connection": row, "fresh": True})


def _wanted(request: StaffRequest) -> bool:
    wanted = request.POST.get("enabled")
    if wanted not in {"on", "off"}:
        raise BadRequest(_("Say on or off."))
    return wanted == "on"


@staff_only
def new_connection(request: StaffRequest, kind: str) -> HttpResponse:
    """Connect a bot."""
    if kind != "telegram":
        raise Http404
    return _telegram(request, None)


@staff_only
def connection(request: StaffRequest, public_id: str) -> HttpResponse:
    """Show a connection and change its set-up."""
    row = get_object_or_404(Connection, public_id=public_id)
    if row.kind == "telegram":
        return _telegram(request, row)
    if row.kind == "sandbox":
        return _sandbox(request, row)
    return _page(request, row, None)


def _telegram(request: StaffRequest, row: Connection | None) -> HttpResponse:
    form = forms.TelegramForm(request.POST if request.method == "POST" else None, row=row)
    if not form.is_bound or not form.is_valid():
        return _page(request, row, form, kind="telegram")
    wanted = setup.TelegramSetUp(form.cleaned_data["title"], form.cleaned_data["mode"], form.cleaned_data["token"])
    row = setup.save_telegram(row, wanted, user=request.user)
    try:
        about = setup.check(row)
        setup.set_mode(row, wanted, setup.webhook_address(row), user=request.user)
    except ChannelError as error:
        messages.error(request, _("It is saved, but Telegram does not accept it: %(reason)s") % {"reason": error})
    else:
        messages.success(
            request, _("Saved. Telegram knows the bot as @%(name)s.") % {"name": about.get("username", "")}
        )
    return redirect("dashboard:connection", row.public_id)


def _sandbox(request: StaffRequest, row: Connection) -> HttpResponse:
    form = forms.SandboxForm(request.POST if request.method == "POST" else None, row=row)
    if not form.is_bound or not form.is_valid():
        return _page(request, row, form)
    setup.save_sandbox(row, dict(form.cleaned_data), user=request.user)
    messages.success(request, _("Saved. It holds for new orders."))
    return redirect("dashboard:connection", row.public_id)


def _page(request: StaffRequest, row: Connection | None, form: Any, kind: str = "") -> HttpResponse:
    context = {
        "place": "integrations",
        "connection": row,
        "kind": row.kind if row else kind,
        "form": form,
        "replacing": "replace" in request.GET or (form is not None and "token" in form.errors),
        "address": setup.webhook_address(row) if row else "",
        "changes": changes.recent([row]) if row else [],
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "dashboard/integrations/connection.html", context, status=status)


@staff_only
@require_POST
def check_connection(request: StaffRequest, public_id: str) -> HttpResponse:
    """Ask Telegram whether the token works."""
    row = get_object_or_404(Connection, public_id=public_id, kind="telegram")
    try:
        about = setup.check(row)
    except ChannelError as error:
        messages.error(request, _("Telegram does not accept it: %(reason)s") % {"reason": error})
    else:
        messages.success(
            request, _("It works. Telegram knows the bot as @%(name)s.") % {"name": about.get("username", "")}
        )
    return redirect("dashboard:connection", row.public_id)
