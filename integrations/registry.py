"""Which scenarios and tools there are, and which are switched on."""

from __future__ import annotations

from collections.abc import Sequence

from integrations.base import Scenario, Tool
from integrations.models import ScenarioSwitch
from integrations.scenarios.food.scenario import FOOD
from integrations.scenarios.memory.scenario import MEMORY
from integrations.scenarios.orders.scenario import ORDERS

SCENARIOS: tuple[Scenario, ...] = (FOOD, ORDERS, MEMORY)


def _by(attribute: str) -> dict[str, Tool]:
    """Return all tools by a key that must be unique; raise ValueError at start where it is not."""
    found: dict[str, Tool] = {}
    for scenario in SCENARIOS:
        for tool in scenario.tools:
            key = getattr(tool, attribute)
            if key in found:
                raise ValueError(f"Two tools have the {attribute} {key!r}: {found[key].name} and {tool.name}.")
            found[key] = tool
    return found


_NAMES = _by("name")
_CODES = _by("code")


def enabled_scenarios() -> list[Scenario]:
    """Return the scenarios that are switched on, in their order."""
    off = set(ScenarioSwitch.objects.filter(enabled=False).values_list("scenario", flat=True))
    return [scenario for scenario in SCENARIOS if scenario.name not in off]


def tools() -> Sequence[Tool]:
    """Return the tools that the model is offered: those of the scenarios that are switched on."""
    return [tool for scenario in enabled_scenarios() for tool in scenario.tools if tool.offered]


def every_tool() -> Sequence[Tool]:
    """Return the tools that a model may have been offered, whatever is switched on now."""
    return [tool for scenario in SCENARIOS for tool in scenario.tools if tool.offered]


def tool(name: str) -> Tool:
    """Return the tool of that name, offered or not; raise KeyError."""
    return _NAMES[name]


def by_code(code: str) -> Tool:
    """Return the tool that the model calls so; raise KeyError."""
    return _CODES[code]


def switch(name: str, enabled: bool) -> None:
    """Switch a scenario on or off; raise KeyError for one that there is not."""
    if name not in {scenario.name for scenario in SCENARIOS}:
        raise KeyError(name)
    ScenarioSwitch.objects.update_or_create(scenario=name, defaults={"enabled": enabled})
