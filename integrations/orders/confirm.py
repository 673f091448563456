"""The person's own confirmation of a quote, and what follows from it exactly once."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from integrations.base import InvalidInput, QuoteView
from integrations.models import Order, OrderEvent, Payment, Person, Quote
from integrations.orders import cancel, food, money, moves, quotes, stock, wording
from integrations.orders.baskets import Basket
from integrations.orders.drafts import Draft
from integrations.orders.names import speaking
from integrations.orders.settle import is_open, settle
from integrations.providers import directory

NUMBER_TRIES = 50


class QuoteChanged(Exception):
    """Something that was shown is no longer so; `quote` stands in its place and has to be confirmed itself."""

    def __init__(self, quote: Quote, message: str) -> None:
        super().__init__(message)
        self.quote = quote


class QuoteGone(Exception):
    """The quote can no longer be confirmed. `state`: expired, replaced, withdrawn, unknown, or why it cannot be ordered
    (see `food.CannotOrder`). The message is for the person.
    """

    def __init__(self, state: str, message: str) -> None:
        super().__init__(message)
        self.state = state


def confirm(person: Person, *, quote_id: str, content_hash: str, now: datetime) -> Order:
    """Carry out a quote and return its order; confirmed again, the same order is returned and nothing else happens.

    Raise QuoteChanged or QuoteGone; then nothing was ordered, paid, cancelled or given back.
    """
    quote = Quote.objects.select_related("person", "merchant").filter(public_id=quote_id, person=person).first()
    if quote is None:
        raise QuoteGone("unknown", _("I do not know this quote. Say what you want and I will make a new one."))
    if quote.state == Quote.State.CONFIRMED:
        return _again(quote, now)
    state = quotes.state_of(quote, now)
    if state != Quote.State.OPEN:
        raise QuoteGone(state.value, _gone_text(state))
    if quote.content_hash != content_hash:
        raise QuoteChanged(quote, _("This is the quote as it stands now. Please look at it once more."))
    try:
        order = _cancel(quote, now) if quote.tool == cancel.TOOL else _order(quote, now)
    except quotes.NotOpen:  # another confirmation was faster: it carries on
        quote.refresh_from_db()
        if quote.state != Quote.State.CONFIRMED:
            raise QuoteGone(quote.state, _gone_text(Quote.State(quote.state))) from None
        return _order_of(quote)
    return settle(order, now, told=True)


def _order_of(quote: Quote) -> Order:
    return cancel.order_of(quote) if quote.tool == cancel.TOOL else Order.objects.get(quote=quote)


def _gone_text(state: Quote.State) -> str:
    return {
        Quote.State.EXPIRED: _("This quote has expired. Nothing was ordered or paid. I can quote again."),
        Quote.State.REPLACED: _("There is a newer quote. Nothing was ordered or paid with this one."),
    }.get(state, _("This quote was withdrawn. Nothing was ordered or paid."))


def _again(quote: Quote, now: datetime) -> Order:
    """Return what a quote has come to, going on with it where it was left lying."""
    order = _order_of(quote)
    taken = moves.take(order.pk, now)
    if taken is None:
        return order
    settled = settle(taken, now, told=True)
    if not is_open(settled):
        moves.look_again(settled, now)  # taking it kept the clock off; there is nothing more to do here
    return settled


def _order(quote: Quote, now: datetime) -> Order:
    """Check once more, then take the stock and write the order, in one transaction."""
    for _attempt in range(2):
        draft = _checked(quote, now)
        try:
            return _write(quote, draft, now)
        except stock.SoldOut:
            continue  # the check comes to another result now
    raise QuoteGone("sold_out", _("That has just sold out. Nothing was ordered or paid."))


def _checked(quote: Quote, now: datetime) -> Draft:
    """Return the quote made anew where it is still the same; raise QuoteChanged or QuoteGone where it is not."""
    language = quote.inputs["language"]
    try:
        basket = Basket.from_json(quote.inputs["basket"])
        draft = _draft(basket, language, now)
    except food.CannotOrder as problem:
        quotes.check_open(quote)
        if problem.reason not in {"sold_out", "gone"}:
            raise _given_up(quote, problem) from problem
        draft = _draft_of_rest(quote, basket, problem, now)
        raise QuoteChanged(_requote(quote, draft, basket, now), str(problem)) from problem
    except InvalidInput as problem:
        raise _given_up(quote, problem) from problem
    shown = QuoteView.model_validate(quote.view)
    if quotes.substance(draft.view) != quotes.substance(shown):
        quotes.check_open(quote)
        raise QuoteChanged(_requote(quote, draft, basket, now), _change_text(quote, draft))
    return draft


def _draft(basket: Basket, language: str, now: datetime) -> Draft:
    with speaking(language):
        return food.draft(basket, language=language, now=now)


def _draft_of_rest(quote: Quote, basket: Basket, problem: food.CannotOrder, now: datetime) -> Draft:
    try:
        return _draft(food.without_missing(basket), quote.inputs["language"], now)
    except food.CannotOrder:
        raise _given_up(quote, problem) from problem


def _requote(quote: Quote, draft: Draft, basket: Basket, now: datetime) -> Quote:
    rest = draft.details["basket"]
    return quotes.make_quote(
        quote.person, tool=quote.tool, provider=quote.provider, inputs={**quote.inputs, "basket": rest},
        view=draft.view, merchant=basket.merchant, total=draft.total, currency=draft.currency, now=now,
    )  # fmt: skip


def _given_up(quote: Quote, problem: InvalidInput) -> QuoteGone:
    quotes.withdraw(quote.person, quote.public_id)
    reason = problem.reason if isinstance(problem, food.CannotOrder) else "gone"
    return QuoteGone(reason, wording.sentences(str(problem), _("Nothing was ordered or paid.")))


def _change_text(quote: Quote, draft: Draft) -> str:
    if draft.total != quote.total:
        text = _("The price has changed from %(old)s to %(new)s. Please look at it once more.")
        return text % {"old": money.show(quote.total, quote.currency), "new": money.show(draft.total, draft.currency)}
    return _("Something has changed since I quoted. Please look at it once more.")


def _write(quote: Quote, draft: Draft, now: datetime) -> Order:
    with transaction.atomic():
        quotes.claim(quote, now)
        taken = stock.take(draft.stock)
        return _make_order(quote, draft, taken, now)


def _make_order(quote: Quote, draft: Draft, taken: list[list[int]], now: datetime) -> Order:
    order = Order(
        person=quote.person,
        quote=quote,
        kind=quote.tool.split(".")[0],
        provider=quote.provider,
        merchant=draft.merchant,
        title_zh=draft.title_zh,
        title_en=draft.title_en,
        payment=Order.Payment.PENDING if draft.total else Order.Payment.NONE,
        total=draft.total,
        currency=draft.currency,
        details={**draft.details, "stock": taken},
        promised_at=draft.promised_at,
        check_at=now + moves.LEASE,  # whoever confirms goes on at once; after that, the clock may
        is_sandbox=directory.provider(quote.provider).is_sandbox,
    )
    _number(order, now)
    if draft.total:
        Payment.objects.create(
            order=order,
            key=f"pay:{quote.public_id}",
            provider=quote.provider,
            amount=draft.total,
            currency=draft.currency,
        )
    OrderEvent.objects.create(order=order, key=f"{order.pk}:confirmed", kind="confirmed", at=now, announced=True)
    return order


def _number(order: Order, now: datetime) -> None:
    """Save the order under a free number: BS, month and day, four random digits (six once a day is crowded)."""
    for attempt in range(NUMBER_TRIES):
        digits = 4 if attempt < NUMBER_TRIES // 2 else 6
        order.number = f"BS-{now:%m%d}-{secrets.randbelow(10**digits):0{digits}d}"
        if Order.objects.filter(number=order.number).exists():
            continue
        try:
            with transaction.atomic():
                order.save(force_insert=True)
        except IntegrityError:
            order.pk = None
            continue
        return
    raise RuntimeError("no free order number")


def _cancel(quote: Quote, now: datetime) -> Order:
    """Confirm a cancel quote: its terms must still be what was shown."""
    order = cancel.order_of(quote)
    for _attempt in range(3):
        try:
            draft = cancel.cancel_draft(order, quote.inputs["wrong"], language=quote.inputs["language"], now=now)
        except cancel.CannotCancel as problem:
            quotes.check_open(quote)
            raise _given_up(quote, problem) from problem
        if quotes.substance(draft.view) != quotes.substance(QuoteView.model_validate(quote.view)):
            quotes.check_open(quote)
            fresh = cancel.make_cancel_quote(
                order, wrong=quote.inputs["wrong"], language=quote.inputs["language"], now=now
            )
            raise QuoteChanged(fresh, _("What is given back has changed. Please look at it once more."))
        try:
            with transaction.atomic():
                quotes.claim(quote, now)
                cancel.begin(order, quote, draft, now)
                return order
        except moves.Stale:  # the order moved on meanwhile: the terms may be others now
            order.refresh_from_db()
    raise QuoteGone("unknown", _("The order is just being changed. Please try again in a moment."))
