"""Scenarios against the services that carry them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dashboard import words
from dashboard.pages.integrations.usage import Day, Usage
from integrations import registry
from integrations.base import Effect, Scenario
from integrations.models import Connection


@dataclass(frozen=True)
class Column:
    """A provider."""

    kind: str
    name: str | Promise
    note: str
    connection: Connection | None


@dataclass(frozen=True)
class Cell:
    """What a provider does for a scenario. `style` is the cell's class: sbx, serve, off, none."""

    style: str
    icon: str
    who: str | Promise
    state: str
    figure: str
    link: str


@dataclass(frozen=True)
class ToolLine:
    """A tool of a scenario."""

    name: str
    title: str | Promise
    effect: words.Word
    usage: Usage


@dataclass(frozen=True)
class Row:
    """A scenario."""

    scenario: Scenario
    enabled: bool
    cells: list[Cell]
    usage: Usage
    tools: list[ToolLine]


def columns(connections: Sequence[Connection]) -> list[Column]:
    """Return the providers that any scenario can use."""
    kinds = dict.fromkeys(kind for scenario in registry.SCENARIOS for kind in scenario.providers)
    by_kind = {row.kind: row for row in connections if row.role == Connection.Role.PROVIDER}
    return [
        Column(kind, words.name(words.PROVIDER, kind), _("built in") if kind == "sandbox" else "", by_kind.get(kind))
        for kind in kinds
    ]


def rows(listed: Sequence[Column], day: Day) -> list[Row]:
    """Return the scenarios, each with a cell per provider."""
    enabled = {scenario.name for scenario in registry.enabled_scenarios()}
    return [_row(scenario, scenario.name in enabled, listed, day) for scenario in registry.SCENARIOS]


def one(name: str, listed: Sequence[Column], day: Day) -> Row | None:
    """Return one scenario's row; None where there is none of that name."""
    return next((row for row in rows(listed, day) if row.scenario.name == name), None)


def _row(scenario: Scenario, enabled: bool, listed: Sequence[Column], day: Day) -> Row:
    cells = [_cell(scenario, enabled, column, day.providers.get((scenario.name, column.kind))) for column in listed]
    tools = [
        ToolLine(
            tool.name,
            tool.title,
            words.word(words.EFFECT, Effect(tool.effect).value),
            day.tools.get(tool.name) or Usage(),
        )
        for tool in scenario.tools
    ]
    return Row(scenario, enabled, cells, day.scenarios.get(scenario.name) or Usage(), tools)


def _cell(scenario: Scenario, enabled: bool, column: Column, usage: Usage | None) -> Cell:
    link = column.connection.public_id if column.connection else ""
    if column.kind not in scenario.providers:
        return Cell("none", "", column.name, "", "", "")
    if column.connection is not None and not column.connection.enabled:
        return Cell("off", "circle", column.name, _("off"), _("service off"), link)
    if not enabled:
        return Cell("off", "circle", column.name, _("off"), _("scenario off"), link)
    figure = f"{usage.p50:,.0f} ms" if usage else _("not used yet")
    if column.kind == "sandbox":
        return Cell("sbx", "flask-conical", column.name, _("demo"), figure, link)
    return Cell("serve", "circle-check", column.name, figure, f"{usage.success:.1f}%" if usage else "", link)
