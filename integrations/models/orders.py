"""Quotes, orders, payments. Written only by `integrations.orders`."""

from __future__ import annotations

from django.db import models

from integrations.models.people import Person, public_id


class Quote(models.Model):
    """What a `write` or `pay` tool proposes: fixed lines and total, open until it is confirmed, replaced or expires."""

    class State(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        EXPIRED = "expired"
        REPLACED = "replaced"
        WITHDRAWN = "withdrawn"

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="quotes")
    tool = models.CharField(max_length=60)  # "food.order"
    provider = models.CharField(max_length=40, default="sandbox")
    inputs = models.JSONField(default=dict)  # enough to make the same quote again
    view = models.JSONField(default=dict)  # integrations.base.QuoteView
    content_hash = models.CharField(max_length=64)  # of everything that was shown
    total = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3, default="CNY")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    merchant = models.ForeignKey("integrations.Merchant", null=True, blank=True, on_delete=models.SET_NULL)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Q-{self.pk}"


class Order(models.Model):
    """An order and its three states. Every move is a compare-and-set on (state, version) with an event."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed"
        ACTIVE = "active"
        COMPLETED = "completed"
        CANCELLED = "cancelled"
        FAILED = "failed"
        HANDED_OFF = "handed_off"

    class Payment(models.TextChoices):
        NONE = "none"
        PENDING = "pending"
        PAID = "paid"
        UNKNOWN = "unknown"
        PARTLY_REFUNDED = "partly_refunded"
        REFUNDED = "refunded"

    number = models.CharField(max_length=32, unique=True)  # shown: BS-1123-0417
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="orders")
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="order")  # one order a quote, ever
    kind = models.CharField(max_length=24)  # food
    provider = models.CharField(max_length=40, default="sandbox")
    external_id = models.CharField(max_length=80, blank=True)
    merchant = models.ForeignKey("integrations.Merchant", null=True, blank=True, on_delete=models.SET_NULL)
    title_zh = models.CharField(max_length=160)
    title_en = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State.choices, default=State.CONFIRMED)
    payment = models.CharField(max_length=16, choices=Payment.choices, default=Payment.NONE)
    fulfilment = models.CharField(max_length=24, blank=True)  # per kind; food: waiting, preparing, courier, delivered
    version = models.PositiveIntegerField(default=0)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3, default="CNY")
    details = models.JSONField(default=dict)  # lines, sums, place, courier, what the provider said
    promised_at = models.DateTimeField(null=True)  # when it should be there
    check_at = models.DateTimeField(null=True, db_index=True)  # when the clock should look at it next
    is_sandbox = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"]), models.Index(fields=["state", "check_at"])]

    def __str__(self) -> str:
        return self.number


class OrderEvent(models.Model):
    """Something that happened to an order. `key` makes a repeated cause change nothing."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)  # confirmed, paid, preparing, courier, delivered, cancelled, refunded, ...
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    announced = models.BooleanField(default=False)  # told to the person (or needs no telling)

    class Meta:
        indexes = [models.Index(fields=["announced", "id"])]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"


class Payment(models.Model):
    """Money taken for an order."""

    class State(models.TextChoices):
        PENDING = "pending"
        PAID = "paid"
        UNKNOWN = "unknown"
        FAILED = "failed"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    key = models.CharField(max_length=120, unique=True)  # idempotency key given to the provider
    provider = models.CharField(max_length=40)
    external_id = models.CharField(max_length=80, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Refund(models.Model):
    """Money given back."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=120, unique=True)
    external_id = models.CharField(max_length=80, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    state = models.CharField(max_length=12, choices=Payment.State.choices, default=Payment.State.PENDING)
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"-{self.amount}"
