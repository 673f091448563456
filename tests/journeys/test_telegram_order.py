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


def says(bot: Telegram, chat: int, words: str, after: int = 0, seconds: float = 60) -> Any:
    """Wait for the newest of the bot's messages since `after` that holds `words`, as it stands now."""

    def found() -> Any:
        return next((sent for sent in reversed(bot.answers(chat)) if sent.id > after and words in sent.text), None)

    try:
        return bot.wait(found, seconds)
    except TimeoutError as error:
        raise AssertionError(f"no {words!r} in {[sent.text for sent in bot.answers(chat)]}") from error


def press(bot: Telegram, chat: int, words: str, after: int, seconds: float = 60) -> None:
    """Press the newest button since `after` whose label holds `words`."""

    def label() -> str:
        labels = [
            label for sent in reversed(bot.answers(chat)) if sent.id > after for row in sent.labels for label in row
        ]
        return next((label for label in labels if words in label), "")

    bot.press(chat, bot.wait(label, seconds))


def press_on(bot: Telegram, chat: int, heading: str, words: str, after: int) -> None:
    """Press the button whose label holds `words` on the message since `after` that holds `heading`."""
    sent = says(bot, chat, heading, after)
    bot.press(chat, next(label for row in sent.labels for label in row if words in label))


def dinner(bot: Telegram, chat: int, words: Words, after: int) -> None:
    """Choose the set among the cards, and pay for it."""
    cards = says(bot, chat, words.which, after)
    number = cards.text[: cards.text.index(words.which)].rpartition("\n")[2].strip(" .、")
    press(bot, chat, f"{number}. {words.choose}", after)
    press(bot, chat, f"{words.confirm} ¥61.00", after)


def ledger(installation: Installation) -> list[list[str]]:
    return json.loads(installation.run(LEDGER))


def story(bot: Telegram, installation: Installation, chat: int, words: Words) -> None:
    """Order dinner and have it delivered; order it again and cancel."""
    before = len(ledger(installation))
    about = {"language": words.telegram}
    said = bot.say(chat, words.wish, **about)
    says(bot, chat, words.asked, said)
    said = bot.say(chat, ADDRESS, **about)
    dinner(bot, chat, words, said)
    says(bot, chat, words.delivered, said, 120)  # by itself
    assert ledger(installation)[before:] == [["completed", "paid", "delivered", "61.00", "0.00"]]
    said = bot.say(chat, words.wish_again, **about)
    dinner(bot, chat, words, said)
    press(bot, chat, words.cancel, said)
    press_on(bot, chat, words.cancel_quote, words.cancel_confirm, said)

    def refunded() -> bool:
        return [row[:2] for row in ledger(installation)[before:]] == [["completed", "paid"], ["cancelled", "refunded"]]

    assert bot.wait(refunded, 60)
    done = ledger(installation)[before:]
    assert done[1][3:] == ["61.00", "61.00"]


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_an_errand_by_webhook(by_webhook: tuple[Telegram, Installation], words: Words) -> None:
    bot, installation = by_webhook
    story(bot, installation, {"zh": 101, "en": 102}[words.locale[:2]], words)


def test_an_errand_by_polling(tmp_path: Path) -> None:
    with connected(tmp_path / "data", webhook=False) as (bot, installation):
        story(bot, installation, 77, ZH)
