"""The same errand in Telegram: webhook in, buttons pressed, replies out, against everything running."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.stories import ADDRESS, EN, LEDGER, RULES, ZH, Words
from tests.standins.installation import Installation
from tests.standins.telegram import Telegram

TOKEN = "4242:stand-in-token"
CONNECT = """
from assistant.channels.telegram import channel
from integrations.models import Connection
row = Connection.objects.create(role="channel", kind="telegram", title="Telegram", config={{"mode": "polling"}},
                                credentials={{"token": "{token}", "secret": "s3cret_-"}})
if {webhook}:
    channel.set_webhook(row, "{url}/hooks/telegram/" + row.public_id + "/")
"""
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@contextmanager
def connected(folder: Path, *, webhook: bool) -> Iterator[tuple[Telegram, Installation]]:
    """A bot and an installation that know each other."""
    with (
        Telegram(token=TOKEN) as bot,
        Installation(folder, SANDBOX_SPEED="60", TELEGRAM_BASE_URL=bot.base_url) as installation,
    ):
        installation.teach(RULES)
        installation.run(CONNECT.format(token=TOKEN, webhook=webhook, url=installation.url))
        yield bot, installation


@pytest.fixture(scope="module")
def by_webhook(tmp_path_factory: Any) -> Iterator[tuple[Telegram, Installation]]:
    with connected(tmp_path_factory.mktemp("telegram") / "data", webhook=True) as both:
        yield both


def says(bot: Telegram, chat: int, words: str, seconds: float = 45) -> Any:
    """Wait until the newest of the bot's messages that hold `words`, as they stand now."""

    def found() -> Any:
        return next((sent for sent in reversed(bot.answers(chat)) if words in sent.text), None)

    return bot.wait(found, seconds)


def press(bot: Telegram, chat: int, words: str, seconds: float = 45) -> None:
    """Press the newest button whose label holds `words`."""

    def label() -> str:
        labels = [label for sent in reversed(bot.answers(chat)) for row in sent.labels for label in row]
        return next((label for label in labels if words in label), "")

    bot.press(chat, bot.wait(label, seconds))


def dinner(bot: Telegram, chat: int, words: Words) -> None:
    """Choose the set among the cards on the screen, and pay for it."""
    cards = says(bot, chat, words.which)
    place = cards.text[: cards.text.index(words.which)].rpartition("\n")[2]
    number = "".join(character for character in place if character.isdigit()) or "1"
    press(bot, chat, f"{number}. {words.choose}")
    press(bot, chat, f"{words.confirm} ¥61.00")


def ledger(installation: Installation) -> list[list[str]]:
    return json.loads(installation.run(LEDGER))


def story(bot: Telegram, installation: Installation, chat: int, words: Words) -> None:
    """Order dinner and have it delivered; order it again and cancel."""
    before = len(ledger(installation))
    about = {"language": words.telegram}
    bot.say(chat, words.wish, **about)
    says(bot, chat, words.asked)
    bot.say(chat, ADDRESS, **about)
    dinner(bot, chat, words)
    says(bot, chat, words.delivered, 120)  # by itself
    assert ledger(installation)[before:] == [["completed", "paid", "delivered", "61.00", "0.00"]]
    bot.say(chat, words.wish_again, **about)
    bot.wait(lambda: len([sent for sent in bot.answers(chat) if words.which in sent.text and sent.keyboard]) >= 1, 45)
    dinner(bot, chat, words)
    press(bot, chat, words.cancel)
    press(bot, chat, words.cancel_confirm)
    says(bot, chat, words.given_back)
    done = ledger(installation)[before:]
    assert [row[:2] for row in done] == [["completed", "paid"], ["cancelled", "refunded"]]
    assert done[1][3:] == ["61.00", "61.00"]


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_an_errand_by_webhook(by_webhook: tuple[Telegram, Installation], words: Words) -> None:
    bot, installation = by_webhook
    story(bot, installation, 100 + len(words.locale + words.wish), words)


def test_an_errand_by_polling(tmp_path: Path) -> None:
    with connected(tmp_path / "data", webhook=False) as (bot, installation):
        story(bot, installation, 77, ZH)
