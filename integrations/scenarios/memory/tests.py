from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from integrations import factories, places
from integrations.base import Effect, Reply
from integrations.factories import NOON, FakeContext
from integrations.scenarios.memory.scenario import MEMORY


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def context(db: Any) -> FakeContext:
    factories.street()
    return FakeContext(factories.person())


def call(context: FakeContext, name: str, /, **inputs: Any) -> Reply:
    return factories.call(MEMORY, context, name, **inputs)


def undo(context: FakeContext, reply: Reply) -> Reply:
    button = next(choice for choice in reply.choices if choice.label == "撤销")
    return call(context, button.tool, **button.inputs)


def test_an_address_is_kept_and_the_change_undone(context: FakeContext) -> None:
    saved = call(context, "memory.place", label="家里", address="静安寺")
    assert saved.text == "存好了：「家」是静安寺。"
    home = context.person.places.get(label="home")
    assert (home.address, home.city_id) == ("静安寺", context.person.city_id)
    moved = call(context, "memory.place", label="家", address="南京西路1266号")
    assert moved.text == "「家」改成了南京西路1266号。"
    assert undo(context, moved).text == "已撤销。"
    assert context.person.places.get(label="home").address == "静安寺"
    undo(context, saved)
    assert not context.person.places.filter(label="home").exists()


def test_what_is_missing_is_asked_for(context: FakeContext) -> None:
    asked = call(context, "memory.place", label="家")
    assert asked.text == "「家」的地址是哪里？也可以直接发位置。"
    assert asked.asks == {"tool": "memory.place", "field": "address", "inputs": {"label": "家"}, "words": ""}
    asked = call(context, "memory.place", address="静安寺")
    assert asked.asks["field"] == "label"
    assert [choice.label for choice in asked.choices] == ["家", "公司"]
    done = call(context, asked.choices[0].tool, **asked.choices[0].inputs)
    assert done.text == "存好了：「家」是静安寺。"


def test_an_address_that_is_on_no_map_is_kept_with_a_shared_location(context: FakeContext) -> None:
    asked = call(context, "memory.place", label="健身房", address="云顶大楼负一层")
    assert "没找到「云顶大楼负一层」" in asked.text
    context.state["pin"] = {"lat": 31.23, "lng": 121.45, "at": NOON.isoformat()}
    done = call(context, "memory.place", **{**asked.asks["inputs"], "address": "here"})
    assert done.text == "存好了：「健身房」是云顶大楼负一层。"
    assert context.person.places.get(label="健身房").lat == 31.23


def test_a_whole_city_is_no_address(context: FakeContext) -> None:
    assert call(context, "memory.place", label="家", address="上海").text.startswith("上海是一整座城市")


def test_the_list_of_places(context: FakeContext) -> None:
    places.keep(context.person, factories.office())  # the last place is nobody's business here
    reply = call(context, "memory.places")
    assert reply.text == "存着的地址：\n- 公司：南京西路 1515 号 8 层前台"
    assert [card.title for card in reply.cards] == ["公司"]
    deleted = call(context, reply.cards[0].actions[0].tool, **reply.cards[0].actions[0].inputs)
    assert deleted.text == "删掉了「公司」的地址。"
    assert call(context, "memory.places").text.startswith("还没有存地址")
    undo(context, deleted)
    assert context.person.places.get(label="work").address == "南京西路 1515 号 8 层前台"


def test_a_diet_is_kept_for_every_search(context: FakeContext) -> None:
    first = call(context, "memory.remember", text="我不吃香菜")
    assert first.text == "记住了：不要香菜。以后找吃的都按这个来。"
    second = call(context, "memory.remember", text="也不要辣")
    assert context.profile("diet") == ["no_cilantro", "not_spicy"]
    assert call(context, "memory.recall").text.splitlines()[1] == "- 口味：不要香菜、不辣"
    undo(context, second)
    assert context.profile("diet") == ["no_cilantro"]
    gone = call(context, "memory.forget", what="香菜")
    assert gone.text == "不再按「不要香菜」找了。"
    assert context.profile("diet") == []
    undo(context, gone)
    assert context.profile("diet") == ["no_cilantro"]
    undo(context, first)
    assert "口味" not in call(context, "memory.recall").text


def test_facts(context: FakeContext) -> None:
    kept = call(context, "memory.remember", text="记住，我女儿叫小满")
    assert kept.text == "记住了：我女儿叫小满。"
    assert call(context, "memory.remember", text="我女儿叫小满").text.startswith("已经记着了")
    assert call(context, "memory.recall").text == "记着这些：\n- 我女儿叫小满\n- 公司：南京西路 1515 号 8 层前台"
    gone = call(context, "memory.forget", what="女儿")
    assert gone.text == "忘掉了：我女儿叫小满。"
    undo(context, gone)
    assert context.memories() == ["我女儿叫小满"]
    undo(context, kept)
    assert context.memories() == []
    assert call(context, "memory.forget", what="生日").text == "没有记着「生日」。"
    assert call(context, "memory.remember").asks["field"] == "text"
    assert call(context, "memory.forget").asks["field"] == "what"


def test_a_fact_that_holds_a_diet_survives_forgetting_and_the_other_way_round(context: FakeContext) -> None:
    call(context, "memory.remember", text="我不吃辣，不辣的才行")
    call(context, "memory.remember", text="孩子说都行")
    call(context, "memory.forget", what="孩子")
    assert context.profile("diet") == ["not_spicy"]
    assert [text for text in context.memories() if "孩子" in text] == []


def test_everything_is_forgotten_and_comes_back(context: FakeContext) -> None:
    call(context, "memory.remember", text="我是素食的")
    call(context, "memory.remember", text="我女儿叫小满")
    reply = call(context, "memory.forget", what="全部")
    assert reply.text == "记着的全部删掉了，地址也删了。"
    assert context.memories() == []
    assert not context.person.places.exists()
    assert call(context, "memory.recall").text.startswith("还没有记住什么")
    assert call(context, "memory.forget", what="所有").text == "没有记着关于你的事。"
    undo(context, reply)
    assert context.profile("diet") == ["vegetarian"]
    assert "我女儿叫小满" in context.memories()
    assert context.person.places.get().label == "work"


def test_in_english(context: FakeContext) -> None:
    context.language = "en"
    with translation.override("en"):
        saved = call(context, "memory.place", label="home", address="Jing'an Temple")
        assert saved.text == "Saved: “Home” is Jing'an Temple."
        assert call(context, "memory.forget", what="my home address").text == "Deleted the address of “Home”."
        kept = call(context, "memory.remember", text="I eat no pork")
        assert kept.text == "I will remember: no pork. Every search for food will keep to it."
        assert call(context, "memory.forget", what="pork").text == "I no longer keep to: no pork."


def test_nothing_here_needs_a_confirmation() -> None:
    assert {tool.effect for tool in MEMORY.tools} <= {Effect.OWN, Effect.READ}
