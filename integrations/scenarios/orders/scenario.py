"""Orders: where they are, which there were, calling them off."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext, pgettext, pgettext_lazy
from pydantic import Field

from integrations.base import Action, Context, Effect, Example, Inputs, Reply, Scenario, Tool
from integrations.models import Order, Quote
from integrations.orders import cancel, fulfil, money, quotes, views, wording
from integrations.orders.names import text as in_language

LISTED = 8
LIVE = (Order.State.CONFIRMED, Order.State.ACTIVE)
ALL_OF_IT = ("全部", "所有", "都", "整单", "everything", "all of it", "all")


def number_field() -> Any:
    """Return the field for an order's number."""
    ask = gettext_noop("Which order? Its number begins with BS.")
    return Field(None, description="order number", json_schema_extra={"kind": "number", "ask": ask})


class Status(Inputs):
    """orders.status"""

    number: str | None = number_field()


class Listing(Inputs):
    """orders.list"""


class Cancel(Inputs):
    """orders.cancel"""

    number: str | None = number_field()
    problem: str | None = Field(
        None,
        description="what was wrong with a delivered order: the dish",
        json_schema_extra={"kind": "text", "ask": gettext_noop("Which dish was wrong?")},
    )


class Withdraw(Inputs):
    """orders.withdraw: "no" to an open quote."""

    quote: str


def status(inputs: Status, context: Context) -> list[Reply]:
    """Show an order as it stands; without a number the latest one that is under way."""
    order = cancel.find(context.person, inputs.number or "")
    if order is None:
        return [_no_order(inputs.number)]
    if fulfil.advance(order.pk, context.now):
        order.refresh_from_db()
    view = views.order_view(order, language=context.language, now=context.now)
    words = _("%(title)s: %(headline)s.") % {"title": view.title, "headline": view.headline}
    others = Order.objects.filter(person=context.person, state__in=LIVE).exclude(pk=order.pk).order_by("-id")[:3]
    if others:
        count = len(others)
        more = ngettext("%(count)d more is under way.", "%(count)d more are under way.", count) % {"count": count}
        words = wording.sentences(words, more)
    return [Reply(text=words, order=view, choices=[_show(other, context) for other in others])]


def _no_order(number: str | None) -> Reply:
    if number:
        return Reply(text=_("You have no order %(number)s.") % {"number": number[:20]})
    return Reply(text=_("You have no orders yet. What would you like?"))


def _show(order: Order, context: Context) -> Action:
    title = order.title_en if context.language == "en" else order.title_zh
    return Action(label=f"{title} {order.number}", tool="orders.status", inputs={"number": order.number})


def listing(inputs: Listing, context: Context) -> list[Reply]:
    """List the latest orders."""
    orders = list(Order.objects.filter(person=context.person).order_by("-id")[:LISTED])
    if not orders:
        return [_no_order(None)]
    total = Order.objects.filter(person=context.person).count()
    lines = [_("Your latest orders (%(shown)d of %(total)d):") % {"shown": len(orders), "total": total}]
    for order in orders:
        title = order.title_en if context.language == "en" else order.title_zh
        amount = money.short(order.total, order.currency)
        lines.append(f"- {order.number} · {title} · {amount} · {views.state_text(order)}")
    return [Reply(text="\n".join(lines), choices=[_show(order, context) for order in orders[:3]])]


def propose_cancel(inputs: Cancel, context: Context) -> list[Reply]:
    """Show what cancelling gives back; it is done once that is confirmed."""
    live = list(Order.objects.filter(person=context.person, state__in=LIVE).order_by("-id"))
    if not inputs.number and len(live) > 1:
        choices = [
            Action(label=_show(order, context).label, tool="orders.cancel", inputs={"number": order.number})
            for order in live[:4]
        ]
        asks = {"tool": "orders.cancel", "field": "number", "inputs": {}}
        return [Reply(text=_("Which order shall I cancel?"), choices=choices, asks=asks)]
    order = cancel.find(context.person, inputs.number or "")
    if order is None:
        return [_no_order(inputs.number)]
    if fulfil.advance(order.pk, context.now):
        order.refresh_from_db()
    if order.state == Order.State.COMPLETED:
        return [_problem(order, inputs.problem, context)]
    return [_quote(order, (), context)]


