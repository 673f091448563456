"""A stage for the chat page: a live server, a browser, and a stand-in for the workers that answers."""

import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from assistant.channels.web.push import message_json, push
from assistant.models import Conversation, Message, Turn, Update

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")


class Server:
    """The web process on a port of its own; it can go away and come back."""

    def __init__(self) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        from assistant.project.asgi import application

        config = uvicorn.Config(
            application, port=self.port, log_level="error", timeout_graceful_shutdown=1, lifespan="off"
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        wait_for(lambda: self.server.started)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        assert not self.thread.is_alive()


class Worker:
    """Answers what the page said, the way the workers do: rows first, then what pages are told."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1)

    def run(self, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.pool.submit(act, *args, **kwargs).result(20)

    def updates(self) -> list[Update]:
        return self.run(lambda: list(Update.objects.order_by("id")))

    def conversation(self) -> Conversation:
        return self.run(lambda: Conversation.objects.select_related("person").latest("id"))

    def push(self, conversation: Conversation, **data: Any) -> None:
        self.run(push, conversation.public_id, data)

    def take(self, update: Update, *, tell: bool = True) -> Message:
        """Make the message of an update, and show it."""

        def act() -> Message:
            payload = update.payload
            conversation = Conversation.objects.get(external_id=payload["chat"])
            message = Message.objects.create(
                conversation=conversation,
                direction="in",
                text=payload.get("text", ""),
                content=payload,
                client_id=payload["client_id"],
            )
            if tell:
                push(conversation.public_id, message_json(message))
            return message

        return self.run(act)

    def say(
        self, conversation: Conversation, reply: dict[str, Any], *, tell: bool = True, turn: Turn | None = None
    ) -> Message:
        def act() -> Message:
            text = reply.get("text", "")
            message = Message.objects.create(
                conversation=conversation, direction="out", text=text, content=reply, turn=turn
            )
            if tell:
                push(conversation.public_id, message_json(message))
            return message

        return self.run(act)

    def close(self) -> None:
        from django.db import connections

        self.run(connections.close_all)
        self.pool.shutdown()


def wait_for(true: Callable[[], Any], seconds: float = 15) -> Any:
    end = time.monotonic() + seconds
    while not (value := true()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
    return value


@pytest.fixture
def worker(transactional_db: None) -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def server(valkey: Any, transactional_db: None) -> Iterator[Server]:
    server = Server()
    yield server
    if server.thread.is_alive():
        server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip("needs a Chromium")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop running in this thread
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Any, server: Server) -> Iterator[Callable[..., Any]]:
    contexts, errors = [], []

    def open_page(
        path: str = "/", *, locale: str = "zh-CN", width: int = 1440, height: int = 900, **options: Any
    ) -> Any:
        context = browser.new_context(locale=locale, viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(server.url + path)
        sync_api.expect(page.locator("#health")).to_have_text(re.compile("只能搜索|Only search"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def say(page: Any, text: str) -> None:
    page.fill("#say", text)
    page.press("#say", "Enter")


def mine(page: Any) -> list[str]:
    return page.locator(".msg--me .say").all_inner_texts()
