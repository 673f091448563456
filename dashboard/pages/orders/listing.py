"""The list of orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dashboard import words
from dashboard.paging import PAGE, number
from integrations.models import Order


def _choices(first: str | Promise, table: Mapping[str, words.Word]) -> list[tuple[str, str | Promise]]:
    return [("", first), *((str(key), word.text) for key, word in table.items())]


STATES = _choices(_("All states"), words.ORDER)
PAYMENTS = _choices(_("All payments"), words.ORDER_PAYMENT)
KINDS = [("", _("All kinds")), *words.KIND.items()]


class Filters(forms.Form):
    """What can be filtered by."""

    q = forms.CharField(required=False, max_length=120)
    state = forms.ChoiceField(required=False, choices=STATES)
    payment = forms.ChoiceField(required=False, choices=PAYMENTS)
    kind = forms.ChoiceField(required=False, choices=KINDS)


@dataclass(frozen=True)
class Page:
    """A page of the list; `after` is the key of the next one, empty at the end."""

    rows: list[Order]
    after: str


def page(filters: Mapping[str, str], after: str) -> Page:
    """Return a page, the latest first; one query. Raise BadRequest for a key that is none."""
    found = filtered(filters)
    if after:
        found = found.filter(id__lt=number(after))
    rows = list(found[: PAGE + 1])
    return Page(rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def filtered(filters: Mapping[str, str]) -> QuerySet[Order]:
    """Return the orders that pass `filters`."""
    found = Order.objects.select_related("person", "merchant").order_by("-id")
    for name in ("state", "payment", "kind"):
        if value := filters.get(name):
            found = found.filter(**{name: value})
    if text := filters.get("q"):
        found = found.filter(
            Q(number__icontains=text)
            | Q(title_zh__icontains=text)
            | Q(title_en__icontains=text)
            | Q(person__name__icontains=text)
            | Q(merchant__name_zh__icontains=text)
            | Q(merchant__name_en__icontains=text)
        )
    return found
