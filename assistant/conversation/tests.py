"""Copying grammars and decisions."""

from __future__ import annotations

import pytest

from assistant.conversation import copying, deciding
from integrations import registry

pytestmark = pytest.mark.django_db


def spelled(text: str) -> set[str]:
    """Return every word of the grammar of `text`, by walking it."""
    table = copying.automaton(copying.atoms(text))
    words, stack = set(), [(0, "")]
    while stack:
        state, word = stack.pop()
        for atom, to in table[state].items():
            words.add(word + atom)
            stack.append((to, word + atom))
    return words


@pytest.mark.parametrize("text", ["送到公司", "abab abab", "两份两份米饭", 'a "quoted\\" word', "x"])
def test_the_grammar_spells_exactly_the_runs_of_atoms(text: str) -> None:
    atoms = copying.atoms(text)
    runs = {"".join(atoms[i:j]) for i in range(len(atoms)) for j in range(i + 1, len(atoms) + 1)}
    assert spelled(text) == runs


def test_a_latin_word_and_a_number_are_copied_whole() -> None:
    words = spelled("I'd like pizza under 80.5")
    assert "pizza" in words
    assert "80.5" in words
    assert "izza" not in words
    assert "8" not in words


def test_the_grammar_stays_linear() -> None:
    assert len(copying.rules("送到南京西路" * 100)) <= 2 * copying.LIMIT


def test_an_empty_text_has_a_grammar_that_matches_nothing_said() -> None:
    assert copying.rules("   ") == ['said ::= "-"']


def test_a_line_is_read_into_tool_and_words() -> None:
    decision = deciding.read("food|wish=晚餐，|to= 公司", registry.tools())
    assert (decision.kind, decision.tool, decision.words) == ("call", "food.search", {"wish": "晚餐", "to": "公司"})


def test_fields_that_code_reads_are_not_taken_from_the_model() -> None:
    assert deciding.read("food|people=7|wish=火锅", registry.tools()).words == {"wish": "火锅"}


@pytest.mark.parametrize("raw", ["", "fly|to=月亮", "food search"])
def test_a_line_that_is_none_of_ours_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match="unknown tool code"):
        deciding.read(raw, registry.tools())


def test_chat_and_unable_are_no_calls() -> None:
    assert deciding.read("chat", registry.tools()).kind == "chat"
    assert deciding.read("no-trip", registry.tools()).kind == "none"


def test_codes_are_short_and_do_not_collide() -> None:
    codes = [tool.code for tool in registry.tools()] + ["chat", *deciding.UNABLE]
    assert len(set(codes)) == len(codes)
    assert all(len(code) <= 10 for code in codes)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_menu_names_every_tool_with_examples_of_its_language(language: str) -> None:
    first, *turns = deciding.opening(registry.tools(), language)
    answers = {turn["content"].split("|")[0] for turn in turns if turn["role"] == "assistant"}
    for tool in registry.tools():
        assert f"{tool.code}: " in first["content"]
        assert tool.code in answers, f"{tool.name} has no {language} example"


def test_examples_of_one_tool_stand_apart() -> None:
    pairs = [(f"a{i}", "chat") for i in range(4)] + [("b0", "food"), ("b1", "food"), ("c", "none")]
    assert [answer for _, answer in deciding.spread(pairs)] == ["chat", "food", "chat", "none", "chat", "food", "chat"]


def test_the_grammar_allows_usable_tools_only() -> None:
    tools = [tool for tool in registry.tools() if tool.code == "food"]
    grammar = deciding.grammar(tools, "来份炒饭")
    assert '"food"' in grammar
    assert '"cancel"' not in grammar