def _problem(order: Order, problem: str | None, context: Context) -> Reply:
    """Offer money back for dishes of a delivered order that were wrong."""
    lines = order.details["lines"]
    names = [in_language(line, context.language, "name") for line in lines]
    wrong = _wrong(problem or "", lines)
    if wrong:
        return _quote(order, wrong, context)
    asks = {"tool": "orders.cancel", "field": "problem", "inputs": {"number": order.number}}
    choices = [
        Action(label=dish, tool="orders.cancel", inputs={"number": order.number, "problem": dish}) for dish in names[:4]
    ]
    words = _("It was delivered, so it cannot be cancelled. If a dish was wrong or missing, which one?")
    view = views.order_view(order, language=context.language, now=context.now)
    return Reply(text=words, order=view, choices=choices, asks=asks)


def _wrong(problem: str, lines: list[dict[str, Any]]) -> tuple[int, ...]:
    """Return the places of the dishes that are named in what was wrong."""
    low = problem.lower().strip()
    if not low:
        return ()
    if low in ALL_OF_IT:
        return tuple(range(len(lines)))
    return tuple(
        place
        for place, line in enumerate(lines)
        if any(name in low or (len(low) > 1 and low in name) for name in (line["name_zh"], line["name_en"].lower()))
    )


def _quote(order: Order, wrong: tuple[int, ...], context: Context) -> Reply:
    try:
        quote = cancel.make_cancel_quote(order, wrong=wrong, language=context.language, now=context.now)
    except cancel.CannotCancel as problem:
        shown = views.order_view(order, language=context.language, now=context.now)
        return Reply(text=str(problem), order=shown)
    words = _("This is what you get back. It is cancelled once you confirm.")
    if wrong:
        words = _("Sorry about that. This is what you get back once you confirm.")
    view = quotes.quote_view(quote, language=context.language, now=context.now)
    keep = Action(label=pgettext("order", "Keep the order"), tool="orders.withdraw", inputs={"quote": quote.public_id})
    return Reply(text=words, quote=view, choices=[] if wrong else [keep], remember={"quote": quote.public_id})


def withdraw(inputs: Withdraw, context: Context) -> list[Reply]:
    """Take a quote back."""
    quote = Quote.objects.filter(public_id=inputs.quote, person=context.person).first()
    if quote is None or not quotes.withdraw(context.person, inputs.quote):
        return [Reply(text=_("That quote is not open any more; nothing was ordered with it."))]
    if quote.tool == cancel.TOOL:
        return [Reply(text=_("Good, the order stays as it is."), remember={"quote": None})]
    words = _("All right, nothing was ordered.")
    return [Reply(text=words, remember={"quote": None, "basket": None})]


ORDERS = Scenario(
    name="orders",
    title=pgettext_lazy("scenario", "Orders"),
    description=gettext_lazy("where an order is, earlier orders, cancelling and refunds"),
    icon="receipt",
    tools=(
        Tool(
            name="orders.status",
            code="status",
            title=gettext_lazy("where an order is"),
            description="Show how far an order is.",
            inputs=Status,
            effect=Effect.READ,
            run=status,
            examples=(
                Example("我的外卖到哪了"),
                Example("订单BS-1123-0417怎么样了", {"number": "BS-1123-0417"}),
                Example("还要多久送到"),
                Example("where is my order?"),
                Example("status of BS-1123-0417", {"number": "BS-1123-0417"}),
                Example("how long until my food arrives"),
            ),
        ),
        Tool(
            name="orders.list",
            code="orders",
            title=gettext_lazy("the list of earlier orders"),
            description="List the latest orders.",
            inputs=Listing,
            effect=Effect.READ,
            run=listing,
            examples=(
                Example("我都点过什么"),
                Example("看看历史订单"),
                Example("最近的订单列表"),
                Example("show my orders"),
                Example("what have I ordered before"),
                Example("list my past orders"),
            ),
        ),
        Tool(
            name="orders.cancel",
            code="cancel",
            title=gettext_lazy("cancel an order, get money back"),
            description="Cancel an order or ask for money back; shows what is given back, and waits for confirmation.",
            inputs=Cancel,
            effect=Effect.WRITE,
            run=propose_cancel,
            examples=(
                Example("取消订单"),
                Example("刚才那单不要了，退款"),
                Example("把BS-1123-0417取消掉", {"number": "BS-1123-0417"}),
                Example("送来的少了一份米饭", {"problem": "少了一份米饭"}),
                Example("cancel my order"),
                Example("I want a refund for BS-1123-0417", {"number": "BS-1123-0417"}),
                Example("the soup was missing", {"problem": "the soup was missing"}),
            ),
        ),
        Tool(
            name="orders.withdraw",
            code="withdraw",
            title=gettext_lazy("do not take a quote (button)"),
            description="Take an open quote back.",
            inputs=Withdraw,
            effect=Effect.OWN,
            run=withdraw,
            offered=False,
        ),
    ),
)
