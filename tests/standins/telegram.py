"""A stand-in for Telegram: its Bot API on loopback, and the people on the other side of it.

It is strict where the real one is: every `sendMessage` makes a new message, edits that change nothing are refused,
updates stay until they are confirmed, and a chat takes about one message a second. It deduplicates nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.standins import telegram_updates, telegram_webhook
from tests.standins.telegram_http import Handler, Server
from tests.standins.telegram_state import Chat, Sent


@dataclass(frozen=True)
class Call:
    """A call that came in."""

    method: str
    params: dict[str, Any]
    code: int
    at: float


@dataclass
class Fault:
    """What goes wrong at the next calls of a method."""

    method: str = ""
    code: int = 0
    description: str = ""
    retry_after: int | None = None
    delay: float = 0.0
    drop: bool = False  # done, but the answer is lost
    times: int = 0


class Telegram:
    """One bot, its chats, and a server on loopback. Use it as a context manager."""

    def __init__(
        self,
        *,
        token: str = "4242:stand-in-token",
        username: str = "banshi_bot",
        per_second: float = 1.0,
        burst: float = 20.0,  # messages a chat takes at once before it gets 429
        insecure_webhooks: bool = True,
        duplicates: int = 0,  # how many times more each webhook delivery is made
        retry_seconds: float = 0.05,
    ) -> None:
        self.token, self.username, self.bot_id = token, username, int(token.partition(":")[0])
        self.per_second, self.burst = per_second, burst
        self.insecure_webhooks, self.duplicates, self.retry_seconds = insecure_webhooks, duplicates, retry_seconds
        self.chats: dict[int, Chat] = {}
        self.pending: list[dict[str, Any]] = []
        self.confirmed: list[dict[str, Any]] = []
        self.allowed: set[str] = set()
        self.next_update = 700_000_001
        self.webhook = self.secret = self.last_error = ""
        self.last_error_at = 0.0
        self.poll = 0
        self.longest_poll = 50.0
        self.presses: dict[str, float] = {}
        self.answered: list[str] = []
        self.callback_seconds = 15.0
        self.files: dict[str, bytes] = {}
        self.no_pictures: set[int] = set()
        self.history: list[Call] = []
        self.faults: list[Fault] = []
        self.stopping = False
        self.changed = threading.Condition(threading.RLock())
        handler = type("BoundHandler", (Handler,), {"bot": self})
        self.server = Server(("127.0.0.1", 0), handler)
        self.threads = [
            threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True),
            threading.Thread(target=telegram_webhook.deliver, args=(self,), daemon=True),
        ]

    def __enter__(self) -> Telegram:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stopping = True
        with self.changed:
            self.changed.notify_all()
        self.server.shutdown()
        self.server.server_close()
        for thread in self.threads:
            thread.join(5)

    @property
    def base_url(self) -> str:
        """What `TELEGRAM_BASE_URL` is set to."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    # What people do

    def say(self, chat: int, text: str, **about: Any) -> int:
        """Somebody writes; returns the message id. `about`: user, name, language, group, reply_to."""
        return self._happen(chat, telegram_updates.text(self, text), **about)

    def send_location(self, chat: int, lat: float, lng: float, **about: Any) -> int:
        """Somebody shares a place."""
        return self._happen(chat, {"location": {"latitude": lat, "longitude": lng}}, **about)

    def send_document(self, chat: int, name: str, body: bytes, kind: str = "text/csv", **about: Any) -> int:
        """Somebody sends a file."""
        file_id = f"file-{len(self.files) + 1}"
        self.files[file_id] = body
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "mime_type": kind}
        return self._happen(chat, {"document": document | {"file_size": len(body)}}, **about)

    def press(self, chat: int, label: str, **about: Any) -> str:
        """Somebody presses the newest button with these words; returns the press's id."""
        with self.changed:
            for message in sorted(self.chats[chat].messages.values(), key=lambda sent: -sent.id):
                for button in (button for row in message.keyboard for button in row):
                    if button["text"] == label and "callback_data" in button:
                        query = telegram_updates.press(self, self.chats[chat], message, button, **about)
                        self.presses[query["id"]] = time.monotonic()
                        self.queue({"callback_query": query})
                        return str(query["id"])
        raise LookupError(f"no button {label!r} in chat {chat}")

    def block(self, chat: int, blocked: bool = True) -> None:
        """Somebody blocks the bot, or lets it in again."""
        self.chats[chat].blocked = blocked

    def delete(self, chat: int, message: int) -> None:
        """Somebody deletes a message."""
        del self.chats[chat].messages[message]

    def screen(self, chat: int) -> list[Sent]:
        """Return the chat's messages as they stand now, oldest first."""
        with self.changed:
            return [self.chats[chat].messages[key] for key in sorted(self.chats[chat].messages)]

    def answers(self, chat: int) -> list[Sent]:
        """Return the bot's messages as they stand now, oldest first."""
        return [sent for sent in self.screen(chat) if sent.mine]

    def wait(self, ready: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Return what `ready` gives once it is true; raise `TimeoutError`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := ready():
                return found
            with self.changed:
                self.changed.wait(0.02)
        raise TimeoutError(f"not within {seconds} s; calls: {[(call.method, call.code) for call in self.history[-8:]]}")

    # What goes wrong

    def fail(self, method: str, times: int = 1, **fault: Any) -> None:
        """Make the next calls of `method` go wrong (code, description, retry_after, delay, drop)."""
        self.faults.append(Fault(method=method.lower(), times=times, **fault))

    def redeliver(self) -> None:
        """Give every confirmed update again."""
        with self.changed:
            self.pending = self.confirmed + self.pending
            self.confirmed = []
            self.changed.notify_all()

    # For the server

    def fault_for(self, method: str) -> Fault:
        with self.changed:
            for fault in self.faults:
                if fault.method == method.lower() and fault.times > 0:
                    fault.times -= 1
                    return fault
        return Fault()

    def note(self, method: str, params: dict[str, Any], code: int) -> None:
        with self.changed:
            self.history.append(Call(method, {k: v for k, v in params.items() if k != "files"}, code, time.monotonic()))
            self.changed.notify_all()

    def queue(self, update: dict[str, Any]) -> None:
        with self.changed:
            kind = next(iter(update))
            if not self.allowed or kind in self.allowed:
                self.pending.append({"update_id": self.next_update, **update})
                self.next_update += 1
            self.changed.notify_all()

    def place(self, chat: Chat, *, mine: bool, content: dict[str, Any] | None = None, **shown: Any) -> Sent:
        """Put a message into a chat: always a new one."""
        with self.changed:
            message = Sent(chat.next_id, mine, content or {}, **shown)
            message.texts.append(message.text)
            chat.next_id += 1
            chat.messages[message.id] = message
            self.show(chat, message)
            self.changed.notify_all()
        return message

    def show(self, chat: Chat, message: Sent) -> dict[str, Any]:
        """Bring a message's payload up to date and return it."""
        message.payload = telegram_updates.payload(self, chat, message)
        return message.payload

    def _happen(self, chat_id: int, content: dict[str, Any], **about: Any) -> int:
        with self.changed:
            kind = "supergroup" if about.get("group") else "private"
            chat = self.chats.setdefault(chat_id, Chat(chat_id, kind))
            content = content | telegram_updates.about(self, chat, **about)
            message = self.place(chat, mine=False, content=content, text=str(content.get("text", "")))
            self.queue({"message": message.payload})
        return message.id
