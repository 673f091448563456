"""Orders: the live list, and one with its states, events and money. Nothing here spends."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistant.models import Conversation, OrderLink
from dashboard import paging, words
from dashboard.access import StaffRequest, staff_only
from dashboard.pages.orders import ledger, listing
from integrations.base import OrderView, ProviderError
from integrations.models import Order, OrderEvent
from integrations.orders import fulfil, moves, views

logger = logging.getLogger(__name__)
BAD_EVENTS = ("failed", "cancelled", "cancel_refused", "payment_unknown")


@staff_only
def orders(request: StaffRequest) -> HttpResponse:
    """Show the list, or (by HTMX) its rows."""
    form = listing.Filters(request.GET)
    filters, after = paging.chosen(form), request.GET.get("after", "")
    page = listing.page(filters, after)
    context = {
        "place": "orders",
        "form": form,
        "states": listing.STATES,
        "payments": listing.PAYMENTS,
        "kinds": listing.KINDS,
        "filters": filters,
        "page": page,
        "after": after,
        "self_address": paging.address(request.path, filters),
        "next_address": paging.address(request.path, filters, after=page.after) if page.after else "",
    }
    return render(request, f"dashboard/orders/{'_rows.html' if request.htmx else 'orders.html'}", context)


@staff_only
def order(request: StaffRequest, number: str) -> HttpResponse:
    """Show one order, or (by HTMX) its live part."""
    shown = get_object_or_404(Order.objects.select_related("person", "merchant", "quote"), number=number)
    context = {
        "place": "orders",
        "order": shown,
        "view": _view(shown),
        "ledger": ledger.ledger(shown),
        "events": [_event(event) for event in shown.events.order_by("at", "id")],
        "conversation": _conversation(shown),
        "over": shown.state in OVER,
    }
    return render(request, f"dashboard/orders/{'_live.html' if request.htmx else 'order.html'}", context)


OVER = (Order.State.COMPLETED, Order.State.CANCELLED, Order.State.FAILED, Order.State.HANDED_OFF)


@staff_only
@require_POST
def refresh(request: StaffRequest, number: str) -> HttpResponse:
    """Look at an order now instead of when the clock would: ask the provider, and move it if it has moved."""
    shown, now = get_object_or_404(Order, number=number), timezone.now()
    try:
        if shown.check_at is not None:
            moves.look_again(shown, now)
        moved = fulfil.advance(shown.pk, now)
    except ProviderError as error:
        logger.warning("order %s cannot be refreshed: %s", shown.pk, error)
        messages.error(request, _("The provider did not answer. The order is as it was; try again in a minute."))
    else:
        messages.success(request, _("The order has moved on.") if moved else _("Nothing has changed since."))
    return redirect("dashboard:order", shown.number)


def _view(shown: Order) -> OrderView:
    language = "zh" if (translation.get_language() or "").startswith("zh") else "en"
    return views.order_view(shown, language=language, now=timezone.now())


def _event(event: OrderEvent) -> dict[str, Any]:
    return {
        "name": words.name(words.EVENT, event.kind),
        "at": event.at,
        "bad": event.kind in BAD_EVENTS,
        "announced": event.announced,
    }


def _conversation(shown: Order) -> Conversation | None:
    """Return the conversation in which the order was confirmed, else the person's latest."""
    link = OrderLink.objects.select_related("conversation").filter(order=shown).first()
    return link.conversation if link else shown.person.conversations.order_by("-last_at").first()
