"""Every text has a Chinese translation, with the same placeholders, and is translated alike everywhere."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
APPS = ("assistant", "integrations", "dashboard")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}")
OPTIONAL = {"%(symbol)s", "%%"}  # 满 30 减 5 needs no currency sign
Key = tuple[str, str]  # context, text


def sources(pattern: str) -> list[Path]:
    return [path for app in APPS for path in sorted((ROOT / app).rglob(pattern)) if path.name != "tests.py"]


@cache
def used() -> dict[Key, str]:
    """Return every text that is marked for translation, with the place of its first use."""
    found: dict[Key, str] = {}
    pages = [page for app in APPS for page in sorted((ROOT / app).rglob("templates/**/*.html"))]
    for path in [*sources("*.py"), *pages]:
        text = path.read_text()
        code = text if path.suffix == ".py" else templatize(text, origin=str(path))
        for line, message, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            key = (context or "", message if isinstance(message, str) else message[0])
            found.setdefault(key, f"{path.relative_to(ROOT)}:{line}")
    return found


@cache
def translated() -> dict[Key, dict[str, str]]:
    """Return every translation, by text and then by catalogue."""
    found: dict[Key, dict[str, str]] = defaultdict(dict)
    for path in sources("locale/zh_Hans/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans", abort_invalid=True):
                if not message.id:
                    continue
                plain = isinstance(message.id, str)
                text, words = (message.id, message.string) if plain else (message.id[0], message.string[0])
                assert not message.fuzzy, f"{path.relative_to(ROOT)}: fuzzy: {text}"
                found[message.context or "", text][str(path.relative_to(ROOT))] = words
    return found


def test_texts_are_found() -> None:
    assert len(used()) > 300
    assert {place.rsplit(".", 1)[1].split(":")[0] for place in used().values()} == {"py", "html"}


def test_every_text_has_a_chinese_translation() -> None:
    missing = {
        text: place for (context, text), place in used().items() if not any(translated()[context, text].values())
    }
    assert missing == {}


def test_no_translation_is_empty_or_unused() -> None:
    empty = [(key, where) for key, words in translated().items() for where, text in words.items() if not text]
    unused = [(key, where) for key, words in translated().items() for where in words if key not in used()]
    assert (empty, unused) == ([], [])


def test_placeholders_are_kept() -> None:
    wrong = []
    for (_context, text), catalogues in translated().items():
        for words in catalogues.values():
            dropped = set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(words))
            invented = set(PLACEHOLDER.findall(words)) - set(PLACEHOLDER.findall(text))
            if dropped - OPTIONAL or invented:
                wrong.append((text, words))
    assert wrong == []


def test_a_text_is_translated_alike_everywhere() -> None:
    apart = {key: words for key, words in translated().items() if len(set(words.values())) > 1}
    assert apart == {}


@pytest.mark.parametrize("mark", ["！", "!"])
def test_chinese_does_not_shout(mark: str) -> None:
    assert [words for catalogues in translated().values() for words in catalogues.values() if mark in words] == []
