"""A quote before it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from integrations.base import QuoteView
from integrations.models import Merchant


@dataclass(frozen=True)
class Draft:
    """What would be shown, and what the order would keep."""

    view: QuoteView
    total: Decimal
    currency: str
    merchant: Merchant | None
    title_zh: str
    title_en: str
    stock: tuple[tuple[int, int], ...] = ()  # offer, how many
    promised_at: datetime | None = None
    details: dict[str, Any] = field(default_factory=dict)
