"""What to do: the model picks a tool and copies what was said; the grammar lets it do nothing else.

The model writes one short line, `code|field=words|field=words`. Fields that code reads better than a small model
(people, money, times, diets, ...) are not in it: grounding fills them. Values can only be runs of the person's own
words, or one of a field's choices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant import normalise
from assistant.conversation import copying
from assistant.engines.base import Request
from integrations.base import Example, Inputs, Tool

PROMPTS = Path(__file__).parent / "prompts"
# Grounding kinds whose values code finds in the text by itself.
READ_BY_CODE = frozenset({"people", "money", "diet", "time", "sort", "ordinal", "number", "count"})
FREE_CHARS = 240
EXAMPLES_PER_TOOL = 6
MAX_TOKENS = 60
# Wishes that no tool fits, by field: a small model tells concrete fields apart better than "none of the above".
UNABLE = ("no-trip", "no-doctor", "no-remind", "no-live", "no-other")


@dataclass(frozen=True)
class Decision:
    """A tool with the words for its fields, or chat, or none (a wish that no tool fits)."""

    kind: str  # call, chat, none
    tool: str = ""
    words: dict[str, str] = field(default_factory=dict)
    raw: str = ""


@lru_cache(maxsize=64)
def prompt(name: str, language: str) -> str:
    """Return the text of a prompt file."""
    return (PROMPTS / language / f"{name}.txt").read_text().strip()


def written_fields(tool: Tool) -> list[str]:
    """Return the fields of `tool` that the model writes, in order."""
    return [name for name in tool.inputs.model_fields if kind_of(tool, name) not in READ_BY_CODE]


def kind_of(tool: Tool, name: str) -> str:
    """Return the grounding kind of a field; "text" where none is given."""
    extra = tool.inputs.model_fields[name].json_schema_extra
    return str(extra.get("kind", "text")) if isinstance(extra, dict) else "text"


def choices_of(tool: Tool, name: str) -> list[str]:
    """Return the values a field's schema allows, if it is a choice."""
    return _choices(tool.inputs, name)


@lru_cache(maxsize=1024)
def _choices(inputs: type[Inputs], name: str) -> list[str]:
    schema = inputs.model_json_schema()["properties"][name]
    for part in [schema, *schema.get("anyOf", [])]:
        if "enum" in part:
            return [str(value) for value in part["enum"]]
    return []


def opening(tools: Sequence[Tool], language: str) -> list[dict[str, str]]:
    """Return the fixed part of the prompt: the menu, one line a tool, then the examples as turns of a conversation.

    It is the same for everybody, so it is computed once. The examples of one tool stand far apart, evenly over the
    whole: a small model leans towards what it saw last.
    """
    return _opening(tuple(tools), language)


@lru_cache(maxsize=16)
def _opening(tools: tuple[Tool, ...], language: str) -> list[dict[str, str]]:
    lines = [f"{tool.code}: {tool.title}" + _field_list(tool) for tool in tools]
    messages = [{"role": "system", "content": prompt("decide", language).format(menu="\n".join(lines))}]
    for said, answer in spread([pair for tool in tools for pair in examples(tool, language)] + common(language)):
        messages += [{"role": "user", "content": said}, {"role": "assistant", "content": answer}]
    return messages


def spread(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs in an order in which those of one code are spaced evenly."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        groups.setdefault(pair[1].split("|")[0], []).append(pair)
    placed = [((i + 0.5) / len(group), code, pair) for code, group in groups.items() for i, pair in enumerate(group)]
    return [pair for _, _, pair in sorted(placed)]


def common(language: str) -> list[tuple[str, str]]:
    """Return the examples that belong to no tool: talk, and wishes that no tool fits."""
    lines = prompt("examples", language).splitlines()
    return [(said, answer) for said, _, answer in (line.partition(" => ") for line in lines)]


def _field_list(tool: Tool) -> str:
    fields = written_fields(tool)
    return f" ({', '.join(fields)})" if fields else ""


def examples(tool: Tool, language: str) -> list[tuple[str, str]]:
    """Return a tool's examples in a language: what was said and the line it means."""
    fitting = [example for example in tool.examples if normalise.detect(example.text, language) == language]
    return [(example.text, write(tool, example)) for example in fitting[:EXAMPLES_PER_TOOL]]


def write(tool: Tool, example: Example) -> str:
    """Return the line that means an example."""
    parts = [f"{name}={example.inputs[name]}" for name in written_fields(tool) if example.inputs.get(name)]
    return "|".join([tool.code, *parts])


def grammar(tools: Sequence[Tool], text: str) -> str:
    """Return the GBNF grammar of the answers to `text`: these tools, the fields they have, words that were said."""
    heads = [*(f"tool-{i}" for i in range(len(tools))), '"chat"', *(f'"{code}"' for code in UNABLE)]
    lines = [f"root ::= {' | '.join(heads)}"]
    for i, tool in enumerate(tools):
        parts = [f'"{tool.code}"']
        for name in written_fields(tool):
            choices = choices_of(tool, name)
            value = "(" + " | ".join(f'"{choice}"' for choice in choices) + ")" if choices else "said"
            parts.append(f'("|{name}=" {value})?')
        lines.append(f"tool-{i} ::= {' '.join(parts)}")
    if len(text) <= copying.LIMIT:
        lines += copying.rules(text)
    else:
        lines.append(f"said ::= [^|\\n]{{1,{FREE_CHARS}}}")
    return "\n".join(lines)


def request(
    text: str,
    *,
    tools: Sequence[Tool],
    language: str,
    usable: Sequence[Tool] | None = None,
    person: str = "",
    **more: Any,
) -> Request:
    """Return the generation request that decides on `text`. The menu always lists all `tools`, so that it stays cached;
    the grammar allows the `usable` ones.
    """
    return Request(
        person=person,
        messages=[*opening(tools, language), {"role": "user", "content": text}],
        grammar=grammar(tools if usable is None else usable, text),
        max_tokens=MAX_TOKENS,
        stop=["\n"],
        cache_key=f"decide-{language}",
        **more,
    )


def read(raw: str, tools: Sequence[Tool]) -> Decision:
    """Return what the model's line means; raise `ValueError` where it is none of ours (cut off, another engine)."""
    code, *parts = raw.strip().split("|")
    if code == "chat":
        return Decision("chat", raw=raw)
    if code in UNABLE:
        return Decision("none", tool=code, raw=raw)
    tool = next((tool for tool in tools if tool.code == code.strip()), None)
    if tool is None:
        raise ValueError(f"unknown tool code {code[:20]!r}")
    allowed = set(written_fields(tool))
    words = {}
    for part in parts:
        name, _, value = part.partition("=")
        value = re.sub(r"^[\s，。,.!！?？、;；:：]+|[\s，。,.!！?？、;；:：]+$", "", value)
        if name in allowed and value:
            words[name] = value
    return Decision("call", tool.name, words, raw)
