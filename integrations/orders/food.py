"""Food orders: from a basket to what is shown, checked against the catalogue of this minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations.base import Badge, InvalidInput, Money, PlaceView, QuoteLine, QuoteView, SumLine
from integrations.catalogue import hours
from integrations.models import Merchant
from integrations.orders import moments, money, pricing, wording
from integrations.orders.baskets import Basket, Line
from integrations.orders.drafts import Draft
from integrations.orders.names import name
from integrations.places import Where, distance, label_text, source_text

AHEAD_DAYS = 7
GRACE = timedelta(minutes=5)  # a time this little in the past still means now


class CannotOrder(InvalidInput):
    """The basket cannot be ordered as it is. `reason`: empty, gone, sold_out, no_place, no_delivery, too_far, closed,
    past, far_ahead, minimum. `opens_at`: the next time it can be delivered, for closed. `short`: what is missing.
    """

    def __init__(
        self, reason: str, message: str, *, opens_at: datetime | None = None, short: Decimal = money.ZERO
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.opens_at = opens_at
        self.short = short


def draft(basket: Basket, *, language: str, now: datetime) -> Draft:
    """Return the quote that `basket` makes now; raise CannotOrder with a sentence in the active language."""
    merchant = basket.merchant
    where = basket.where
    if where is None:
        raise CannotOrder("no_place", _("Where should it go?"))
    if not basket.lines:
        raise CannotOrder("empty", _("There is nothing in the order."))
    for line in basket.lines:
        check_line(line, language)
    km = check_delivery(merchant, where, language)
    check_time(merchant, basket.when, km, now, language)
    price = pricing.price(merchant, basket.lines, km)
    if price.short > 0:
        text = _("%(merchant)s delivers from %(minimum)s; %(short)s is missing.")
        sums = {"minimum": merchant.minimum_order, "short": price.short}
        amounts = {key: money.short(amount, price.currency) for key, amount in sums.items()}
        raise CannotOrder("minimum", text % {"merchant": name(merchant, language), **amounts}, short=price.short)
    return _draft(basket, where, km=km, price=price, language=language, now=now)


def check_line(line: Line, language: str) -> None:
    """Raise CannotOrder where a dish is gone or not enough of it is left."""
    dish = name(line.offer, language)
    if not line.offer.is_active:
        raise CannotOrder("gone", _("%(dish)s is not sold any more.") % {"dish": dish})
    if line.offer.stock is not None and line.offer.stock < line.count:
        if line.offer.stock == 0:
            raise CannotOrder("sold_out", _("%(dish)s is sold out.") % {"dish": dish})
        text = _("Only %(left)d of %(dish)s left.")
        raise CannotOrder("sold_out", text % {"left": line.offer.stock, "dish": dish})


def check_delivery(merchant: Merchant, where: Where, language: str) -> float:
    """Return the distance in km; raise CannotOrder where the merchant does not deliver so far."""
    if not merchant.delivers:
        raise CannotOrder("no_delivery", _("%(merchant)s does not deliver.") % {"merchant": name(merchant, language)})
    km = distance(merchant.point, where.point)
    if km > merchant.delivery_km:
        text = _("%(merchant)s is %(km).1f km away and delivers up to %(limit).1f km only.")
        values = {"merchant": name(merchant, language), "km": km, "limit": merchant.delivery_km}
        raise CannotOrder("too_far", text % values)
    return km


def check_time(merchant: Merchant, when: datetime | None, km: float, now: datetime, language: str) -> None:
    """Raise CannotOrder where the food cannot be there at `when` (None: as soon as possible)."""
    if when is not None and when < now - GRACE:
        raise CannotOrder("past", _("That time has passed. When should it come?"))
    if when is not None and when > now + timedelta(days=AHEAD_DAYS):
        raise CannotOrder("far_ahead", _("I can order up to %(days)d days ahead.") % {"days": AHEAD_DAYS})
    start = kitchen_start(merchant, when, km, now)
    if hours.is_open(merchant.hours, start):
        return
    opens = hours.next_opening(merchant.hours, start)
    names = {"merchant": name(merchant, language)}
    if opens is None:
        raise CannotOrder("closed", _("%(merchant)s is closed.") % names)
    zone = merchant.city.time_zone
    there = opens + timedelta(minutes=pricing.minutes(merchant, km))
    names |= {"opens": moments.clock(opens, now, zone), "there": moments.about(there, now, zone)}
    text = _("%(merchant)s is closed then; it opens at %(opens)s and could deliver %(there)s.")
    raise CannotOrder("closed", text % names, opens_at=there)


def kitchen_start(merchant: Merchant, when: datetime | None, km: float, now: datetime) -> datetime:
    """Return when the kitchen would begin, in the merchant's zone."""
    start = now if when is None else max(now, when - timedelta(minutes=pricing.minutes(merchant, km)))
    return start.astimezone(ZoneInfo(merchant.city.time_zone))


def arrival(merchant: Merchant, when: datetime | None, km: float, now: datetime) -> datetime:
    """Return when the food should be there: to five minutes if as soon as possible."""
    soonest = now + timedelta(minutes=pricing.minutes(merchant, km))
    soonest += timedelta(minutes=-soonest.minute % 5, seconds=-soonest.second, microseconds=-soonest.microsecond)
    return max(soonest, when) if when else soonest


