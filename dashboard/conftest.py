"""Clients of the dashboard's tests: staff, somebody without access, and nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation

from dashboard.factories import make_user

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def english(own_language: None) -> Iterator[None]:
    """Words are compared in English; pages choose their language by the request."""
    with translation.override("en"):
        yield


def signed_in(user: User) -> Client:
    """Return a client in which `user` is signed in, reading English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def staff_user(db: Any) -> User:
    """Return a user who may see the dashboard."""
    return make_user("zhou", password=None, first_name="Zhou Lan")


@pytest.fixture
def staff(staff_user: User) -> Client:
    """Return a client of one who may see the dashboard."""
    return signed_in(staff_user)


@pytest.fixture
def stranger(db: Any) -> Client:
    """Return a client of somebody who is signed in and may not."""
    return signed_in(make_user("guest", password=None, staff=False))


@pytest.fixture
def nobody() -> Client:
    """Return a client of somebody who is not signed in."""
    return Client(headers={"accept-language": "en"})
