"""manage.py search and index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.retrieval.catalogue import merchant, offer

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    call_command(*arguments)
    return capsys.readouterr().out


def test_search_command(city, capsys):
    dish = offer(merchant(city), price=Decimal("28.00"))
    text = run(
        capsys, "search", "麻婆豆腐", "--city", "上海", "--near", "31.23,121.47", "--km", "5", "--max-price", "30"
    )
    assert "麻婆豆腐" in text
    assert "CNY 28.00" in text
    result = json.loads(run(capsys, "search", "麻婆豆腐", "--kind", "dish", "--limit", "3", "--json"))
    assert [hit["id"] for hit in result["hits"]] == [dish.pk]
    assert result["hits"][0]["matched"] == ["麻婆豆腐"]
    assert json.loads(run(capsys, "search", "鹅肝", "--json"))["hits"] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--kind", "spaceship"], "no kind 'spaceship'; there are: location, merchant, offer, dish, restaurant"),
        (["--city", "Atlantis"], "no city 'Atlantis'; there are: shanghai"),
        (["--near", "here"], "LAT,LNG"),
        (["--near", "91,0"], "LAT,LNG"),
        (["--km", "3"], "--km needs --near"),
        (["--near", "31,121", "--km", "-1"], "--km must be above 0"),
        (["--max-price", "cheap"], "--max-price must be a number"),
        (["--max-price", "nan"], "--max-price must be above 0"),
        (["--limit", "0"], "--limit must be above 0 and at most 200"),
        (["--limit", "2.5"], "--limit must be a whole number"),
    ],
)
def test_search_command_says_what_is_wrong(city, arguments, sentence):
    offer(merchant(city))
    with pytest.raises(CommandError, match=sentence) as error:
        call_command("search", "豆腐", *arguments)
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)


def test_index_commands(city, capsys):
    with pytest.raises(CommandError, match=r"manage\.py index build") as error:
        call_command("index", "status")
    assert error.value.returncode == 1
    offer(merchant(city))
    assert "Built search index" in run(capsys, "index", "build")
    assert json.loads(run(capsys, "index", "build", "--if-needed", "--json"))["built"] is False
    status = json.loads(run(capsys, "index", "status", "--json"))
    assert status["documents"] == {"location": 0, "merchant": 1, "offer": 1}
    assert json.loads(run(capsys, "index", "check", "--json"))["ok"] is True


def test_searching_needs_no_heavy_library():
    """A worker that searches holds neither a model's library nor what only a build needs."""
    code = "import django, sys; django.setup(); import assistant.retrieval.places; print(*sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "assistant.project.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR, capture_output=True, check=True
    )
    assert not set(done.stdout.decode().split()) & {
        "torch",
        "transformers",
        "sentence_transformers",
        "sklearn",
        "scipy",
    }
