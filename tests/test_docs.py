"""The README names every setting, command and target, in both languages, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = (ROOT / "README.md").read_text().split("\n# 中文\n")
HEADINGS = [  # the same parts in both languages, in the same order
    ("Start", "启动"),
    ("First things to say", "可以先说"),
    ("Telegram in three steps", "接入 Telegram，三步"),
    ("Settings", "设置"),
    ("Commands", "命令"),
    ("Measured", "实测"),
    ("Back up", "备份"),
    ("Add a scenario", "添加一个场景"),
    ("Safety", "安全"),
]
PARTS = pytest.mark.parametrize("part", [ENGLISH, CHINESE], ids=["en", "zh"])


def settings_read() -> set[str]:
    """Return the names of the environment that the settings read."""
    source = (ROOT / "assistant/project/settings.py").read_text()
    return set(re.findall(r'env(?:\.\w+)?\(\s*"(\w+)"', source))


def table(part: str, heading: str) -> str:
    """Return the tables below a heading."""
    section = part.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return "\n".join(line for line in section.splitlines() if line.startswith("|"))


def our_commands() -> set[str]:
    return {name for name, app in get_commands().items() if app in {"assistant", "integrations", "dashboard"}}


@pytest.mark.parametrize(("part", "heading"), [(ENGLISH, "Settings"), (CHINESE, "设置")], ids=["en", "zh"])
def test_every_setting_is_named(part: str, heading: str) -> None:
    named = {
        name for row in table(part, heading).splitlines()[2:] for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])
    }
    assert len(settings_read()) > 20
    assert named == settings_read()


def test_every_command_is_named() -> None:
    rows = table(ENGLISH, "Commands").splitlines()[2:]
    named = {name for row in rows for name in re.findall(r"manage\.py (\w+)", row)}
    assert len(our_commands()) > 10
    assert our_commands() - named == set()


@PARTS
def test_no_command_is_named_that_is_not_there(part: str) -> None:
    assert set(re.findall(r"manage\.py (\w+)", part)) - set(get_commands()) == set()


@PARTS
def test_make_targets_exist(part: str) -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([\w-]+)", part, re.MULTILINE))
    assert "run" in named
    assert named <= targets


def test_both_languages_have_the_same_parts() -> None:
    found = [re.findall(r"^## (.+)$", part, re.MULTILINE) for part in (ENGLISH, CHINESE)]
    assert found == [list(names) for names in zip(*HEADINGS, strict=True)]


@PARTS
def test_files_named_are_there(part: str) -> None:
    named = set(re.findall(r"`((?:integrations|assistant|dashboard|deploy|tests)/[\w/.-]+)`", part))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_nothing_is_left_to_fill_in() -> None:
    assert re.findall(r"FIGURES_\w+|TODO|TBD|FIXME", ENGLISH + CHINESE) == []
