"""Deliveries to a webhook: in order, again and again until it answers 2xx."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.standins.telegram import Telegram

LONGEST_PAUSE = 2.0


def deliver(bot: Telegram) -> None:
    """Deliver what is pending while a webhook is set; each update `duplicates` times more."""
    pause = bot.retry_seconds
    while not bot.stopping:
        with bot.changed:
            if not (bot.webhook and bot.pending):
                bot.changed.wait(0.2)
                continue
            update, url, secret = bot.pending[0], bot.webhook, bot.secret
        error = [post(url, secret, update) for _ in range(1 + bot.duplicates)][-1]
        with bot.changed:
            if not error:
                bot.pending = [waiting for waiting in bot.pending if waiting["update_id"] != update["update_id"]]
                bot.confirmed.append(update)
                pause = bot.retry_seconds
                bot.changed.notify_all()
                continue
            bot.last_error, bot.last_error_at = error, time.time()
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def post(url: str, secret: str, update: dict[str, Any]) -> str:
    """Deliver once; return what went wrong, in the words of getWebhookInfo."""
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    request = urllib.request.Request(url, data=json.dumps(update).encode(), headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10):
            return ""
    except urllib.error.HTTPError as error:
        return f"Wrong response from the webhook: {error.code} {error.reason}"
    except OSError:
        return "Connection refused"
