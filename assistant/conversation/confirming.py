"""Confirm a quote: the one way in which anything is ordered, paid or given back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assistant.conversation.turns import Step
from assistant.models import OrderLink
from integrations.base import ProviderError, Reply
from integrations.orders import confirm as confirming
from integrations.orders import quotes, views


def confirm(step: Step, quote_id: str, content_hash: str) -> list[Reply]:
    """Carry out the person's confirmation of a quote; a second one shows the order that the first one made."""
    person, language, now = step.turn.person, step.turn.person.language, step.context.now
    try:
        order = confirming.confirm(person, quote_id=quote_id, content_hash=content_hash, now=now)
    except confirming.QuoteChanged as changed:
        renewed = quotes.quote_view(changed.quote, language=language, now=now)
        return [Reply(text=str(changed), quote=renewed)]
    except confirming.QuoteGone as gone:
        step.note("call", {"tool": "confirm", "inputs": {"quote": quote_id}, "ok": False, "error": str(gone)})
        return [Reply(text=str(gone))]
    except ProviderError as problem:
        step.note("call", {"tool": "confirm", "inputs": {"quote": quote_id}, "ok": False, "error": str(problem)[:200]})
        return [
            Reply(
                text=_(
                    "The payment did not go through, so nothing was ordered. "
                    "You can press confirm again or choose something else."
                )
            )
        ]
    step.note("call", {"tool": "confirm", "inputs": {"quote": quote_id}, "ok": True, "order": order.number})
    OrderLink.objects.get_or_create(order=order, defaults={"conversation": step.turn.conversation})
    view = views.order_view(order, language=language, now=now)
    text = views.confirmed_text(order, language=language, now=now)
    return [Reply(text=text, order=view, remember={"order": order.number, "quote": None, "basket": None})]
