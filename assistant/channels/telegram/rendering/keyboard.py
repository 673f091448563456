"""Buttons under a message. What a button does stands in the database: it carries only a PendingAction's id."""

from __future__ import annotations

import ipaddress
import logging
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from integrations.base import Action, Reply

logger = logging.getLogger(__name__)
CALLBACK_BYTES = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)  # 64
HALF_ROW = 16  # columns of a label of which two stand side by side on a phone
STYLES = {"primary": "primary", "danger": "danger"}


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """Return the buttons of a reply: each card's in a row of its own with the card's number, then the others."""
    rows = [row for number, card in enumerate(reply.cards, 1) if (row := card_row(reply, number, card.actions))]
    for holder in (reply.quote, reply.order):
        if holder is not None:
            rows += pack([made for action in holder.actions if (made := button(action))])
    rows += pack([made for action in reply.choices if (made := button(action))])
    return InlineKeyboardMarkup(rows) if rows else None


def card_row(reply: Reply, number: int, actions: list[Action]) -> list[InlineKeyboardButton]:
    """Return one card's buttons; the number is left out where there is one card only."""
    prefix = f"{number}. " if len(reply.cards) > 1 else ""
    return [made for action in actions if (made := button(action, prefix))]


def button(action: Action, prefix: str = "") -> InlineKeyboardButton | None:
    """Return an action's button, or None where Telegram would not take it."""
    label = prefix + action.label
    if action.link:
        link = public_link(action.link)
        return InlineKeyboardButton(label, url=link) if link else None
    if not 1 <= len(action.id.encode()) <= CALLBACK_BYTES:
        logger.error("a button without a usable id was left out (%d bytes)", len(action.id.encode()))
        return None
    return InlineKeyboardButton(label, callback_data=action.id, style=STYLES.get(action.style))


def public_link(link: str) -> str:
    """Return an address that Telegram takes for a button, or nothing: it refuses private names (Wrong HTTP URL)."""
    full = urljoin(settings.PUBLIC_URL, link) if settings.PUBLIC_URL else link
    parts = urlsplit(full)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "." not in host or host.endswith((".local", ".localhost")):
        return ""
    try:
        return full if ipaddress.ip_address(host).is_global else ""
    except ValueError:  # a name
        return full


def hidden_links(reply: Reply) -> list[Action]:
    """Return the actions whose link cannot be a button, for the text."""
    actions = [action for card in reply.cards for action in card.actions] + list(reply.choices)
    actions += [action for holder in (reply.quote, reply.order) if holder is not None for action in holder.actions]
    return [action for action in actions if action.link and not public_link(action.link)]


def pack(buttons: list[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Return rows: two short buttons side by side, a long or filled one alone."""
    rows: list[list[InlineKeyboardButton]] = []
    for made in buttons:
        last = rows[-1] if rows else []
        if len(last) == 1 and is_short(last[0]) and is_short(made):
            last.append(made)
        else:
            rows.append([made])
    return rows


def is_short(made: InlineKeyboardButton) -> bool:
    """Tell whether a button may share its row."""
    columns = sum(2 if ord(character) > 0x2E7F else 1 for character in made.text)
    return columns <= HALF_ROW and made.style is None
