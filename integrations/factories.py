"""A small catalogue, people, a context and a provider with a ledger, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from integrations.base import Filters, Hit, ProviderError, Reply, Scenario
from integrations.catalogue.vocabulary import DIETS
from integrations.models import City, Location, Merchant, Offer, Person, Place
from integrations.places import Where
from integrations.providers.base import Errand, Settled
from integrations.providers.sandbox.client import Sandbox

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)  # a Monday
OFFICE = (31.2260, 121.4460)
DAYS = [0, 1, 2, 3, 4, 5, 6]


def city(slug: str = "shanghai", **more: Any) -> City:
    """Return a city."""
    row, _made = City.objects.get_or_create(
        slug=slug,
        defaults={
            "name_zh": "上海",
            "name_en": "Shanghai",
            "aliases": ["魔都"],
            "lat": 31.2304,
            "lng": 121.4737,
            **more,
        },
    )
    return row


def location(name_zh: str, name_en: str, point: tuple[float, float] = OFFICE, **more: Any) -> Location:
    """Return a location."""
    fields = {"kind": "landmark", "aliases": [], "city": city(), **more}
    return Location.objects.create(
        external_id=f"l{Location.objects.count()}",
        name_zh=name_zh,
        name_en=name_en,
        lat=point[0],
        lng=point[1],
        **fields,
    )


def merchant(name_zh: str, name_en: str, *, north_km: float = 1.0, **more: Any) -> Merchant:
    """Return a restaurant `north_km` north of the office, open from 10 to 22, that delivers within 5 km."""
    fields = {
        "city": city(),
        "kind": "restaurant",
        "category": "jiangzhe",
        "address_zh": f"{name_zh}路 1 号",
        "address_en": f"1 {name_en} Road",
        "rating": Decimal("4.5"),
        "reviews": 1000,
        "hours": [{"days": DAYS, "open": "10:00", "close": "22:00"}],
        "delivers": True,
        "delivery_fee": Decimal("5.00"),
        "packing_fee": Decimal("2.00"),
        "minimum_order": Decimal("20.00"),
        "delivery_km": 5.0,
        "prepare_minutes": 15,
        "promotions": [],
        **more,
    }
    return Merchant.objects.create(
        external_id=f"m{Merchant.objects.count()}",
        name_zh=name_zh,
        name_en=name_en,
        lat=OFFICE[0] + north_km / 111.195,
        lng=OFFICE[1],
        **fields,
    )


def dish(shop: Merchant, name_zh: str, name_en: str, price: str, category: str = "main", **more: Any) -> Offer:
    """Return a dish."""
    fields = {"kind": "dish", "serves": 1, "spice": 0, "sold": 100, "picture": "chicken", "tags": [], **more}
    return Offer.objects.create(
        external_id=f"o{Offer.objects.count()}",
        merchant=shop,
        name_zh=name_zh,
        name_en=name_en,
        price=Decimal(price),
        category=category,
        currency=shop.currency,
        **fields,
    )


RICE = {
    "key": "rice",
    "name_zh": "米饭",
    "name_en": "Rice",
    "choices": [
        {"key": "white", "name_zh": "白米饭", "name_en": "White rice", "extra": "0.00"},
        {"key": "mixed", "name_zh": "杂粮饭", "name_en": "Mixed-grain rice", "extra": "1.00"},
    ],
}
CUP = {
    "key": "cup",
    "name_zh": "杯型",
    "name_en": "Cup",
    "choices": [
        {"key": "medium", "name_zh": "中杯", "name_en": "Medium", "extra": "0.00"},
        {"key": "large", "name_zh": "大杯", "name_en": "Large", "extra": "3.00"},
    ],
}
HEAT = {
    "key": "heat",
    "name_zh": "温度",
    "name_en": "Temperature",
    "choices": [
        {"key": "hot", "name_zh": "热", "name_en": "Hot", "extra": "0.00"},
        {"key": "iced", "name_zh": "冰", "name_en": "Iced", "extra": "0.00"},
    ],
}


def street() -> dict[str, Merchant]:
    """Return three restaurants and a café around the office, by a short name."""
    location("静安寺", "Jing'an Temple", aliases=["静安寺站"])
    location("南京西路", "West Nanjing Road", (31.2290, 121.4600), kind="area")
    return {"home": _home_kitchen(), "sichuan": _sichuan(), "greens": _greens(), "coffee": _coffee()}


def _home_kitchen() -> Merchant:
    shop = merchant(
        "江南小灶", "Jiangnan Kitchen", north_km=1.2, rating=Decimal("4.8"),
        promotions=[{"kind": "threshold", "spend": "60", "off": "8"}],
    )  # fmt: skip
    includes = {"includes": [{"zh": "清蒸鲈鱼", "en": "Steamed sea bass"}]}
    dish(shop, "清蒸鲈鱼双人餐", "Steamed sea bass set for two", "62", "set", serves=2, options=[RICE], sold=400,
         tags=["seafood", "set_for_two"], details=includes)  # fmt: skip
    dish(shop, "清蒸鲈鱼", "Steamed sea bass", "38", serves=2, tags=["seafood", "light"], sold=300)
    dish(shop, "红烧肉", "Braised pork belly", "42", serves=2, tags=["pork"], sold=500)
    dish(
        shop,
        "蒜蓉西兰花",
        "Garlic broccoli",
        "16",
        "vegetable",
        serves=2,
        tags=["vegetarian", "vegan", "garlic", "light"],
    )
    dish(shop, "白米饭", "Steamed rice", "3", "staple", tags=["vegetarian", "vegan", "light"], picture="rice")
    dish(shop, "杂粮饭", "Multigrain rice", "4", "staple", tags=["vegetarian", "vegan", "light"], picture="rice")
    dish(shop, "酸梅汤", "Plum juice", "8", "drink", tags=["vegetarian", "vegan"])
    return shop


def _sichuan() -> Merchant:
    shop = merchant("川味馆", "Chuan House", north_km=2.1, category="sichuan", rating=Decimal("4.6"))
    dish(shop, "宫保鸡丁", "Kung pao chicken", "36", serves=2, spice=1, tags=["chicken", "peanut"], sold=800)
    dish(shop, "麻婆豆腐", "Mapo tofu", "28", serves=2, spice=2, tags=["beef"], sold=600)
    dish(shop, "粉蒸肉", "Steamed pork with rice flour", "40", serves=2, tags=["pork"], sold=50)
    dish(shop, "清炒时蔬", "Stir-fried greens", "22", "vegetable", serves=2, tags=["vegetarian", "vegan", "light"])
    dish(shop, "米饭", "Rice", "3", "staple", tags=["vegetarian", "vegan"], picture="rice")
    dish(shop, "番茄蛋汤", "Tomato egg soup", "18", "soup", serves=2, tags=["vegetarian", "egg"])
    return shop


def _greens() -> Merchant:
    shop = merchant(
        "云间素食", "Yunjian Greens", north_km=0.8, category="vegetarian_house", tags=["vegetarian"],
        rating=Decimal("4.4"), delivery_fee=Decimal("0.00"), minimum_order=Decimal("15.00"),
    )  # fmt: skip
    dish(
        shop,
        "菌菇豆腐煲双人餐",
        "Mushroom tofu pot for two",
        "54",
        "set",
        serves=2,
        tags=["vegetarian", "vegan", "light"],
    )
    dish(shop, "香菇豆腐饭", "Mushroom tofu rice", "22", tags=["vegetarian", "vegan"], picture="rice", sold=200)
    dish(shop, "素春卷", "Spring rolls", "9", "snack", tags=["vegetarian", "vegan"])
    return shop


def _coffee() -> Merchant:
    shop = merchant(
        "半山咖啡", "Halfhill Coffee", north_km=0.4, category="coffee", delivery_fee=Decimal("3.00"), prepare_minutes=8,
        packing_fee=Decimal("1.00"), minimum_order=Decimal("15.00"), rating=Decimal("4.7"),
    )  # fmt: skip
    dish(shop, "拿铁", "Latte", "22", "drink", options=[HEAT, CUP], tags=["dairy"], picture="coffee", sold=900)
    dish(
        shop,
        "桂花拿铁",
        "Osmanthus latte",
        "26",
        "drink",
        options=[HEAT, CUP],
        tags=["dairy"],
        picture="coffee",
        sold=500,
    )
    dish(shop, "黄油可颂", "Butter croissant", "14", "snack", tags=["vegetarian", "dairy", "gluten"], picture="bread")
    return shop


def person(**more: Any) -> Person:
    """Return somebody in Shanghai with an office."""
    row = Person.objects.create(**{"name": "林", "city": city(), **more})
    Place.objects.create(
        person=row, label="work", address="南京西路 1515 号 8 层前台", city=city(), lat=OFFICE[0], lng=OFFICE[1]
    )
    return row


def office() -> Where:
    """Return the office of `person()`."""
    return Where("work", "南京西路 1515 号 8 层前台", *OFFICE, "memory", city().pk)


@dataclass
class FakeContext:
    """`integrations.base.Context` with a plain scan for a search."""

    person: Person
    language: str = "zh"
    now: datetime = NOON
    text: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    kept: list[tuple[str, str, Any]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def search(self, text: str, filters: Filters, limit: int = 20) -> list[Hit]:
        """Return rows whose names share characters (Chinese) or words (English) with the text."""
        model = {"merchant": Merchant, "offer": Offer, "location": Location}[filters.model]
        rows = model.objects.filter(is_active=True)  # type: ignore[attr-defined]
        if filters.city and filters.model != "offer":
            rows = rows.filter(city=filters.city)
        if filters.merchants:
            rows = rows.filter(merchant__in=filters.merchants)
        wanted = _pieces(text)
        hits = []
        for row in rows:
            words = _pieces(f"{row.name_zh} {row.name_en} {' '.join(getattr(row, 'aliases', []))}")
            both = wanted & words
            if both:
                hits.append(Hit(filters.model, row.pk, len(both) / len(wanted), matched=tuple(sorted(both))))
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]

    def profile(self, key: str) -> Any:
        """Return a remembered value."""
        return next((value for name, _text, value in reversed(self.kept) if name == key), None)

    def remember(self, key: str, text: str, value: Any) -> None:
        """Keep a fact."""
        self.kept = [one for one in self.kept if not key or one[0] != key] + [(key, text, value)]

    def diets(self, text: str) -> list[str]:
        """Return the diets whose names stand in `text`; 不吃 reads as 不要."""
        words = text.lower().replace("不吃", "不要").replace("不要辣", "不辣")
        named = [slug for slug, diet in DIETS.items() if diet.zh in words or diet.en in words]
        return [slug for slug in named if slug != "spicy" or "not_spicy" not in named]

    def memories(self) -> list[str]:
        """Return what is kept."""
        return [text for _key, text, _value in self.kept]

    def forget(self, text: str) -> int:
        """Drop what holds `text`."""
        before = len(self.kept)
        self.kept = [one for one in self.kept if text.lower() not in one[1].lower()]
        return before - len(self.kept)

    def progress(self, text: str) -> None:
        """Keep what was told."""
        self.told.append(text)

    def take(self, replies: Sequence[Any]) -> None:
        """Merge what replies remember, as the conversation does."""
        self.state.pop("asks", None)
        for reply in replies:
            for key, value in reply.remember.items():
                self.state.pop(key, None)
                if value is not None:
                    self.state[key] = value
            if reply.asks:
                self.state["asks"] = reply.asks


def _pieces(text: str) -> set[str]:
    low = text.lower()
    return {char for char in low if not char.isascii()} | {word.strip("',.") for word in low.split() if word.isascii()}


class Killed(BaseException):
    """The process dies here."""


@dataclass
class Ledger:
    """What a wallet really did, whatever became of its answers."""

    paid: dict[str, Decimal] = field(default_factory=dict)
    refunded: dict[str, Decimal] = field(default_factory=dict)
    placed: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    pay_calls: int = 0


class LedgerProvider(Sandbox):
    """A sandbox that keeps books, and fails where it is told to: `script` holds, for a call's name, what to raise
    before (`pay`) or after (`pay!`) it was carried out, used up one by one.
    """

    def __init__(self, ledger: Ledger, script: dict[str, list[BaseException]] | None = None) -> None:
        super().__init__()
        self.ledger = ledger
        self.script = script or {}

    def _fail(self, call: str) -> None:
        queued = self.script.get(call)
        if queued:
            raise queued.pop(0)

    def place(self, errand: Errand, now: datetime) -> Any:
        """Take the order."""
        self._fail("place")
        self.ledger.placed.append(errand.number)
        self._fail("place!")
        return super().place(errand, now)

    def pay(self, key: str, amount: Decimal, currency: str) -> Settled:
        """Take money once a key."""
        self._fail("pay")
        self.ledger.pay_calls += 1
        self.ledger.paid.setdefault(key, amount)
        self._fail("pay!")
        return Settled("paid", key)

    def query_payment(self, key: str) -> Settled:
        """Look the payment up."""
        self._fail("query_payment")
        return Settled("paid", key) if key in self.ledger.paid else Settled("none")

    def cancel(self, errand: Errand, key: str, at: datetime) -> None:
        """Call the order off."""
        self._fail("cancel")
        super().cancel(errand, key, at)
        if errand.number not in self.ledger.cancelled:
            self.ledger.cancelled.append(errand.number)
        self._fail("cancel!")

    def refund(self, key: str, payment: str, amount: Decimal, currency: str) -> Settled:
        """Give money back once a key."""
        self._fail("refund")
        if key not in self.ledger.refunded and sum(self.ledger.refunded.values()) + amount > sum(
            self.ledger.paid.values()
        ):
            raise ProviderError("more than was paid", permanent=True)
        self.ledger.refunded.setdefault(key, amount)
        self._fail("refund!")
        return Settled("paid", key)

    def query_refund(self, key: str) -> Settled:
        """Look the refund up."""
        return Settled("paid", key) if key in self.ledger.refunded else Settled("none")


def call(scenario: Scenario, context: FakeContext, name: str, /, **inputs: Any) -> Reply:
    """Call a tool as the conversation does, and return its only reply as it would be stored."""
    tool = next(tool for tool in scenario.tools if tool.name == name)
    replies = list(tool.run(tool.inputs.model_validate(inputs), context))
    context.take(replies)
    assert len(replies) == 1
    reply = Reply.model_validate_json(replies[0].model_dump_json())
    assert len(reply.choices) <= 4
    return reply


def near(where: Where, km: float) -> Where:
    """Return a place `km` north of another."""
    return replace(where, lat=where.lat + km / 111.195, label="", source="said")
