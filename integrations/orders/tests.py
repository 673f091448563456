from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from integrations import factories
from integrations.base import ProviderError
from integrations.factories import NOON, Killed, Ledger, LedgerProvider
from integrations.models import Merchant, Offer, Order, OrderEvent, Payment, Person, Place, Quote, Refund
from integrations.orders import (
    cancel,
    confirm,
    food,
    fulfil,
    moments,
    money,
    moves,
    payments,
    pricing,
    quotes,
    refunds,
    settle,
    terms,
    views,
)
from integrations.orders.baskets import Basket, Line
from integrations.providers import directory
from integrations.providers.base import Progress, Settled

LOST = ProviderError("lost", unknown=True)
DOWN = ProviderError("down")
REFUSED = ProviderError("refused", permanent=True)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def shop(db: Any) -> Merchant:
    return factories.street()["home"]


@pytest.fixture
def person(shop: Merchant) -> Person:
    return factories.person()


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    return keep_books(monkeypatch)


def keep_books(monkeypatch: pytest.MonkeyPatch, ledger: Ledger | None = None, **script: Any) -> Ledger:
    """Put a provider that keeps books in the sandbox's place. An underscore at the end of a name is a `!`."""
    books = ledger or Ledger()
    provider = LedgerProvider(books, {name.replace("_after", "!"): list(errors) for name, errors in script.items()})
    monkeypatch.setitem(directory.PROVIDERS, "sandbox", lambda: provider)
    return books


def dish(shop: Merchant, name: str) -> Offer:
    return shop.offers.get(name_zh=name)


def basket_for(shop: Merchant, *lines: tuple[str, int], **more: Any) -> Basket:
    chosen = lines or (("清蒸鲈鱼双人餐", 1),)
    return Basket(
        shop, tuple(Line(dish(shop, name), count) for name, count in chosen), **{"where": factories.office(), **more}
    )


def quote_for(person: Person, basket: Basket, now: datetime = NOON, language: str = "zh") -> Quote:
    draft = food.draft(basket, language=language, now=now)
    return quotes.make_quote(
        person, tool="food.pick", provider="sandbox", inputs={"basket": basket.to_json(), "language": language},
        view=draft.view, merchant=basket.merchant, total=draft.total, currency=draft.currency, now=now,
    )  # fmt: skip


def press(quote: Quote, now: datetime = NOON) -> Order:
    return confirm.confirm(quote.person, quote_id=quote.public_id, content_hash=quote.content_hash, now=now)


def ordered(person: Person, shop: Merchant, *lines: tuple[str, int], now: datetime = NOON, **more: Any) -> Order:
    return press(quote_for(person, basket_for(shop, *lines, **more), now), now)


def tick(now: datetime, seconds: float) -> datetime:
    """Let the clock run: look at what is due every few seconds."""
    end = now + timedelta(seconds=seconds)
    while now < end:
        now += timedelta(seconds=2)
        for pk in fulfil.due(now):
            fulfil.advance(pk, now)
    return now


def until(order: Order, fulfilment: str, now: datetime = NOON) -> datetime:
    """Let the clock run until an order is at a stage."""
    for _second in range(2000):
        order.refresh_from_db()
        if order.fulfilment == fulfilment:
            return now
        now = tick(now, 2)
    raise AssertionError(f"never {fulfilment}, but {order.fulfilment}")


# Prices


def test_the_fee_grows_beyond_three_kilometres(shop: Merchant) -> None:
    assert [pricing.delivery_fee(shop, km) for km in (0.4, 3.0, 3.1, 4.5)] == [5, 5, 6, 7]


def test_the_best_promotion_is_taken_and_an_unknown_one_gives_nothing(shop: Merchant) -> None:
    shop.promotions = [
        {"kind": "threshold", "spend": "30", "off": "3"},
        {"kind": "threshold", "spend": "60", "off": "8"},
        {"kind": "mystery", "spend": "0", "off": "99"},
        {"kind": "free_delivery", "spend": "20"},
    ]
    line = Line(dish(shop, "蒜蓉西兰花"))
    assert pricing.price(shop, [line], 1).discount == 0
    assert pricing.price(shop, [replace(line, count=2)], 1).discount == 5  # free delivery beats 3 off
    best = pricing.price(shop, [replace(line, count=4)], 1)
    assert (best.food, best.discount, best.total) == (64, 8, 64 + 2 + 5 - 8)
    assert pricing.promotion_text(best.promotion or {}, "CNY") == "满 60 减 8"
    with translation.override("en"):
        assert pricing.promotion_text(best.promotion or {}, "GBP") == "£8 off 60"


