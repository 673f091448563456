"""Who may see what, on every page; and that the pages say everything in Chinese too."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dashboard import factories, moments
from dashboard.charts import draw, scale
from dashboard.urls import urlpatterns

pytestmark = pytest.mark.django_db
OPEN = {"sign_in", "sign_out", "language"}
PAGES = [
    ("home", []),
    ("find", []),
    ("conversations", []),
    ("conversation", ["x"]),
    ("integrations", []),
    ("switch_scenario", ["food"]),
    ("new_connection", ["telegram"]),
    ("connection", ["x"]),
    ("switch_connection", ["x"]),
    ("check_connection", ["x"]),
    ("orders", []),
    ("order", ["x"]),
    ("refresh_order", ["x"]),
]


def test_every_page_is_listed_here():
    assert {name for name, _args in PAGES} | OPEN == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_sent_to_sign_in(nobody: Client, name, args, method):
    address = reverse(f"dashboard:{name}", args=args)
    response = getattr(nobody, method)(address)
    assert response.status_code == 302
    assert response["Location"] == f"/dashboard/sign-in/?next={address}"


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_without_access_is_told_so(stranger: Client, name, args, method):
    response = getattr(stranger, method)(reverse(f"dashboard:{name}", args=args))
    assert response.status_code == 403
    assert "For staff only" in response.content.decode()


def test_a_live_part_of_somebody_who_was_signed_out_leads_to_sign_in(nobody: Client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/dashboard/orders/?state=active"}
    response = nobody.get("/dashboard/orders/", headers=headers)
    assert response["HX-Redirect"] == "/dashboard/sign-in/?next=/dashboard/orders/%3Fstate%3Dactive"


def test_pages_are_not_kept_by_anybody_on_the_way(staff: Client):
    response = staff.get("/dashboard/orders/")
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_a_page_that_is_not_there_says_so(staff: Client):
    response = staff.get("/dashboard/orders/BS-0000-0000/")
    assert response.status_code == 404
    assert "This is not here" in response.content.decode()


def test_the_language_is_switched_and_kept(staff: Client):
    response = staff.post("/dashboard/language/", {"language": "zh-hans", "next": "/dashboard/orders/"})
    assert response["Location"] == "/dashboard/orders/"
    assert 'lang="zh-CN"' in staff.get("/dashboard/orders/").content.decode()


def test_every_text_is_there_in_chinese():
    file = settings.BASE_DIR / "dashboard/locale/zh_Hans/LC_MESSAGES/django.po"
    messages = [message for message in read_po(BytesIO(file.read_bytes())) if message.id]
    assert len(messages) > 300
    assert [message.id for message in messages if not message.string or "fuzzy" in message.flags] == []


class TestFind:
    def test_an_order_number_leads_to_its_order(self, staff: Client):
        order = factories.make_order(factories.make_person())
        response = staff.get("/dashboard/find/", {"q": f" {order.number.lower()} "})
        assert response["Location"] == f"/dashboard/orders/{order.number}/"

    def test_anything_else_leads_to_the_chats(self, staff: Client):
        response = staff.get("/dashboard/find/", {"q": "林可 & 晚餐"})
        assert response["Location"] == "/dashboard/conversations/?q=%E6%9E%97%E5%8F%AF+%26+%E6%99%9A%E9%A4%90"


@pytest.mark.parametrize(
    ("milliseconds", "shown"), [(None, ""), (40, "0.04 s"), (1910, "1.9 s"), (31000, "31.0 s"), (196_000, "3 min")]
)
def test_durations(milliseconds, shown):
    assert moments.took(milliseconds) == shown


@pytest.mark.parametrize(("highest", "marks"), [(0, [3, 2, 1, 0]), (7, [15, 10, 5, 0]), (118, [150, 100, 50, 0])])
def test_the_marks_of_an_axis_are_round(highest, marks):
    assert scale(highest) == marks


def test_a_drawing_reaches_from_bottom_to_top():
    drawing = draw([0, 5, 10], width=100, height=20)
    assert drawing.line == "M0.0 20.0L50.0 10.0L100.0 0.0"
    assert drawing.area.endswith("L100.0 20L0 20Z")
    assert draw([3], width=100, height=20).line == ""
