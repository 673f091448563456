"""Switching scenarios and connections, and connecting a bot."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from assistant.channels.base import ChannelError
from assistant.channels.telegram import api
from dashboard import factories
from dashboard.pages.integrations import setup
from integrations import registry
from integrations.models import Connection, ScenarioSwitch

pytestmark = pytest.mark.django_db
TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz0123456"
OTHER = "123456789:BBabcdefghijklmnopqrstuvwxyz0123456"
NEW = "/dashboard/integrations/connections/new/telegram/"


def read(client: Client, address: str = "/dashboard/integrations/", **query) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def telegram(monkeypatch):
    """Telegram's answers: what was called, and what to refuse."""

    class Telegram:
        calls: list[tuple[str, str, dict]] = []
        refuse = ""

        def call(self, token, method, **params):
            self.calls.append((token, method, params))
            if self.refuse:
                raise ChannelError(self.refuse)
            return {"id": 123456789, "username": "office_bot"} if method == "getMe" else True

    stand_in = Telegram()
    stand_in.calls = []
    monkeypatch.setattr(api, "call", stand_in.call)
    return stand_in


def offered() -> set[str]:
    return {scenario.name for scenario in registry.enabled_scenarios()}


class TestScenarios:
    def test_each_is_listed_with_its_tools(self, staff: Client):
        page = read(staff)
        for scenario in registry.SCENARIOS:
            assert f'id="scenario-{scenario.name}"' in page
            for tool in scenario.tools:
                assert tool.name in page

    def test_calls_of_the_last_day_are_summed_up(self, staff: Client):
        for i in range(20):
            factories.make_call(milliseconds=10 * (i + 1), ok=i != 3, error="invalid input" if i == 3 else "")
        page = read(staff)
        assert "95.0%" in page
        assert "190 ms" in page
        assert "last failure: what was asked for cannot be" in page

    def test_it_is_switched_off_for_the_next_turn_and_on_again(self, staff: Client, staff_user):
        address = "/dashboard/integrations/scenarios/food/"
        assert staff.post(address, {"enabled": "off"}).status_code == 302
        assert "food" not in offered()
        assert "Zhou Lan switched" in read(staff)
        staff.post(address, {"enabled": "on"})
        assert "food" in offered()
        assert LogEntry.objects.filter(user=staff_user).count() == 2

    def test_by_htmx_its_row_comes_back(self, staff: Client):
        headers = {"HX-Request": "true"}
        response = staff.post("/dashboard/integrations/scenarios/food/", {"enabled": "off"}, headers=headers)
        page = response.content.decode()
        assert page.lstrip().startswith("<article")
        assert 'aria-checked="false"' in page
        assert "off from the next turn" in page

    def test_one_there_is_none_of_is_refused(self, staff: Client):
        assert staff.post("/dashboard/integrations/scenarios/nosuch/", {"enabled": "off"}).status_code == 404
        assert staff.post("/dashboard/integrations/scenarios/food/", {"enabled": "x"}).status_code == 400
        assert staff.get("/dashboard/integrations/scenarios/food/").status_code == 405
        assert not ScenarioSwitch.objects.exists()

    @pytest.mark.parametrize("many", [1, 200])
    def test_the_number_of_queries_does_not_grow(self, staff: Client, django_assert_num_queries, many):
        setup.connections()
        for _i in range(many):
            factories.make_call()
        read(staff)  # content types are looked up once
        with django_assert_num_queries(12):
            read(staff)


class TestConnections:
    def test_the_built_in_ones_are_there(self, staff: Client):
        page = read(staff)
        assert "Web chat" in page
        assert "Sandbox" in page
        assert set(Connection.objects.values_list("kind", flat=True)) == {"web", "sandbox"}

    def test_one_is_switched_off_and_on(self, staff: Client):
        read(staff)
        address = "/dashboard/integrations/connections/sandbox/switch/"
        response = staff.post(address, {"enabled": "off"}, headers={"HX-Request": "true"})
        assert 'aria-checked="false"' in response.content.decode()
        assert not Connection.objects.get(kind="sandbox").enabled
        staff.post(address, {"enabled": "on"})
        assert Connection.objects.get(kind="sandbox").enabled
        assert staff.post(address, {"enabled": "maybe"}).status_code == 400

    def test_the_sandbox_is_set_to_make_trouble(self, staff: Client):
        read(staff)
        address = "/dashboard/integrations/connections/sandbox/"
        staff.post(address, {"payments": "decline", "orders": "accept"})
        assert Connection.objects.get(kind="sandbox").config == {"payments": "decline", "orders": "accept"}
        assert "changed the set-up" in read(staff, address)
        assert staff.post(address, {"payments": "steal", "orders": "accept"}).status_code == 422
        assert Connection.objects.get(kind="sandbox").config["payments"] == "decline"

    def test_the_web_chat_has_nothing_to_set_up(self, staff: Client):
        read(staff)
        assert "There is nothing to set up" in read(staff, "/dashboard/integrations/connections/web/")

    def test_one_that_is_not_there(self, staff: Client):
        assert staff.get("/dashboard/integrations/connections/nosuch/").status_code == 404
        assert staff.get("/dashboard/integrations/connections/new/fax/").status_code == 404


