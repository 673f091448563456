"""The websocket: what pages may say, what they are told, and who is let in."""

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter
from django.test import Client
from django.utils import timezone

from assistant.channels.web.push import push
from assistant.models import Conversation, Identity, Message, Turn, Update
from assistant.web.live import socket
from assistant.web.live.rate import Bucket
from assistant.web.routing import websocket_urlpatterns
from tests.guests import upload, visit

pytestmark = pytest.mark.django_db(transaction=True)  # channels closes connections between frames
ID = "0123456789abcdef"


class Page:
    """One open page. Use inside `scene`."""

    def __init__(self, client: Client, conversation: Conversation, **headers: str) -> None:
        cookies = "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
        sent = {
            "host": "testserver",
            "origin": "http://testserver",
            "cookie": cookies,
            "accept-language": "zh",
        } | headers
        encoded = [(key.encode(), value.encode()) for key, value in sent.items()]
        path = f"/ws/c/{conversation.public_id}/"
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": encoded, "subprotocols": []}
        self.wire = ApplicationCommunicator(URLRouter(websocket_urlpatterns), scope)

    async def open(self) -> bool:
        await self.wire.send_input({"type": "websocket.connect"})
        return (await self.wire.receive_output(5))["type"] == "websocket.accept"

    async def send(self, text: str) -> None:
        await self.wire.send_input({"type": "websocket.receive", "text": text})

    async def ask(self, **frame: Any) -> dict[str, Any]:
        await self.send(json.dumps(frame))
        return await self.hear()

    async def hear(self) -> dict[str, Any]:
        return json.loads((await self.wire.receive_output(5))["text"])

    async def close(self) -> None:
        await self.wire.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wire.wait(5)


def scene(client: Client, conversation: Conversation, act: Any, **headers: str) -> Any:
    """Open a page, hear the engine's health, run `act(page)`, close it."""

    async def run() -> Any:
        page = Page(client, conversation, **headers)
        assert await page.open()
        assert (await page.hear())["type"] == "engine"
        result = await act(page)
        await page.close()
        return result

    return async_to_sync(run)()


def test_what_is_said_is_stored_and_acknowledged_once(valkey: Any) -> None:
    client, conversation = visit()

    async def act(page: Page) -> list[dict[str, Any]]:
        return [await page.ask(type="say", client_id=ID, text=" 你好 ") for _ in range(2)]

    first, second = scene(client, conversation, act)
    update = Update.objects.get()
    assert first == second == {"type": "ack", "client_id": ID, "id": update.pk}
    identity = Identity.objects.get()
    chat = {"user": identity.external_id, "chat": conversation.external_id}
    assert update.payload == chat | {"language": "zh-hans", "text": "你好", "client_id": ID}


def test_two_people_may_use_the_same_id(valkey: Any) -> None:
    async def act(page: Page) -> dict[str, Any]:
        return await page.ask(type="say", client_id=ID, text="好")

    assert [scene(*visit(), act)["type"] for _ in range(2)] == ["ack", "ack"]
    assert Update.objects.count() == 2


def test_a_button_a_pin_and_a_file_are_stored(valkey: Any) -> None:
    client, conversation = visit()
    file = upload(client, conversation).json()["id"]
    pin = {"lat": 31.2, "lng": 121.4, "name": "静安寺"}

    async def act(page: Page) -> None:
        await page.ask(type="act", client_id=ID + "1", action="abc_-")
        await page.ask(type="say", client_id=ID + "2", pin=pin, files=[file, file])

    scene(client, conversation, act)
    pressed, sent = Update.objects.order_by("id")
    assert pressed.payload["action"] == "abc_-"
    assert sent.payload["pin"] == pin
    assert [row["attachment"] for row in sent.payload["files"]] == [file]