def test_options_cost_extra_and_every_sum_is_shown(shop: Merchant, person: Person) -> None:
    basket = basket_for(shop)
    basket = replace(basket, lines=(replace(basket.lines[0], options={"rice": "mixed"}),))
    view = food.draft(basket, language="zh", now=NOON).view
    assert [(line.text, line.detail, line.amount.amount) for line in view.lines] == [
        ("清蒸鲈鱼双人餐", "杂粮饭 · 清蒸鲈鱼", 63)
    ]
    assert [(line.text, str(line.amount.amount)) for line in view.sums] == [
        ("打包费", "2.00"), ("配送费 · 1.2 公里", "5.00"), ("优惠券 · 满 60 减 8", "-8.00"),
    ]  # fmt: skip
    lines = sum(line.amount.amount for line in [*view.lines, *view.sums])  # type: ignore[attr-defined]
    assert view.total.amount == lines == 62
    assert view.when == "约 12:30 送到"
    assert view.place is not None
    assert (view.place.label, view.place.source) == ("公司", "来自记忆")
    assert view.note == "用演示钱包付款，不会产生真实扣款"
    assert [badge.text for badge in view.badges] == ["演示"]


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        ({"where": None}, "no_place", "送到哪里"),
        ({"lines": ()}, "empty", "还没有选菜"),
        ({"when": NOON - timedelta(hours=1)}, "past", "已经过了"),
        ({"when": NOON + timedelta(days=9)}, "far_ahead", "7 天"),
        ({"when": NOON + timedelta(hours=12)}, "closed", "10:00"),
    ],
)
def test_what_cannot_be_ordered_is_said(shop: Merchant, change: dict[str, Any], reason: str, words: str) -> None:
    with pytest.raises(food.CannotOrder, match=words) as problem:
        food.draft(replace(basket_for(shop), **change), language="zh", now=NOON)
    assert problem.value.reason == reason


def test_too_far_too_little_sold_out_and_not_delivering(shop: Merchant) -> None:
    far = replace(basket_for(shop), where=factories.near(factories.office(), -4))
    with pytest.raises(food.CannotOrder, match=r"5.2 公里") as problem:
        food.draft(far, language="zh", now=NOON)
    assert problem.value.reason == "too_far"
    with pytest.raises(food.CannotOrder, match="还差 ¥4") as problem:
        food.draft(basket_for(shop, ("蒜蓉西兰花", 1)), language="zh", now=NOON)
    assert (problem.value.reason, problem.value.short) == ("minimum", 4)
    Offer.objects.filter(name_zh="红烧肉").update(stock=1)
    with pytest.raises(food.CannotOrder, match="只剩 1 份"):
        food.draft(basket_for(shop, ("红烧肉", 2)), language="zh", now=NOON)
    Merchant.objects.filter(pk=shop.pk).update(delivers=False)
    shop.refresh_from_db()
    with pytest.raises(food.CannotOrder, match="不送外卖"):
        food.draft(basket_for(shop), language="zh", now=NOON)


# Opening hours and times


def test_times_name_the_day_unless_it_is_today() -> None:
    times = [NOON, NOON + timedelta(days=1), NOON + timedelta(days=3)]
    assert [moments.clock(at, NOON, "Asia/Shanghai") for at in times] == ["12:00", "明天 12:00", "11月26日 12:00"]
    with translation.override("en"):
        assert moments.clock(times[2], NOON, "Asia/Shanghai") == "26 Nov 12:00"
        assert moments.clock(NOON, NOON, "Europe/London") == "04:00"


# Quotes


def test_a_quote_is_fixed_and_replaces_the_one_before(person: Person, shop: Merchant) -> None:
    first = quote_for(person, basket_for(shop))
    second = quote_for(person, basket_for(shop, ("红烧肉", 1)))
    other = quote_for(factories.person(), basket_for(shop))
    first.refresh_from_db()
    assert first.state == Quote.State.REPLACED
    assert [quote.pk for quote in quotes.open_quotes(person, NOON)] == [second.pk]
    assert other.state == Quote.State.OPEN
    assert first.content_hash != second.content_hash
    view = quotes.quote_view(second, language="zh", now=NOON)
    assert [action.label for action in view.actions] == ["确认并支付 ¥49.00"]
    assert (view.id, view.number, view.state) == (second.public_id, f"Q-{second.pk}", "open")
    with translation.override("en"):
        assert quotes.quote_view(second, language="en", now=NOON).actions[0].label == "Confirm and pay ¥49.00"


def test_an_old_quote_is_expired_whether_or_not_the_clock_has_seen_it(person: Person, shop: Merchant) -> None:
    quote = quote_for(person, basket_for(shop))
    late = NOON + timedelta(minutes=11)
    view = quotes.quote_view(quote, language="zh", now=late)
    assert (view.state, [action.label for action in view.actions]) == ("expired", ["重新报价"])
    with pytest.raises(confirm.QuoteGone, match="过期") as gone:
        press(quote, late)
    assert gone.value.state == "expired"
    assert quotes.expire(late) == 1
    assert not Order.objects.exists()


def test_a_withdrawn_quote_and_a_strangers_cannot_be_confirmed(person: Person, shop: Merchant) -> None:
    quote, stranger = quote_for(person, basket_for(shop)), factories.person()
    with pytest.raises(confirm.QuoteGone, match="找不到"):
        confirm.confirm(stranger, quote_id=quote.public_id, content_hash=quote.content_hash, now=NOON)
    assert not quotes.withdraw(stranger, quote.public_id)
    assert quotes.withdraw(person, quote.public_id)
    assert not quotes.withdraw(person, quote.public_id)
    with pytest.raises(confirm.QuoteGone, match="撤回"):
        press(quote)


