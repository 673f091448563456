"""The real model on the command line's channel: dinner on cards whose facts stand in the database, and free answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings

from assistant.engines import models
from tests.standins.installation import Installation

READY = """
import time
from assistant.engines import client
end = time.monotonic() + 500
while client.health().state != "ready":
    assert time.monotonic() < end, client.health()
    time.sleep(0.5)
"""
OFFICE = """
from assistant.tasks import console
from integrations.factories import OFFICE
from integrations.models import City, Place
for name, language in (("林", "zh"), ("Lin", "en")):
    Place.objects.create(person=console.person_named(name, language), label="work", address="南京西路 1515 号",
                         city=City.objects.get(slug="shanghai"), lat=OFFICE[0], lng=OFFICE[1])
"""
SAY = """
import json
from assistant.tasks import console
said = console.say({name!r}, text={text!r}, action={action!r})
kinds = [step["kind"] for step in said.steps]
print(json.dumps([said.replies, kinds], default=str))
"""
FACTS = """
import json
from integrations.models import Merchant, Offer
print(json.dumps([[[str(row.rating), row.name_zh, row.name_en] for row in Merchant.objects.all()],
                  [[str(row.price), row.name_zh, row.name_en, row.spice] for row in Offer.objects.all()]]))
"""
pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: Any) -> Iterator[Installation]:
    model = models.get(settings.MODEL_NAME)
    if not model.present:
        pytest.skip(f"needs {model.path} (manage.py pull_model)")
    folder = tmp_path_factory.mktemp("model") / "data"
    with Installation(folder, engine="llama_cpp", MODEL_DIR=str(settings.MODEL_DIR)) as running:
        running.run(READY, 600)
        running.run(OFFICE)
        yield running


def say(installation: Installation, name: str, text: str = "", action: str = "") -> tuple[dict[str, Any], list[str]]:
    """Say or press something; returns the first reply and the kinds of the turn's steps."""
    replies, kinds = json.loads(installation.run(SAY.format(name=name, text=text, action=action)))
    return replies[0], kinds


@pytest.mark.parametrize(
    ("name", "column", "text"),
    [
        ("林", 1, "帮我点一份不辣的两人晚餐，80块以内，送到公司"),
        ("Lin", 2, "Order a non-spicy dinner for two under 80 to my office"),
    ],
)
def test_dinner_is_found_and_every_fact_is_in_the_database(
    installation: Installation, name: str, column: int, text: str
) -> None:
    shops, dishes = json.loads(installation.run(FACTS))
    ratings, prices = {row[column]: row[0] for row in shops}, {row[column]: Decimal(row[0]) for row in dishes}
    hot = {row[column] for row in dishes if row[3]}
    reply, kinds = say(installation, name, text)
    assert "decision" in kinds  # the model's, not a rule's
    assert len(reply["cards"]) == 3
    for card in reply["cards"]:
        assert card["subtitle"] in ratings
        assert card["facts"][0]["text"] == f"{Decimal(ratings[card['subtitle']]):.1f}"
        assert Decimal(card["price"]["amount"]) <= 80
        quote = say(installation, name, action=card["actions"][0]["id"])[0]["quote"]
        dishes_sum = Decimal(0)
        for line in quote["lines"]:
            assert line["text"] not in hot
            dishes_sum += prices[line["text"]] * line.get("quantity", 1)
        others = sum(Decimal(row["amount"]["amount"]) for row in quote["sums"] if row.get("style") != "total")
        total = Decimal(quote["total"]["amount"])
        assert (quote["title"], total) == (card["subtitle"], Decimal(card["price"]["amount"]))
        assert total in {dishes_sum + others, others}  # where the dishes' sum is itself one of the lines


@pytest.mark.parametrize(
    ("name", "text", "words"), [("林", "麻婆豆腐怎么做", "豆腐"), ("Lin", "who wrote Hamlet", "Shakespeare")]
)
def test_a_question_is_answered_freely(installation: Installation, name: str, text: str, words: str) -> None:
    reply, kinds = say(installation, name, text)
    assert kinds[-2:] == ["chat", "answer"]
    assert words in reply["text"]
    assert not reply.get("cards")
    assert not reply.get("quote")
