"""What a tool is handed, on the conversation's side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.models import Memory
from assistant.normalise import find_diets
from assistant.retrieval import search
from integrations.base import Filters, Hit
from integrations.models import Person

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Make "now" of every turn `moment` (aware), for evaluations and replays."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)


def person_now(person: Person) -> datetime:
    """Return the time where the person is."""
    return _frozen.get() or datetime.now(ZoneInfo(person.time_zone))


@dataclass
class ToolContext:
    """`integrations.base.Context` for one turn."""

    person: Person
    language: str
    now: datetime
    text: str
    state: dict[str, Any]
    sources: dict[str, str] = field(default_factory=dict)
    tell: Callable[[str], None] = lambda text: None
    hits: int = 0

    def search(self, text: str, filters: Filters, limit: int = 20, *, relax: bool = False) -> list[Hit]:
        """Search the catalogue, best first."""
        found = search.search(text, filters, limit=limit, now=self.now, language=self.language, relax=relax)
        self.hits += len(found)
        return found

    def profile(self, key: str) -> Any:
        """Return a remembered preference, or None."""
        memory = Memory.objects.filter(person=self.person, key=key).order_by("-id").first()
        return memory.value.get("value") if memory else None

    def diets(self, text: str) -> list[str]:
        """Return the diets (slugs of the vocabulary) that words mean."""
        return list(dict.fromkeys(found.value for found in find_diets(text)))

    def remember(self, key: str, text: str, value: Any) -> None:
        """Keep a fact about the person; a keyed one replaces the one before."""
        if key:
            Memory.objects.filter(person=self.person, key=key).delete()
        Memory.objects.create(person=self.person, key=key, text=text[:300], value={"value": value})

    def memories(self) -> list[str]:
        """Return what is remembered, oldest first."""
        return list(Memory.objects.filter(person=self.person).order_by("id").values_list("text", flat=True))

    def forget(self, text: str) -> int:
        """Forget what holds `text` (all of it where `text` is empty); return how many facts were forgotten."""
        count, _ = Memory.objects.filter(person=self.person, text__icontains=text).delete()
        return count

    def progress(self, text: str) -> None:
        """Tell what is being done."""
        self.tell(text)
