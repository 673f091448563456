"""Carry out a call: check its inputs, run the tool, turn what goes wrong into words."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from assistant.conversation.context import ToolContext
from integrations import registry
from integrations.base import Inputs, InvalidInput, ProviderError, Reply, Tool
from integrations.models import Call

logger = logging.getLogger(__name__)


@dataclass
class Outcome:
    """What a call came to, and its trace."""

    replies: list[Reply]
    ok: bool
    detail: dict[str, Any] = field(default_factory=dict)
    milliseconds: int = 0
    row: Call | None = None  # for the dashboard; the caller saves it with whatever it saves


def call(tool: Tool, inputs: dict[str, Any], context: ToolContext) -> Outcome:
    """Run `tool`; whatever goes wrong comes back as a reply that says what to do."""
    started = time.monotonic()
    error = ""
    try:
        checked = tool.inputs.model_validate(inputs)
        replies = list(tool.run(checked, context))
    except ValidationError as problem:
        replies, error = [ask_again(tool, inputs, problem)], "invalid inputs"
    except InvalidInput as problem:
        replies, error = [Reply(text=str(problem))], "invalid input"
    except ProviderError as problem:
        logger.warning("tool %s failed: %s", tool.name, problem)
        replies, error = [Reply(text=_provider_words(problem))], str(problem)[:200]
    spent = round((time.monotonic() - started) * 1000)
    scenario = tool.name.split(".")[0]
    row = Call(
        scenario=scenario, tool=tool.name, provider="sandbox", person=context.person, ok=not error, error=error[:200],
        milliseconds=spent,
    )  # fmt: skip
    detail = {
        "tool": tool.name,
        "provider": "sandbox",
        "inputs": _plain(inputs),
        "ok": not error,
        "error": error,
        "hits": context.hits,
    }
    return Outcome(replies, not error, detail, spent, row)


def run(name: str, inputs: dict[str, Any], context: ToolContext) -> Outcome:
    """Run a tool by name, where its scenario is switched on."""
    if not any(scenario.name == name.split(".", maxsplit=1)[0] for scenario in registry.enabled_scenarios()):
        return Outcome([Reply(text=_("This is switched off at the moment. Everything else works as usual."))], False)
    return call(registry.tool(name), inputs, context)


def ask_again(tool: Tool, inputs: dict[str, Any], problem: ValidationError) -> Reply:
    """Return the question for the first field that is missing or wrong, and keep what was given."""
    first = problem.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    known = {key: value for key, value in _plain(inputs).items() if key != name and key in tool.inputs.model_fields}
    asks = {"tool": tool.name, "field": name, "inputs": known}
    if first["type"] == "missing":
        return Reply(text=question(tool.inputs, name), asks=asks)
    return Reply(text=_("“%(value)s” does not fit here. %(question)s") % {
        "value": str(first.get("input", ""))[:40], "question": question(tool.inputs, name)
    }, asks=asks)  # fmt: skip


def question(inputs: type[Inputs], name: str) -> str:
    """Return what to ask for a field."""
    extra = inputs.model_fields[name].json_schema_extra if name in inputs.model_fields else None
    asked = extra.get("ask") if isinstance(extra, dict) else None
    return _(str(asked)) if asked else _("Could you say that in other words?")


def _provider_words(problem: ProviderError) -> str:
    if problem.unknown:
        return _(
            "The answer got lost on the way. "
            "I am checking what became of it and will tell you here; please do not repeat it."
        )
    if problem.permanent:
        return _("That did not work: %(reason)s") % {"reason": problem}
    return _("The service does not answer right now. Nothing was ordered or paid; please try again in a minute.")


def _plain(inputs: dict[str, Any]) -> dict[str, Any]:
    """Return `inputs` as JSON can hold them."""
    plain: dict[str, Any] = {}
    for key, value in inputs.items():
        if isinstance(value, str | int | float | bool | dict) or value is None:
            plain[key] = value
        elif isinstance(value, Sequence):
            plain[key] = [item if isinstance(item, str | int | float | dict) else str(item) for item in value]
        else:
            plain[key] = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return plain
