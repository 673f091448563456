"""Telegram: updates in, replies out, against the stand-in Bot API."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from assistant.channels.base import BadDelivery, BadSignature, ChannelError, InboundFile, MessageGone, Pin
from assistant.channels.telegram import channel as telegram
from assistant.channels.telegram import markdown
from assistant.channels.telegram.channel import TelegramChannel
from assistant.channels.telegram.render import CAPTION_LIMIT, TEXT_LIMIT, render
from assistant.channels.telegram.richtext import Span, cut, html, plain, units
from integrations.base import (
    Action,
    Badge,
    Card,
    Fact,
    FileView,
    Money,
    OrderStep,
    OrderView,
    PlaceView,
    QuoteLine,
    QuoteView,
    Reply,
    SumLine,
    Used,
)
from integrations.models import Connection
from tests.standins.telegram import Telegram
from tests.standins.telegram_state import read_html

FIXTURES = Path(__file__).parent / "fixtures"
TOKEN = "4242:stand-in-token"
SHANGHAI = ZoneInfo("Asia/Shanghai")
PNG = bytes.fromhex("89504e470d0a1a0a") + b"picture"


def update(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / f"{name}.json").read_text())  # type: ignore[no-any-return]


def bot_connection(**changes: Any) -> Connection:
    return Connection(
        role="channel",
        kind="telegram",
        title="Telegram",
        config={"mode": "polling", "username": "banshi_bot"},
        credentials={"token": TOKEN, "secret": "s3cret_-"} | changes,
    )


@pytest.fixture
def channel() -> TelegramChannel:
    return TelegramChannel(bot_connection())


@pytest.fixture
def server(settings: Any) -> Iterator[Telegram]:
    with Telegram(token=TOKEN) as running:
        settings.TELEGRAM_BASE_URL = running.base_url
        running.say(1, "你好")
        yield running


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "fish.png"
    file.write_bytes(PNG)
    monkeypatch.setattr(
        "assistant.channels.telegram.render.finders.find",
        lambda path: str(file) if path == "img/pictures/fish.png" else None,
    )
    return file


def money(amount: str, currency: str = "CNY") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def cards() -> list[Card]:
    return [
        Card(
            id="offer:1",
            title="清蒸鲈鱼<双人>套餐",
            subtitle="小渔村 & 朋友",
            picture="fish",
            price=money("60"),
            list_price=money("68"),
            facts=[Fact(text="4.8"), Fact(text="1.2 km"), Fact(text="30 分钟")],
            badges=[Badge(text="演示", style="sandbox"), Badge(text="满 60 减 8")],
            actions=[Action(label="就要这个", id="pick-1", tool="food.pick"), Action(label="看菜单", id="menu-1")],
            best=True,
            note="评分最高，不辣",
        ),
        Card(
            id="offer:2",
            title="菌菇豆腐煲套餐",
            price=money("56"),
            actions=[Action(label="就要这个", id="pick-2")],
        ),
    ]


def quote(**changes: Any) -> QuoteView:
    fields: dict[str, Any] = {
        "id": "q1",
        "number": "Q-12",
        "title": "小渔村",
        "badges": [Badge(text="演示", style="sandbox")],
        "place": PlaceView(label="公司", address="世纪大道 100 号", source="来自记忆"),
        "when": "约 18:50 送到",
        "lines": [
            QuoteLine(text="清蒸鲈鱼", detail="少油", quantity=1, amount=money("38")),
            QuoteLine(text="杂粮饭", quantity=2, amount=money("8")),
        ],
        "sums": [
            SumLine(text="配送费", amount=money("5")),
            SumLine(text="满减", amount=money("-8"), style="off"),
            SumLine(text="合计", amount=money("43"), style="total"),
        ],
        "total": money("43"),
        "expires_at": datetime(2026, 11, 23, 10, 30, tzinfo=UTC),
        "note": "用演示钱包付款，不会产生真实扣款",
        "actions": [
            Action(label="确认并支付 ¥43.00", style="primary", confirm="q1", id="confirm-1"),
            Action(label="换地址", id="to-1"),
            Action(label="取消", style="quiet", id="no-1"),
        ],
    }
    return QuoteView(**{**fields, **changes})


def order() -> OrderView:
    return OrderView(
        number="BS-1123-0417",
        kind="food",
        title="小渔村",
        headline="约 18:50 送到",
        detail="骑手王师傅已取餐",
        state="active",
        payment="paid",
        fulfilment="courier",
        state_text="配送中",
        badges=[Badge(text="演示", style="sandbox")],
        place=PlaceView(label="公司", address="世纪大道 100 号"),
        total=money("43"),
        refunded=money("5"),
        steps=[
            OrderStep(text="已下单", state="done", at=datetime(2026, 11, 23, 10, 5, tzinfo=UTC)),
            OrderStep(text="配送中", state="now"),
            OrderStep(text="送达", state="todo"),
        ],
        actions=[Action(label="查看进度", id="status-1")],
    )


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 10, 20, tzinfo=UTC))
    with timezone.override(SHANGHAI), translation.override("zh-hans"):
        yield


# Updates in


def test_texts_in_both_languages(channel: TelegramChannel) -> None:
    zh, en = channel.parse(update("text_zh")), channel.parse(update("text_en"))
    assert zh is not None
    assert en is not None
    assert (zh.user, zh.chat, zh.name, zh.language, zh.is_group) == (
        "5012345678",
        "5012345678",
        "小明 王",
        "zh-hans",
        False,
    )
    assert zh.text == "点一份两人晚餐，不要辣，80 元以内，送到公司"
    assert (en.name, en.language, en.text[:5]) == ("Alice", "en", "Order")


def test_a_command_stays_as_it_is(channel: TelegramChannel) -> None:
    inbound = channel.parse(update("start"))
    assert inbound is not None
    assert inbound.text == "/start"


def test_places(channel: TelegramChannel) -> None:
    location, venue = channel.parse(update("location")), channel.parse(update("venue"))
    assert location is not None
    assert venue is not None
    assert location.pin == Pin(lat=31.230416, lng=121.473701)
    assert venue.pin == Pin(lat=31.2397, lng=121.4998, name="上海中心大厦", address="银城中路 501 号")


def test_files(channel: TelegramChannel) -> None:
    photo, document, voice = (channel.parse(update(name)) for name in ("photo", "document", "voice"))
    assert photo is not None
    assert document is not None
    assert voice is not None
    assert photo.files == [InboundFile(name="photo.jpg", kind="image/jpeg", size=88213, remote="AgACAgUAAxkBAAIBx9")]
    assert photo.text == "和这个一样的"
    assert document.files == [InboundFile(name="销售.csv", kind="text/csv", size=20480, remote="BQACAgUAAxkBAAIBt2")]
    assert (voice.voice, voice.text, voice.files[0].remote) == (True, "", "AwACAgUAAxkBAAIBv1")
    assert not photo.voice


def test_a_pressed_button(channel: TelegramChannel) -> None:
    inbound = channel.parse(update("callback"))
    assert inbound is not None
    assert (inbound.action, inbound.callback, inbound.chat) == ("Zk3_aQ9x-Lp0VtYw", "2148730112233445566", "5012345678")
    assert inbound.text == ""


@pytest.mark.parametrize("name", ["edited", "channel_post", "my_chat_member", "sticker"])
def test_what_is_ignored(channel: TelegramChannel, name: str) -> None:
    assert channel.parse(update(name)) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [("group_mention", "😀 附近有什么好吃的"), ("group_reply", "第二个"), ("group_command", "/help")],
)
def test_a_group_is_heard_when_it_speaks_to_us(channel: TelegramChannel, name: str, text: str) -> None:
    inbound = channel.parse(update(name))
    assert inbound is not None
    assert (inbound.is_group, inbound.chat, inbound.text) == (True, "-1002233445566", text)


@pytest.mark.parametrize("name", ["group_other_talk", "group_command_other"])
def test_a_groups_other_talk_is_not_ours(channel: TelegramChannel, name: str) -> None:
    assert channel.parse(update(name)) is None


def test_a_topic_is_a_chat_of_its_own(channel: TelegramChannel) -> None:
    inbound = channel.parse(update("group_topic"))
    assert inbound is not None
    assert (inbound.chat, inbound.text) == ("-1002233445566:77", "订个会议室")


def test_an_update_in_another_form_is_refused(channel: TelegramChannel) -> None:
    with pytest.raises(BadDelivery):
        channel.parse({"update_id": 1, "message": "hello"})


def test_the_webhook_secret(channel: TelegramChannel) -> None:
    channel.verify({"X-Telegram-Bot-Api-Secret-Token": "s3cret_-"}, b"{}")
    for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}, {"X-Telegram-Bot-Api-Secret-Token": ""}):
        with pytest.raises(BadSignature):
            channel.verify(headers, b"{}")
    with pytest.raises(BadSignature):
        TelegramChannel(bot_connection(secret="")).verify({"X-Telegram-Bot-Api-Secret-Token": ""}, b"{}")


def test_a_delivery_is_read_by_its_update_id(channel: TelegramChannel) -> None:
    body = (FIXTURES / "text_zh.json").read_bytes()
    assert channel.read(body) == ("700000101", update("text_zh"))
    for broken in (b"", b"\xff\xfe", b"[]", b"{}", b'{"update_id": "7"}', b'{"update_id": true}'):
        with pytest.raises(BadDelivery):
            channel.read(broken)


# Text


def test_markdown_becomes_telegrams_html() -> None:
    text = (
        "# 结论\n**好** and *so-so* ~~no~~ `a<b`\n\n- 一\n- 二\n  1. 甲\n  2. 乙\n\n"
        "```\nx = 1 & 2\n```\n[官网](https://example.com/a) <b>不是标签</b>"
    )
    shown = html(markdown.spans(text))
    assert shown == (
        "<b>结论</b>\n\n<b>好</b> and <i>so-so</i> <s>no</s> <code>a&lt;b</code>\n\n"
        "• 一\n• 二\n  1. 甲\n  2. 乙\n\n<pre>x = 1 &amp; 2</pre>\n\n"
        "官网 (https://example.com/a) &lt;b&gt;不是标签&lt;/b&gt;"
    )
    assert read_html(shown)[0].startswith("结论")


@pytest.mark.parametrize("text", ["2*3*4 = 24", "a_b_c <script>", "**没有关", "&amp; &lt;", "</b>", "1. 一\n2. 二"])
def test_any_text_is_html_that_telegram_can_parse(text: str) -> None:
    seen, _ = read_html(html(markdown.spans(text)))
    assert "<" not in text or "<" in seen


def test_lengths_count_utf16() -> None:
    assert units("a办😀") == 4
    long = cut([Span("😀" * 3000, ("b",))], TEXT_LIMIT, "…")
    assert units(plain(long)) in (TEXT_LIMIT - 1, TEXT_LIMIT)
    assert html(long) == "<b>" + "😀" * 2047 + "</b>…"


# Replies out


def test_cards_are_a_numbered_list(evening: None) -> None:
    shown = render(Reply(text="找到两份", done=["看了 38 家"], seconds=0.84, cards=cards()))
    assert plain(shown.spans) == (
        "✓ 看了 38 家 · 0.8 秒\n\n"
        "找到两份\n\n"
        "1. 清蒸鲈鱼<双人>套餐  ¥60.00 ¥68.00 [首选] [演示] [满 60 减 8]\n"
        "小渔村 & 朋友 · 4.8 · 1.2 km · 30 分钟\n"
        "评分最高，不辣\n\n"
        "2. 菌菇豆腐煲套餐  ¥56.00"
    )
    text = shown.html()
    assert "<b>1. 清蒸鲈鱼&lt;双人&gt;套餐</b>  <b>¥60.00</b> <s>¥68.00</s>" in text
    assert "小渔村 &amp; 朋友" in text
    assert shown.keyboard is not None
    assert [[(b.text, b.callback_data) for b in row] for row in shown.keyboard.inline_keyboard] == [
        [("1. 就要这个", "pick-1"), ("1. 看菜单", "menu-1")],
        [("2. 就要这个", "pick-2")],
    ]


def test_one_card_has_no_number(evening: None) -> None:
    shown = render(Reply(cards=cards()[1:]))
    assert plain(shown.spans) == "菌菇豆腐煲套餐  ¥56.00"
    assert shown.keyboard is not None
    assert shown.keyboard.inline_keyboard[0][0].text == "就要这个"


def test_a_quote(evening: None) -> None:
    shown = render(Reply(quote=quote()))
    assert plain(shown.spans) == (
        "小渔村 [演示]\nQ-12\n送到：公司 · 世纪大道 100 号 (来自记忆)\n约 18:50 送到\n\n"
        "清蒸鲈鱼 (少油) ×1  ¥38.00\n杂粮饭 ×2  ¥8.00\n\n"
        "配送费  ¥5.00\n满减  −¥8.00\n合计  ¥43.00\n\n"
        "18:30 前有效\n用演示钱包付款，不会产生真实扣款"
    )
    assert shown.keyboard is not None
    rows = shown.keyboard.inline_keyboard
    assert [[b.text for b in row] for row in rows] == [["确认并支付 ¥43.00"], ["换地址", "取消"]]
    assert (rows[0][0].style, rows[1][0].style) == ("primary", None)


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        ("expired", "报价已过期", "This quote has expired"),
        ("replaced", "已有新的报价", "A newer quote has taken its place"),
        ("withdrawn", "报价已撤回", "This quote was withdrawn"),
        ("confirmed", "18:22 已确认", "Confirmed at 18:22"),
    ],
)
def test_what_became_of_a_quote(evening: None, state: str, zh: str, en: str) -> None:
    view = quote(state=state, confirmed_at=datetime(2026, 11, 23, 10, 22, tzinfo=UTC), actions=[])
    assert zh in plain(render(Reply(quote=view)).spans)
    with translation.override("en"):
        assert en in plain(render(Reply(quote=view)).spans)


def test_an_order(evening: None) -> None:
    assert plain(render(Reply(order=order())).spans) == (
        "约 18:50 送到 [演示]\n小渔村 · BS-1123-0417 · 配送中\n骑手王师傅已取餐\n送到：公司 · 世纪大道 100 号\n\n"
        "✓ 已下单  18:05\n● 配送中\n○ 送达\n\n"
        "合计 ¥43.00 · 已退 ¥5.00"
    )


def test_both_languages(evening: None) -> None:
    reply = Reply(
        quote=quote(),
        order=order(),
        cards=cards(),
        done=["Looked at 38 places"],
        seconds=1,
        used=[Used(name="People", value="2", source="you said so")],
    )
    with translation.override("en"):
        text = plain(render(reply).spans)
    for words in ("1.0 s", "[Best match]", "To: ", "Valid until 18:30", "Total ¥43.00 · given back ¥5.00"):
        assert words in text
    with translation.override("zh-hans"):
        text = plain(render(reply).spans)
    for words in ("首选", "送到：", "前有效", "已退", "这次用到的信息"):
        assert words in text


def test_times_of_another_day_say_the_day(evening: None) -> None:
    view = quote(expires_at=datetime(2026, 11, 25, 1, 5, tzinfo=UTC))
    assert "11月25日 09:05 前有效" in plain(render(Reply(quote=view)).spans)


def test_what_was_used_is_folded_up(evening: None) -> None:
    reply = Reply(
        text="好", used=[Used(name="人数", value="2", source="你说的"), Used(name="预算", value="<80", source="")]
    )
    assert (
        render(reply)
        .html()
        .endswith("<blockquote expandable>这次用到的信息\n人数: 2 (你说的)\n预算: &lt;80</blockquote>")
    )


def test_files_are_named(evening: None) -> None:
    shown = plain(render(Reply(text="好", files=[FileView(id="x", name="报告.pdf", size=1_234_000)])).spans)
    assert shown == "好\n\n报告.pdf · 1.2 MB"


def test_links_are_buttons_where_telegram_takes_them(settings: Any, evening: None) -> None:
    settings.PUBLIC_URL = ""
    reply = Reply(
        text="好",
        choices=[
            Action(label="官网", link="https://example.com/a"),
            Action(label="本机", link="http://localhost:8000/c/1/"),
            Action(label="内网", link="http://10.0.0.4/x"),
            Action(label="脚本", link="javascript:alert(1)"),
        ],
    )
    shown = render(reply)
    assert shown.keyboard is not None
    assert [[b.url for b in row] for row in shown.keyboard.inline_keyboard] == [["https://example.com/a"]]
    assert "本机: http://localhost:8000/c/1/" in plain(shown.spans)
    settings.PUBLIC_URL = "https://banshi.example.com"
    shown = render(Reply(text="好", choices=[Action(label="网页", link="/c/1/")]))
    assert shown.keyboard is not None
    assert shown.keyboard.inline_keyboard[0][0].url == "https://banshi.example.com/c/1/"


def test_buttons_hold_at_most_64_bytes(evening: None) -> None:
    reply = Reply(
        text="好", choices=[Action(label="一", id="x" * 64), Action(label="二", id="办" * 22), Action(label="三")]
    )
    shown = render(reply)
    assert shown.keyboard is not None
    assert [b.text for row in shown.keyboard.inline_keyboard for b in row] == ["一"]


def test_a_picture_only_where_the_text_fits_a_caption(pictures: Path, evening: None) -> None:
    assert render(Reply(text="短", cards=cards())).picture == pictures
    assert render(Reply(text="长" * CAPTION_LIMIT, cards=cards())).picture is None
    assert render(Reply(text="短", cards=cards()[1:])).picture is None
    assert render(Reply(cards=[Card(title="x", picture="../../etc/passwd", best=True)])).picture is None


# Against the stand-in


def test_open_then_fill(channel: TelegramChannel, server: Telegram) -> None:
    message = channel.open("1", Reply())
    assert [sent.text for sent in server.answers(1)] == ["…"]
    channel.fill("1", message, Reply(text="好的，**马上**", choices=[Action(label="取消", id="a1")]), "zh")
    assert len(server.answers(1)) == 1
    shown = server.answers(1)[0]
    assert (shown.text, shown.entities, shown.labels) == ("好的，马上", (("b", "马上"),), [["取消"]])
    channel.fill(
        "1", message, Reply(text="好的，**马上**", choices=[Action(label="取消", id="a1")]), "zh"
    )  # not modified
    assert shown.edits == 1
    channel.fill("1", message, Reply(text="完成"), "zh")
    assert (server.answers(1)[0].text, server.answers(1)[0].labels) == ("完成", [])


def test_everything_at_once_is_taken(channel: TelegramChannel, server: Telegram) -> None:
    message = channel.open("1", Reply())
    channel.fill("1", message, Reply(text="<&>", quote=quote(), order=order(), cards=cards()), "en")
    assert "Valid until" in server.answers(1)[0].text


def test_a_picture_comes_and_stays(channel: TelegramChannel, server: Telegram, pictures: Path) -> None:
    message = channel.open("1", Reply())
    channel.fill("1", message, Reply(text="找到了", cards=cards()), "zh")
    shown = server.answers(1)[0]
    assert shown.media == PNG
    assert shown.text.startswith("找到了")
    assert shown.labels[0] == ["1. 就要这个", "1. 看菜单"]
    channel.fill("1", message, Reply(text="长" * 2000), "zh")  # a message with a picture has a caption, not a text
    assert server.answers(1)[0].media == PNG
    assert server.answers(1)[0].text.endswith("（内容太长，只显示开头）")
    assert len(server.answers(1)) == 1


def test_a_chat_that_takes_no_pictures_gets_the_text(
    channel: TelegramChannel, server: Telegram, pictures: Path
) -> None:
    server.no_pictures.add(1)
    message = channel.open("1", Reply())
    channel.fill("1", message, Reply(text="找到了", cards=cards()), "zh")
    assert (server.answers(1)[0].media, server.answers(1)[0].text[:3]) == (b"", "找到了")


def test_a_text_that_is_too_long_stays_one_message(channel: TelegramChannel, server: Telegram) -> None:
    message = channel.open("1", Reply())
    channel.fill("1", message, Reply(text="😀办" * 3000), "zh")
    (shown,) = server.answers(1)
    assert TEXT_LIMIT - 2 <= units(shown.text) <= TEXT_LIMIT
    assert shown.text.endswith("（内容太长，只显示开头）")


def test_an_empty_reply_is_an_error(channel: TelegramChannel, server: Telegram) -> None:
    with pytest.raises(ChannelError) as caught:
        channel.fill("1", channel.open("1", Reply()), Reply(), "zh")
    assert caught.value.permanent


def test_too_many_requests(channel: TelegramChannel, server: Telegram) -> None:
    server.burst, server.chats[1].tokens = 1, 0
    with pytest.raises(ChannelError) as caught:
        channel.open("1", Reply())
    assert (caught.value.permanent, caught.value.retry_after) == (False, 1)
    assert server.answers(1) == []


def test_blocked_and_gone(channel: TelegramChannel, server: Telegram) -> None:
    message = channel.open("1", Reply())
    with pytest.raises(ChannelError, match="chat not found") as caught:
        channel.open("99", Reply())
    assert caught.value.permanent
    server.delete(1, int(message))
    with pytest.raises(MessageGone):
        channel.fill("1", message, Reply(text="好"), "zh")
    server.block(1)
    with pytest.raises(ChannelError, match="blocked by the user") as caught:
        channel.open("1", Reply())
    assert caught.value.permanent


def test_a_network_that_breaks_is_no_verdict_and_names_no_token(
    channel: TelegramChannel, server: Telegram, settings: Any
) -> None:
    server.fail("sendMessage", drop=True)
    with pytest.raises(ChannelError) as caught:
        channel.open("1", Reply())
    assert (caught.value.permanent, caught.value.retry_after) == (False, None)
    settings.TELEGRAM_BASE_URL = "http://127.0.0.1:9"
    with pytest.raises(ChannelError) as refused:
        channel.open("1", Reply())
    for error in (caught, refused):
        assert TOKEN not in "".join(map(str, error.traceback[-1:])) + str(error.value)
        assert error.value.__suppress_context__


def test_a_server_error_is_no_verdict(channel: TelegramChannel, server: Telegram) -> None:
    server.fail("sendMessage", code=502, description="Bad Gateway")
    with pytest.raises(ChannelError) as caught:
        channel.open("1", Reply())
    assert not caught.value.permanent


def test_acknowledge_is_best_effort(channel: TelegramChannel, server: Telegram) -> None:
    message = channel.open("1", Reply())
    channel.fill("1", message, Reply(text="好", choices=[Action(label="换一家", id="a1")]), "zh")
    press = server.press(1, "换一家")
    inbound = channel.parse(server.pending[-1])
    assert inbound is not None
    channel.acknowledge(inbound)
    assert (server.answered, server.chats[1].actions) == ([press], ["typing"])
    server.callback_seconds = 0
    channel.acknowledge(inbound)  # too old: nothing is raised
    assert server.answered == [press]


def test_withdraw(channel: TelegramChannel, server: Telegram) -> None:
    message = channel.open("1", Reply())
    channel.withdraw("1", message)
    channel.withdraw("1", message)
    assert server.answers(1) == []


def test_a_file_is_fetched(channel: TelegramChannel, server: Telegram, settings: Any) -> None:
    server.send_document(1, "销售.csv", b"a,b\n1,2\n")
    inbound = channel.parse(server.pending[-1])
    assert inbound is not None
    assert channel.fetch(inbound.files[0]) == b"a,b\n1,2\n"
    settings.MAX_UPLOAD_MB = 0
    with pytest.raises(ChannelError, match="larger"):
        channel.fetch(inbound.files[0])


def test_a_topic_is_answered_in_the_topic(channel: TelegramChannel, server: Telegram) -> None:
    server.say(-100, "@banshi_bot 你好", group=True)
    message = channel.open("-100:77", Reply())
    channel.fill("-100:77", message, Reply(text="好"), "zh")
    sent = next(call for call in server.history if call.method == "sendMessage")
    assert (sent.params["chat_id"], sent.params["message_thread_id"]) == (-100, 77)
    assert server.answers(-100)[0].text == "好"


# Setting up


@pytest.fixture
def saved(db: None) -> Connection:
    connection = bot_connection()
    connection.config = {"mode": "polling"}
    connection.save()
    return connection


def test_check_keeps_the_bots_name(saved: Connection, server: Telegram) -> None:
    assert telegram.check(saved)["username"] == "banshi_bot"
    saved.refresh_from_db()
    assert saved.config == {"mode": "polling", "username": "banshi_bot"}


def test_a_webhook_is_set_and_deleted(saved: Connection, server: Telegram) -> None:
    telegram.set_webhook(saved, "https://banshi.example.com/hooks/telegram/x/")
    saved.refresh_from_db()
    assert (server.webhook, server.secret) == ("https://banshi.example.com/hooks/telegram/x/", "s3cret_-")
    assert server.allowed == {"message", "callback_query"}
    assert saved.config["mode"] == "webhook"
    telegram.delete_webhook(saved)
    saved.refresh_from_db()
    assert (server.webhook, saved.config["mode"]) == ("", "polling")


def test_a_webhook_that_telegram_refuses_changes_nothing(saved: Connection, server: Telegram) -> None:
    server.insecure_webhooks = False
    with pytest.raises(ChannelError, match="An HTTPS URL must be provided"):
        telegram.set_webhook(saved, "http://banshi.example.com/")
    saved.refresh_from_db()
    assert saved.config["mode"] == "polling"


def test_the_command_stores_a_new_bot(db: None, server: Telegram, capsys: Any) -> None:
    server.token = "4242:abcdefghijk"
    call_command("telegram", "set_webhook", "--url", "https://banshi.example.com/", "--token", server.token)
    connection = Connection.objects.get(kind="telegram")
    assert server.webhook == f"https://banshi.example.com/hooks/telegram/{connection.public_id}/"
    assert connection.credentials["token"] == server.token
    assert connection.credentials["secret"] == server.secret
    assert len(server.secret) >= 32
    assert server.token not in capsys.readouterr().out
    call_command("telegram", "delete_webhook", "--token", server.token)
    assert Connection.objects.filter(kind="telegram").count() == 1
    assert server.webhook == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["set_webhook", "--url", "http://banshi.example.com"],
        ["set_webhook"],
        ["delete_webhook"],
        ["delete_webhook", "--token", "nonsense"],
        ["delete_webhook", "--token", "4242:another-token"],
        ["poll", "--connection", "nobody"],
    ],
)
def test_bad_input_is_exit_status_2(db: None, server: Telegram, arguments: list[str]) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("telegram", *arguments)
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)
    assert not Connection.objects.filter(kind="telegram").exists()


def test_telegram_that_is_not_reached_is_exit_status_1(db: None, settings: Any) -> None:
    settings.TELEGRAM_BASE_URL = "http://127.0.0.1:9"
    with pytest.raises(CommandError) as caught:
        call_command("telegram", "delete_webhook", "--token", "4242:abcdefghijk")
    assert caught.value.returncode == 1


# The Chinese of this folder


def test_every_string_has_its_chinese() -> None:
    from babel.messages.pofile import read_po

    folder = Path(__file__).parent
    with (folder / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    sources = [*folder.glob("*.py"), *(settings.BASE_DIR / "assistant").glob("tasks/relay*.py")]
    sources.append(settings.BASE_DIR / "assistant/management/commands/telegram.py")
    used = {
        json.loads(found)
        for source in sources
        if source.name != "tests.py"
        for found in re.findall(r'\b_\(("(?:[^"\\]|\\.)*")', source.read_text())
    }
    assert len(used) > 15
    assert used == {message.id for message in catalogue if message.id}
    for message in catalogue:
        assert message.string
        assert set(re.findall(r"%\(\w+\)", str(message.id))) == set(re.findall(r"%\(\w+\)", str(message.string)))


def test_the_clock_is_short_within_half_a_day() -> None:
    from assistant.channels.telegram.words import clock

    with timezone.override(SHANGHAI):
        assert re.fullmatch(r"\d\d:\d\d", clock(timezone.now() + timedelta(hours=1)))
