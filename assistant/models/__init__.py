"""Models of the conversation."""

from assistant.models.conversation import (
    Attachment,
    Conversation,
    Identity,
    Message,
    OrderLink,
    PendingAction,
    Turn,
    TurnStep,
)
from assistant.models.inbox import Update
from assistant.models.memory import Memory
from assistant.models.outbox import Outbox

__all__ = [
    "Attachment",
    "Conversation",
    "Identity",
    "Memory",
    "Message",
    "OrderLink",
    "Outbox",
    "PendingAction",
    "Turn",
    "TurnStep",
    "Update",
]
