"""Buttons that a quote or order got after its message was stored: they need an id behind them like any other."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from assistant.conversation.replies import mint
from assistant.models import Conversation, PendingAction
from integrations.base import Reply

PARTS = ("quote", "order")


def complete(conversation: Conversation, messages: list[dict[str, Any]], now: datetime) -> None:
    """Give every button of the quotes and orders in `messages` (as pages show them) an id, in place."""
    shown = [(message["reply"], part) for message in messages if message["reply"] for part in PARTS]
    lacking = [(reply, part) for reply, part in shown if any(map(_lacks, (reply.get(part) or {}).get("actions", [])))]
    if not lacking:
        return
    known = _known(conversation, now)
    for reply, part in lacking:
        for action in reply[part]["actions"]:
            if _lacks(action):
                action["id"] = known.get(_key(action), "")
        holder = Reply.model_validate({part: reply[part]})
        mint(conversation, conversation.person_id, holder)
        reply[part] = holder.model_dump(mode="json")[part]
        known.update({_key(action): action["id"] for action in reply[part]["actions"]})


def _lacks(action: dict[str, Any]) -> bool:
    return not (action.get("id") or action.get("say") or action.get("link"))


def _key(action: dict[str, Any]) -> str:
    return json.dumps([action.get("tool", ""), action.get("inputs", {}), action.get("confirm", "")], sort_keys=True)


def _known(conversation: Conversation, now: datetime) -> dict[str, str]:
    """Return the ids of the conversation's buttons that can still be pressed, by what they do."""
    rows = PendingAction.objects.filter(conversation=conversation, reusable=True, expires_at__gt=now).order_by("id")
    return {_key(action): public_id for public_id, action in rows.values_list("public_id", "action")}
