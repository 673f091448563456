"""Call an order off: the quote that says what is given back, and carrying it out once it is confirmed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations.base import InvalidInput, Money, ProviderError, QuoteLine, QuoteView, SumLine
from integrations.models import Order, Person, Quote
from integrations.orders import money, quotes, refunds, stock, wording
from integrations.orders.drafts import Draft
from integrations.orders.errands import errand, provider_of
from integrations.orders.food import sandbox_badge
from integrations.orders.moves import LEASE, look_again, move
from integrations.orders.names import speaking, text
from integrations.orders.payments import RETRY
from integrations.orders.terms import Terms, cancel_terms, food_paid, problem_refund, rule_text

logger = logging.getLogger(__name__)
TOOL = "orders.cancel"


class CannotCancel(InvalidInput):
    """Nothing can be called off or given back; the message says why and what to do instead."""


def make_cancel_quote(order: Order, *, wrong: Sequence[int] = (), language: str, now: datetime) -> Quote:
    """Propose to cancel `order`, or, once it was delivered, to give back the dishes at the places `wrong`. Raise
    CannotCancel.
    """
    inputs = {"number": order.number, "wrong": list(wrong), "language": language}
    draft = cancel_draft(order, wrong, language=language, now=now)
    return quotes.make_quote(
        order.person, tool=TOOL, provider=order.provider, inputs=inputs, view=draft.view, merchant=order.merchant,
        total=draft.total, currency=draft.currency, now=now,
    )  # fmt: skip


def cancel_draft(order: Order, wrong: Sequence[int], *, language: str, now: datetime) -> Draft:
    """Return what cancelling would give back now; raise CannotCancel."""
    with speaking(language):
        if wrong:
            refund = problem_refund(order, wrong, now)
            if refund <= 0:
                raise CannotCancel(_("Nothing more can be given back for this order."))
            dishes = [text(order.details["lines"][index], language, "name") for index in wrong]
            lines = [_line(order, wording.items(dishes), refund)]
            note = _("Given back to the demo wallet.")
            return _draft(order, _("Refund for %(number)s"), lines=lines, total=refund, note=note)
        terms = cancel_terms(order, now)
        if not terms.possible:
            raise CannotCancel(rule_text(terms))
        lines = _lines(order, terms, language)
        sums = []
        if terms.kept:
            kept = Money(amount=-terms.kept, currency=order.currency)
            sums = [SumLine(text=_("Kept by the kitchen"), amount=kept, style="off")]
        return _draft(order, _("Cancel %(number)s"), lines=lines, sums=sums, total=terms.refund, note=rule_text(terms))


def _lines(order: Order, terms: Terms, language: str) -> list[QuoteLine]:
    title = order.title_en if language == "en" else order.title_zh
    if not terms.kept:
        return [_line(order, title, terms.refund)]
    food = food_paid(order)
    return [_line(order, title, food), _line(order, pgettext("bill", "Delivery"), terms.refund + terms.kept - food)]


def _line(order: Order, words: str, amount: Decimal) -> QuoteLine:
    return QuoteLine(text=words, amount=Money(amount=money.cents(amount), currency=order.currency))


def _draft(
    order: Order, title: str, *, lines: list[QuoteLine], sums: Sequence[SumLine] = (), total: Decimal, note: str
) -> Draft:
    back = Money(amount=total, currency=order.currency)
    view = QuoteView(
        id="",
        number="",
        title=title % {"number": order.number},
        badges=[sandbox_badge()] if order.is_sandbox else [],
        lines=lines,
        sums=[*sums, SumLine(text=_("You get back"), amount=back, style="total")],
        total=back,
        expires_at=order.created_at,
        note=note,
    )
    return Draft(view, total, order.currency, order.merchant, order.title_zh, order.title_en)


def order_of(quote: Quote) -> Order:
    """Return the order that a cancel quote is about; only its person's."""
    return Order.objects.select_related("merchant", "person").get(number=quote.inputs["number"], person=quote.person)


def begin(order: Order, quote: Quote, draft: Draft, now: datetime) -> None:
    """Note on the order that it is to be called off, or what is owed for it, in the transaction that claims the quote.

    What follows is carried out by `carry_on` and `refunds.carry_out`, now or after a restart.
    """
    key = f"{'problem' if quote.inputs['wrong'] else 'cancelling'}:{quote.pk}"
    if quote.inputs["wrong"]:
        refunds.promise(order, draft.total, key=f"refund:{quote.public_id}", reason="problem")
        move(order, "refund_agreed", key=key, now=now, check_at=now + LEASE)
        return
    terms = cancel_terms(order, now)
    plan = {
        "quote": quote.public_id,
        "refund": str(terms.refund),
        "restock": terms.restock,
        "by": "person",
        "at": now.isoformat(),
    }
    move(order, "cancelling", key=key, now=now, check_at=now + LEASE, details={**order.details, "cancelling": plan})


def carry_on(order: Order, now: datetime, told: bool) -> bool:
    """Ask the provider to call the order off, and write down its answer; return whether the order goes on."""
    plan: dict[str, Any] = order.details["cancelling"]
    rest = {key: value for key, value in order.details.items() if key != "cancelling"}
    try:
        provider_of(order).cancel(errand(order), f"cancel:{plan['quote']}", datetime.fromisoformat(plan["at"]))
    except ProviderError as error:
        logger.warning("order %s could not be cancelled: %s", order.pk, error)
        if error.permanent:
            move(
                order, "cancel_refused", key=f"refused:{plan['quote']}", now=now, told=told, details=rest, check_at=now
            )
            return True
        look_again(order, now + RETRY)
        return False
    close(order, plan, rest, now, told)
    return True


def close(order: Order, plan: dict[str, Any], rest: dict[str, Any], now: datetime, told: bool) -> None:
    """Mark an order as cancelled and promise what is given back, in one transaction."""
    with transaction.atomic():
        taken = rest.get("stock", [])
        refund = refunds.promise(order, Decimal(plan["refund"]), key=f"refund:{plan['quote']}", reason="cancelled")
        details = {**rest, "stock": [], "released": True}
        data = {"amount": plan["refund"], "by": plan["by"]}
        check_at = now + LEASE if refund else None
        key = f"cancelled:{plan['quote']}"
        move(
            order, "cancelled", key=key, now=now, told=told, data=data, state=Order.State.CANCELLED, details=details,
            check_at=check_at,
        )  # fmt: skip
        if plan["restock"]:
            stock.give_back(taken)


def find(person: Person, number: str = "") -> Order | None:
    """Return a person's order by its number (or the end of it), else their latest one, those under way first."""
    orders = Order.objects.filter(person=person).select_related("merchant", "person")
    wanted = number.strip().upper().replace(" ", "").lstrip("#")
    if wanted:
        return (
            orders.filter(number=wanted).first() or orders.filter(number__endswith=f"-{wanted}").order_by("-id").first()
        )
    live = orders.filter(state__in=[Order.State.CONFIRMED, Order.State.ACTIVE]).order_by("-id").first()
    return live or orders.order_by("-id").first()
