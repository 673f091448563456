"""The chat page without its server: nothing is lost, nothing is doubled."""

from typing import Any

import pytest

from assistant.channels.web.push import message_json
from assistant.models import Message
from integrations.models import Person
from tests.browser.conftest import Server, Worker, mine, say, sync_api, wait_for
from tests.browser.replies import quote

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_missing_piece_is_fetched(open_page: Any, worker: Worker) -> None:
    page = open_page()
    talk = worker.conversation()
    message = worker.say(talk, {}, tell=False)
    worker.push(talk, **message_json(message, streaming=True))
    worker.run(Message.objects.filter(pk=message.pk).update, text="一二三四", version=1, content={"text": "一二三四"})
    worker.push(talk, type="token", message=message.pk, text="四", at=3)  # the pieces before it were lost
    sync_api.expect(page.locator(".md")).to_have_text("一二三四")


def test_nothing_is_lost_or_doubled_when_the_server_goes_away(open_page: Any, worker: Worker, server: Server) -> None:
    page = open_page()
    talk = worker.conversation()
    say(page, "第一句")
    wait_for(worker.updates)  # stored and acknowledged, not shown yet
    server.stop()
    sync_api.expect(page.locator("[data-notice=connection]")).to_contain_text("连不上", timeout=15_000)
    say(page, "第二句")
    say(page, "第三句")
    sync_api.expect(page.locator("[data-notice=connection]")).to_contain_text("2 条消息存在这台设备上")
    missed = worker.say(talk, {"text": "你不在的时候"}, tell=False)
    worker.run(Message.objects.filter(pk=missed.pk).update, version=1, text="你不在的时候改过")
    server.start()
    page.get_by_role("button", name="现在试").click(timeout=5_000, no_wait_after=True)
    updates = wait_for(lambda: found if len(found := worker.updates()) == 3 else None, 30)
    assert [update.payload["text"] for update in updates] == ["第一句", "第二句", "第三句"]
    sync_api.expect(page.locator(".md")).to_have_text("你不在的时候改过")
    for update in updates:
        worker.take(update)
    sync_api.expect(page.locator(".msg--me .say")).to_have_text(["第一句", "第二句", "第三句"])
    sync_api.expect(page.locator("[data-notice=connection]")).to_have_count(0)
    page.reload()
    sync_api.expect(page.locator(".msg--me .say")).to_have_text(["第一句", "第二句", "第三句"])
    assert len(worker.updates()) == 3


def test_what_arrived_while_the_page_was_away_is_shown_once(open_page: Any, worker: Worker) -> None:
    page = open_page()
    say(page, "第一句")
    update = wait_for(worker.updates)[0]
    worker.take(update, tell=False)  # a message by now, but the page has not heard of it
    page.reload()
    sync_api.expect(page.locator(".msg--me .say")).to_have_text(["第一句"])


def test_what_was_written_without_a_connection_survives_a_reload(
    open_page: Any, worker: Worker, server: Server
) -> None:
    page = open_page()
    page.route("**/ws/**", lambda route: route.abort())
    server.stop()
    say(page, "留着我")
    page.fill("#say", "写到一半")
    server.start()
    page.reload()
    (update,) = wait_for(worker.updates, 30)
    assert update.payload["text"] == "留着我"
    assert mine(page) == ["留着我"]
    assert page.input_value("#say") == "写到一半"
    worker.take(update)
    sync_api.expect(page.locator(".msg--me")).to_have_count(1)
    page.wait_for_function("Object.keys(localStorage).every(key => !key.startsWith('banshi:draft'))")


def test_a_confirmation_is_not_kept_for_later(open_page: Any, worker: Worker, server: Server) -> None:
    page = open_page()
    worker.say(worker.conversation(), {"quote": quote()})
    sync_api.expect(page.locator(".quote")).to_have_count(1)
    server.stop()
    sync_api.expect(page.locator("#health")).to_have_text("连不上", timeout=15_000)
    page.get_by_role("button", name="确认并支付 ¥62.00").click()
    sync_api.expect(page.locator("#notices")).to_contain_text("刚才那一下没有执行")
    sync_api.expect(page.get_by_role("button", name="确认并支付 ¥62.00")).to_be_enabled()


def test_a_message_that_is_refused_can_be_sent_again(open_page: Any, worker: Worker) -> None:
    page = open_page()
    say(page, "你好")
    (update,) = wait_for(worker.updates)
    worker.push(worker.conversation(), type="error", text="发得太快了", client_id=update.payload["client_id"])
    failed = page.locator(".msg__failed")
    sync_api.expect(failed).to_contain_text("没有发出 发得太快了")
    failed.get_by_role("button", name="重发").click()
    sync_api.expect(failed).to_have_count(0)
    assert len(worker.updates()) == 1


def test_a_cookie_that_is_gone_is_said(open_page: Any, worker: Worker) -> None:
    page = open_page()
    worker.run(lambda: Person.objects.all().delete())
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    sync_api.expect(page.locator("[data-notice=connection]")).to_contain_text("这个对话在这里打不开", timeout=15_000)
