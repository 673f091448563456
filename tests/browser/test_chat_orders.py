"""Quotes and orders on the chat page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assistant.models import PendingAction
from tests.browser.conftest import Worker, mine, sync_api, wait_for
from tests.browser.replies import order, quote

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_quote_is_confirmed_once_and_stamped(open_page: Any, worker: Worker) -> None:
    page = open_page()
    talk = worker.conversation()
    worker.say(talk, {"quote": quote()})
    confirm = page.get_by_role("button", name="确认并支付 ¥62.00")
    assert page.locator(".sums .off dd").inner_text() == "−¥8.00"
    confirm.dblclick()
    sync_api.expect(page.get_by_role("button", name="正在确认…")).to_be_disabled()
    (update,) = wait_for(worker.updates)
    assert update.payload["action"] == "confirm1"
    later = timezone.now() + timedelta(hours=1)
    button = {"public_id": "confirm1", "label": "确认", "action": {"confirm": "quote1"}, "expires_at": later}
    worker.run(PendingAction.objects.create, person=talk.person, conversation=talk, **button)
    worker.take(update)
    worker.say(talk, {"text": "下好了", "order": order()})
    stamped = quote(state="confirmed", confirmed_at=timezone.now().isoformat(), actions=[])
    worker.push(talk, type="quote", quote=stamped)
    sync_api.expect(page.locator(".quote .stamp")).to_contain_text("已确认")
    sync_api.expect(page.locator(".quote button")).to_have_count(0)
    sync_api.expect(page.locator(".order")).to_have_count(1)
    assert mine(page) == []  # the press shows on the quote
    assert len(worker.updates()) == 1


def test_a_refused_confirmation_gives_the_button_back(open_page: Any, worker: Worker) -> None:
    page = open_page()
    talk = worker.conversation()
    worker.say(talk, {"quote": quote()})
    page.get_by_role("button", name="确认并支付 ¥62.00").click()
    (update,) = wait_for(worker.updates)
    worker.push(talk, type="error", text="付款没有成功", client_id=update.payload["client_id"])
    sync_api.expect(page.get_by_role("button", name="确认并支付 ¥62.00")).to_be_enabled()
    sync_api.expect(page.locator("#notices")).to_contain_text("付款没有成功")


def test_a_price_is_held_until_its_time(open_page: Any, worker: Worker) -> None:
    page = open_page()
    worker.say(worker.conversation(), {"quote": quote(expires_at=(timezone.now() + timedelta(seconds=4)).isoformat())})
    sync_api.expect(page.locator("[data-left]")).to_have_text(re.compile(r"还剩 0:0\d"))
    sync_api.expect(page.locator(".quote--expired")).to_contain_text("没有下单，也没有扣款", timeout=10_000)
    sync_api.expect(page.get_by_role("button", name="确认并支付 ¥62.00")).to_have_count(0)


def test_an_order_moves_in_place_and_shows_once(open_page: Any, worker: Worker) -> None:
    page = open_page()
    talk = worker.conversation()
    worker.say(talk, {"text": "下好了", "order": order()})
    worker.say(talk, {"text": "骑手取到餐了", "order": order(version=2, headline="约 18:45 送到")})
    sync_api.expect(page.locator(".order")).to_have_count(1)
    sync_api.expect(page.locator(".order-ref")).to_contain_text("BS-1")
    moved = order(
        version=3,
        headline="约 18:40 送到",
        progress=0.5,
        actions=[{"label": "取消订单", "tool": "orders.cancel", "inputs": {"number": "BS-1"}}],
    )
    worker.push(talk, type="order", order=moved)
    sync_api.expect(page.locator(".order__eta b")).to_have_text("约 18:40 送到")
    sync_api.expect(page.locator(".order__courier")).to_have_count(1)
    sync_api.expect(page.locator(".panel__order")).to_contain_text("约 18:40 送到")
    worker.push(talk, type="order", order=order(version=2, headline="旧的"))
    worker.push(talk, type="order", order=order(version=4, headline="18:39 已送达", state="completed", actions=[]))
    sync_api.expect(page.locator(".order__eta b")).to_have_text("18:39 已送达")
    sync_api.expect(page.locator(".order__map")).to_have_count(0)
    sync_api.expect(page.locator(".panel")).to_contain_text("没有进行中的订单")


def test_a_pushed_order_keeps_the_ids_of_its_buttons(open_page: Any, worker: Worker) -> None:
    page = open_page()
    talk = worker.conversation()
    worker.say(talk, {"order": order()})
    worker.push(
        talk,
        type="order",
        order=order(version=2, actions=[{"label": "取消", "tool": "orders.cancel", "inputs": {"number": "BS-1"}}]),
    )
    page.get_by_role("button", name="取消", exact=True).click()
    (update,) = wait_for(worker.updates)
    assert update.payload["action"] == "cancel1"
