"""The registry, and what every tool must have."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import translation

from integrations import registry
from integrations.base import Effect, Inputs, Tool
from integrations.catalogue.vocabulary import DIETS
from integrations.models import ScenarioSwitch

ALL = [tool for scenario in registry.SCENARIOS for tool in scenario.tools]
OFFERED = [tool for tool in ALL if tool.offered]
READ_BY_CODE = {"people", "money", "diet", "time", "sort", "ordinal", "number", "count"}


def test_tools_are_found_by_name_and_code(db: Any) -> None:
    assert registry.tool("food.search") is registry.by_code("food")
    assert [tool.name for tool in registry.tools()] == [tool.name for tool in OFFERED]
    with pytest.raises(KeyError):
        registry.tool("food.nothing")


def test_two_tools_cannot_share_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "SCENARIOS", (*registry.SCENARIOS, registry.SCENARIOS[0]))
    with pytest.raises(ValueError, match=r"food\.search"):
        registry._by("code")


def test_a_scenario_can_be_switched_off(db: Any) -> None:
    registry.switch("food", False)
    assert "food" not in [scenario.name for scenario in registry.enabled_scenarios()]
    assert "food.search" not in [tool.name for tool in registry.tools()]
    assert registry.tool("food.search").name == "food.search"
    registry.switch("food", True)
    assert ScenarioSwitch.objects.count() == 1
    assert len(registry.enabled_scenarios()) == len(registry.SCENARIOS)
    with pytest.raises(KeyError):
        registry.switch("flights", True)


@pytest.mark.parametrize("tool", ALL, ids=lambda tool: tool.name)
def test_inputs_are_described_and_can_be_asked_for(tool: Tool) -> None:
    assert issubclass(tool.inputs, Inputs)
    assert tool.inputs.model_config["extra"] == "forbid"
    json.dumps(tool.inputs.model_json_schema())
    if not tool.offered:
        return
    for name, field in tool.inputs.model_fields.items():
        assert field.description, f"{tool.name}.{name}"
        extra: Any = field.json_schema_extra
        assert extra["kind"], f"{tool.name}.{name}"
        if extra["kind"] == "choice":
            continue
        assert extra["ask"].endswith(("?", ".")), f"{tool.name}.{name}"
        with translation.override("zh-hans"):
            assert translation.gettext(extra["ask"]) != extra["ask"], f"{tool.name}.{name}"


@pytest.mark.parametrize("tool", OFFERED, ids=lambda tool: tool.name)
def test_examples_in_both_languages_hold_their_inputs(tool: Tool) -> None:
    english = [example for example in tool.examples if example.text.isascii()]
    assert len(english) >= 3
    assert len(tool.examples) - len(english) >= 3
    for example in tool.examples:
        tool.inputs.model_validate(example.inputs)
        for name, value in example.inputs.items():
            extra: Any = tool.inputs.model_fields[name].json_schema_extra
            if extra["kind"] not in READ_BY_CODE | {"choice"}:
                assert value in example.text, f"{example.text}: {name}"


@pytest.mark.parametrize("tool", ALL, ids=lambda tool: tool.name)
def test_titles_are_in_both_languages(tool: Tool) -> None:
    with translation.override("zh-hans"):
        chinese = str(tool.title)
    with translation.override("en"):
        assert str(tool.title).isascii()
    assert not chinese.isascii()
    assert isinstance(tool.effect, Effect)


def test_the_diets_that_can_be_asked_for_are_the_vocabularys() -> None:
    schema = registry.tool("food.search").inputs.model_json_schema()
    assert schema["properties"]["diet"]["items"]["enum"] == list(DIETS)
