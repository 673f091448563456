"""Put words together the way the active language does."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language, pgettext


def sentences(*parts: str) -> str:
    """Return sentences one after the other; empty ones are left out."""
    gap = "" if (get_language() or "").startswith("zh") else " "
    return gap.join(part for part in parts if part)


def items(parts: Iterable[str]) -> str:
    """Return a list of things: 清蒸鲈鱼、米饭."""
    return pgettext("list", ", ").join(parts)


def clauses(parts: Iterable[str]) -> str:
    """Return parts of a sentence one after the other."""
    return pgettext("clauses", ", ").join(parts)


def labelled(label: str, text: str) -> str:
    """Return a label and what it stands for: 主菜：清蒸鲈鱼."""
    return pgettext("menu", ": ").join([label, text])


def bracketed(text: str) -> str:
    """Return a text in brackets, to be put behind a word."""
    return pgettext("brackets", " (%(text)s)") % {"text": text}
