"""Speed of whole turns: from the message stored to its answer sent, on the real engine, with real workers."""

from __future__ import annotations

import statistics
import time
import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.channels.base import Inbound
from assistant.channels.console.channel import console_connection
from assistant.engines import client
from assistant.models import Message, Outbox, Turn
from assistant.project.local import running
from assistant.tasks import console, inbox
from integrations.models import City, Location, Place

SENTENCES = {
    "zh": [
        "帮我点一份不辣的两人晚餐，80块以内，送到公司",
        "想喝杯热拿铁",
        "四个人想吃火锅，人均一百",
        "来份清真的牛肉面",
        "附近评分高的日料",
        "两个人吃点清淡的，五十块以内",
        "来一份宫保鸡丁盖饭",
        "想吃披萨，三个人",
        "素食午餐，一个人",
        "送两杯奶茶到公司，少糖",
    ],
    "en": [
        "Order a dinner for two, not spicy, under 80 yuan, to my office",
        "I want a hot latte",
        "hotpot for four, about 100 each",
        "halal beef noodles please",
        "best rated Japanese food nearby",
        "something light for two under 50 yuan",
        "a pizza for three",
        "vegetarian lunch for one",
        "two milk teas to my office, less sugar",
        "fried rice with egg",
    ],
}


def run(rounds: int = 2) -> dict[str, Any]:
    """Return seconds of `rounds` times 20 turns: p50 and p90 of the whole and of our own part (all but the engine)."""
    with running(engine=True, workers=2):
        time.sleep(2)  # workers come up
        model, city = client.health().model, _city_at_mealtime()
        _one("bench-warm", "zh", "你好", city)
        samples = [
            _one(f"bench-{uuid.uuid4().hex[:8]}", language, text, city)
            for _ in range(rounds)
            for language, texts in SENTENCES.items()
            for text in texts
        ]
    whole = [sample["seconds"] for sample in samples]
    own = [sample["own"] for sample in samples]
    return {
        "turns": len(samples),
        "with_cards": sum(sample["cards"] for sample in samples),
        "p50_seconds": round(statistics.median(whole), 3),
        "p90_seconds": round(_percentile(whole, 90), 3),
        "own_p50_ms": round(1000 * statistics.median(own), 1),
        "own_p90_ms": round(1000 * _percentile(own, 90), 1),
        "engine_p50_seconds": round(statistics.median(sample["engine"] for sample in samples), 3),
        "city": city.slug,
        "model": model,
    }


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _city_at_mealtime() -> City:
    """Return a city whose restaurants are open now: Shanghai where it is day, else the first of the catalogue."""
    cities = sorted(City.objects.all(), key=lambda city: (city.slug != "shanghai", city.pk))
    by_day = [city for city in cities if 11 <= datetime.now(ZoneInfo(city.time_zone)).hour <= 20]
    return (by_day or cities)[0]


def _one(name: str, language: str, text: str, city: City) -> dict[str, Any]:
    """Send one message as a new person with an office, and wait until its answer is sent."""
    person = console.person_named(name, language)
    location = Location.objects.filter(city=city, kind="landmark").order_by("id").first()
    assert location is not None
    type(person).objects.filter(pk=person.pk).update(city=city, time_zone=city.time_zone)
    Place.objects.get_or_create(
        person=person,
        label="work",
        defaults={"address": location.name_zh, "city": city, "lat": location.lat, "lng": location.lng},
    )
    number = uuid.uuid4().hex
    said = Inbound(user=name, chat=name, text=text, client_id=number)
    update = inbox.receive(console_connection(), external_id=number, payload=said.model_dump(mode="json"))
    end = time.monotonic() + 60
    while time.monotonic() < end:
        turn = Turn.objects.filter(updates=update).first()
        sent = Outbox.objects.filter(message__turn=turn, state=Outbox.State.SENT).order_by("id")
        row = sent.first() if turn else None
        if turn is not None and row is not None and row.sent_at and turn.state not in Turn.LIVE:
            seconds = (row.sent_at - update.received_at).total_seconds()
            engine = turn.engine_ms / 1000
            cards = Message.objects.filter(turn=turn, content__has_key="cards").exists()
            return {"seconds": seconds, "own": seconds - engine, "engine": engine, "cards": cards}
        time.sleep(0.1)  # the figures come from stored times: looking less often disturbs less
    raise TimeoutError(f"no answer to {text!r} in a minute")
