"""RQ jobs of a turn: thin, idempotent, ids only."""

from __future__ import annotations

import logging

from assistant.conversation import flow, inbound, turns
from assistant.conversation.turns import Step
from assistant.engines import client
from assistant.engines.base import EngineError
from assistant.models import Conversation, Turn
from assistant.tasks import outbox, pages
from assistant.tasks.queues import enqueue

logger = logging.getLogger(__name__)


def advance(turn_id: int) -> None:
    """Take a turn as far as it goes; what a lapsed lease left is taken up again."""
    try:
        progress = flow.begin(turn_id)
    except turns.Stale:
        return
    after(turn_id, progress)


def begin(step: Step) -> None:
    """Take a turn that was claimed as it was made as far as it goes."""
    try:
        progress = flow.start(step)
    except turns.Stale:
        return
    after(step.turn.pk, progress)


def resume(turn_id: int, request_id: str) -> None:
    """Go on with a turn whose generation request has ended."""
    try:
        progress = flow.resume(turn_id, request_id)
    except turns.Stale:
        return
    after(turn_id, progress)


def after(turn_id: int, progress: flow.Progress | None) -> None:
    """Do what a step left to do: give the engine its request, or send the answer and begin the next turn."""
    if progress is None:
        return
    if progress.request is None:
        outbox.send(progress.conversation.pk)
        state = "failed" if progress.failed else "done"
        pages.tell(progress.conversation, {"type": "turn", "id": turn_id, "state": state})
        following = inbound.next_turn(Conversation.objects.get(pk=progress.conversation.pk))
        if following is not None:
            enqueue("turns", "assistant.tasks.turns.advance", following.pk)
        return
    pages.tell(progress.conversation, {"type": "turn", "id": turn_id, "state": "working"})
    if progress.streaming:
        outbox.announce_stream(turn_id)
    try:
        client.submit(progress.request)
    except EngineError as error:
        logger.warning("turn %s: the engine took no request: %s", turn_id, error.kind)
        try:
            after(turn_id, flow.give_up_engine(turn_id, progress.request.id, error))
        except turns.Stale:
            return


def stop(conversation_id: int) -> None:
    """Stop what is being written in a conversation."""
    for turn in Turn.objects.filter(conversation_id=conversation_id, state__in=Turn.LIVE):
        flow.stop(turn)


def follow(conversation_id: int) -> None:
    """Begin the turn over messages that came while another was being answered."""
    following = inbound.next_turn(Conversation.objects.get(pk=conversation_id))
    if following is not None:
        advance(following.pk)
