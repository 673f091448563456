"""Signing in and out."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from dashboard.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/dashboard/sign-in/"


def enter(client: Client, name: str, password: str, **more):
    return client.post(ADDRESS, {"username": name, "password": password, **more})


def test_staff_come_to_where_they_wanted(nobody: Client):
    make_user()
    response = enter(nobody, "zhou", PASSWORD, next="/dashboard/orders/")
    assert response["Location"] == "/dashboard/orders/"
    assert nobody.get("/dashboard/orders/").status_code == 200


def test_nobody_is_led_elsewhere(nobody: Client):
    make_user()
    assert enter(nobody, "zhou", PASSWORD, next="https://evil.example/")["Location"] == "/dashboard/"


def test_whether_a_name_exists_is_not_told(nobody: Client):
    make_user()
    make_user("gone", is_active=False)
    pages = [
        enter(nobody, name, password).content.decode().replace(name, "NAME")
        for name, password in [("zhou", "wrong"), ("nosuch", "wrong"), ("gone", PASSWORD)]
    ]
    assert "Name and password do not match" in pages[0]
    without_token = {page.split("csrfmiddlewaretoken")[-1].split(">", 1)[1] for page in pages}
    assert len(without_token) == 1


def test_an_empty_form_says_what_is_missing(nobody: Client):
    assert "Fill in both fields" in enter(nobody, "", "").content.decode()


@pytest.mark.parametrize("name", ["zhou", "nosuch"])
def test_who_tries_too_often_has_to_wait(nobody: Client, name):
    make_user()
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        response = enter(nobody, name, "wrong")
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()
    assert "Wait 15 minutes" in response.content.decode()
    assert enter(nobody, name, PASSWORD).status_code == 429


def test_signing_out_is_a_post_and_ends_the_session(staff: Client):
    assert staff.get("/dashboard/sign-out/").status_code == 405
    assert staff.post("/dashboard/sign-out/")["Location"] == ADDRESS
    assert staff.get("/dashboard/").status_code == 302


def test_a_form_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    assert enter(client, "zhou", PASSWORD).status_code == 403
