"""Guests and what their pages hold, for tests."""

import json
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assistant.models import Conversation
from integrations.models import City, Location, Merchant


def visit(language: str = "zh-CN") -> tuple[Client, Conversation]:
    """A new guest, and the conversation they see."""
    client = Client(headers={"accept-language": language})
    response = client.get("/")
    return client, Conversation.objects.get(public_id=config(response)["conversation"])


def config(response: Any) -> dict[str, Any]:
    found = re.search(
        r'<script id="chat-config" type="application/json">(.*?)</script>', response.content.decode(), re.S
    )
    assert found
    return json.loads(found[1])


def upload(client: Client, conversation: Conversation, name: str = "表.csv", body: bytes = b"a,b") -> Any:
    return client.post(f"/c/{conversation.public_id}/files/", {"file": SimpleUploadedFile(name, body)})


def catalogue() -> None:
    """A metro stop and a restaurant that share a name."""
    city = City.objects.create(slug="shanghai", name_zh="上海", name_en="Shanghai", lat=31.2, lng=121.4)
    common = {"city": city, "lat": 31.22, "lng": 121.44}
    Location.objects.create(external_id="1", name_zh="静安寺", name_en="Jing’an Temple", kind="metro", **common)
    Merchant.objects.create(
        external_id="1",
        name_zh="江南小灶静安店",
        name_en="Jiangnan",
        kind="restaurant",
        address_zh="南京西路 1 号",
        address_en="1 Road",
        **common,
    )