def test_what_is_not_taken_is_said_in_the_persons_language(valkey: Any, settings: Any) -> None:
    client, conversation = visit()
    stranger, elsewhere = visit()
    foreign = upload(stranger, elsewhere).json()["id"]

    async def act(page: Page) -> list[str]:
        frames: list[dict[str, Any]] = [
            {"type": "say", "client_id": ID, "text": "长" * (settings.MAX_MESSAGE_CHARS + 1)},
            {"type": "say", "client_id": ID, "text": "长" * 40_000},
            {"type": "say", "client_id": ID, "text": "  "},
            {"type": "say", "client_id": ID, "files": [foreign]},
            {"type": "say", "client_id": "short"},
            {"type": "say", "client_id": ID, "pin": {"lat": 200, "lng": 0}},
            {"type": "act", "client_id": ID, "action": "' OR 1=1"},
            {"type": "shout"},
        ]
        answers = [await page.ask(**frame) for frame in frames]
        await page.send("no json")
        answers.append(await page.hear())
        assert {answer["type"] for answer in answers} == {"error"}
        return [answer["text"] for answer in answers]

    texts = scene(client, conversation, act)
    assert texts[:4] == [
        "超过 4000 个字了，分几次发，或者存成文件发。",
        "超过 4000 个字了，分几次发，或者存成文件发。",
        "消息还是空的。",
        "消息里有个文件不在了，请重新添加再发。",
    ]
    assert set(texts[4:]) == {"页面和服务器对不上，请刷新页面。"}
    assert not Update.objects.exists()


def test_somebody_elses_conversation_is_closed_at_once(valkey: Any) -> None:
    _, conversation = visit()
    other, _ = visit()

    async def run() -> dict[str, Any]:
        page = Page(other, conversation)
        await page.open()
        return await page.wire.receive_output(5)

    assert async_to_sync(run)() == {"type": "websocket.close", "code": socket.NOT_YOURS}


@pytest.mark.parametrize("origin", ["http://evil.example", "http://testserver:8000", "null", ""])
def test_a_page_of_another_site_is_refused(valkey: Any, origin: str) -> None:
    client, conversation = visit()
    assert async_to_sync(Page(client, conversation, origin=origin).open)() is False


def test_the_public_address_is_our_own_site(settings: Any) -> None:
    settings.PUBLIC_URL = "https://banshi.example"
    assert socket.same_origin({"origin": "https://banshi.example", "host": "web:8000"})


def test_a_flood_of_frames_is_slowed_down(valkey: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(socket, "FRAMES_AT_ONCE", 3.0)
    monkeypatch.setattr(socket, "FRAMES_PER_SECOND", 0.001)

    async def act(page: Page) -> list[str]:
        frames = [{"type": "say", "client_id": f"{ID}{number}", "text": "好"} for number in range(5)]
        return [(await page.ask(**frame))["type"] for frame in frames]

    assert scene(*visit(), act) == ["ack"] * 3 + ["error"] * 2


def test_the_bucket_fills_again(time_machine: Any) -> None:
    bucket = Bucket(rate=1, burst=2)
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    bucket.at -= 1.5
    assert [bucket.take() for _ in range(2)] == [True, False]


def test_a_page_that_comes_back_hears_what_it_missed(valkey: Any) -> None:
    client, conversation = visit()
    rows = [Message.objects.create(conversation=conversation, direction="in", text=str(i)) for i in range(60)]
    Turn.objects.create(conversation=conversation, person=conversation.person, received_at=timezone.now())

    async def act(page: Page) -> tuple[list[int], dict[str, Any]]:
        heard = [await page.ask(type="resume", after=rows[4].pk)]
        while heard[-1]["type"] == "message":
            heard.append(await page.hear())
        return [row["id"] for row in heard[:-1]], heard[-1]

    ids, turn = scene(client, conversation, act)
    assert ids == [row.pk for row in rows[5:]]
    assert (turn["type"], turn["state"]) == ("turn", "working")


def test_what_tasks_publish_reaches_the_page_and_no_other(valkey: Any) -> None:
    client, conversation = visit()
    _, other = visit()

    async def act(page: Page) -> dict[str, Any]:
        await sync_to_async(push)(other.public_id, {"type": "doing", "text": "别人的"})
        await sync_to_async(push)(conversation.public_id, {"type": "doing", "text": "正在找"})
        return await page.hear()

    assert scene(client, conversation, act) == {"type": "doing", "text": "正在找"}


def test_stop_stops_the_conversations_turn(valkey: Any, monkeypatch: Any) -> None:
    client, conversation = visit()
    stopped: list[int] = []
    monkeypatch.setattr("assistant.web.live.talk.turns.stop", stopped.append)

    async def act(page: Page) -> None:
        await page.send('{"type": "stop"}')
        await page.ask(type="say", client_id=ID, text="好")

    scene(client, conversation, act)
    assert stopped == [conversation.pk]
