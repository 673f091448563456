"""Names in the language they are shown in."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from django.utils import translation

LOCALES = {"zh": "zh-hans", "en": "en"}


class Named(Protocol):
    """What has a name in Chinese and English."""

    name_zh: str
    name_en: str


def name(row: Named, language: str) -> str:
    """Return a row's name, in English with a capital."""
    return f"{row.name_en[:1].upper()}{row.name_en[1:]}" if language == "en" else row.name_zh


def text(data: dict[str, str], language: str, stem: str = "") -> str:
    """Return what stands in JSON in both languages: {"zh", "en"} or, with a stem, {"name_zh", "name_en"}."""
    key = f"{stem}_{'en' if language == 'en' else 'zh'}" if stem else ("en" if language == "en" else "zh")
    return data.get(key, "")


def speaking(language: str) -> AbstractContextManager[None]:
    """Return a context in which texts are in a person's language."""
    return translation.override(LOCALES.get(language, "zh-hans"))
