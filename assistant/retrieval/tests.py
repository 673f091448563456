"""Words out of text."""

from __future__ import annotations

import pytest

from assistant.retrieval.text import normalise, query_terms, says_nothing, stem, text_terms


def test_traditional_full_width_and_accents_are_one_form():
    assert normalise("臺灣滷肉飯 ＰＩＺＺＡ Jìng’ān Café") == "台湾卤肉饭 pizza jing’an cafe"


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("noodles", "noodle"),
        ("dishes", "dish"),
        ("berries", "berry"),
        ("potatoes", "potato"),
        ("bus", "bus"),
        ("s", "s"),
    ],
)
def test_plurals(word, stemmed):
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("来一份披薩", ["披萨"]),
        ("🍕", ["披萨"]),
        ("Pizzas", ["披萨"]),
        ("milk tea", ["milk", "奶茶", "茶"]),
        ("不要香菜的牛肉面", ["牛肉", "牛肉面", "肉面"]),
        ("noodles without peanuts", ["面条"]),
        ("Jing'an", ["jingan"]),
        ("日本料理", ["日料"]),
        ("本帮菜", ["本帮菜", "江浙菜", "本帮", "帮菜"]),
        ("附近有什么好吃的", []),
        ("！？…", []),
        ("😀", []),
    ],
)
def test_terms_of_a_question(text, terms):
    assert [term.text for term in query_terms(text)] == terms


def test_a_question_without_content_differs_from_one_without_words():
    assert says_nothing("  ")
    assert says_nothing("推荐几家好吃的")
    assert says_nothing("somewhere nice to eat")
    assert not says_nothing("？！")
    assert not says_nothing("火锅")


def test_the_head_of_a_name_counts_more_than_its_other_characters():
    noodles, bread = dict(text_terms("牛肉面", name=True)), dict(text_terms("面包片", name=True))
    assert noodles["面"] == 1.0
    assert bread["面"] == 0.25