class TestTelegram:
    def connect(
        self, client: Client, token: str = TOKEN, mode: str = "polling", title: str = "Office bot", address: str = NEW
    ):
        return client.post(address, {"title": title, "token": token, "mode": mode}, follow=True)

    def test_a_bot_is_connected_and_its_token_never_shown(self, staff: Client, telegram):
        page = self.connect(staff).content.decode()
        assert "Telegram knows the bot as @office_bot" in page
        row = Connection.objects.get(kind="telegram")
        assert row.credentials["token"] == TOKEN
        assert len(row.credentials["secret"]) > 30
        assert (row.health["state"], row.config["mode"], row.credentials_set_by) == ("ok", "polling", "Zhou Lan")
        assert telegram.calls == [(TOKEN, "getMe", {})]
        shown = page + read(staff) + read(staff, f"/dashboard/integrations/connections/{row.public_id}/")
        assert TOKEN not in shown
        assert row.credentials["secret"] not in shown
        assert TOKEN not in "".join(LogEntry.objects.values_list("change_message", flat=True))
        assert "Set by Zhou Lan" in shown

    def test_it_is_kept_encrypted(self, staff: Client, telegram, django_db_blocker):
        self.connect(staff)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT credentials FROM integrations_connection WHERE kind = 'telegram'")
            stored = cursor.fetchone()[0]
        assert "AAabc" not in stored
        assert stored.startswith("gAAAA")

    @pytest.mark.parametrize(
        "token", ["", "x", "123456789", TOKEN[:20], f"{TOKEN}\n{TOKEN}", "12345:ÄÄabcdefghijklmnopqrstuvwxyz0123456"]
    )
    def test_what_is_no_token_is_refused(self, staff: Client, telegram, token):
        response = self.connect(staff, token)
        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.content.decode()
        assert not Connection.objects.filter(kind="telegram").exists()
        assert telegram.calls == []

    def test_what_was_pasted_is_not_given_back(self, staff: Client, telegram):
        assert "not-a-token-but-secret" not in self.connect(staff, "not-a-token-but-secret").content.decode()

    def test_the_same_bot_is_not_connected_twice(self, staff: Client, telegram):
        self.connect(staff)
        page = self.connect(staff, OTHER, title="Again").content.decode()
        assert "This bot is connected already, as “Office bot”." in page

    def test_a_token_is_replaced_with_a_new_secret(self, staff: Client, telegram):
        self.connect(staff)
        row = Connection.objects.get(kind="telegram")
        address = f"/dashboard/integrations/connections/{row.public_id}/"
        assert 'name="token"' not in read(staff, address)
        assert 'name="token"' in read(staff, address, replace="")
        self.connect(staff, OTHER, address=address)
        changed = Connection.objects.get(kind="telegram")
        assert changed.credentials["token"] == OTHER
        assert changed.credentials["secret"] != row.credentials["secret"]
        assert "replaced the token of Office bot" in read(staff, address)

    def test_without_a_new_token_the_old_one_stays(self, staff: Client, telegram):
        self.connect(staff)
        row = Connection.objects.get(kind="telegram")
        self.connect(staff, "", title="Renamed", address=f"/dashboard/integrations/connections/{row.public_id}/")
        changed = Connection.objects.get(kind="telegram")
        assert (changed.title, changed.credentials) == ("Renamed", row.credentials)

    def test_a_webhook_needs_a_public_address(self, staff: Client, telegram, settings):
        settings.PUBLIC_URL = ""
        response = self.connect(staff, mode="webhook")
        assert response.status_code == 422
        assert "set PUBLIC_URL to the https address" in response.content.decode()

    def test_a_webhook_is_told_to_telegram(self, staff: Client, telegram, settings):
        settings.PUBLIC_URL = "https://banshi.example.org"
        page = self.connect(staff, mode="webhook").content.decode()
        row = Connection.objects.get(kind="telegram")
        address = f"https://banshi.example.org/hooks/telegram/{row.public_id}/"
        assert address in page
        assert row.config["mode"] == "webhook"
        token, method, params = telegram.calls[-1]
        assert (token, method, params["url"], params["secret_token"]) == (
            TOKEN,
            "setWebhook",
            address,
            row.credentials["secret"],
        )

    def test_going_back_to_polling_takes_the_webhook_away(self, staff: Client, telegram, settings):
        settings.PUBLIC_URL = "https://banshi.example.org"
        self.connect(staff, mode="webhook")
        row = Connection.objects.get(kind="telegram")
        self.connect(staff, "", address=f"/dashboard/integrations/connections/{row.public_id}/")
        assert Connection.objects.get(kind="telegram").config["mode"] == "polling"
        assert telegram.calls[-1][1] == "deleteWebhook"

    def test_a_token_that_telegram_refuses_is_kept_and_marked(self, staff: Client, telegram):
        telegram.refuse = "Unauthorized"
        page = self.connect(staff).content.decode()
        assert "It is saved, but Telegram does not accept it: Unauthorized" in page
        assert Connection.objects.get(kind="telegram").health["state"] == "failing"
        assert "count--bad" in page

    def test_it_is_checked_on_demand(self, staff: Client, telegram):
        self.connect(staff)
        row = Connection.objects.get(kind="telegram")
        address = f"/dashboard/integrations/connections/{row.public_id}/check/"
        assert "It works." in staff.post(address, follow=True).content.decode()
        telegram.refuse = "Unauthorized"
        assert "Telegram does not accept it: Unauthorized" in staff.post(address, follow=True).content.decode()
        assert staff.get(address).status_code == 405
        assert staff.post("/dashboard/integrations/connections/web/check/").status_code == 404
