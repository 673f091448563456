"""Models of the conversation."""

from assistant.models.conversation import Attachment, Conversation, Identity, Message, PendingAction, Turn, TurnStep
from assistant.models.inbox import Update
from assistant.models.memory import Memory
from assistant.models.outbox import Outbox

__all__ = [
    "Attachment",
    "Conversation",
    "Identity",
    "Memory",
    "Message",
    "Outbox",
    "PendingAction",
    "Turn",
    "TurnStep",
    "Update",
]
