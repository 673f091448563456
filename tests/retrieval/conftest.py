"""An index of its own for every test."""

from __future__ import annotations

import pytest

from assistant.retrieval import view
from integrations.models import City
from tests.retrieval.catalogue import SHANGHAI


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    view.forget()
    yield settings.INDEX_DIR
    view.forget()


@pytest.fixture
def city():
    return City.objects.create(
        slug="shanghai", name_zh="上海", name_en="Shanghai", aliases=["沪", "魔都"], lat=SHANGHAI[0], lng=SHANGHAI[1]
    )
