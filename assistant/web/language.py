"""The language of a page: the person's choice, else what their browser asks for."""

from __future__ import annotations

from django.utils.translation.trans_real import parse_accept_lang_header

from integrations.models import Person

CODES = {"zh": "zh-hans", "en": "en"}  # Django's
HTML = {"zh": "zh-CN", "en": "en"}
FALLBACK = "zh"


def page_language(person: Person, accepted: str) -> str:
    """Return "zh" or "en"; `accepted` is the browser's Accept-Language."""
    return person.language if person.language_chosen and person.language in CODES else accepted_language(accepted)


def accepted_language(accepted: str) -> str:
    """Return the first of our languages that a browser asks for; English for one that asks for others only."""
    asked = [tag for tag, quality in parse_accept_lang_header(accepted.lower()) if quality > 0 and tag != "*"]
    for tag in asked:
        language = tag.partition("-")[0]
        if language in CODES:
            return language
    return "en" if asked else FALLBACK


def code(language: str) -> str:
    """Return Django's code of "zh" or "en"."""
    return CODES.get(language, CODES[FALLBACK])
