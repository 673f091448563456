"""Quality on data sets: each case is a real turn, and its trace is what is scored."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.conversation import context as contexts
from assistant.conversation.deciding import UNABLE
from assistant.models import Conversation
from assistant.retrieval.places import find_places
from assistant.tasks import console
from integrations.models import City, Location, Place


def read_cases(path: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    """Return the cases of a JSON-lines file; raise `ValueError` with the line number where one is broken."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if limit is not None and number > limit:
                return
            if line.strip():
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as error:
                    raise ValueError(f"{path}:{number}: {error}") from error


def ask(case: dict[str, Any]) -> dict[str, Any]:
    """Run one `ask` case and return its prediction with its score."""
    name = f"evaluation-{uuid.uuid4().hex[:8]}"
    person = console.person_named(name, case["lang"])
    _settle(person, case)
    with contexts.frozen(_now(case, person.time_zone)):
        for text in case.get("before", []):
            console.say(name, text=text)
        said = console.say(name, text=case["text"])
    tool, inputs = predicted(said.steps)
    expected = case["expect"]
    wanted = expected["tool"] if isinstance(expected["tool"], list) else [expected["tool"]]
    extra = sorted(key for key in inputs if not _matches(inputs[key], expected.get("inputs", {}).get(key)))
    missing = sorted(
        key for key, values in expected.get("inputs", {}).items() if key not in inputs and "" not in values
    )
    return {
        "id": case["id"], "text": case["text"], "tool": tool, "inputs": inputs, "tool_right": tool in wanted,
        "wrong_arguments": extra, "missing_arguments": missing, "answer": said.text[:300],
        "seconds": round(said.seconds, 2), "engine_seconds": said.turn.engine_ms / 1000,
    }  # fmt: skip


def predicted(steps: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """Return the tool that a turn chose and the arguments that it gave it, from its trace."""
    for step in steps:
        if step["kind"] == "grounding":
            kept = [one for one in step["detail"]["arguments"] if not one["dropped"]]
            return _tool(step["detail"]["tool"]), {one["name"]: one["value"] for one in kept}
    for step in steps:
        if step["kind"] == "call":
            return step["detail"]["tool"], {key: str(value) for key, value in step["detail"].get("inputs", {}).items()}
    return "chat", {}  # a greeting, a thank-you: answered by rule


def _tool(name: str) -> str:
    """Return a decision as the cases name it: wishes that no tool fits are `none`, whatever their field."""
    return "none" if name in UNABLE else name


def _matches(value: Any, accepted: list[Any] | None) -> bool:
    return accepted is not None and any(_plain(value) == _plain(one) for one in accepted if one != "")


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(sorted(_plain(item) for item in value))
    text = str(value).strip().casefold().replace("t", " ") if _is_time(value) else str(value).strip().casefold()
    if _is_number(text):
        return f"{float(text):g}"
    return ",".join(sorted(part.strip() for part in text.split(","))) if "," in text else text


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= 16 and value[4:5] == "-" and value[10:11] in "T "


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).lstrip("-").isdigit()


def _settle(person: Any, case: dict[str, Any]) -> None:
    """Give the person their city and saved places."""
    city = City.objects.filter(slug=case.get("city", "shanghai")).first()
    person.city = city
    person.time_zone = city.time_zone if city else person.time_zone
    person.save(update_fields=["city", "time_zone"])
    for label, words in case.get("places", {}).items():
        hits = find_places(words, city=city.pk if city else None, limit=1) or find_places(
            city.name_zh if city else words, limit=1
        )
        location = Location.objects.get(pk=hits[0].id)
        lat, lng = location.point
        Place.objects.create(person=person, label=label, address=location.name_zh, city=city, lat=lat, lng=lng)


def _now(case: dict[str, Any], zone: str) -> datetime:
    moment = case.get("now")
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)) if moment else datetime.now(ZoneInfo(zone))


def clear() -> None:
    """Remove what evaluations left behind."""
    for talk in Conversation.objects.filter(external_id__startswith="evaluation-"):
        talk.delete()


SUITES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"ask": ask}
