"""The search field at the top: an order number leads to its order, anything else to the chats."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from dashboard.access import StaffRequest, staff_only
from integrations.models import Order


@staff_only
def find(request: StaffRequest) -> HttpResponse:
    """Redirect to what was looked for."""
    text = request.GET.get("q", "").strip()[:120]
    order = Order.objects.filter(number__iexact=text).first() if text else None
    if order is not None:
        return redirect("dashboard:order", order.number)
    return redirect(f"{reverse('dashboard:conversations')}?{urlencode({'q': text})}")
