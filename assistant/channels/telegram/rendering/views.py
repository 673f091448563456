"""Quotes and orders as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from assistant.channels.telegram.rendering.richtext import Span, join
from assistant.channels.telegram.rendering.words import clock, money
from integrations.base import Badge, OrderView, PlaceView, QuoteLine, QuoteView, SumLine

MARKS = {"done": "✓", "now": "●", "todo": "○"}


def badges(shown: Sequence[Badge], first: Sequence[str] = ()) -> list[Span]:
    """Return badges after a title: 「 [首选] [演示]」."""
    return (
        [Span("".join(f" [{text}]" for text in [*first, *(badge.text for badge in shown)]))] if shown or first else []
    )


def quote(view: QuoteView) -> list[Span]:
    """Return a quote: title, place and time, lines, sums, total, until when it holds, and what paying means."""
    rows = [
        [Span(view.title, ("b",)), *badges(view.badges)],
        [Span(view.number)],
        place(view.place),
        [Span(view.when)],
    ]
    return join(
        [
            _rows(rows),
            _rows(line(item) for item in view.lines),
            _rows([*(sum_line(item) for item in view.sums if item.style != "total"), total(view)]),
            _rows([[Span(validity(view))], [Span(view.note, ("i",))]]),
        ],
        "\n\n",
    )


def order(view: OrderView) -> list[Span]:
    """Return an order: the headline first, then what it is, its steps, and what it cost."""
    about = " · ".join(part for part in (view.title, view.number, view.state_text) if part)
    steps = (
        [
            Span(
                f"{MARKS[step.state]} {step.text}" + (f"  {clock(step.at)}" if step.at else ""),
                _bold(step.state == "now"),
            )
        ]
        for step in view.steps
    )
    paid = [Span(_("Total %(sum)s") % {"sum": money(view.total)})]
    if view.refunded is not None and view.refunded.amount:
        paid.append(Span(" · " + _("given back %(sum)s") % {"sum": money(view.refunded)}))
    return join(
        [
            _rows(
                [
                    [Span(view.headline, ("b",)), *badges(view.badges)],
                    [Span(about)],
                    [Span(view.detail)],
                    place(view.place),
                ]
            ),
            _rows(steps),
            paid,
        ],
        "\n\n",
    )


def place(view: PlaceView | None) -> list[Span]:
    """Return where it goes."""
    if view is None:
        return []
    where = " · ".join(part for part in (view.label, view.address) if part)
    source = f" ({view.source})" if view.source else ""
    return [Span(_("To: %(place)s") % {"place": where + source})]


def line(item: QuoteLine) -> list[Span]:
    """Return a line: 清蒸鲈鱼 (少油) ×1  ¥38.00."""
    detail = f" ({item.detail})" if item.detail else ""
    return [Span(f"{item.text}{detail} ×{item.quantity}  {money(item.amount)}")]


def sum_line(item: SumLine) -> list[Span]:
    """Return a fee or discount."""
    return [Span(f"{item.text}  {money(item.amount)}")]


def total(view: QuoteView) -> list[Span]:
    """Return the total, in the words of the quote where it has its own."""
    named = next((item.text for item in view.sums if item.style == "total"), "")
    sum_ = money(view.total)
    return [Span(f"{named}  {sum_}" if named else _("Total %(sum)s") % {"sum": sum_}, ("b",))]


def validity(view: QuoteView) -> str:
    """Return until when a quote holds, or what became of it."""
    if view.state == "open":
        return _("Valid until %(time)s") % {"time": clock(view.expires_at)}
    if view.state == "confirmed":
        return (
            _("Confirmed at %(time)s") % {"time": clock(view.confirmed_at)}
            if view.confirmed_at
            else _("This quote is confirmed")
        )
    return {
        "expired": _("This quote has expired"),
        "replaced": _("A newer quote has taken its place"),
        "withdrawn": _("This quote was withdrawn"),
    }[view.state]


def _rows(rows: Iterable[list[Span]]) -> list[Span]:
    return join(([span for span in row if span.text] for row in rows), "\n")


def _bold(wanted: bool) -> tuple[str, ...]:
    return ("b",) if wanted else ()
