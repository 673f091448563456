"""Messages waiting to be sent."""

from __future__ import annotations

from django.db import models

from assistant.models.conversation import Conversation, Message


class Outbox(models.Model):
    """One message to send, in order within its conversation; `cause` makes a repeated cause send nothing."""

    class State(models.TextChoices):
        WAITING = "waiting"
        STREAMING = "streaming"  # an answer that the engine is still writing; `request` names the generation
        SENT = "sent"
        FAILED = "failed"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="outbox")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="outbox")
    cause = models.CharField(max_length=120, unique=True)  # "turn:12:0", "order-event:7", ...
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    request = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=120, blank=True)  # the placeholder's id in the channel, once there
    sent_version = models.IntegerField(default=-1)  # the message version that was last delivered
    attempt = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)  # told by the channel: retry after
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"]), models.Index(fields=["conversation", "id"])]

    def __str__(self) -> str:
        return self.cause