# Confirming


def test_a_confirmed_quote_is_ordered_and_paid_once(person: Person, shop: Merchant, ledger: Ledger) -> None:
    Offer.objects.filter(name_zh="清蒸鲈鱼双人餐").update(stock=3)
    quote = quote_for(person, basket_for(shop))
    order = press(quote)
    assert (order.state, order.payment, order.fulfilment) == ("active", "paid", "waiting")
    assert order.number.startswith("BS-1123-")
    assert press(quote, NOON + timedelta(minutes=30)).pk == order.pk
    assert ledger.pay_calls == 1
    assert ledger.paid == {f"pay:{quote.public_id}": Decimal("61.00")}
    assert dish(shop, "清蒸鲈鱼双人餐").stock == 2
    assert money.adds_up(order)
    kinds = list(order.events.order_by("id").values_list("kind", "announced"))
    assert kinds == [("confirmed", True), ("placed", True), ("paid", True), ("started", True)]
    view = quotes.quote_view(Quote.objects.get(pk=quote.pk), language="zh", now=NOON)
    assert (view.state, view.actions, view.confirmed_at) == ("confirmed", [], NOON)
    said = views.confirmed_text(order, language="zh", now=NOON)
    assert said == "下单了，从演示钱包付了 ¥61.00，约 12:30 送到。"


def test_another_content_than_was_shown_is_not_confirmed(person: Person, shop: Merchant, ledger: Ledger) -> None:
    quote = quote_for(person, basket_for(shop))
    with pytest.raises(confirm.QuoteChanged) as changed:
        confirm.confirm(person, quote_id=quote.public_id, content_hash="0" * 64, now=NOON)
    assert changed.value.quote.pk == quote.pk
    assert not Order.objects.exists()
    assert not ledger.paid


def test_a_second_tap_on_a_due_order_does_not_hold_it_up(person: Person, shop: Merchant, ledger: Ledger) -> None:
    order = ordered(person, shop)
    order.refresh_from_db()
    due_at = order.check_at
    assert due_at is not None
    assert press(order.quote, due_at).pk == order.pk
    assert fulfil.due(due_at) == [order.pk]
    assert ledger.pay_calls == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda shop: Offer.objects.filter(merchant=shop).update(price=70),
        lambda shop: Merchant.objects.filter(pk=shop.pk).update(packing_fee=3),
        lambda shop: Merchant.objects.filter(pk=shop.pk).update(promotions=[]),
    ],
)
def test_a_changed_price_makes_a_new_quote(
    person: Person, shop: Merchant, ledger: Ledger, change: Callable[[Merchant], int]
) -> None:
    quote = quote_for(person, basket_for(shop))
    change(shop)
    with pytest.raises(confirm.QuoteChanged, match=r"价格从 ¥61.00 变成了") as changed:
        press(quote)
    assert not Order.objects.exists()
    assert not ledger.paid
    fresh = changed.value.quote
    assert fresh.total > quote.total
    with pytest.raises(confirm.QuoteGone):
        press(quote)
    assert press(fresh).total == fresh.total


def test_the_arrival_may_drift_while_the_quote_is_open(person: Person, shop: Merchant, ledger: Ledger) -> None:
    quote = quote_for(person, basket_for(shop))
    assert press(quote, NOON + timedelta(minutes=9)).promised_at == NOON + timedelta(minutes=40)


def test_what_sold_out_is_left_out_of_a_new_quote(person: Person, shop: Merchant, ledger: Ledger) -> None:
    quote = quote_for(person, basket_for(shop, ("红烧肉", 2), ("白米饭", 2)))
    Offer.objects.filter(name_zh="红烧肉").update(stock=1)
    with pytest.raises(confirm.QuoteChanged, match="只剩 1 份") as changed:
        press(quote)
    lines = quotes.quote_view(changed.value.quote, language="zh", now=NOON).lines
    assert [(line.text, line.quantity) for line in lines] == [("红烧肉", 1), ("白米饭", 2)]
    Offer.objects.filter(name_zh="红烧肉").update(stock=0)
    with pytest.raises(confirm.QuoteGone, match=r"卖完了.*没有下单") as gone:  # two bowls of rice are too little
        press(changed.value.quote)
    assert gone.value.state == "sold_out"


def test_a_kitchen_that_closed_meanwhile(person: Person, shop: Merchant, ledger: Ledger) -> None:
    late = NOON.replace(hour=21, minute=55)
    quote = quote_for(person, basket_for(shop), late)
    with pytest.raises(confirm.QuoteGone, match=r"没有营业.*没有下单") as gone:
        press(quote, late + timedelta(minutes=6))
    assert gone.value.state == "closed"
    quote.refresh_from_db()
    assert quote.state == Quote.State.WITHDRAWN


