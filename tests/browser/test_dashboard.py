"""The dashboard in a real browser: signing in, switching a scenario, and rows that appear by themselves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from assistant.models import Turn
from dashboard import factories
from integrations import registry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(monkeypatch) -> Iterator[Page]:
    """A page in which nothing may go wrong unseen."""
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver's loop runs in this thread
    with sync_playwright() as driver:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        shown = browser.new_context(locale="en-US").new_page()
        wrong: list[str] = []
        shown.on("pageerror", lambda error: wrong.append(str(error)))
        shown.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        shown.wrong = wrong
        yield shown
        browser.close()
    assert wrong == []


@pytest.fixture
def home(page: Page, live_server) -> Page:
    """The home page, signed in through the form."""
    factories.make_user("zhou", first_name="Zhou Lan")
    page.goto(f"{live_server.url}/dashboard/")
    page.get_by_label("Name").fill("zhou")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    return page


def test_signing_in_and_out(home: Page, live_server):
    home.get_by_role("button", name="Sign out").first.click()
    expect(home.get_by_role("heading", name="Sign in")).to_be_visible()
    home.goto(f"{live_server.url}/dashboard/orders/")
    expect(home.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_turn_appears_by_itself_and_its_trace_opens(home: Page):
    expect(home.get_by_text("Nobody has written yet")).to_be_visible()
    turn = factories.make_turn(factories.make_conversation(), "来两份不辣的两人晚餐", factories.dinner_reply())
    factories.make_steps(turn, *factories.food_steps(""))
    row = home.get_by_role("link", name="来两份不辣的两人晚餐")
    expect(row).to_be_visible(timeout=10_000)
    row.click()
    expect(home.locator("mark", has_text="不辣").first).to_be_visible()
    expect(home.locator("s", has_text="江浙菜")).to_be_visible()
    expect(home.get_by_text("清蒸鲈鱼双人餐")).to_be_visible()


def test_a_list_that_is_paused_stays_as_it_is(home: Page, live_server):
    conversation = factories.make_conversation()
    factories.make_turn(conversation, "first")
    home.goto(f"{live_server.url}/dashboard/conversations/")
    expect(home.get_by_role("link", name="first")).to_be_visible()
    home.get_by_role("button", name="Pause").click()
    expect(home.get_by_text("paused")).to_be_visible()
    factories.make_turn(conversation, "second")
    home.wait_for_timeout(4000)  # longer than a live list takes
    expect(home.get_by_role("link", name="second")).to_have_count(0)
    home.get_by_role("button", name="Pause").click()
    expect(home.get_by_role("link", name="second")).to_be_visible(timeout=2500)  # at once, not after 3 seconds


def test_a_new_row_is_marked_for_a_while(home: Page, live_server):
    home.goto(f"{live_server.url}/dashboard/orders/")
    person = factories.make_person()
    order = factories.make_order(person)
    row = home.locator(f'tr[data-key="{order.number}"]')
    expect(row).to_have_class("new", timeout=10_000)
    expect(row).not_to_have_class("new", timeout=10_000)


def test_a_scenario_is_switched_without_leaving_the_page(home: Page, live_server):
    home.goto(f"{live_server.url}/dashboard/integrations/")
    address = home.url
    switch = home.locator("#switch-food")
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(switch).to_be_focused()
    assert "food" not in {scenario.name for scenario in registry.enabled_scenarios()}
    switch.press("Enter")
    expect(switch).to_have_attribute("aria-checked", "true")
    assert "food" in {scenario.name for scenario in registry.enabled_scenarios()}
    assert home.url == address


def test_filters_are_in_the_address(home: Page, live_server):
    factories.make_turn(factories.make_conversation(factories.make_person("Priya")), "noodles")
    factories.make_turn(factories.make_conversation(factories.make_person("Other")), "soup", state=Turn.State.FAILED)
    home.goto(f"{live_server.url}/dashboard/conversations/")
    home.locator("#q").fill("noodl")
    expect(home.get_by_role("link", name="soup")).to_have_count(0)
    expect(home.get_by_role("link", name="noodles")).to_be_visible()
    home.wait_for_url("**q=noodl*")
    home.reload()
    expect(home.locator("#q")).to_have_value("noodl")
    expect(home.get_by_role("link", name="noodles")).to_be_visible()


def test_the_slash_key_and_a_number_lead_to_an_order(home: Page):
    order = factories.make_order(factories.make_person())
    home.keyboard.press("/")
    home.keyboard.type(order.number.lower())
    home.keyboard.press("Enter")
    expect(home.get_by_role("heading", name="Steamed bass for two")).to_be_visible()


def test_language_and_theme_are_switched_and_kept(home: Page, live_server):
    home.get_by_role("button", name="切换到中文").click()
    expect(home.locator("html")).to_have_attribute("lang", "zh-CN")
    home.locator("[data-theme-switch]").click()
    theme = home.locator("html").get_attribute("data-theme")
    home.goto(f"{live_server.url}/dashboard/orders/")
    expect(home.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(home.locator("html")).to_have_attribute("data-theme", str(theme))


def test_on_a_phone_nothing_sticks_out_and_everything_is_reached(home: Page, live_server):
    home.set_viewport_size(PHONE)
    turn = factories.make_turn(factories.make_conversation(), "来两份不辣的两人晚餐", factories.dinner_reply())
    factories.make_steps(turn, *factories.food_steps(""))
    order = factories.make_order(turn.person, refund="18.00")
    for address in (
        "", "conversations/", f"conversations/{turn.conversation.public_id}/", "orders/", f"orders/{order.number}/",
        "integrations/", "integrations/connections/new/telegram/", "integrations/connections/sandbox/",
    ):  # fmt: skip
        home.goto(f"{live_server.url}/dashboard/{address}")
        assert home.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
    home.get_by_role("button", name="More").click()
    expect(home.locator("#more").get_by_role("button", name="Sign out")).to_be_visible()


def test_a_server_that_is_gone_is_said(home: Page):
    home.route("**/dashboard/?days=1", lambda route: route.abort())
    expect(home.get_by_text("No answer from the server")).to_be_visible(timeout=10_000)
    home.unroute("**/dashboard/?days=1")
    expect(home.get_by_text("No answer from the server")).to_be_hidden(timeout=10_000)
    home.wrong.clear()  # the console has said so too
