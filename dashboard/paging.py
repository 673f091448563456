"""Pages of a long list by key: as fast at the end as at the start, and nothing is skipped when rows come in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

PAGE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def chosen(form: forms.Form) -> dict[str, str]:
    """Return what was chosen in a form of filters; raise BadRequest for a choice that there is not."""
    if form.is_valid():
        return {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
    raise BadRequest(_("One of the filters in it is unknown. Choose them on the page instead."))


def number(text: str) -> int:
    """Return a key out of an address; raise BadRequest."""
    if not text.isdecimal() or len(text) > 18:
        raise BadRequest(_("The place in the list is not readable. Start again from the first page."))
    return int(text)


def moment_key(at: datetime) -> str:
    """Return a time as it stands in an address: microseconds since 1970."""
    since = at - EPOCH
    return str(since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds)


def moment(text: str) -> datetime:
    """Return the time in an address; raise BadRequest."""
    try:
        return EPOCH + timedelta(microseconds=number(text))
    except OverflowError as error:
        raise BadRequest(_("The place in the list is not readable. Start again from the first page.")) from error


def address(path: str, filters: Mapping[str, str], **more: str) -> str:
    """Return the address of a list with its filters."""
    query = urlencode({**filters, **more})
    return f"{path}?{query}" if query else path
