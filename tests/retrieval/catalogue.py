"""Catalogue rows for tests: single ones, and a made-up catalogue of any size, always the same for a seed."""

from __future__ import annotations

import random
from decimal import Decimal

from assistant.retrieval import view
from assistant.retrieval.search import search
from integrations.base import Filters
from integrations.models import City, IndexChange, Location, Merchant, Offer

SHANGHAI = (31.2304, 121.4737)

CITIES = [
    ("shanghai", "上海", "Shanghai", "Asia/Shanghai", "CNY", 31.2304, 121.4737, ["沪", "魔都"]),
    ("beijing", "北京", "Beijing", "Asia/Shanghai", "CNY", 39.9042, 116.4074, ["京", "Peking"]),
    ("chengdu", "成都", "Chengdu", "Asia/Shanghai", "CNY", 30.5728, 104.0668, ["蓉城"]),
    ("london", "伦敦", "London", "Europe/London", "GBP", 51.5074, -0.1278, []),
]
FLAVOURS = [
    ("红烧", "Braised"),
    ("清蒸", "Steamed"),
    ("麻辣", "Spicy"),
    ("香煎", "Pan-fried"),
    ("蒜蓉", "Garlic"),
    ("宫保", "Kung Pao"),
    ("鱼香", "Fish-fragrant"),
    ("糖醋", "Sweet and sour"),
    ("酸菜", "Pickled cabbage"),
    ("黑椒", "Black pepper"),
    ("葱爆", "Scallion"),
    ("咖喱", "Curry"),
    ("招牌", "Signature"),
    ("家常", "Home-style"),
]
BODIES = [
    ("牛肉面", "beef noodles", ["beef", "gluten"]),
    ("鸡丁", "diced chicken", ["chicken", "peanut"]),
    ("豆腐", "tofu", ["vegetarian"]),
    ("鲈鱼", "sea bass", ["seafood"]),
    ("排骨", "pork ribs", ["pork"]),
    ("虾仁", "shrimps", ["seafood"]),
    ("茄子", "aubergine", ["vegetarian", "vegan"]),
    ("羊肉", "lamb", ["lamb"]),
    ("炒饭", "fried rice", ["egg"]),
    ("馄饨", "wonton", ["pork", "gluten"]),
    ("披萨", "pizza", ["dairy", "gluten"]),
    ("奶茶", "milk tea", ["dairy"]),
    ("土豆丝", "shredded potatoes", ["vegan", "vegetarian"]),
    ("牛肉汉堡", "beef burger", ["beef", "gluten"]),
    ("寿司拼盘", "sushi platter", ["seafood"]),
]
HOUSES = [
    ("川香阁", "Chuanxiang House", "sichuan"),
    ("老街面馆", "Old Street Noodles", "noodles"),
    ("樱日料", "Sakura", "japanese"),
    ("披萨工坊", "Pizza Works", "pizza"),
    ("茶语", "Tea Talk", "tea_drinks"),
    ("粤小馆", "Little Canton", "cantonese"),
    ("绿叶轻食", "Green Leaf", "salads"),
    ("阿里郎", "Arirang", "korean"),
]
PLACES = [
    ("静安寺", "Jing'an Temple", "metro"),
    ("人民广场", "People's Square", "metro"),
    ("火车站", "Railway Station", "station"),
    ("T2航站楼", "Terminal 2", "airport"),
    ("世纪公园", "Century Park", "park"),
    ("大学城", "University Town", "area"),
]
HOURS = [[("10:00", "22:00")], [("11:00", "14:00"), ("17:00", "21:30")], [("17:00", "03:00")], [("00:00", "00:00")], []]


