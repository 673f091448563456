"""Icons, badges, money and times for the dashboard's templates."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assistant.models import Turn
from dashboard import moments, words
from integrations.base import Badge
from integrations.models import City, Connection, Merchant, Order, Person

register = template.Library()
SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "SGD": "S$", "JPY": "JP¥"}
WITHOUT_CENTS = {"JPY", "KRW"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon of the sprite; it is decoration, so the text beside it must say the same."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("img/icons.svg"), name or "circle"
    )


@register.simple_tag
def badge(word: words.Word) -> SafeString:
    """Return a badge."""
    style = f" badge--{word.style}" if word.style else ""
    return format_html('<span class="badge{}">{}{}</span>', style, icon(word.icon) if word.icon else "", word.text)


@register.filter
def money(amount: Decimal | float | str, currency: str = "CNY") -> str:
    """Return an amount with its currency's sign and exact cents."""
    value = Decimal(str(amount))
    digits = 0 if currency in WITHOUT_CENTS and value == value.to_integral() else 2
    sign = "−" if value < 0 else ""
    return f"{sign}{SYMBOLS.get(currency, currency + ' ')}{abs(value):,.{digits}f}"


@register.filter
def clock(at: datetime | None) -> str:
    """Return a time of day, with the date where it is not today."""
    return moments.clock(at)


@register.filter
def clock_s(at: datetime | None) -> str:
    """Return a time of day with seconds."""
    return moments.clock(at, seconds=True)


@register.filter
def took(milliseconds: float | None) -> str:
    """Return a duration in seconds."""
    return moments.took(milliseconds)


@register.filter
def took_exactly(milliseconds: float | None) -> str:
    """Return a duration in seconds with two digits."""
    return moments.took(milliseconds, exact=True)


@register.filter
def order_state(state: str) -> words.Word:
    """Return the word for an order's state."""
    return words.word(words.ORDER, state)


@register.filter
def payment_state(state: str) -> words.Word:
    """Return the word for an order's payment state."""
    return words.word(words.ORDER_PAYMENT, state)


@register.filter
def charge_state(state: str) -> words.Word:
    """Return the word for one payment's or refund's state."""
    return words.word(words.PAYMENT, state)


@register.filter
def fulfilment_state(state: str) -> words.Word:
    """Return the word for an order's fulfilment state."""
    return words.word(words.FULFILMENT, state)


@register.filter
def quote_state(state: str) -> words.Word:
    """Return the word for a quote's state."""
    return words.word(words.QUOTE, state)


@register.filter
def turn_state(state: str) -> words.Word:
    """Return the word for a turn's state."""
    return words.word(words.TURN, state)


@register.filter
def title_of(order: Order) -> str:
    """Return an order's title in the page's language."""
    return order.title_zh if _chinese() else order.title_en


@register.filter
def channel_name(kind: str) -> Any:
    """Return a channel's name."""
    return words.name(words.CHANNEL, kind)


@register.filter
def provider_name(kind: str) -> Any:
    """Return a provider's name."""
    return words.name(words.PROVIDER, kind)


@register.filter
def reason(key: str) -> Any:
    """Return why money was given back."""
    return words.name(words.REASON, key)


@register.filter
def call_error(text: str) -> Any:
    """Return why a call failed; what a provider said is shown as it is."""
    return words.name(words.ERROR, text)


@register.filter
def initial(name: str) -> str:
    """Return what stands in a round portrait."""
    return (name or "?")[:1].upper()


@register.inclusion_tag("dashboard/nav.html", takes_context=True)
def navigation(context: dict[str, Any]) -> dict[str, Any]:
    """Return the menu: the places that exist, with what is going on in each."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "request": context["request"],
        "user": context["request"].user,
        "place": context.get("place", ""),
        "working": Turn.objects.filter(state__in=Turn.LIVE).count(),
        "orders": Order.objects.filter(created_at__gte=midnight).count(),
        "failing": Connection.objects.filter(enabled=True, health__state="failing").count(),
    }


@register.simple_tag
def demo_data() -> bool:
    """Tell whether the catalogue holds invented rows."""
    return Merchant.objects.filter(source="demo").exists()


@register.filter
def thousands(number: int) -> str:
    """Return a count with separators."""
    return f"{number:,}"


@register.filter
def bare_seconds(milliseconds: float) -> str:
    """Return seconds without the unit."""
    return f"{milliseconds / 1000:,.1f}"


@register.filter
def seconds(number: float) -> str:
    """Return a duration given in seconds."""
    return moments.took(number * 1000)


@register.filter
def megabytes(size: int) -> str:
    """Return a size in MB."""
    return f"{size / 1_000_000:,.0f} MB"


@register.filter
def milliseconds(number: float) -> str:
    """Return milliseconds with their unit."""
    return f"{number:,.0f} ms"


@register.filter
def css(number: float) -> str:
    """Return a number as style sheets want it, whatever the language."""
    return f"{number:.2f}"


@register.filter
def name_of(entry: Merchant) -> str:
    """Return a catalogue entry's name in the page's language."""
    return entry.name_zh if _chinese() else entry.name_en


@register.filter
def who(person: Person) -> str:
    """Return a person's name; a guest without one is told apart by the beginning of the id."""
    return person.name or _("Guest %(id)s") % {"id": person.public_id[:4]}


@register.filter
def city_name(city: City) -> str:
    """Return a city's name in the page's language."""
    return city.name_zh if _chinese() else city.name_en


@register.simple_tag
def reply_badge(shown: Badge) -> SafeString:
    """Return a badge of a reply."""
    style = {"warning": "warn", "danger": "bad", "plain": ""}.get(shown.style, shown.style)
    return badge(words.Word(shown.text, style, shown.icon or ("flask-conical" if style == "sandbox" else "")))


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


@register.filter
def minus(amount: Decimal, currency: str) -> str:
    """Return an amount that was given back."""
    return money(-amount, currency)


@register.filter
def connection_title(connection: Connection) -> Any:
    """Return a connection's title; the built-in ones are named in the page's language."""
    return words.BUILT_IN.get(connection.public_id, connection.title)
