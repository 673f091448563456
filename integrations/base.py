"""The words every scenario and provider speaks: Reply, Card, Action, Tool, Scenario, Context, and the errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, Protocol

from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict, Field


class InvalidInput(Exception):
    """Something the person said cannot be; the message is in their language and says what to do."""


class ProviderError(Exception):
    """A provider failed. `permanent`: trying again will not help. `unknown`: it may have been carried out."""

    def __init__(self, message: str, *, permanent: bool = False, unknown: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.unknown = unknown


class View(BaseModel):
    """What is shown: plain JSON, rendered by a channel."""

    model_config = ConfigDict(extra="forbid")


class Money(View):
    """An amount in a currency; shown by the channel in the person's language."""

    amount: Decimal
    currency: str = "CNY"


class Action(View):
    """A button. Exactly one of `say` (sent as the person's words), `tool` with `inputs`, `confirm` (a quote's public
    id) or `link` is set; `id` is filled in by the conversation when the reply is stored (a PendingAction).
    """

    label: str
    style: Literal["plain", "primary", "danger", "quiet"] = "plain"
    say: str = ""
    tool: str = ""
    inputs: dict[str, Any] = Field(default_factory=dict)
    confirm: str = ""
    link: str = ""
    id: str = ""


class Badge(View):
    """A small label. `sandbox` is for what is invented or simulated and nothing else."""

    text: str
    style: Literal["plain", "ok", "warning", "danger", "info", "sandbox"] = "plain"
    icon: str = ""  # a name of the icon sprite


class Fact(View):
    """A fact on a card."""

    text: str
    icon: str = ""


class Card(View):
    """An offer, merchant or place, rendered by code only."""

    kind: Literal["offer", "merchant", "place", "notice"] = "offer"
    id: str = ""  # "offer:123": what "the second one" refers to
    title: str
    subtitle: str = ""
    picture: str = ""  # a key of static/img/pictures
    price: Money | None = None
    list_price: Money | None = None
    facts: list[Fact] = Field(default_factory=list)
    badges: list[Badge] = Field(default_factory=list)
    actions: list[Action] = Field(default_factory=list, max_length=2)
    best: bool = False
    note: str = ""  # the reason for it, in words
    lat: float | None = None
    lng: float | None = None


class QuoteLine(View):
    """A line of a quote or order."""

    text: str
    detail: str = ""
    quantity: int = 1
    amount: Money


class SumLine(View):
    """A fee, discount (negative) or total."""

    text: str
    amount: Money
    style: Literal["plain", "off", "total"] = "plain"


class PlaceView(View):
    """Where something goes."""

    label: str = ""  # 公司
    address: str
    source: str = ""  # 来自记忆
    lat: float | None = None
    lng: float | None = None


class QuoteView(View):
    """A quote as it is shown."""

    id: str
    number: str
    title: str
    picture: str = ""
    badges: list[Badge] = Field(default_factory=list)
    place: PlaceView | None = None
    when: str = ""  # 约 18:50 送到
    lines: list[QuoteLine]
    sums: list[SumLine]
    total: Money
    state: Literal["open", "confirmed", "expired", "replaced", "withdrawn"] = "open"
    expires_at: datetime
    confirmed_at: datetime | None = None
    note: str = ""  # 用演示钱包付款，不会产生真实扣款
    actions: list[Action] = Field(default_factory=list)


class OrderStep(View):
    """A step of an order's progress."""

    text: str
    state: Literal["done", "now", "todo"]
    at: datetime | None = None


class OrderView(View):
    """An order as it is shown; the same number is shown again in place when it moves."""

    number: str
    kind: str
    title: str
    headline: str  # 约 18:50 送到
    detail: str = ""
    state: str
    payment: str
    fulfilment: str
    state_text: str
    badges: list[Badge] = Field(default_factory=list)
    place: PlaceView | None = None
    origin: PlaceView | None = None
    courier: tuple[float, float] | None = None  # lat, lng
    progress: float = 0.0  # of the way from origin to place, 0..1
    lines: list[QuoteLine] = Field(default_factory=list)
    sums: list[SumLine] = Field(default_factory=list)
    total: Money
    refunded: Money | None = None
    steps: list[OrderStep] = Field(default_factory=list, max_length=6)
    actions: list[Action] = Field(default_factory=list, max_length=2)
    version: int = 0


class Used(View):
    """An argument and where it came from, for 「这次用到的信息」."""

    name: str
    value: str
    source: str


class FileView(View):
    """A file to download."""

    id: str
    name: str
    size: int
    kind: str = ""