def without_missing(basket: Basket) -> Basket:
    """Return the basket less what is no longer to be had, for a new quote in place of the old."""
    lines = [
        line if line.offer.stock is None else replace(line, count=min(line.count, line.offer.stock))
        for line in basket.lines
        if line.offer.is_active
    ]
    return basket.with_lines(lines)


def _draft(basket: Basket, where: Where, *, km: float, price: pricing.Price, language: str, now: datetime) -> Draft:
    merchant = basket.merchant
    at = arrival(merchant, basket.when, km, now)
    view = QuoteView(
        id="",
        number="",
        title=name(merchant, language),
        picture=basket.lines[0].offer.picture,
        badges=[sandbox_badge()] if merchant.is_demo else [],
        place=place_view(where),
        when=_("arrives %(time)s") % {"time": moments.about(at, now, merchant.city.time_zone)},
        lines=[_line(line, language) for line in basket.lines],
        sums=sum_lines(sums(price, km), price.currency),
        total=Money(amount=price.total, currency=price.currency),
        expires_at=now,
        note=_note(basket),
    )
    return Draft(
        view=view,
        total=price.total,
        currency=price.currency,
        merchant=merchant,
        title_zh=merchant.name_zh,
        title_en=merchant.name_en,
        stock=tuple((line.offer.pk, line.count) for line in basket.lines),
        promised_at=at,
        details=_details(basket, where, km, price),
    )


def _details(basket: Basket, where: Where, km: float, price: pricing.Price) -> dict[str, Any]:
    """Return what the order keeps, in both languages."""
    merchant = basket.merchant
    return {
        "basket": basket.to_json(),
        "lines": [
            {
                "offer": line.offer.pk,
                "name_zh": line.offer.name_zh,
                "name_en": line.offer.name_en,
                "detail_zh": detail(line, "zh"),
                "detail_en": detail(line, "en"),
                "count": line.count,
                "amount": str(money.cents(line.amount)),
            }
            for line in basket.lines
        ],
        "sums": sums(price, km),
        "place": where.to_json(),
        "origin": {
            "zh": merchant.address_zh,
            "en": merchant.address_en,
            "lat": merchant.lat,
            "lng": merchant.lng,
            "phone": merchant.phone,
        },
        "km": round(km, 1),
        "prepare_minutes": merchant.prepare_minutes,
        "ride_minutes": pricing.ride_minutes(km),
        "wanted_at": basket.when.isoformat() if basket.when else None,
        "zone": merchant.city.time_zone,
        "picture": basket.lines[0].offer.picture,
    }


def sums(price: pricing.Price, km: float) -> list[dict[str, Any]]:
    """Return the fees and the discount as they are kept."""
    rows: list[dict[str, Any]] = []
    if price.packing:
        rows.append({"kind": "packing", "amount": str(money.cents(price.packing))})
    rows.append({"kind": "delivery", "amount": str(money.cents(price.delivery)), "km": round(km, 1)})
    if price.promotion:
        rows.append({"kind": "discount", "amount": str(-money.cents(price.discount)), "promotion": price.promotion})
    return rows


def sum_lines(rows: list[dict[str, Any]], currency: str) -> list[SumLine]:
    """Return kept fees and discounts as they are shown."""
    return [_sum_line(row, Money(amount=Decimal(row["amount"]), currency=currency)) for row in rows]


def _sum_line(row: dict[str, Any], amount: Money) -> SumLine:
    if row["kind"] == "packing":
        return SumLine(text=pgettext("bill", "Packing"), amount=amount)
    if row["kind"] == "delivery":
        return SumLine(text=_("Delivery · %(km)s km") % {"km": row["km"]}, amount=amount)
    promotion = pricing.promotion_text(row["promotion"], amount.currency)
    return SumLine(text=_("Coupon · %(promotion)s") % {"promotion": promotion}, amount=amount, style="off")


def place_view(where: Where) -> PlaceView:
    """Return a place as it is shown."""
    label = label_text(where.label) if where.label else ""
    return PlaceView(label=label, address=where.address, source=source_text(where), lat=where.lat, lng=where.lng)


def sandbox_badge() -> Badge:
    """Return the label of everything that is invented."""
    return Badge(text=pgettext("badge", "Demo"), style="sandbox", icon="flask-conical")


def _note(basket: Basket) -> str:
    """Return what is said below the sum: the person's note to the kitchen, and that no real money moves."""
    parts = [_("Note to the kitchen: %(note)s.") % {"note": basket.note}] if basket.note else []
    if basket.merchant.is_demo:
        parts.append(_("Paid from the demo wallet; no real money moves."))
    return wording.sentences(*parts)


def _line(line: Line, language: str) -> QuoteLine:
    amount = Money(amount=money.cents(line.amount), currency=line.offer.currency)
    return QuoteLine(text=name(line.offer, language), detail=detail(line, language), quantity=line.count, amount=amount)


def detail(line: Line, language: str) -> str:
    """Return what stands below a dish: its options, and what a set holds."""
    comma = ", " if language == "en" else "、"
    return " · ".join(part for part in (line.detail(language), comma.join(line.includes(language))) if part)
