"""The chat page in a real browser: writing, answers, files, places, phones."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from assistant.channels.web.push import message_json
from assistant.models import Attachment, Conversation, Message, Turn
from integrations.models import Place
from tests.browser.conftest import Worker, mine, sync_api, wait_for
from tests.browser.replies import offers, order, quote

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_a_suggestion_to_offers(open_page: Any, worker: Worker) -> None:
    page = open_page()
    assert re.search(r"/c/[\w-]+/$", page.url)
    page.get_by_role("button", name="点一份不辣的两人晚餐，80 块以内").click()
    (update,) = wait_for(worker.updates)
    assert update.payload["text"] == "点一份不辣的两人晚餐，80 块以内"
    worker.take(update)
    worker.say(worker.conversation(), offers())
    sync_api.expect(page.locator(".offer")).to_have_count(3)
    sync_api.expect(page.locator("#start")).to_have_count(0)
    assert mine(page) == ["点一份不辣的两人晚餐，80 块以内"]
    assert (
        page.locator("h1").inner_text()
        == page.locator(".rail [aria-current] .cut").inner_text()
        == "点一份不辣的两人晚餐，80 块以内"
    )
    assert page.locator(".md strong").inner_text() == "第一份"
    assert page.locator(".offer .price").first.inner_text().replace("\n", "") == "¥51"
    sync_api.expect(page.locator(".offer .pic--none")).to_have_count(3)  # the drawing is missing: a plain ground
    assert page.locator(".panel .used dd").inner_text().startswith("2")
    sync_api.expect(page.locator("#announce")).to_contain_text("有三份合适")


def test_a_button_and_a_chip_say_what_they_mean(open_page: Any, worker: Worker) -> None:
    page = open_page()
    worker.say(worker.conversation(), offers())
    page.get_by_role("button", name="再便宜点").click()
    page.get_by_role("button", name="选这份").nth(1).click()
    said, pressed = wait_for(lambda: found if len(found := worker.updates()) == 2 else None)
    assert said.payload["text"] == "再便宜点"
    assert pressed.payload["action"] == "pick2"
    sync_api.expect(page.locator(".msg--me .say")).to_have_text(["再便宜点", "选这份"])


def test_suggestions_end_with_the_next_message_and_outlive_news(open_page: Any, worker: Worker) -> None:
    page = open_page()
    talk = worker.conversation()
    worker.say(talk, offers())
    worker.say(talk, {"text": "骑手取到餐了"})  # no turn: news of an order
    sync_api.expect(page.locator(".md")).to_have_count(2)
    sync_api.expect(page.locator("#log .chip")).to_have_count(1)
    page.locator("#log .chip").click()
    (update,) = wait_for(worker.updates)
    worker.take(update)
    sync_api.expect(page.locator("#log .chip")).to_have_count(0)


def test_enter_sends_and_shift_enter_does_not_and_an_input_method_is_left_alone(open_page: Any, worker: Worker) -> None:
    page = open_page()
    page.fill("#say", "一")
    page.press("#say", "Shift+Enter")
    page.keyboard.type("二")
    composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true})"
    page.evaluate(f"document.getElementById('say').dispatchEvent({composing})")
    assert worker.updates() == []
    page.press("#say", "Enter")
    (update,) = wait_for(worker.updates)
    assert update.payload["text"] == "一\n二"
    assert page.input_value("#say") == ""


def test_markup_of_the_model_stays_text(open_page: Any, worker: Worker) -> None:
    page = open_page()
    text = "<img src=x onerror=document.title='hit'>\n- [link](javascript:alert(1))\n1. `code`"
    worker.say(worker.conversation(), {"text": text, "choices": [{"label": "坏链接", "link": "javascript:alert(1)"}]})
    sync_api.expect(page.locator(".md")).to_contain_text("<img src=x onerror=document.title='hit'>")
    assert page.locator(".md img, .md a, #log a").count() == 0
    assert page.locator(".md code").inner_text() == "code"
    assert page.title() != "hit"


def test_an_answer_is_written_and_announced_once(open_page: Any, worker: Worker) -> None:
    page = open_page()
    talk = worker.conversation()
    turn = worker.run(Turn.objects.create, conversation=talk, person=talk.person, received_at=timezone.now())
    message = worker.say(talk, {}, tell=False, turn=turn)
    worker.push(talk, type="turn", id=turn.pk, state="working")
    worker.push(talk, type="doing", turn=turn.pk, text="正在比较 18 趟高铁")
    sync_api.expect(page.locator(".doing--now")).to_have_text("正在比较 18 趟高铁")
    worker.push(talk, **message_json(message, streaming=True))
    for at, piece in ((0, "周六😀"), (3, "早上"), (3, "早上 08:32")):  # the last one overlaps the one before
        worker.push(talk, type="token", message=message.pk, text=piece, at=at)
    sync_api.expect(page.locator(".md")).to_have_text("周六😀早上 08:32")
    sync_api.expect(page.locator(".caret")).to_have_count(1)
    sync_api.expect(page.locator(".doing--now")).to_have_count(0)
    assert "周六" not in page.locator("#announce").inner_text()
    page.get_by_role("button", name="停止").click()
    worker.run(
        Message.objects.filter(pk=message.pk).update,
        text="周六早上最合适",
        version=1,
        content={"text": "周六早上最合适"},
    )
    worker.push(talk, **worker.run(lambda: message_json(Message.objects.get(pk=message.pk))))
    sync_api.expect(page.locator(".md")).to_have_text("周六早上最合适")
    sync_api.expect(page.locator(".caret")).to_have_count(0)
    sync_api.expect(page.locator("#announce")).to_have_text("周六早上最合适")
    sync_api.expect(page.get_by_role("button", name="发送", exact=True)).to_be_visible()


def test_a_file_goes_with_its_message(open_page: Any, worker: Worker, tmp_path: Path, settings: Any) -> None:
    page = open_page()
    good, empty = tmp_path / "季度.csv", tmp_path / "空.txt"
    good.write_text("a,b")
    empty.touch()
    page.set_input_files("#file-input", [good, empty])
    sync_api.expect(page.locator("#notices")).to_contain_text("「空.txt」是空的")
    sync_api.expect(page.locator("#files")).to_contain_text("季度.csv")
    sync_api.expect(page.locator("#files")).to_contain_text("KB")
    page.press("#say", "Enter")
    (update,) = wait_for(worker.updates)
    attachment = worker.run(Attachment.objects.get)
    assert update.payload["files"][0]["attachment"] == attachment.public_id
    worker.take(update)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 季度.csv").click()
    assert Path(download.value.path()).read_text() == "a,b"
    assert download.value.suggested_filename == "季度.csv"


def test_a_file_over_the_limit_is_not_even_sent(open_page: Any, worker: Worker, tmp_path: Path, settings: Any) -> None:
    settings.MAX_UPLOAD_MB = 1
    page = open_page()
    large = tmp_path / "大.bin"
    large.write_bytes(b"x" * (1024 * 1024 + 1))
    page.set_input_files("#file-input", large)
    sync_api.expect(page.locator("#notices")).to_contain_text("「大.bin」超过 1 MB")
    assert worker.run(Attachment.objects.count) == 0


def test_where_one_is_and_a_saved_place(open_page: Any, worker: Worker) -> None:
    page = open_page(geolocation={"latitude": 31.2, "longitude": 121.4}, permissions=["geolocation"])
    person = worker.conversation().person
    worker.run(Place.objects.create, person=person, label="公司", address="南京西路 1515 号", lat=31.22, lng=121.45)
    page.click("#add-place")
    sync_api.expect(page.locator("#places-query")).to_be_focused()
    page.locator("#places-list").get_by_role("button", name="公司").click()
    sync_api.expect(page.locator("#pin")).to_contain_text("公司")
    page.get_by_role("button", name="移除 公司").click()
    page.click("#add-place")
    page.get_by_role("button", name="用我现在的位置").click()
    sync_api.expect(page.locator("#pin")).to_contain_text("我现在的位置")
    page.press("#say", "Enter")
    (update,) = wait_for(worker.updates)
    assert (update.payload["pin"]["lat"], update.payload["pin"]["name"]) == (31.2, "我现在的位置")


def test_a_refused_location_is_said(open_page: Any) -> None:
    page = open_page()
    page.click("#add-place")
    page.get_by_role("button", name="用我现在的位置").click()
    sync_api.expect(page.locator("#places-problem")).to_be_visible()
    page.keyboard.press("Escape")
    sync_api.expect(page.locator("#places")).to_be_hidden()
    sync_api.expect(page.locator("#add-place")).to_be_focused()


def test_language_and_theme(open_page: Any) -> None:
    page = open_page(locale="en-GB")
    assert page.get_by_label("Message", exact=True).get_attribute("placeholder") == "What do you need done?"
    page.get_by_role("button", name="切换到中文").click()
    sync_api.expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="切换深浅色").click()
    sync_api.expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    sync_api.expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_on_a_phone(open_page: Any, worker: Worker) -> None:
    page = open_page(width=360, height=640, has_touch=True)
    talk = worker.conversation()
    worker.say(talk, offers())
    worker.say(talk, {"quote": quote(title="一家名字特别特别长的江南小灶 · 静安寺南京西路旗舰店")})
    worker.say(talk, {"order": order()})
    sync_api.expect(page.locator(".order")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    seen = "[...document.querySelectorAll('button, a.btn')].filter(e => e.offsetParent)"
    small = [found for found in page.evaluate(seen + ".map(e => [e.textContent, e.offsetHeight])") if found[1] < 44]
    assert small == []
    page.locator("#livebar").click()
    sync_api.expect(page.locator(".order")).to_be_focused()
    page.get_by_role("button", name="打开对话列表").click()
    sync_api.expect(page.locator("#rail-close")).to_be_focused()
    page.keyboard.press("Escape")
    sync_api.expect(page.locator("#rail-open")).to_be_focused()
    sync_api.expect(page.locator("#rail")).to_be_hidden()


def test_older_messages_are_fetched_on_demand(open_page: Any, worker: Worker) -> None:
    page = open_page()
    talk = worker.conversation()
    rows = [
        Message(conversation=talk, direction="out", text=f"第 {n} 条", content={"text": f"第 {n} 条"})
        for n in range(55)
    ]
    worker.run(Message.objects.bulk_create, rows)
    page.reload()
    sync_api.expect(page.locator(".md")).to_have_count(50)
    page.get_by_role("button", name="显示更早的消息").click()
    sync_api.expect(page.locator(".md")).to_have_count(55)
    assert page.locator(".md").first.inner_text() == "第 0 条"
    sync_api.expect(page.locator("#earlier")).to_be_hidden()


def test_the_list_of_conversations_is_searched_by_title(open_page: Any, worker: Worker) -> None:
    page = open_page()
    talk = worker.conversation()
    for title in ("周末去杭州", "买雨鞋"):
        worker.run(
            Conversation.objects.create, connection=talk.connection, person=talk.person, external_id=title, title=title
        )
    page.reload()
    page.get_by_role("button", name="搜索对话").click()
    page.keyboard.type("雨")
    sync_api.expect(page.locator(".rail__list li:visible")).to_have_text(re.compile("买雨鞋"))
    page.keyboard.press("Escape")
    sync_api.expect(page.locator(".rail__list li:visible")).to_have_count(3)
