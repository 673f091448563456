"""Calls of Telegram's Bot API (https://core.telegram.org/bots/api) over one pooled HTTP client."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
from django.conf import settings

from assistant.channels.base import ChannelError

TIMEOUT = httpx.Timeout(12, connect=5)  # seconds of silence, not of the whole call
# The same request will be refused again; other codes (401 wrong token, 409 conflict, 5xx) can pass.
BAD_REQUEST, FORBIDDEN = 400, 403
PERMANENT_CODES = (BAD_REQUEST, FORBIDDEN)


class BotError(ChannelError):
    """Telegram refused a call; `code` and `description` are its own."""

    def __init__(self, code: int, description: str, *, retry_after: float | None = None) -> None:
        super().__init__(description, permanent=code in PERMANENT_CODES, retry_after=retry_after)
        self.code = code
        self.description = description


@cache
def client() -> httpx.Client:
    """Return this process's client; connections are kept and shared between threads."""
    return httpx.Client(timeout=TIMEOUT, limits=httpx.Limits(max_connections=50, keepalive_expiry=60))


def address(token: str, method: str) -> str:
    """Return where `method` is called. It holds the token: never log it."""
    return f"{settings.TELEGRAM_BASE_URL.rstrip('/')}/bot{token}/{method}"


def call(token: str, method: str, *, files: Mapping[str, bytes] | None = None, **params: Any) -> Any:
    """Call `method` and return its result; raise `BotError` where Telegram refuses, else `ChannelError`.

    Parameters that are None are left out. `files` (name to bytes) are referred to as `attach://<name>`.
    """
    given = {name: value for name, value in params.items() if value is not None}
    try:
        if files:
            fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
            response = client().post(
                address(token, method), data=fields, files={name: (name, body) for name, body in files.items()}
            )
        else:
            response = client().post(address(token, method), json=given)
    except httpx.HTTPError as error:
        raise unreachable(error) from None  # httpx's own text may hold the address, and so the token
    return result(response)


def download(token: str, path: str, limit: int) -> bytes:
    """Return a file that `getFile` named; raise `ChannelError`, also where it is larger than `limit` bytes."""
    url = f"{settings.TELEGRAM_BASE_URL.rstrip('/')}/file/bot{token}/{path}"
    body = bytearray()
    try:
        with client().stream("GET", url) as response:
            if response.status_code != httpx.codes.OK:
                raise BotError(response.status_code, f"Telegram gave no file ({response.status_code})")
            for piece in response.iter_bytes():
                body += piece
                if len(body) > limit:
                    raise ChannelError("The file is larger than allowed", permanent=True)
    except httpx.HTTPError as error:
        raise unreachable(error) from None
    return bytes(body)


def result(response: httpx.Response) -> Any:
    """Return what a call gave; raise `BotError` or `ChannelError`."""
    try:
        answer = response.json()
    except ValueError:
        raise ChannelError(f"Telegram answered {response.status_code} without JSON") from None
    if not isinstance(answer, dict):
        raise ChannelError(f"Telegram answered {response.status_code} with something unknown")
    if answer.get("ok"):
        return answer.get("result")
    parameters = answer.get("parameters") or {}
    raise BotError(
        int(answer.get("error_code") or response.status_code),
        str(answer.get("description") or "no reason given"),
        retry_after=parameters.get("retry_after"),
    )


def unreachable(error: httpx.HTTPError) -> ChannelError:
    """Return the error for a network failure, without the address."""
    return ChannelError(f"Telegram was not reached ({type(error).__name__})")
