"""Small changes to the catalogue. Each tells the search index in its own transaction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Model

from integrations.models import IndexChange, Merchant, Offer

# What staff may change of a merchant; the rest is what it is known by.
MERCHANT_FIELDS = frozenset({
    "name_zh", "name_en", "description_zh", "description_en", "tags", "category", "address_zh", "address_en", "lat",
    "lng", "phone", "hours", "picture", "delivers", "delivery_fee", "packing_fee", "minimum_order", "delivery_km",
    "prepare_minutes", "promotions", "details",
})  # fmt: skip


def set_stock(offer: Offer, stock: int | None) -> None:
    """Set how many are left; None: not counted."""
    if stock is not None and stock < 0:
        raise ValueError("Stock cannot be below zero.")
    _change(offer, stock=stock)


def change_price(offer: Offer, price: Decimal, *, list_price: Decimal | None = None) -> None:
    """Set the price, and the price before a discount where there is one."""
    if price <= 0 or (list_price is not None and list_price < price):
        raise ValueError("A price is above zero and not above the list price.")
    _change(offer, price=price, list_price=list_price)


def set_active(row: Merchant | Offer, active: bool) -> None:
    """Show or hide a merchant or an offer."""
    _change(row, is_active=active)


def update_merchant(merchant: Merchant, **fields: Any) -> None:
    """Change some of `MERCHANT_FIELDS`."""
    if unknown := sorted(fields.keys() - MERCHANT_FIELDS):
        raise ValueError(f"A merchant's {', '.join(unknown)} cannot be changed.")
    _change(merchant, **fields)


def take_stock(offer_id: int, count: int) -> bool:
    """Take `count` of an offer and return True; take nothing where fewer are left or it is off sale.

    One conditional update, so two people never have the last one. Stock is not in the search index: nothing to tell.
    """
    if count < 1:
        raise ValueError("Take at least one.")
    offers = Offer.objects.filter(pk=offer_id, is_active=True)
    if offers.filter(stock__gte=count).update(stock=F("stock") - count):
        return True
    return offers.filter(stock=None).exists()


def give_back_stock(offer_id: int, count: int) -> None:
    """Put `count` of an offer back; nothing where it is not counted (or gone)."""
    if count < 1:
        raise ValueError("Give back at least one.")
    Offer.objects.filter(pk=offer_id, stock__isnull=False).update(stock=F("stock") + count)


def _change(row: Model, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    empty = {
        name for name, value in fields.items() if value is None or value in ([], {})
    }  # allowed where the column is
    row.clean_fields(exclude={field.name for field in row._meta.fields} - fields.keys() | empty)
    with transaction.atomic():
        row.save(update_fields=[*fields, "updated_at"])
        IndexChange.objects.create(model=row._meta.model_name or "", row=row.pk)
