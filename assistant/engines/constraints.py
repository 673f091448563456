"""How a request's answer is constrained."""

from __future__ import annotations

from typing import Any

from assistant.engines.base import EngineError, Request


def constraint(request: Request) -> dict[str, Any]:
    """Return {"grammar": GBNF}, {"json_schema": schema} or {}.

    A grammar or schema of the request's own comes first. With tools alone the answer is one JSON object
    {"name": the tool, "arguments": an object of that tool's schema}. Raise `EngineError("bad_request")` for both.
    """
    if request.grammar and request.json_schema is not None:
        raise EngineError("bad_request", "a request takes a grammar or a json_schema, not both")
    if request.grammar:
        return {"grammar": request.grammar}
    if request.json_schema is not None:
        return {"json_schema": request.json_schema}
    return {"json_schema": calls_schema(request.tools)} if request.tools else {}


def calls_schema(tools: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the schema of a call of one of `tools`, given as {"type": "function", "function": {name, parameters}}."""
    definitions: dict[str, Any] = {}
    choices = []
    for tool in tools:
        try:
            function = tool["function"]
            name, parameters = function["name"], dict(function.get("parameters") or {"type": "object"})
        except (KeyError, TypeError) as error:
            raise EngineError("bad_request", "a tool needs function.name and function.parameters") from error
        for key, value in parameters.pop("$defs", {}).items():
            if definitions.setdefault(key, value) != value:
                raise EngineError("bad_request", f"two tools define {key} differently")
        properties = {"name": {"const": name}, "arguments": parameters}
        choices.append({"type": "object", "properties": properties, "required": ["name", "arguments"]})
    schema: dict[str, Any] = {"anyOf": choices}
    return {**schema, "$defs": definitions} if definitions else schema
