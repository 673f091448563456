from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from integrations import factories
from integrations.base import Reply
from integrations.factories import NOON, FakeContext
from integrations.models import Offer, Order, Person, Quote
from integrations.orders import confirm, food, fulfil, quotes
from integrations.orders.baskets import Basket, Line
from integrations.scenarios.orders.scenario import ORDERS


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def context(db: Any) -> FakeContext:
    factories.street()
    return FakeContext(factories.person())


def call(context: FakeContext, name: str, /, **inputs: Any) -> Reply:
    return factories.call(ORDERS, context, name, **inputs)


def press(person: Person, quote_id: str, context: FakeContext) -> Order:
    quote = Quote.objects.get(public_id=quote_id)
    return confirm.confirm(person, quote_id=quote_id, content_hash=quote.content_hash, now=context.now)


def quoted(context: FakeContext, *names: str) -> Quote:
    """Quote dishes of one restaurant."""
    chosen = names or ("清蒸鲈鱼双人餐",)
    offers = [Offer.objects.select_related("merchant__city").get(name_zh=name) for name in chosen]
    basket = Basket(offers[0].merchant, tuple(Line(offer) for offer in offers), factories.office())
    draft = food.draft(basket, language="zh", now=context.now)
    return quotes.make_quote(
        context.person, tool="food.pick", provider="sandbox", inputs={"basket": basket.to_json(), "language": "zh"},
        view=draft.view, merchant=basket.merchant, total=draft.total, currency=draft.currency, now=context.now,
    )  # fmt: skip


def ordered(context: FakeContext, *names: str) -> Order:
    """Order dishes of one restaurant."""
    return press(context.person, quoted(context, *names).public_id, context)


def test_without_orders_every_question_has_an_answer(context: FakeContext) -> None:
    for name in ("orders.status", "orders.list", "orders.cancel"):
        assert call(context, name).text == "还没有订单。想吃点什么？"
    assert call(context, "orders.status", number="BS-0101-0001").text == "没有找到单号 BS-0101-0001。"


def test_where_an_order_is(context: FakeContext) -> None:
    order = ordered(context)
    reply = call(context, "orders.status")
    assert reply.text == "江南小灶：约 12:30 送到。"
    assert reply.order is not None
    assert reply.order.number == order.number
    context.now += timedelta(minutes=10)  # the clock was asleep: asking looks for itself
    reply = call(context, "orders.status", number=order.number.lower())
    assert "已送达" in reply.text
    context.language = "en"
    with translation.override("en"):
        assert call(context, "orders.status").text.startswith("Jiangnan Kitchen: Delivered at 12:2")


def test_several_at_once(context: FakeContext) -> None:
    first, second = ordered(context), ordered(context, "拿铁")
    reply = call(context, "orders.status")
    assert reply.text == "半山咖啡：约 12:20 送到。另外还有 1 单在进行。"
    assert [choice.inputs for choice in reply.choices] == [{"number": first.number}]
    listed = call(context, "orders.list")
    assert listed.text.splitlines() == [
        "最近的订单（共 2 单，显示 2 单）：",
        f"- {second.number} · 半山咖啡 · ¥26 · 等商家接单",
        f"- {first.number} · 江南小灶 · ¥61 · 等商家接单",
    ]
    asked = call(context, "orders.cancel")
    assert asked.text == "取消哪一单？"
    assert [choice.inputs["number"] for choice in asked.choices] == [second.number, first.number]


def test_a_strangers_order_is_not_there(context: FakeContext) -> None:
    order = ordered(context)
    stranger = FakeContext(factories.person())
    for name in ("orders.status", "orders.cancel"):
        assert call(stranger, name, number=order.number).text == f"没有找到单号 {order.number}。"
    assert call(stranger, "orders.list").text.startswith("还没有订单")


def test_cancelling_is_proposed_and_done_once_confirmed(context: FakeContext) -> None:
    order = ordered(context)
    reply = call(context, "orders.cancel")
    assert reply.text == "取消能退这些，你确认后才会取消。"
    assert reply.quote is not None
    assert reply.quote.total.amount == 61
    order.refresh_from_db()
    assert order.state == "active"
    assert press(context.person, reply.quote.id, context).state == "cancelled"
    assert call(context, "orders.cancel", number=order.number).text == "这一单已经结束，没有可取消的了。"


def test_keeping_the_order_after_all(context: FakeContext) -> None:
    order = ordered(context)
    reply = call(context, "orders.cancel")
    kept = call(context, "orders.withdraw", **reply.choices[0].inputs)
    assert kept.text == "好，订单不动。"
    assert call(context, "orders.withdraw", **reply.choices[0].inputs).text.startswith("这份报价已经失效")
    order.refresh_from_db()
    assert order.state == "active"


def test_no_to_an_open_quote(context: FakeContext) -> None:
    quote = quoted(context)
    context.state["basket"] = quote.inputs["basket"]
    stranger = FakeContext(factories.person())
    assert call(stranger, "orders.withdraw", quote=quote.public_id).text.startswith("这份报价已经失效")
    assert call(context, "orders.withdraw", quote=quote.public_id).text == "好，没有下单。"
    assert "basket" not in context.state
    with pytest.raises(confirm.QuoteGone):
        press(context.person, quote.public_id, context)


def test_once_the_courier_has_it_nothing_can_be_cancelled(context: FakeContext) -> None:
    order = ordered(context)
    while order.fulfilment != "courier":
        context.now += timedelta(seconds=2)
        fulfil.advance(order.pk, context.now)
        order.refresh_from_db()
    reply = call(context, "orders.cancel")
    assert reply.text == "骑手已经取到餐，不能取消了。送到后如果有问题，告诉我。"
    assert reply.quote is None
    assert reply.order is not None


def test_a_dish_that_was_wrong(context: FakeContext) -> None:
    order = ordered(context, "红烧肉", "白米饭")
    context.now += timedelta(hours=1)
    asked = call(context, "orders.cancel", number=order.number)
    assert asked.text == "已经送到，不能取消了。如果哪样有问题或者少了，是哪一样？"
    assert [choice.label for choice in asked.choices] == ["红烧肉", "白米饭"]
    assert asked.asks == {"tool": "orders.cancel", "field": "problem", "inputs": {"number": order.number}}
    reply = call(context, "orders.cancel", number=order.number, problem="少了一份白米饭")
    assert reply.quote is not None
    assert (reply.quote.total.amount, reply.quote.lines[0].text) == (3, "白米饭")
    done = press(context.person, reply.quote.id, context)
    assert (done.state, done.payment) == ("completed", "partly_refunded")
    vague = call(context, "orders.cancel", number=order.number, problem="不好吃")
    assert vague.asks["field"] == "problem"
    whole = call(context, "orders.cancel", number=order.number, problem="全部")
    assert whole.quote is not None
    assert whole.quote.total.amount == 45
    context.now += timedelta(days=2)
    assert call(context, "orders.cancel", number=order.number, problem="红烧肉").text == "这一单没有可以再退的了。"


def test_the_clock_of_the_person_is_the_shops(context: FakeContext) -> None:
    assert context.now == NOON
    order = ordered(context)
    assert order.promised_at is not None
    assert (order.promised_at - NOON) == timedelta(minutes=30)
