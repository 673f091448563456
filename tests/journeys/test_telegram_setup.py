"""Connecting a bot: its webhook, its name, and the command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assistant.channels.base import ChannelError
from assistant.channels.telegram import channel as telegram
from integrations.models import Connection
from tests.standins.telegram import Telegram

TOKEN = "4242:stand-in-token"


@pytest.fixture
def server(settings: Any) -> Iterator[Telegram]:
    with Telegram(token=TOKEN) as running:
        settings.TELEGRAM_BASE_URL = running.base_url
        running.say(1, "你好")
        yield running


# Setting up


@pytest.fixture
def saved(db: None) -> Connection:
    return Connection.objects.create(
        role="channel",
        kind="telegram",
        title="Telegram",
        config={"mode": "polling"},
        credentials={"token": TOKEN, "secret": "s3cret_-"},
    )


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
