"""A reply as one Telegram message: styled text, buttons, and the best card's picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from telegram import InlineKeyboardMarkup
from telegram.constants import MessageLimit

from assistant.channels.telegram.rendering import markdown
from assistant.channels.telegram.rendering.keyboard import hidden_links, keyboard
from assistant.channels.telegram.rendering.richtext import Span, cut, html, join, length
from assistant.channels.telegram.rendering.views import badges, order, quote
from assistant.channels.telegram.rendering.words import money, size
from integrations.base import Card, Reply

TEXT_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)  # 4096
CAPTION_LIMIT = int(MessageLimit.CAPTION_LENGTH)  # 1024


@dataclass(frozen=True)
class Rendered:
    """What a message shows."""

    spans: list[Span]
    keyboard: InlineKeyboardMarkup | None
    picture: Path | None  # only where the whole text fits a caption

    def html(self, limit: int = TEXT_LIMIT) -> str:
        """Return the text as Telegram's HTML, cut where it is longer than `limit`."""
        return html(cut(self.spans, limit, _("… (too long, only the beginning is shown)")))


def render(reply: Reply) -> Rendered:
    """Return a reply as a message in the active language; one message always, whatever its length."""
    parts = [
        progress(reply),
        markdown.spans(reply.text),
        *(card(number, view, alone=len(reply.cards) == 1) for number, view in enumerate(reply.cards, 1)),
        quote(reply.quote) if reply.quote else [],
        order(reply.order) if reply.order else [],
        lines([Span(f"{file.name} · {size(file.size)}")] for file in reply.files),
        lines([Span(f"{action.label}: {absolute(action.link)}")] for action in hidden_links(reply)),
        used(reply),
    ]
    spans = join(parts, "\n\n")
    picture = picture_of(reply.cards) if length(spans) <= CAPTION_LIMIT else None
    return Rendered(spans, keyboard(reply), picture)


def lines(rows: Iterable[list[Span]]) -> list[Span]:
    """Return rows one below another; empty ones are left out."""
    return join(rows, "\n")


def progress(reply: Reply) -> list[Span]:
    """Return what was done, with how long it took."""
    done = list(reply.done)
    if done and reply.seconds is not None:
        done.append(_("%(seconds).1f s") % {"seconds": reply.seconds})
    return [Span("✓ " + " · ".join(done), ("i",))] if done else []


def card(number: int, view: Card, *, alone: bool) -> list[Span]:
    """Return a card as a compact entry of the list."""
    title = [Span(view.title if alone else f"{number}. {view.title}", ("b",))]
    if view.price is not None:
        title += [Span("  "), Span(money(view.price), ("b",))]
        if view.list_price is not None and view.list_price.amount > view.price.amount:
            title += [Span(" "), Span(money(view.list_price), ("s",))]
    best = [_("Best match")] if view.best and not alone else []
    facts = [part for part in (view.subtitle, *(fact.text for fact in view.facts)) if part]
    return lines(
        [
            [*title, *badges(view.badges, best)],
            [Span(" · ".join(facts))] if facts else [],
            [Span(view.note, ("i",))] if view.note else [],
        ]
    )


def used(reply: Reply) -> list[Span]:
    """Return where each argument came from, folded up."""
    if not reply.used:
        return []
    rows = [
        f"{item.name}: {item.value} ({item.source})" if item.source else f"{item.name}: {item.value}"
        for item in reply.used
    ]
    return [Span("\n".join([_("Used this time"), *rows]), ("quote",))]


def picture_of(cards: Sequence[Card]) -> Path | None:
    """Return the picture file of the best card, or of the only one."""
    chosen = next((view for view in cards if view.best), cards[0] if len(cards) == 1 else None)
    if chosen is None or not chosen.picture.replace("_", "").isalnum():
        return None
    found = finders.find(f"img/pictures/{chosen.picture}.png")
    return Path(found) if isinstance(found, str) else None


def absolute(link: str) -> str:
    """Return a link with our own address before it where it has none."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{link}" if link.startswith("/") else link
