"""The words and badge styles of states, effects, channels and kinds."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistant.models import Turn
from integrations.models import Order, Payment, Quote


@dataclass(frozen=True)
class Word:
    """A word with the badge it stands in: style is "", ok, warn, bad, info, brand or sandbox."""

    text: str | Promise
    style: str = ""
    icon: str = ""


TURN: dict[str, Word] = {
    Turn.State.NEW: Word(_("Waiting its turn"), "info", "clock"),
    Turn.State.DECIDING: Word(_("Deciding"), "info", "cpu"),
    Turn.State.ANSWERING: Word(_("Writing"), "info", "cpu"),
    Turn.State.DONE: Word(_("Answered"), "ok", "check"),
    Turn.State.FAILED: Word(_("Failed"), "bad", "octagon-x"),
}
QUOTE: dict[str, Word] = {
    Quote.State.OPEN: Word(_("To confirm"), "info", "clock"),
    Quote.State.CONFIRMED: Word(pgettext_lazy("quote", "Confirmed"), "ok", "check"),
    Quote.State.EXPIRED: Word(pgettext_lazy("quote", "Expired")),
    Quote.State.REPLACED: Word(pgettext_lazy("quote", "Replaced")),
    Quote.State.WITHDRAWN: Word(_("Withdrawn")),
}
ORDER: dict[str, Word] = {
    Order.State.CONFIRMED: Word(pgettext_lazy("order", "Confirmed"), "info"),
    Order.State.ACTIVE: Word(_("Under way"), "brand"),
    Order.State.COMPLETED: Word(_("Completed"), "ok", "check"),
    Order.State.CANCELLED: Word(_("Cancelled")),
    Order.State.FAILED: Word(pgettext_lazy("order", "Failed"), "bad", "octagon-x"),
    Order.State.HANDED_OFF: Word(_("Handed over"), "info", "external-link"),
}
ORDER_PAYMENT: dict[str, Word] = {
    Order.Payment.NONE: Word(_("Not paid")),
    Order.Payment.PENDING: Word(_("Paying"), "info"),
    Order.Payment.PAID: Word(_("Paid"), "ok", "check"),
    Order.Payment.UNKNOWN: Word(_("Not certain"), "warn", "triangle-alert"),
    Order.Payment.PARTLY_REFUNDED: Word(_("Partly refunded"), "warn"),
    Order.Payment.REFUNDED: Word(_("Refunded"), ""),
}
PAYMENT: dict[str, Word] = {
    Payment.State.PENDING: Word(_("Under way"), "info"),
    Payment.State.PAID: Word(_("Done"), "ok", "check"),
    Payment.State.UNKNOWN: Word(_("Not certain"), "warn", "triangle-alert"),
    Payment.State.FAILED: Word(pgettext_lazy("payment", "Failed"), "bad", "octagon-x"),
}
FULFILMENT: dict[str, Word] = {
    "": Word(_("Not begun")),
    "waiting": Word(_("Waiting for the shop"), "info"),
    "preparing": Word(_("Preparing"), "info", "utensils"),
    "pickup": Word(_("Courier at the shop"), "info", "bike"),
    "courier": Word(_("On the way"), "info", "bike"),
    "delivered": Word(_("Delivered"), "ok", "check"),
}
EVENT: dict[str, str | Promise] = {
    "confirmed": _("Confirmed by the person"),
    "placed": _("Placed with the provider"),
    "paid": _("Paid"),
    "payment_unknown": _("The answer to the payment got lost"),
    "started": _("Under way"),
    "waiting": _("Waiting for the shop"),
    "preparing": _("Being prepared"),
    "pickup": _("The courier is at the shop"),
    "courier": _("The courier is on the way"),
    "delivered": _("Delivered"),
    "cancelling": _("The person cancels"),
    "cancel_refused": _("The provider refused to cancel"),
    "cancelled": _("Cancelled"),
    "refund_agreed": _("Refund agreed"),
    "refunded": _("Given back"),
    "failed": _("Not ordered"),
    "released": _("Taken back from the provider"),
}
REASON: dict[str, str | Promise] = {"cancelled": _("cancelled"), "problem": _("something was wrong")}
EFFECT: dict[str, Word] = {
    "read": Word(_("reads only")),
    "own": Word(_("the person's own data")),
    "write": Word(_("after confirmation"), "warn"),
    "pay": Word(_("pays, after confirmation"), "warn", "credit-card"),
}
CHANNEL: dict[str, str | Promise] = {"web": _("Web"), "telegram": "Telegram", "console": _("Console")}
PROVIDER: dict[str, str | Promise] = {"sandbox": _("Sandbox")}
BUILT_IN: dict[str, str | Promise] = {
    "web": _("Web chat"),
    "sandbox": _("Sandbox"),
    "console": _("Console"),
}  # by public id
KIND: dict[str, str | Promise] = {"food": _("Food")}
ERROR: dict[str, str | Promise] = {
    "invalid inputs": _("the values did not fit the tool"),
    "invalid input": _("what was asked for cannot be"),
}
SOURCE: dict[str, str | Promise] = {
    "said": _("said"),
    "normalised": _("worked out from"),
    "entailed": _("follows from"),
    "profile": _("from the profile"),
    "default": _("default"),
    "shown": _("from a card that was shown"),
}
STEP: dict[str, str | Promise] = {
    "wait": _("Queue"),
    "understood": _("Understood"),
    "decision": _("Decision"),
    "grounding": _("Grounding"),
    "chat": _("Free answer"),
    "call": _("Call"),
    "answer": _("Reply"),
    "error": pgettext_lazy("step", "Failure"),
}


def word(table: dict[str, Word], key: str) -> Word:
    """Return the word for a state; a state there is none for is shown as it is."""
    return table.get(key) or Word(key or "-")


def name(table: dict[str, str | Promise], key: str) -> str | Promise:
    """Return the name of a kind; one there is none for is shown as it is."""
    return table.get(key) or key
