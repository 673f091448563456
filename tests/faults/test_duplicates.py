"""The same thing delivered or tapped many times at once has one effect."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.faults.people import CHINESE, RULES, contents
from tests.faults.running import Installation, connect, deliver, installation, up
from tests.standins import telegram_updates
from tests.standins.telegram import Telegram

CHAT = 5


@pytest.fixture(scope="module")
def bot() -> Iterator[Telegram]:
    with Telegram() as running:
        yield running


@pytest.fixture(scope="module")
def made(bot: Telegram) -> Iterator[Installation]:
    with installation(bot) as fresh:
        fresh.rules = RULES
        with up(fresh):
            yield fresh


def at_once(times: int, deed: Callable[[int], int]) -> list[int]:
    """Do something `times` times at once."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(deed, range(times)))


def quiet(made: Installation, bot: Telegram, count: int) -> dict[str, Any]:
    """Return the figures once `count` answers are there and nothing moves."""
    bot.wait(lambda: len(contents(bot, CHAT)) >= count, 60)

    end = time.monotonic() + 45  # less than an order's lease: a tap must not hold the order up
    while True:
        found = made.inside("figures")
        moving = found["moving"] or found["untold"] or "new" in found["updates"].values()
        waits = [row for row in found["outbox"] if row["state"] != "sent"]
        if not (moving or waits or set(found["turns"]) - {"done"}):
            return found
        assert time.monotonic() < end, (found, made.log()[-3000:])


@pytest.mark.slow
def test_one_delivery_fifty_times_at_once_is_answered_once(made: Installation, bot: Telegram) -> None:
    bot.say(CHAT, CHINESE.hello)
    body = json.dumps(bot.pending.pop()).encode()
    assert at_once(50, lambda _: deliver(made, body)) == [200] * 50
    found = quiet(made, bot, 1)
    assert list(found["updates"].values()) == ["taken"]
    assert found["turns"] == {"done": 1}
    assert len(found["outbox"]) == len(contents(bot, CHAT)) == 1


@pytest.mark.slow
def test_a_confirmation_tapped_twenty_times_at_once_orders_and_pays_once(made: Installation, bot: Telegram) -> None:
    connect(bot, made)
    before = len(contents(bot, CHAT))
    for text in (CHINESE.wish, CHINESE.first):
        bot.say(CHAT, text)
        before += 1
        bot.wait(lambda count=before: len(contents(bot, CHAT)) >= count, 30)
    quote = contents(bot, CHAT)[-1]
    button = next(button for row in quote.keyboard for button in row if button["text"].startswith(CHINESE.confirm))
    bot.webhook = ""
    taps = [telegram_updates.press(bot, bot.chats[CHAT], quote, button) for _ in range(20)]
    bodies = [json.dumps({"update_id": 900_000_000 + i, "callback_query": tap}) for i, tap in enumerate(taps)]
    assert at_once(20, lambda i: deliver(made, bodies[i].encode())) == [200] * 20
    found = quiet(made, bot, before + 1)
    assert sum(key.startswith("9000000") for key in found["updates"]) == 20
    assert (found["orders"], found["quotes"]) == (1, {"confirmed": 1})
    assert list(found["payments"].values()) == [1]
    assert (found["wrong_sums"], found["unconfirmed"], found["unanswered"]) == ([], [], 0)
    news = [sent for sent in contents(bot, CHAT) if "下单了" in sent.text]
    assert news, "nobody was told of the order"
    assert len({sent.text.splitlines()[0] for sent in news}) == 1, "two tellings of one order differ"
