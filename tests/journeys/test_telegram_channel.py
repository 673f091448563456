"""Telegram's messages in, against the stand-in: whatever is delivered twice is stored once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connections
from django.utils import timezone

from assistant.channels.telegram import channel as telegram
from assistant.models import Update
from assistant.tasks import relay_polling
from integrations.models import Connection
from tests.standins.relay import Running, stored, telegram_connection, until
from tests.standins.telegram import Telegram

pytestmark = pytest.mark.django_db(transaction=True)
CHAT = 77


@pytest.fixture
def server(settings: Any) -> Iterator[Telegram]:
    with Telegram(token="4242:stand-in-token") as running:
        settings.TELEGRAM_BASE_URL = running.base_url
        yield running


@pytest.fixture
def connection(server: Telegram) -> Connection:
    return telegram_connection(server.token)


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, with shorter waits."""
    monkeypatch.setattr(relay_polling, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(relay_polling, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr("assistant.tasks.relay_edits.PAUSE_SECONDS", 0.3)


@pytest.fixture
def running(valkey: Any, brisk: None, connection: Connection) -> Iterator[Running]:
    with Running() as started:
        yield started


def test_what_is_delivered_twice_is_stored_once(server: Telegram, running: Running, valkey: Any) -> None:
    server.say(CHAT, "点一份晚餐")
    server.say(CHAT, "不要辣")
    until(lambda: stored() == ["点一份晚餐", "不要辣"])
    server.wait(lambda: len(server.confirmed) == 2)
    server.redeliver()
    server.say(CHAT, "算了")
    server.wait(lambda: len(server.confirmed) == 3)
    assert stored() == ["点一份晚餐", "不要辣", "算了"]
    assert valkey.llen("rq:queue:turns") == 3


def test_nothing_is_confirmed_before_it_is_stored(
    server: Telegram, valkey: Any, brisk: None, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, refusals = relay_polling.receive, []

    def busy(*args: Any, **about: Any) -> Update:
        if len(refusals) < 2:
            refusals.append(len(server.confirmed))
            raise OperationalError("database is locked")
        return receive(*args, **about)

    monkeypatch.setattr(relay_polling, "receive", busy)
    server.say(CHAT, "你好")
    with Running():
        server.wait(lambda: len(server.confirmed) == 1)
    assert refusals == [0, 0]
    assert stored() == ["你好"]


def test_old_offsets_are_not_kept(server: Telegram, running: Running) -> None:
    """After a week of silence Telegram may number updates anew, lower than before."""
    server.longest_poll = 0.5
    server.say(CHAT, "一")
    server.wait(lambda: len(server.confirmed) == 1)
    server.longest_poll = 0.1
    polls = server.poll
    server.wait(lambda: server.poll > polls + 2)
    server.next_update = 1000
    server.say(CHAT, "二")
    until(lambda: stored() == ["一", "二"])


def test_the_operator_switches_it_off_and_on(server: Telegram, running: Running, connection: Connection) -> None:
    server.wait(lambda: server.poll)
    Connection.objects.filter(pk=connection.pk).update(enabled=False)
    time.sleep(0.5)
    polls = server.poll
    server.say(CHAT, "有人吗")
    time.sleep(0.3)
    assert (server.poll, stored()) == (polls, [])
    Connection.objects.filter(pk=connection.pk).update(enabled=True)
    until(lambda: stored() == ["有人吗"])


def test_a_forgotten_webhook_does_not_keep_it_from_polling(
    server: Telegram, valkey: Any, brisk: None, connection: Connection
) -> None:
    server.webhook = "https://old.example.com/"
    with Running():
        server.say(CHAT, "你好")
        until(lambda: stored() == ["你好"])


def test_a_webhook_that_is_set_ends_polling(server: Telegram, running: Running, connection: Connection) -> None:
    server.wait(lambda: server.poll)
    connection.refresh_from_db()
    telegram.set_webhook(connection, "https://banshi.example.com/hooks/telegram/x/")
    time.sleep(1)
    assert server.webhook == "https://banshi.example.com/hooks/telegram/x/"
    assert Connection.objects.get(pk=connection.pk).config["mode"] == "webhook"


def test_a_wrong_token_is_said_and_a_right_one_taken(
    server: Telegram, running: Running, connection: Connection
) -> None:
    connection.credentials = {"token": "4242:of-another-bot", "secret": "x"}
    connection.save()

    def health() -> dict[str, Any]:
        return Connection.objects.get(pk=connection.pk).health

    until(lambda: health().get("state") == "failing")
    assert "@BotFather" in health()["detail"]
    assert "4242:" not in json.dumps(health())
    connection.credentials = {"token": server.token, "secret": "x"}
    connection.save(update_fields=["credentials"])
    until(lambda: health()["state"] == "ok")
    server.say(CHAT, "你好")
    until(lambda: stored() == ["你好"])


def test_a_webhook_delivers_once_though_sent_again(
    server: Telegram, valkey: Any, connection: Connection, live_server: Any
) -> None:
    server.duplicates = 1
    telegram.set_webhook(connection, f"{live_server.url}/hooks/telegram/{connection.public_id}/")
    server.say(CHAT, "你好")
    server.wait(lambda: len(server.confirmed) == 1)
    server.secret = "another"
    server.say(CHAT, "冒名的")
    server.wait(lambda: "403" in server.last_error)
    assert stored() == ["你好"]


# The process


def test_sigterm_ends_it(valkey: Any) -> None:
    environment = os.environ | {"LOG_LEVEL": "INFO"}
    if connections["default"].vendor == "sqlite":
        environment["DATABASE_URL"] = f"sqlite:///{connections['default'].settings_dict['NAME']}"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "relay"],
        cwd=django_settings.BASE_DIR,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        key = until(lambda: valkey.keys(f"banshi:process:relay:{process.pid}"), 60)
        beat = json.loads(valkey.get(key[0]))
        assert beat["name"] == "relay"
        assert abs(beat["at"] - timezone.now().timestamp()) < 30
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "relay ended" in errors
