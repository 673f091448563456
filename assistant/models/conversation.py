"""Conversations, messages and turns."""

from __future__ import annotations

from django.db import models

from integrations.models import Connection, Person, Quote
from integrations.models.people import public_id


class Identity(models.Model):
    """How a channel knows a person."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="identities")
    external_id = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "external_id"], name="one_person_per_identity")]

    def __str__(self) -> str:
        return f"{self.connection_id}:{self.external_id}"


class Conversation(models.Model):
    """A chat. `state` is what the last turns left open: shown cards, an open question, the basket."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="conversations")
    external_id = models.CharField(max_length=120)  # the chat's id in the channel
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conversations")
    title = models.CharField(max_length=120, blank=True)
    is_group = models.BooleanField(default=False)
    state = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "external_id"], name="one_conversation_per_chat")]

    def __str__(self) -> str:
        return self.title or self.public_id


class Turn(models.Model):
    """One answer to one or more inbound messages: a resumable state machine."""

    class State(models.TextChoices):
        NEW = "new"  # something to answer
        DECIDING = "deciding"  # the engine was asked what to do
        ANSWERING = "answering"  # the engine writes a free answer
        DONE = "done"
        FAILED = "failed"

    LIVE = (State.NEW, State.DECIDING, State.ANSWERING)

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="turns")  # who is answered
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    attempt = models.PositiveIntegerField(default=0)  # a worker commits only under the attempt it took
    lease_until = models.DateTimeField(null=True, db_index=True)  # when the sweep may take it up again
    request = models.CharField(max_length=40, blank=True)  # the generation request it waits for
    data = models.JSONField(default=dict)  # what the next step needs
    error = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(db_index=True)  # when the first message was stored
    answered_at = models.DateTimeField(null=True)  # when the answer was committed to the outbox
    engine_ms = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["conversation", "-id"]), models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                name="one_live_turn",
                condition=models.Q(state__in=["new", "deciding", "answering"]),
            )
        ]

    def __str__(self) -> str:
        return f"turn {self.pk}"


class TurnStep(models.Model):
    """What a turn did: what was asked of the model, what it answered, calls, times."""

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)  # understood, decision, grounding, call, answer, error
    detail = models.JSONField(default=dict)
    milliseconds = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.turn_id} {self.kind}"


class Message(models.Model):
    """Something that was said. Inbound: `content` is a channels.base.Inbound; outbound: an integrations.base.Reply."""

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    turn = models.ForeignKey(Turn, null=True, on_delete=models.SET_NULL, related_name="messages")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="messages")  # who wrote
    direction = models.CharField(max_length=3, choices=Direction.choices)
    text = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    client_id = models.CharField(max_length=64, blank=True)  # given by the sender, for its own bookkeeping
    version = models.PositiveIntegerField(default=0)  # grows when an outbound message is edited
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "id"])]

    def __str__(self) -> str:
        return f"{self.direction} {self.pk}"


class Attachment(models.Model):
    """A file that came in or goes out; bytes under MEDIA_ROOT, served only to its person, as a download."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100, blank=True)  # media type
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class PendingAction(models.Model):
    """What a button does: single use, bound to its person, conversation, quote and expiry."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="actions")
    label = models.CharField(max_length=80)
    action = models.JSONField()  # integrations.base.Action without its label
    quote = models.ForeignKey(Quote, null=True, on_delete=models.CASCADE)
    quote_hash = models.CharField(max_length=64, blank=True)
    reusable = models.BooleanField(default=False)  # read tools: a second tap asks again
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label


class OrderLink(models.Model):
    """The conversation in which an order was confirmed, and in which it is spoken of."""

    order = models.OneToOneField("integrations.Order", on_delete=models.CASCADE, related_name="link")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="orders")

    def __str__(self) -> str:
        return f"{self.order_id}"