def make_catalogue(merchants: int, *, offers_each: int = 14, seed: int = 1) -> None:
    """Insert `merchants` houses with their dishes, and a tenth as many locations."""
    random_ = random.Random(seed)
    cities = [
        City.objects.get_or_create(
            slug=slug,
            defaults={
                "name_zh": zh,
                "name_en": en,
                "time_zone": zone,
                "currency": currency,
                "lat": lat,
                "lng": lng,
                "aliases": aliases,
            },
        )[0]
        for slug, zh, en, zone, currency, lat, lng, aliases in CITIES
    ]
    Location.objects.bulk_create(_location(number, random_, cities) for number in range(max(merchants // 10, 12)))
    places = list(Location.objects.all())
    Merchant.objects.bulk_create((_merchant(number, random_, places) for number in range(merchants)), batch_size=500)
    houses = list(Merchant.objects.all())
    rows = (_offer(house, number, random_) for house in houses for number in range(offers_each))
    Offer.objects.bulk_create(rows, batch_size=500)


def _location(number: int, random_: random.Random, cities: list[City]) -> Location:
    city = cities[number % len(cities)]
    zh, en, kind = PLACES[number // len(cities) % len(PLACES)]
    mark = number // (len(cities) * len(PLACES))
    return Location(
        external_id=f"location-{number}",
        name_zh=f"{zh}{mark or ''}",
        name_en=f"{en} {mark or ''}".strip(),
        kind=kind,
        city=city,
        lat=city.lat + random_.gauss(0, 0.08),
        lng=city.lng + random_.gauss(0, 0.08),
    )


def _merchant(number: int, random_: random.Random, places: list[Location]) -> Merchant:
    near = random_.choice(places)
    zh, en, category = random_.choice(HOUSES)
    hours = [
        {"days": [0, 1, 2, 3, 4, 5, 6][random_.randrange(2) :], "open": opens, "close": closes}
        for opens, closes in random_.choice(HOURS)
    ]
    return Merchant(
        external_id=f"merchant-{number}",
        name_zh=f"{zh}（{near.name_zh}店）",
        name_en=f"{en} {near.name_en}",
        description_zh=f"{near.name_zh}旁的{zh}，现点现做，食材每天早上送到。",
        description_en=f"{en} by {near.name_en}: cooked to order with produce delivered every morning.",
        city_id=near.city_id,
        kind="restaurant",
        category=category,
        near=near,
        address_zh=f"{near.name_zh}{number}号",
        address_en=f"{number} {near.name_en}",
        lat=near.lat + random_.gauss(0, 0.01),
        lng=near.lng + random_.gauss(0, 0.01),
        rating=random_.choice([None, *(Decimal(tenths) / 10 for tenths in range(32, 50))]),
        reviews=random_.randrange(9000),
        average_price=random_.choice([None, Decimal(random_.randrange(1500, 30000)) / 100]),
        hours=hours,
        delivers=random_.random() < 0.8,
        delivery_km=random_.choice([2.0, 3.0, 5.0]),
        tags=random_.sample(["parking", "family", "late_night", "wifi", "halal"], random_.randrange(3)),
        is_active=random_.random() < 0.97,
    )


def _offer(house: Merchant, number: int, random_: random.Random) -> Offer:
    flavour, body = random_.choice(FLAVOURS), random_.choice(BODIES)
    return Offer(
        external_id=f"offer-{house.pk}-{number}",
        merchant=house,
        kind="dish",
        name_zh=f"{flavour[0]}{body[0]}",
        name_en=f"{flavour[1]} {body[1]}",
        description_zh=f"{flavour[0]}口味的{body[0]}，分量足，适合配米饭，可选微辣或不辣。",
        description_en=f"{flavour[1]} {body[1]}, a generous portion that goes well with rice; mild on request.",
        category=random_.choice(["main", "staple", "snack", "set"]),
        price=Decimal(random_.randrange(800, 12000)) / 100,
        spice=random_.choice([0, 0, 1, 2, 3, None]),
        sold=random_.randrange(4000),
        tags=body[2],
        is_active=random_.random() < 0.97,
    )


def merchant(city, name="川香阁", english="Chuanxiang House", **rest):
    values = {
        "external_id": f"m{Merchant.objects.count() + 1}-{name}",
        "kind": "restaurant",
        "category": "sichuan",
        "address_zh": "一号",
        "address_en": "1",
        "lat": city.lat,
        "lng": city.lng,
        "rating": Decimal("4.5"),
        "average_price": Decimal(60),
        "delivers": True,
        "delivery_km": 5,
    }
    return Merchant.objects.create(city=city, name_zh=name, name_en=english, **values | rest)


def offer(seller, name="麻婆豆腐", english="Mapo tofu", **rest):
    values = {"external_id": f"o{Offer.objects.count() + 1}-{name}", "kind": "dish", "price": Decimal(28), "spice": 2}
    return Offer.objects.create(merchant=seller, name_zh=name, name_en=english, **values | rest)


def location(city, name, english, kind="metro", **rest):
    values = {"external_id": f"l-{name}", "lat": city.lat, "lng": city.lng}
    return Location.objects.create(city=city, name_zh=name, name_en=english, kind=kind, **values | rest)


def changed(row, *, deleted=False):
    return IndexChange.objects.create(model=row._meta.model_name, row=row.pk, deleted=deleted)


def found(text, filters=None, **options):
    return [(hit.model, hit.id) for hit in search(text, filters or Filters(), **options)]


def fresh():
    """Look at the changes now instead of within a second."""
    view.current(fresh=True)