def test_a_free_order_needs_no_payment(person: Person, shop: Merchant, ledger: Ledger) -> None:
    Merchant.objects.filter(pk=shop.pk).update(
        packing_fee=0, delivery_fee=0, minimum_order=0, promotions=[{"kind": "threshold", "spend": "1", "off": "500"}]
    )
    shop.refresh_from_db()
    order = ordered(person, shop)
    assert (order.state, order.payment, order.total, ledger.paid) == ("active", "none", 0, {})
    assert money.adds_up(order)


# Races


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Run calls in threads that start together, and return what each returned or raised."""
    results: list[Any] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(place: int) -> None:
        gate.wait()
        try:
            with translation.override("zh-hans"):
                results[place] = calls[place]()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results


@pytest.mark.django_db(transaction=True)
def test_twenty_confirmations_make_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, shop, person = keep_books(monkeypatch), factories.street()["home"], factories.person()
    Offer.objects.filter(name_zh="清蒸鲈鱼双人餐").update(stock=5)
    quote = quote_for(person, basket_for(shop))
    results = at_once([lambda: press(quote)] * 20)
    assert {getattr(result, "pk", result) for result in results} == {Order.objects.get().pk}
    assert Payment.objects.count() == 1
    assert ledger.pay_calls == 1
    assert ledger.paid == {f"pay:{quote.public_id}": Decimal("61.00")}
    assert dish(shop, "清蒸鲈鱼双人餐").stock == 4
    assert money.adds_up(Order.objects.get())


@pytest.mark.django_db(transaction=True)
def test_the_last_one_confirmed_many_times_is_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_books(monkeypatch)
    shop, person = factories.street()["home"], factories.person()
    Offer.objects.filter(name_zh="清蒸鲈鱼双人餐").update(stock=1)
    quote = quote_for(person, basket_for(shop))
    results = at_once([lambda: press(quote)] * 8)
    assert {getattr(result, "pk", result) for result in results} == {Order.objects.get().pk}
    assert Quote.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_have_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, shop = keep_books(monkeypatch), factories.street()["home"]
    Offer.objects.filter(name_zh="清蒸鲈鱼双人餐").update(stock=1)
    wanted = [quote_for(factories.person(), basket_for(shop)) for _ in range(2)]
    results = at_once([lambda quote=quote: press(quote) for quote in wanted])
    assert sorted(type(result).__name__ for result in results) == ["Order", "QuoteGone"]
    assert Order.objects.count() == len(ledger.paid) == 1
    assert dish(shop, "清蒸鲈鱼双人餐").stock == 0


@pytest.mark.django_db(transaction=True)
def test_several_clocks_move_an_order_once(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_books(monkeypatch)
    order = ordered(factories.person(), factories.street()["home"])
    later = NOON + timedelta(minutes=5)
    results = at_once([lambda: fulfil.advance(order.pk, later)] * 8)
    assert [result for result in results if isinstance(result, BaseException)] == []
    assert results.count(True) == 1
    kinds = list(order.events.order_by("id").values_list("kind", flat=True))
    assert kinds[4:] == ["preparing", "pickup", "courier", "delivered"]


@pytest.mark.django_db(transaction=True)
def test_twenty_cancellations_refund_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = keep_books(monkeypatch)
    order = ordered(factories.person(), factories.street()["home"])
    quote = cancel.make_cancel_quote(order, language="zh", now=NOON)
    results = at_once([lambda: press(quote)] * 20)
    assert {getattr(result, "pk", result) for result in results} == {order.pk}
    order.refresh_from_db()
    assert (order.state, order.payment, list(ledger.refunded.values())) == ("cancelled", "refunded", [Decimal("61.00")])
    assert money.adds_up(order)


# Trouble with the provider


def test_a_lost_answer_is_settled_by_asking_and_told(person: Person, shop: Merchant, monkeypatch: Any) -> None:
    ledger = keep_books(monkeypatch, pay_after=[LOST], query_payment=[DOWN])
    order = ordered(person, shop)
    assert (order.state, order.payment) == ("confirmed", "unknown")
    assert views.headline(order, NOON) == "正在确认付款"
    assert "不用再付一次" in views.confirmed_text(order, language="zh", now=NOON)
    assert not terms.cancel_terms(order, NOON).possible
    tick(NOON, 40)
    order.refresh_from_db()
    assert (order.state, order.payment) == ("active", "paid")
    assert (ledger.pay_calls, len(ledger.paid)) == (1, 1)
    event = order.events.get(kind="paid")
    assert not event.announced
    assert "付好了" in views.event_text(event, language="zh", now=NOON)
    assert money.adds_up(order)


def test_a_payment_that_never_arrived_is_paid_after_asking(person: Person, shop: Merchant, monkeypatch: Any) -> None:
    ledger = keep_books(monkeypatch, pay=[LOST])
    order = ordered(person, shop)
    assert (order.payment, ledger.paid) == ("unknown", {})
    tick(NOON, 40)
    order.refresh_from_db()
    assert (order.state, order.payment, len(ledger.paid)) == ("active", "paid", 1)


def test_a_declined_payment_gives_the_dishes_back(person: Person, shop: Merchant, monkeypatch: Any) -> None:
    Offer.objects.filter(name_zh="清蒸鲈鱼双人餐").update(stock=1)
    ledger = keep_books(monkeypatch)
    monkeypatch.setattr(LedgerProvider, "pay", lambda *args: Settled("failed", reason="declined"))
    order = ordered(person, shop)
    assert (order.state, order.payment) == ("failed", "none")
    assert dish(shop, "清蒸鲈鱼双人餐").stock == 1
    assert ledger.cancelled == [order.number]
    assert views.confirmed_text(order, language="zh", now=NOON) == "没有下单成功，没有扣款。"
    assert Payment.objects.get().state == Payment.State.FAILED
    assert money.adds_up(order)
    assert fulfil.due(NOON + timedelta(days=1)) == []


def test_a_refused_order_fails_without_payment(person: Person, shop: Merchant, monkeypatch: Any) -> None:
    ledger = keep_books(monkeypatch, place=[REFUSED])
    order = ordered(person, shop)
    assert (order.state, order.payment, ledger.paid) == ("failed", "none", {})
    assert money.adds_up(order)


def test_a_silent_provider_is_tried_again_then_given_up(person: Person, shop: Merchant, monkeypatch: Any) -> None:
    ledger = keep_books(monkeypatch, place=[DOWN] * 3)
    order = ordered(person, shop)
    assert (order.state, views.headline(order, NOON)) == ("confirmed", "正在下单")
    tick(NOON, 60)
    order.refresh_from_db()
    assert (order.state, len(ledger.paid)) == ("active", 1)
    keep_books(monkeypatch, place=[DOWN] * 1000)
    second = ordered(person, shop)
    Order.objects.filter(pk=second.pk).update(created_at=NOON)
    tick(NOON, 660)
    second.refresh_from_db()
    assert (second.state, second.payment) == ("failed", "none")
    assert not second.events.get(kind="failed").announced


def every_step(monkeypatch: pytest.MonkeyPatch, kill_at: int, *, before: bool) -> list[int]:
    """Let the process die at the n-th move of an order, before or after it is written."""
    count = [0]
    real = moves.move

    def move(*args: Any, **kwargs: Any) -> None:
        count[0] += 1
        if before and count[0] == kill_at:
            raise Killed
        real(*args, **kwargs)
        if count[0] == kill_at:
            raise Killed

    for module in (payments, refunds, cancel, fulfil, settle):
        monkeypatch.setattr(module, "move", move)
    return count


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("kill_at", [1, 2, 3])
def test_killed_between_the_steps_of_an_order(
    person: Person, shop: Merchant, monkeypatch: Any, kill_at: int, before: bool
) -> None:
    ledger, quote = keep_books(monkeypatch), quote_for(person, basket_for(shop))
    with monkeypatch.context() as patch:
        every_step(patch, kill_at, before=before)
        with pytest.raises(Killed):
            press(quote)
    assert_recovers(quote, ledger)


@pytest.mark.parametrize("call", ["place", "place_after", "pay", "pay_after"])
def test_killed_during_a_call(person: Person, shop: Merchant, monkeypatch: Any, call: str) -> None:
    ledger, quote = keep_books(monkeypatch, **{call: [Killed()]}), quote_for(person, basket_for(shop))
    with pytest.raises(Killed):
        press(quote)
    assert_recovers(quote, ledger)


def assert_recovers(quote: Quote, ledger: Ledger) -> None:
    assert money.adds_up(Order.objects.get(quote=quote))
    tick(NOON, 90)
    order = press(quote, NOON + timedelta(seconds=92))
    assert order.state in {"active", "completed"}  # who was killed last had only to go on
    assert order.payment == "paid"
    assert ledger.paid == {f"pay:{quote.public_id}": order.total}
    assert Order.objects.count() == Payment.objects.count() == 1
    assert money.adds_up(order)


def test_killed_while_the_order_is_written_nothing_was_ordered(
    person: Person, shop: Merchant, monkeypatch: Any
) -> None:
    ledger, quote = keep_books(monkeypatch), quote_for(person, basket_for(shop))
    Offer.objects.filter(name_zh="清蒸鲈鱼双人餐").update(stock=1)
    with monkeypatch.context() as patch:
        patch.setattr(OrderEvent.objects, "create", lambda **fields: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            press(quote)
    assert not Order.objects.exists()
    assert dish(shop, "清蒸鲈鱼双人餐").stock == 1
    quote.refresh_from_db()
    assert quote.state == Quote.State.OPEN
    assert press(quote).state == "active"
    assert len(ledger.paid) == 1


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("kill_at", [1, 2, 3])
def test_killed_between_the_steps_of_a_cancellation(
    person: Person, shop: Merchant, monkeypatch: Any, kill_at: int, before: bool
) -> None:
    ledger, order = keep_books(monkeypatch), ordered(person, shop)
    quote = cancel.make_cancel_quote(order, language="zh", now=NOON)
    with monkeypatch.context() as patch:
        every_step(patch, kill_at, before=before)
        with pytest.raises(Killed):
            press(quote)
    assert_cancelled_once(order, quote, ledger)


@pytest.mark.parametrize("call", ["cancel", "cancel_after", "refund", "refund_after"])
@pytest.mark.parametrize("error", [Killed(), LOST, DOWN])
def test_trouble_during_a_cancellation(
    person: Person, shop: Merchant, monkeypatch: Any, call: str, error: BaseException
) -> None:
    ledger = keep_books(monkeypatch)
    order = ordered(person, shop)
    keep_books(monkeypatch, ledger, **{call: [error]})
    quote = cancel.make_cancel_quote(order, language="zh", now=NOON)
    if isinstance(error, Killed):
        with pytest.raises(Killed):
            press(quote)
    else:
        press(quote)
    assert_cancelled_once(order, quote, ledger)


def assert_cancelled_once(order: Order, quote: Quote, ledger: Ledger) -> None:
    order.refresh_from_db()
    assert money.adds_up(order)
    tick(NOON, 3)  # within the minute in which everything is given back
    assert press(quote, NOON + timedelta(seconds=4)).pk == order.pk
    tick(NOON + timedelta(seconds=4), 120)
    order.refresh_from_db()
    assert (order.state, order.payment) == ("cancelled", "refunded")
    assert list(ledger.refunded.values()) == [order.total]
    assert Refund.objects.count() == 1
    assert money.adds_up(order)


# Under way


def test_an_order_goes_its_way_and_says_what_matters(person: Person, shop: Merchant, ledger: Ledger) -> None:
    order, now, seen = ordered(person, shop), NOON, []
    for stage in ("preparing", "pickup", "courier"):
        now = until(order, stage, now)
        seen.append(views.order_view(order, language="zh", now=now))
    assert [view.state_text for view in seen] == ["备餐中", "骑手到店", "配送中"]
    assert [[step.state for step in view.steps] for view in seen] == [
        ["done", "now", "todo", "todo", "todo"],
        ["done", "done", "now", "todo", "todo"],
        ["done", "done", "done", "now", "todo"],
    ]
    assert [[action.label for action in view.actions] for view in seen] == [["取消订单"], ["取消订单"], []]
    early, late = seen[2], views.order_view(order, language="en", now=now + timedelta(seconds=10))
    assert early.courier is not None
    assert late.courier is not None
    assert early.progress < late.progress < 1
    assert late.courier[0] < early.courier[0]  # southward, to the office
    assert "公里" in early.detail
    assert late.detail.startswith("Courier ")
    now = until(order, "delivered", now)
    view = views.order_view(order, language="zh", now=now)
    assert view.headline.endswith("已送达")
    assert (view.state, view.progress, view.actions[0].label) == ("completed", 1.0, "再来一单")
    told = list(order.events.filter(announced=False).order_by("id").values_list("kind", flat=True))
    assert told == ["courier", "delivered"]
    delivered = datetime.fromisoformat(order.details["reached"]["delivered"])
    assert NOON + timedelta(minutes=20) < delivered <= NOON + timedelta(minutes=31)
    assert now - NOON < timedelta(minutes=2)
    assert order.check_at is None


def test_who_was_asleep_hears_of_the_delivery_only(person: Person, shop: Merchant, ledger: Ledger) -> None:
    order = ordered(person, shop)
    assert fulfil.advance(order.pk, NOON + timedelta(hours=1))
    assert not fulfil.advance(order.pk, NOON + timedelta(hours=1))
    assert list(order.events.filter(announced=False).values_list("kind", flat=True)) == ["delivered"]


def test_a_later_time_is_kept_to(person: Person, shop: Merchant, ledger: Ledger) -> None:
    wanted = NOON + timedelta(hours=6)
    order = ordered(person, shop, when=wanted)
    assert order.promised_at == wanted
    now = tick(NOON, 60 * 10)  # 200 simulated minutes
    order.refresh_from_db()
    assert order.fulfilment == "waiting"
    until(order, "delivered", now)
    delivered = datetime.fromisoformat(order.details["reached"]["delivered"])
    assert abs(delivered - wanted) < timedelta(minutes=1)


def test_a_seller_who_cancels_gives_everything_back(person: Person, shop: Merchant, monkeypatch: Any) -> None:
    ledger = keep_books(monkeypatch)
    order = ordered(person, shop)
    monkeypatch.setattr(LedgerProvider, "status", lambda *args: Progress("cancelled"))
    tick(NOON, 10)
    order.refresh_from_db()
    assert (order.state, order.payment, list(ledger.refunded.values())) == ("cancelled", "refunded", [order.total])
    told = order.events.filter(announced=False).order_by("id")
    assert [event.kind for event in told] == ["cancelled", "refunded"]
    assert views.event_text(told[0], language="zh").startswith("江南小灶取消了订单")
    assert money.adds_up(order)


def test_a_view_of_a_dead_provider_is_what_the_database_says(person: Person, shop: Merchant, monkeypatch: Any) -> None:
    keep_books(monkeypatch)
    order = ordered(person, shop)
    now = until(order, "courier")
    monkeypatch.setattr(LedgerProvider, "status", lambda *args: (_ for _ in ()).throw(DOWN))
    view = views.order_view(order, language="zh", now=now)
    assert (view.courier, view.state_text) == (None, "配送中")
    assert not fulfil.advance(order.pk, now + timedelta(minutes=1))
    order.refresh_from_db()
    assert order.check_at is not None


# Cancelling


def test_before_the_kitchen_starts_everything_is_given_back(person: Person, shop: Merchant, ledger: Ledger) -> None:
    Offer.objects.filter(name_zh="清蒸鲈鱼双人餐").update(stock=2)
    order = ordered(person, shop)
    quote = cancel.make_cancel_quote(order, language="zh", now=NOON)
    view = quotes.quote_view(quote, language="zh", now=NOON)
    assert view.title == f"取消 {order.number}"
    assert (view.total.amount, view.note) == (61, "商家还没开始做，全额退。")
    assert [action.label for action in view.actions] == ["确认取消，退回 ¥61.00"]
    done = press(quote)
    assert (done.state, done.payment) == ("cancelled", "refunded")
    assert dish(shop, "清蒸鲈鱼双人餐").stock == 2
    assert views.confirmed_text(done, language="zh", now=NOON) == "已取消，¥61.00 退回了演示钱包。"
    assert list(done.events.filter(announced=False)) == []
    assert press(quote).pk == order.pk
    assert ledger.cancelled == [order.number]
    assert fulfil.due(NOON + timedelta(days=1)) in ([], [order.pk])
    tick(NOON, 120)
    assert fulfil.due(NOON + timedelta(days=1)) == []


def test_while_it_cooks_a_part_is_given_back(person: Person, shop: Merchant, ledger: Ledger) -> None:
    Offer.objects.filter(name_zh="清蒸鲈鱼双人餐").update(stock=2)
    order = ordered(person, shop, when=NOON + timedelta(minutes=70))
    now = until(order, "preparing")
    assert now - NOON > terms.SECOND_THOUGHTS
    quote = cancel.make_cancel_quote(order, language="zh", now=now)
    view = quotes.quote_view(quote, language="zh", now=now)
    assert view.note == "商家已经开始做了，退配送费和餐费的七成。"
    # 61 paid, 5 of it for the delivery: 56 x 0.3 = 16.80 are kept
    assert [(line.text, str(line.amount.amount)) for line in [*view.lines, *view.sums]] == [
        ("江南小灶", "56.00"), ("配送费", "5.00"), ("商家已备餐，不退", "-16.80"), ("退回", "44.20"),
    ]  # fmt: skip
    assert view.total.amount == Decimal("44.20")
    done = press(quote, now)
    assert (done.state, done.payment) == ("cancelled", "partly_refunded")
    assert list(ledger.refunded.values()) == [Decimal("44.20")]
    assert dish(shop, "清蒸鲈鱼双人餐").stock == 1  # cooked is cooked
    assert money.adds_up(done)


def test_terms_that_changed_make_a_new_quote(person: Person, shop: Merchant, ledger: Ledger) -> None:
    order = ordered(person, shop, when=NOON + timedelta(minutes=70))
    quote = cancel.make_cancel_quote(order, language="zh", now=NOON)
    now = until(order, "preparing")
    with pytest.raises(confirm.QuoteChanged, match="能退的金额变了") as changed:
        press(quote, now)
    assert changed.value.quote.total == Decimal("44.20")
    now = until(order, "courier", now)
    with pytest.raises(confirm.QuoteGone, match="骑手已经取到餐"):
        press(changed.value.quote, now)
    assert not ledger.refunded


def test_in_the_first_minute_everything_is_given_back(person: Person, shop: Merchant, ledger: Ledger) -> None:
    order = ordered(person, shop)
    now = until(order, "preparing")
    assert now - NOON < terms.SECOND_THOUGHTS
    assert cancel.make_cancel_quote(order, language="zh", now=now).total == 61


def test_the_provider_may_refuse_and_the_order_goes_on(person: Person, shop: Merchant, monkeypatch: Any) -> None:
    ledger = keep_books(monkeypatch)
    order = ordered(person, shop)
    keep_books(monkeypatch, ledger, cancel=[REFUSED])
    done = press(cancel.make_cancel_quote(order, language="zh", now=NOON))
    assert (done.state, done.payment, ledger.refunded) == ("active", "paid", {})
    until(order, "delivered")
    assert money.adds_up(order)


def test_what_was_wrong_is_given_back_once(person: Person, shop: Merchant, ledger: Ledger) -> None:
    order = ordered(person, shop, ("红烧肉", 1), ("蒜蓉西兰花", 2))
    with pytest.raises(cancel.CannotCancel):
        cancel.make_cancel_quote(order, wrong=[1], language="zh", now=NOON)
    now = until(order, "delivered")
    with pytest.raises(cancel.CannotCancel, match="已经送到"):
        cancel.make_cancel_quote(order, language="zh", now=now)
    quote = cancel.make_cancel_quote(order, wrong=[1], language="zh", now=now)
    # 74 of food, 8 off: 32 x 66/74 = 28.54
    assert (quote.total, quote.view["lines"][0]["text"]) == (Decimal("28.54"), "蒜蓉西兰花")
    assert quotes.confirm_label(quote) == "确认退款 ¥28.54"
    done = press(quote, now)
    assert (done.state, done.payment) == ("completed", "partly_refunded")
    assert views.confirmed_text(done, language="zh", now=now) == "¥28.54 已退回演示钱包。"
    assert money.adds_up(done)
    rest = cancel.make_cancel_quote(order, wrong=[0, 1], language="zh", now=now)
    assert rest.total <= done.total - Decimal("28.54")
    with pytest.raises(cancel.CannotCancel):
        cancel.make_cancel_quote(order, wrong=[0], language="zh", now=now + timedelta(hours=25))


def test_a_stranger_finds_no_order(person: Person, shop: Merchant, ledger: Ledger) -> None:
    order, stranger = ordered(person, shop), factories.person()
    assert cancel.find(person, order.number.lower()) == order
    assert cancel.find(person, order.number[-4:]) == order
    assert cancel.find(stranger, order.number) is None
    assert cancel.find(stranger) is None
    quote = cancel.make_cancel_quote(order, language="zh", now=NOON)
    with pytest.raises(confirm.QuoteGone):
        confirm.confirm(stranger, quote_id=quote.public_id, content_hash=quote.content_hash, now=NOON)


# Money


def test_amounts_are_shown_in_their_currency() -> None:
    amounts = [("62", "CNY"), ("-8", "CNY"), ("8.95", "GBP"), ("120", "HKD"), ("3.5", "THB")]
    assert [money.show(Decimal(amount), currency) for amount, currency in amounts] == [
        "¥62.00", "−¥8.00", "£8.95", "HK$120.00", "THB 3.50",
    ]  # fmt: skip
    assert money.short(Decimal("62.00"), "CNY") == "¥62"


def test_books_that_do_not_add_up_are_noticed(person: Person, shop: Merchant, ledger: Ledger) -> None:
    order = ordered(person, shop)
    assert money.adds_up(order)
    Payment.objects.update(amount=60)
    assert not money.adds_up(order)
    Payment.objects.update(amount=61, state=Payment.State.UNKNOWN)
    assert not money.adds_up(order)
    Payment.objects.update(state=Payment.State.PAID)
    with pytest.raises(ValueError, match="more than was paid"):
        refunds.promise(order, Decimal("61.01"), key="x", reason="")
    refund = refunds.promise(order, Decimal("61.00"), key="y", reason="")
    assert refund is not None
    Refund.objects.update(state=Payment.State.PAID)
    assert not money.adds_up(order)


@pytest.mark.parametrize("seed", range(12))
def test_money_adds_up_whatever_happens(person: Person, shop: Merchant, monkeypatch: Any, seed: int) -> None:
    """Random orders, trouble, cancellations and complaints: the books always say what the states say."""
    draw, now, ledger = random.Random(seed), NOON, Ledger()
    orders: list[Order] = []
    for _step in range(25):
        calls = ("place", "pay", "pay_after", "query_payment", "cancel", "cancel_after", "refund", "refund_after")
        trouble = {
            call: [draw.choice([LOST, DOWN, Killed()])] for call in draw.sample(calls, draw.choice([0, 0, 1, 2]))
        }
        keep_books(monkeypatch, ledger, **trouble)
        act = draw.choice(["order", "wait", "wait", "cancel", "complain"])
        try:
            if act == "order" and len(orders) < 4:
                orders.append(ordered(person, shop, ("红烧肉", draw.randint(1, 3)), now=now))
            elif act == "wait":
                now = tick(now, draw.choice([2, 10, 60, 120]))
            elif orders:
                order = draw.choice(orders)
                order.refresh_from_db()
                press(
                    cancel.make_cancel_quote(order, wrong=[0] if act == "complain" else [], language="zh", now=now), now
                )
        except (Killed, cancel.CannotCancel, confirm.QuoteGone, confirm.QuoteChanged):
            pass
        orders = list(Order.objects.all())
        assert all(money.adds_up(order) for order in orders)
    keep_books(monkeypatch, ledger)
    tick(now, 400)
    for order in Order.objects.all():
        assert money.adds_up(order)
        assert order.payment not in {"pending", "unknown"}
        assert not settle.is_open(order)
    assert sum(ledger.paid.values()) == sum(money.paid(order) for order in Order.objects.all())
    assert sum(ledger.refunded.values()) == sum(money.refunded(order) for order in Order.objects.all())


def test_a_place_that_is_gone_does_not_break_an_order(person: Person, shop: Merchant, ledger: Ledger) -> None:
    order = ordered(person, shop)
    Place.objects.all().delete()
    Offer.objects.filter(merchant=shop).delete()
    shop.delete()
    order.refresh_from_db()
    view = views.order_view(order, language="en", now=NOON)
    assert (view.title, view.place and view.place.label) == ("Jiangnan Kitchen", "Office")
    assert [line.text for line in view.lines] == ["Steamed sea bass set for two"]
