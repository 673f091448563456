"""What works while there is no language model, and what is said of odd and hostile deliveries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.people import CHINESE, contents
from tests.faults.running import Installation, connect, deliver, installation, up
from tests.standins.telegram import Telegram
from tests.standins.telegram_state import Sent

CHAT = 6
BIG = 200 * 1024 * 1024


@pytest.fixture(scope="module")
def bot() -> Iterator[Telegram]:
    with Telegram(burst=100) as running:
        yield running


@pytest.fixture(scope="module")
def made(bot: Telegram) -> Iterator[Installation]:
    with installation(bot, SANDBOX_SPEED="0.01") as fresh, up(fresh, engine=False):
        connect(bot, fresh)
        yield fresh


def answer_to(bot: Telegram, chat: int, deed: Any) -> Sent:
    """Return the one answer to something."""
    before = len(contents(bot, chat)) if chat in bot.chats else 0
    deed()
    bot.wait(lambda: len(contents(bot, chat)) > before, 30)
    answers = contents(bot, chat)
    assert len(answers) == before + 1
    return answers[-1]


def labels(sent: Sent) -> list[str]:
    return [label for row in sent.labels for label in row]


def press(bot: Telegram, chat: int, start: str) -> Sent:
    """Press the newest button that begins so."""
    label = next(one for sent in reversed(contents(bot, chat)) for one in labels(sent) if one.startswith(start))
    return answer_to(bot, chat, lambda: bot.press(chat, label))


@pytest.mark.slow
def test_an_order_from_search_to_cancelling_needs_no_engine(made: Installation, bot: Telegram) -> None:
    found = answer_to(bot, CHAT, lambda: bot.say(CHAT, CHINESE.wish))
    assert "拿铁" in found.text
    assert "¥26.00" in found.text
    assert "自由聊天" in found.text
    quote = press(bot, CHAT, CHINESE.choose)
    assert "合计 ¥26.00" in quote.text
    assert "下单了" in press(bot, CHAT, CHINESE.confirm).text
    assert "半山咖啡" in answer_to(bot, CHAT, lambda: bot.say(CHAT, "我的订单到哪了")).text
    terms = answer_to(bot, CHAT, lambda: bot.say(CHAT, "取消订单"))
    confirm = next(label for label in labels(terms) if label.startswith("确认"))
    done = answer_to(bot, CHAT, lambda: bot.press(CHAT, confirm))
    assert "取消" in done.text
    figures = made.inside("figures")
    assert figures["order_states"] == {"cancelled refunded": 1}
    assert figures["wrong_sums"] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("chat", "text", "says"), [(21, "讲个笑话吧", "自由聊天"), (22, "tell me a joke", "free talk")]
)
def test_free_talk_is_said_to_be_back_later(made: Installation, bot: Telegram, chat: int, text: str, says: str) -> None:
    language = "en" if text.isascii() else "zh-hans"
    assert says in answer_to(bot, chat, lambda: bot.say(chat, text, language=language)).text


@pytest.mark.slow
@pytest.mark.parametrize("secret", [None, "", "wrong", "s3cret_-x"])
def test_a_wrong_secret_is_refused_and_nothing_is_stored(made: Installation, secret: str | None) -> None:
    update = {"update_id": 31_000_000, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}}
    assert deliver(made, json.dumps(update).encode(), secret) == 403
    assert "31000000" not in made.inside("figures")["updates"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"{}", 400),
        (b'{"update_id": "1"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": NaN}', 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 32, "x": "' + b"x" * 1_100_000 + b'"}', 413),
        (b'{"update_id": 33, "x": "' + b"x" * 5_000_000 + b'"}', 413),
    ],
)
def test_what_cannot_be_read_is_refused(made: Installation, body: bytes, status: int) -> None:
    assert deliver(made, body) == status


@pytest.mark.slow
def test_kinds_that_mean_nothing_to_us_are_stored_and_not_answered(made: Installation, bot: Telegram) -> None:
    chat = {"id": 41, "type": "private"}
    kinds: dict[str, Any] = {
        "34000001": {"edited_message": {"message_id": 1, "date": 1, "chat": chat, "text": "x"}},
        "34000002": {"brand_new_kind": {"a": [1]}},
        "34000003": {"poll": {"id": "1", "question": "?", "options": []}},
        "34000004": {"message": "not an object"},
        "34000005": {"message": {"text": "no chat"}},
    }
    for number, content in kinds.items():
        assert deliver(made, json.dumps({"update_id": int(number), **content}).encode()) == 200

    def states() -> dict[str, str] | None:
        stored = made.inside("figures")["updates"]
        found = {number: stored[number] for number in kinds}
        return None if "new" in found.values() else found

    found = bot.wait(states, 30)
    assert {found[number] for number in ("34000001", "34000002", "34000003")} <= {"ignored", "failed"}
    assert (found["34000004"], found["34000005"]) == ("failed", "failed")


VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 3, "file_size": 4000}
ARCHIVE = {
    "file_id": "d",
    "file_unique_id": "d",
    "file_name": "a.zip",
    "mime_type": "application/zip",
    "file_size": BIG,
}
ODD: dict[str, tuple[dict[str, Any], str]] = {
    "100,000 characters": ({"text": "长" * 100_000}, "4000"),
    "emoji": ({"text": "🎉🥳" * 1500}, "没有文字"),
    "a voice note": ({"voice": VOICE}, "语音"),
    "a file of 200 MB": ({"document": ARCHIVE}, "20 MB"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", ODD)
def test_odd_messages_get_one_clear_answer(made: Installation, bot: Telegram, what: str) -> None:
    content, says = ODD[what]
    chat = 50 + list(ODD).index(what)
    answer = answer_to(bot, chat, lambda: bot._happen(chat, content))
    assert says in answer.text
