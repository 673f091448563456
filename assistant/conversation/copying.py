"""A grammar whose words are exactly the substrings of a text: what a model writes under it was said."""

from __future__ import annotations

import re
from collections.abc import Sequence

ATOM = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|[0-9]+(?:[.:][0-9]+)*|.", re.DOTALL)
LIMIT = 240  # characters; a longer text would make the grammar slow


class _State:
    __slots__ = ("length", "link", "next")

    def __init__(self, length: int, link: int) -> None:
        self.length = length
        self.link = link
        self.next: dict[str, int] = {}


def automaton(symbols: Sequence[str]) -> list[dict[str, int]]:
    """Return the transitions of the suffix automaton of `symbols` (Blumer et al. 1985), state 0 first: every path from
    state 0 spells a run of them. At most 2n states.
    """
    states = [_State(0, -1)]
    last = 0
    for char in symbols:
        current = len(states)
        states.append(_State(states[last].length + 1, 0))
        at = last
        while at != -1 and char not in states[at].next:
            states[at].next[char] = current
            at = states[at].link
        if at != -1:
            states[current].link = _split(states, at, char)
        last = current
    return [state.next for state in states]


def _split(states: list[_State], at: int, char: str) -> int:
    """Return the state that the new one links to, cloning it where it is reached by shorter words too."""
    target = states[at].next[char]
    if states[at].length + 1 == states[target].length:
        return target
    clone = len(states)
    states.append(_State(states[at].length + 1, states[target].link))
    states[clone].next = dict(states[target].next)
    while at != -1 and states[at].next.get(char) == target:
        states[at].next[char] = clone
        at = states[at].link
    states[target].link = clone
    return clone


def atoms(text: str) -> list[str]:
    """Return what is copied as a whole: a Latin word or a number, else a single character."""
    return ATOM.findall(" ".join(text[:LIMIT].replace("|", " ").split()))


def rules(text: str, name: str = "said") -> list[str]:
    """Return GBNF rules in which `name` matches each non-empty run of atoms of `text`."""
    table = automaton(atoms(text))
    lines = []
    for number, edges in enumerate(table):
        ends = [f"{_quote(atom)} {name}-{to}?" if table[to] else _quote(atom) for atom, to in sorted(edges.items())]
        if ends:
            lines.append(f"{name if number == 0 else f'{name}-{number}'} ::= {' | '.join(ends)}")
    return lines or [f'{name} ::= "-"']


def _quote(atom: str) -> str:
    return '"' + "".join(_escape(char) for char in atom) + '"'


def _escape(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08X}"