class Reply(View):
    """What a turn says. A channel renders it: buttons, rich cards, or plain text with numbers."""

    text: str = ""
    done: list[str] = Field(default_factory=list)  # progress lines: what was done, with counts
    seconds: float | None = None
    cards: list[Card] = Field(default_factory=list)
    quote: QuoteView | None = None
    order: OrderView | None = None
    choices: list[Action] = Field(default_factory=list, max_length=4)
    files: list[FileView] = Field(default_factory=list)
    used: list[Used] = Field(default_factory=list)
    asks: dict[str, Any] = Field(default_factory=dict)  # the open question: {"tool", "field", "inputs"}
    remember: dict[str, Any] = Field(default_factory=dict)  # merged into the conversation's state, never sent


class Effect(StrEnum):
    """What a tool may do."""

    READ = "read"
    OWN = "own"  # the person's own data, reversible, done at once
    WRITE = "write"  # by quote and confirmation
    PAY = "pay"


class Inputs(BaseModel):
    """The typed inputs of a tool. A field's `description` is for the model; `json_schema_extra={"kind": ...}` names the
    grounding kind (people, money, diet, place, time, count, ordinal, order, dish, text); `"ask"` holds the question.
    """

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, eq=False)
class Example:
    """A sentence that means this tool, with the inputs it gives."""

    text: str
    inputs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Tool:
    """One action."""

    name: str  # "food.search"
    code: str  # short, unique: what the model writes
    title: str | Promise  # for people: gettext_lazy
    description: str  # for the model, English
    inputs: type[Inputs]
    effect: Effect
    run: Callable[[Any, Context], Sequence[Reply]]
    examples: Sequence[Example] = ()
    offered: bool = True  # to the model; False: reached by buttons and other tools only
    cues: Sequence[str] = ()  # begin a message that leaves only the tools with such a cue ("记住", "remember")
    needs: Sequence[str] = ()  # offered only while the conversation's state holds one of these keys ("shown", "basket")


@dataclass(frozen=True, eq=False)
class Scenario:
    """A field of things to do."""

    name: str
    title: str | Promise  # gettext_lazy
    description: str | Promise
    icon: str
    tools: Sequence[Tool]
    providers: Sequence[str] = ("sandbox",)
    fulfilment: Any = None  # how its orders move: see integrations.orders.fulfilment


@dataclass(frozen=True)
class Filters:
    """Hard filters of a search; an empty one does not filter. `tags`: all must hold; `without`: none may."""

    model: Literal["merchant", "offer", "location", ""] = ""
    kinds: tuple[str, ...] = ()
    city: int | None = None
    district: int | None = None  # a location of kind district
    near: tuple[float, float] | None = None  # lat, lng
    km: float | None = None
    box: tuple[float, float, float, float] | None = None  # south, west, north, east
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    min_rating: float | None = None
    tags: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    max_spice: int | None = None
    open_at: datetime | None = None
    delivers_to: tuple[float, float] | None = None
    merchants: tuple[int, ...] = ()
    values: tuple[tuple[str, ...], ...] = ()  # attribute values: of every group one must be there


@dataclass(frozen=True)
class Hit:
    """A search result and the reasons for it."""

    model: str  # merchant, offer, location
    id: int
    score: float
    km: float | None = None
    matched: tuple[str, ...] = ()  # words
    similarity: float | None = None
    relaxed: tuple[str, ...] = ()  # names of filters that were given up


class Context(Protocol):
    """What a tool is handed. Integrations know nothing of channels, conversations or engines."""

    person: Any  # integrations.models.Person
    language: str  # zh, en
    now: datetime  # aware, in the person's zone
    text: str  # what the person said in this turn
    state: dict[str, Any]  # the conversation's state: shown cards, basket, last search
    sources: dict[str, str]  # input name -> where it came from

    def search(self, text: str, filters: Filters, limit: int = 20) -> list[Hit]:
        """Search the catalogue, best first."""

    def profile(self, key: str) -> Any:
        """Return a remembered preference, or None."""

    def diets(self, text: str) -> list[str]:
        """Return the diets (slugs of the vocabulary) that words mean."""

    def remember(self, key: str, text: str, value: Any) -> None:
        """Keep a fact about the person."""

    def memories(self) -> list[str]:
        """Return what is remembered about the person, oldest first."""

    def forget(self, text: str) -> int:
        """Forget what holds `text` (everything where it is empty); return how many facts were forgotten."""

    def progress(self, text: str) -> None:
        """Tell what is being done."""
