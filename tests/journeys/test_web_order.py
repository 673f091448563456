"""An errand on the web page, from the first sentence to the delivery, in a real browser against everything running."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.stories import ADDRESS, EN, LEDGER, RULES, ZH, Words
from tests.standins.installation import Installation

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: Any) -> Iterator[Installation]:
    if not CHROMIUM.exists():
        pytest.skip("needs a Chromium")
    with Installation(tmp_path_factory.mktemp("web") / "data", SANDBOX_SPEED="60") as running:
        running.teach(RULES)
        yield running


@pytest.fixture
def console() -> Iterator[list[str]]:
    errors: list[str] = []
    yield errors
    assert errors == []


@pytest.fixture
def open_page(installation: Installation, console: list[str]) -> Iterator[Any]:
    def open_page(words: Words) -> Any:
        page = browser.new_context(locale=words.locale, viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda line: console.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: console.append(str(error)))
        page.goto(installation.url)
        sync_api.expect(page.locator("#health")).to_have_text(re.compile("在线|Online"), timeout=30_000)
        return page

    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield open_page
        browser.close()


def say(page: Any, text: str) -> None:
    page.fill("#say", text)
    page.press("#say", "Enter")


def seen(locator: Any, text: str, seconds: float = 30) -> None:
    sync_api.expect(locator).to_contain_text(text, timeout=seconds * 1000)


def order_dinner(page: Any, words: Words, count: int) -> None:
    """Choose the set among the newest cards and pay for it."""
    answers = page.locator(".msg").filter(has=page.locator(".offer"))
    sync_api.expect(answers).to_have_count(count, timeout=30_000)
    offers = answers.last.locator(".offer")
    sync_api.expect(offers).to_have_count(3, timeout=30_000)
    assert words.which in "\n".join(offers.all_inner_texts())
    offers.filter(has_text=words.which).get_by_role("button", name=words.choose).click()
    quotes = page.locator(".quote")
    sync_api.expect(quotes).to_have_count(count, timeout=30_000)
    assert quotes.last.locator(".total dd").inner_text() == "¥61.00"
    quotes.last.get_by_role("button", name=words.confirm).click()
    seen(quotes.last.locator(".stamp"), words.stamped)


def ledger(installation: Installation) -> list[list[str]]:
    return json.loads(installation.run(LEDGER))


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_dinner_is_ordered_delivered_and_the_next_one_cancelled(
    installation: Installation, open_page: Any, words: Words
) -> None:
    before = len(ledger(installation))
    page = open_page(words)
    say(page, words.wish)
    seen(page.locator("#log"), words.asked)
    say(page, ADDRESS)
    order_dinner(page, words, 1)
    assert "¥61.00" in page.locator(".order").last.inner_text()
    seen(page.locator(".order__eta"), words.delivered, 90)  # by itself: nothing is pressed or loaded
    sync_api.expect(page.locator(".order .track .done")).to_have_count(5)
    assert ledger(installation)[before:] == [["completed", "paid", "delivered", "61.00", "0.00"]]
    say(page, words.wish_again)
    order_dinner(page, words, 2)
    live = page.locator(".order:not(.order--ended)")
    live.get_by_role("button", name=words.cancel).click()
    page.locator(".quote").last.get_by_role("button", name=words.cancel_confirm).click()
    sync_api.expect(page.locator(".order--ended")).to_have_count(2, timeout=30_000)
    seen(page.locator(".order").last, words.given_back)
    done = ledger(installation)[before:]
    assert [row[:2] for row in done] == [["completed", "paid"], ["cancelled", "refunded"]]
    assert done[1][3:] == ["61.00", "61.00"]
    log = page.locator("#log").inner_text()
    page.reload()
    sync_api.expect(page.locator(".order")).to_have_count(2)
    assert kept(page.locator("#log").inner_text()) == kept(log)


def kept(log: str) -> list[str]:
    """The lines of a conversation, less what is only for the moment: ticks and suggestions."""
    return [line for line in log.splitlines() if line]
