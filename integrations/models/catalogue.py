"""The catalogue: cities, locations, merchants, offers, slots. Written only by `integrations.catalogue`."""

from __future__ import annotations

from django.db import models


class City(models.Model):
    """A city."""

    slug = models.SlugField(unique=True)  # "shanghai"
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    aliases = models.JSONField(default=list)  # ["沪", "魔都"]
    country = models.CharField(max_length=2, default="CN")
    currency = models.CharField(max_length=3, default="CNY")
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    lat = models.FloatField()
    lng = models.FloatField()

    def __str__(self) -> str:
        return self.name_en


class Entry(models.Model):
    """What every catalogue row has. Names and texts stand in Chinese and English."""

    source = models.CharField(max_length=40, default="demo")
    external_id = models.CharField(max_length=80)
    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=200)
    description_zh = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    tags = models.JSONField(default=list)  # slugs of integrations.catalogue.vocabulary
    # What else is known, by any name: {"facilities": ["健身房", "Gym"], "duration": ["1小时 - 2小时"]}
    attributes = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_zh

    @property
    def is_demo(self) -> bool:
        """Whether the row is invented."""
        return self.source == "demo"


class Placed(Entry):
    """An entry that may have coordinates (WGS-84)."""

    lat = models.FloatField(null=True)  # null: not known
    lng = models.FloatField(null=True)

    class Meta:
        abstract = True

    @property
    def point(self) -> tuple[float, float]:
        """Return latitude and longitude; raise `ValueError` where they are not known."""
        if self.lat is None or self.lng is None:
            raise ValueError(f"{self} has no coordinates")
        return self.lat, self.lng


class Location(Placed):
    """A point of interest with coordinates (WGS-84): district, landmark, station, airport, metro, mall, ..."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="locations")
    kind = models.CharField(max_length=24)
    aliases = models.JSONField(default=list)
    district = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="inside")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="one_location_per_external_id")]
        indexes = [models.Index(fields=["city", "kind"])]


class Merchant(Placed):
    """Who sells: a restaurant, hotel, shop, cinema, hospital, ..."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="merchants")
    kind = models.CharField(max_length=24)
    category = models.CharField(max_length=40, blank=True)  # cuisine, class of hotel, ...: a vocabulary slug
    district = models.ForeignKey(Location, null=True, blank=True, on_delete=models.SET_NULL, related_name="merchants")
    near = models.ForeignKey(Location, null=True, blank=True, on_delete=models.SET_NULL, related_name="neighbours")
    address_zh = models.CharField(max_length=200)
    address_en = models.CharField(max_length=240)
    phone = models.CharField(max_length=40, blank=True)
    rating = models.DecimalField(max_digits=2, decimal_places=1, null=True)
    reviews = models.PositiveIntegerField(default=0)
    average_price = models.DecimalField(max_digits=10, decimal_places=2, null=True)  # per person
    currency = models.CharField(max_length=3, default="CNY")
    # [{"days": [0..6], "open": "10:00", "close": "22:00"}]; close < open: the next day
    hours = models.JSONField(default=list)
    picture = models.CharField(max_length=80, blank=True)  # a key of static/img/pictures
    # delivery
    delivers = models.BooleanField(default=False)
    delivery_fee = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    packing_fee = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    minimum_order = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    delivery_km = models.FloatField(default=0)
    prepare_minutes = models.PositiveSmallIntegerField(default=0)
    promotions = models.JSONField(default=list)  # [{"kind": "threshold", "spend": "60", "off": "8"}]
    details = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="one_merchant_per_external_id"),
            models.CheckConstraint(
                condition=models.Q(delivers=False) | models.Q(lat__isnull=False, lng__isnull=False),
                name="who_delivers_has_coordinates",
            ),
        ]
        indexes = [models.Index(fields=["city", "kind", "is_active"])]


class Offer(Entry):
    """What is sold: a dish, room, product, show, department, ..."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=24)
    category = models.CharField(max_length=40, blank=True)  # main, staple, soup, drink, ... or a kind of room
    price = models.DecimalField(max_digits=10, decimal_places=2)
    list_price = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="CNY")
    serves = models.PositiveSmallIntegerField(default=1)  # people
    spice = models.PositiveSmallIntegerField(null=True)  # 0 not spicy .. 3; null: not food
    stock = models.PositiveIntegerField(null=True)  # null: not counted
    sold = models.PositiveIntegerField(default=0)  # in the last 30 days
    # [{"key": "rice", "name_zh":, "name_en":, "choices": [{"key":, "name_zh":, "name_en":, "extra": "1.00"}]}]
    options = models.JSONField(default=list)
    picture = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="one_offer_per_external_id")]
        indexes = [models.Index(fields=["merchant", "kind", "is_active"]), models.Index(fields=["kind", "price"])]


class Slot(models.Model):
    """A time at which an offer can be had: rooms of a night, seats of a show, appointments."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    left = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "starts_at"], name="one_slot_per_start")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.starts_at:%Y-%m-%d %H:%M}"


class IndexChange(models.Model):
    """A catalogue row that changed, written in the writer's own transaction, for the search overlay."""

    model = models.CharField(max_length=16)  # location, merchant, offer
    row = models.BigIntegerField()
    deleted = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
