"""The chat page, its files, places and websocket."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from assistant.channels.web.connection import web_connection
from assistant.models import Attachment, Conversation, Identity, Message, PendingAction
from assistant.web import files, health, people
from assistant.web.language import accepted_language
from integrations.models import Person, Place, Quote
from tests.guests import catalogue, config, upload, visit

pytestmark = pytest.mark.django_db


def test_a_first_visit_makes_a_guest_known_by_cookie() -> None:
    client = Client()
    response = client.get("/")
    cookie = response.cookies[people.COOKIE]
    assert response.status_code == 200
    assert (bool(cookie["httponly"]), cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 3600)
    client.get("/")
    assert Person.objects.filter(is_guest=True).count() == Identity.objects.count() == Conversation.objects.count() == 1


@pytest.mark.parametrize("value", ["", "forged", "forged:1xVYqC:bDe7roVGelgnT08n8kfkk2hR6_j1gLza-77PXPqZOQ4"])
def test_a_forged_cookie_is_nobody(value: str) -> None:
    _, conversation = visit()
    stranger = Client()
    stranger.cookies[people.COOKIE] = value
    assert stranger.get(f"/c/{conversation.public_id}/").status_code == 404
    stranger.get("/")
    assert Person.objects.count() == 2


def test_a_cookie_over_a_year_old_is_nobody(time_machine: Any) -> None:
    time_machine.move_to("2026-11-23")
    client, conversation = visit()
    time_machine.move_to("2027-11-22")
    assert client.get(f"/c/{conversation.public_id}/").status_code == 200
    value = client.cookies[people.COOKIE].value
    time_machine.move_to("2028-11-24")
    assert people.identity_of({people.COOKIE: value}) is None


@pytest.mark.parametrize("path", ["/c/{}/", "/c/{}/earlier/?before=5"])
def test_another_persons_conversation_is_not_there(path: str) -> None:
    _, conversation = visit()
    other, _ = visit()
    assert other.get(path.format(conversation.public_id)).status_code == 404
    assert Client().get(path.format(conversation.public_id)).status_code == 404


def test_a_closed_web_chat_says_so() -> None:
    connection = web_connection()
    connection.enabled = False
    connection.save()
    response = Client(headers={"accept-language": "en"}).get("/")
    assert response.status_code == 503
    assert "The web chat is closed" in response.content.decode()
    assert not Person.objects.exists()


def test_the_start_page_works_before_anything_was_said() -> None:
    client, conversation = visit()
    page = client.get(f"/c/{conversation.public_id}/").content.decode()
    assert page.count("data-say=") == 4
    assert "下单和付款，只在你点了确认之后发生" in page


def test_what_was_said_stands_in_the_page_and_cannot_leave_its_script() -> None:
    client, conversation = visit()
    Message.objects.create(
        conversation=conversation, direction="out", text="</script><b>", content={"text": "</script><b>"}
    )
    page = client.get("/")
    assert config(page)["messages"][0]["text"] == "</script><b>"
    assert "</script><b>" not in page.content.decode()


def test_the_newest_conversation_opens_first() -> None:
    client, conversation = visit()
    Conversation.objects.filter(pk=conversation.pk).update(title="晚餐", last_at=timezone.now() - timedelta(days=1))
    response = client.post("/c/")
    assert response.status_code == 302
    newer = Conversation.objects.latest("id")
    assert response.url == f"/c/{newer.public_id}/" != f"/c/{conversation.public_id}/"
    assert config(client.get("/"))["conversation"] == newer.public_id


def test_an_empty_conversation_is_used_again() -> None:
    client, conversation = visit()
    assert client.post("/c/").url == f"/c/{conversation.public_id}/"
    assert Conversation.objects.count() == 1


def test_the_list_is_grouped_by_day_and_marks_the_open_one() -> None:
    client, conversation = visit()
    person = conversation.person
    for number, days in enumerate((0, 3, 30)):
        row = Conversation.objects.create(
            connection=conversation.connection, person=person, external_id=str(number), title=f"第 {days} 天"
        )
        Conversation.objects.filter(pk=row.pk).update(last_at=timezone.now() - timedelta(days=days))
    page = client.get(f"/c/{conversation.public_id}/").content.decode()
    assert (
        page.index("第 0 天")
        < page.index("<h2>本周</h2>")
        < page.index("第 3 天")
        < page.index("<h2>更早</h2>")
        < page.index("第 30 天")
    )
    assert re.search(rf'href="/c/{conversation.public_id}/" aria-current="page"', page)


def test_a_long_list_costs_no_more_queries(django_assert_max_num_queries: Any) -> None:
    client, conversation = visit()
    for number in range(30):
        Conversation.objects.create(
            connection=conversation.connection, person=conversation.person, external_id=str(number), title=str(number)
        )
    for _ in range(20):
        Message.objects.create(conversation=conversation, direction="out", text="好", content={"text": "好"})
    with django_assert_max_num_queries(10):
        client.get(f"/c/{conversation.public_id}/")


def test_earlier_messages_come_in_pages() -> None:
    client, conversation = visit()
    rows = [Message.objects.create(conversation=conversation, direction="in", text=str(i)) for i in range(60)]
    shown = config(client.get("/"))
    assert (len(shown["messages"]), shown["more"]) == (50, True)
    earlier = client.get(f"/c/{conversation.public_id}/earlier/?before={shown['messages'][0]['id']}").json()
    assert ([row["id"] for row in earlier["messages"]], earlier["more"]) == ([row.pk for row in rows[:10]], False)


@pytest.mark.parametrize("before", ["", "x", "-1", "٣", "9" * 30])
def test_earlier_than_nothing_is_a_bad_request(before: str) -> None:
    client, conversation = visit()
    assert client.get(f"/c/{conversation.public_id}/earlier/", {"before": before}).status_code == 400


def test_a_quote_that_expired_gets_a_button_to_quote_again_once() -> None:
    client, conversation = visit()
    view = {
        "id": "q",
        "number": "Q-1",
        "title": "小灶",
        "lines": [],
        "sums": [],
        "total": {"amount": "1"},
        "expires_at": "2026-01-01T00:00:00Z",
    }
    row = Quote.objects.create(
        person=conversation.person, tool="food.pick", view=view, content_hash="h", total=1, expires_at=timezone.now()
    )
    Message.objects.create(conversation=conversation, direction="out", content={"quote": view | {"id": row.public_id}})
    first, second = (config(client.get("/"))["messages"][0]["reply"]["quote"]["actions"] for _ in range(2))
    pending = PendingAction.objects.get()
    assert [action["id"] for action in first + second] == [pending.public_id] * 2
    assert pending.action["tool"] == "food.requote"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "zh"), ("zh-TW,en;q=0.5", "zh"), ("en-GB", "en"), ("fr,de;q=0.9", "en"), ("fr,zh;q=0.5", "zh"), ("*", "zh")],
)
def test_a_browsers_languages(accepted: str, language: str) -> None:
    assert accepted_language(accepted) == language


def test_the_page_is_in_the_browsers_language_until_one_is_chosen() -> None:
    client, conversation = visit("en-GB")
    page = client.get("/")
    assert page.headers["Content-Language"] == "en"
    assert "Nothing is ordered or paid until you confirm it" in page.content.decode()
    response = client.post("/language/", {"language": "zh", "next": f"/c/{conversation.public_id}/"})
    assert response.url == f"/c/{conversation.public_id}/"
    page = client.get("/").content.decode()
    assert '<html lang="zh-CN">' in page
    assert config(client.get("/"))["words"]["online"] == "在线"
    person = Person.objects.get()
    assert (person.language, person.language_chosen) == ("zh", True)


def test_a_language_there_is_not_and_a_way_back_that_leads_elsewhere() -> None:
    client, _ = visit()
    assert client.post("/language/", {"language": "fr"}).status_code == 400
    assert client.post("/language/", {"language": "en", "next": "https://example.org/"}).url == "/"


def test_a_file_is_kept_and_given_back_to_its_person_only(settings: Any) -> None:
    client, conversation = visit()
    shown = upload(client, conversation).json()
    attachment = Attachment.objects.get()
    assert shown == {"id": attachment.public_id, "name": "表.csv", "size": 3, "kind": "text/csv"}
    assert "表" not in attachment.path
    assert (Path(settings.MEDIA_ROOT) / attachment.path).stat().st_mode & 0o777 == 0o600
    response = client.get(f"/files/{attachment.public_id}/")
    assert response.content == b"a,b"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert visit()[0].get(f"/files/{attachment.public_id}/").status_code == 404
    assert Client().get(f"/files/{attachment.public_id}/").status_code == 404


def test_files_that_are_not_taken(settings: Any) -> None:
    settings.MAX_UPLOAD_MB = 1
    client, conversation = visit()
    too_big = upload(client, conversation, body=b"x" * (1024 * 1024 + 1))
    assert (too_big.status_code, "1 MB" in too_big.json()["error"]) == (413, True)
    assert upload(client, conversation, body=b"x" * (3 * 1024 * 1024)).status_code == 413
    assert upload(client, conversation, body=b"").status_code == 400
    assert client.post(f"/c/{conversation.public_id}/files/").status_code == 400
    assert upload(visit()[0], conversation).status_code == 404
    assert not Attachment.objects.exists()
    assert upload(client, conversation, body=b"x" * (1024 * 1024)).status_code == 201


def test_a_file_without_the_forms_token_is_refused() -> None:
    client, conversation = visit()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert upload(strict, conversation).status_code == 403


def test_a_stored_path_cannot_leave_the_folder() -> None:
    client, conversation = visit()
    row = Attachment.objects.create(person=conversation.person, name="x", size=1, path="../keys/secret_key")
    assert client.get(f"/files/{row.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("x\r\ny.txt", "xy.txt"),
        ("C:\\表.csv", "表.csv"),
        ("a" * 300 + ".csv", "a" * 196 + ".csv"),
    ],
)
def test_names_of_files(name: str, shown: str) -> None:
    assert files.shown_name(name) == shown


def test_places_are_found_by_name_in_the_pages_language() -> None:
    catalogue()
    client, _ = visit()
    found = client.get("/places/", {"q": "静安"}).json()["places"]
    assert [(place["name"], place["address"]) for place in found] == [
        ("静安寺", "上海"),
        ("江南小灶静安店", "南京西路 1 号"),
    ]
    english, _ = visit("en")
    assert english.get("/places/", {"q": "temple"}).json()["places"][0]["name"] == "Jing’an Temple"
    assert client.get("/places/", {"q": "没有"}).json() == {"places": []}


def test_saved_places_come_first_and_are_ones_own() -> None:
    client, conversation = visit()
    Place.objects.create(person=conversation.person, label="公司", address="南京西路 1515 号", lat=31.2, lng=121.4)
    assert client.get("/places/").json()["places"][0]["name"] == "公司"
    assert visit()[0].get("/places/").json() == {"places": []}
    assert Client().get("/places/").status_code == 404


def test_health_of_the_process(monkeypatch: Any) -> None:
    assert Client().get("/healthz").json() == {"ok": True}

    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", broken)
    assert Client().get("/healthz").status_code == 503


def test_health_of_the_engine_tells_visitors_no_internals(valkey: Any) -> None:
    shown = Client().get("/health/engine/").json()["health"]
    assert shown["state"] == "missing"
    assert "detail" not in shown
