"""Telegram: updates in, replies out, against the stand-in Bot API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.channels.base import BadDelivery, BadSignature, ChannelError, InboundFile, MessageGone, Pin
from assistant.channels.telegram.channel import TelegramChannel
from assistant.channels.telegram.rendering.render import TEXT_LIMIT
from assistant.channels.telegram.rendering.richtext import units
from integrations.base import Action, Reply
from integrations.models import Connection
from tests.standins.replies import PNG, cards, order, quote
from tests.standins.telegram import Telegram

FIXTURES = Path(__file__).parent / "fixtures"
TOKEN = "4242:stand-in-token"


def update(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / f"{name}.json").read_text())  # type: ignore[no-any-return]


@pytest.fixture
def channel() -> TelegramChannel:
    credentials = {"token": TOKEN, "secret": "s3cret_-"}
    return TelegramChannel(Connection(kind="telegram", config={"username": "banshi_bot"}, credentials=credentials))


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
        "assistant.channels.telegram.rendering.render.finders.find",
        lambda path: str(file) if path == "img/pictures/fish.png" else None,
    )
    return file


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
    channel.connection.credentials["secret"] = ""
    with pytest.raises(BadSignature):
        channel.verify({"X-Telegram-Bot-Api-Secret-Token": ""}, b"{}")


def test_a_delivery_is_read_by_its_update_id(channel: TelegramChannel) -> None:
    body = (FIXTURES / "text_zh.json").read_bytes()
    assert channel.read(body) == ("700000101", update("text_zh"))
    for broken in (b"", b"\xff\xfe", b"[]", b"{}", b'{"update_id": "7"}', b'{"update_id": true}'):
        with pytest.raises(BadDelivery):
            channel.read(broken)


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
