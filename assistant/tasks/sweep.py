"""Take up what was left lying: Valkey may forget everything and any process may die; the rows do not."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from assistant.engines import client
from assistant.models import Message, Outbox, Turn, Update
from assistant.tasks import orders
from assistant.tasks.queues import enqueue

LATE = timedelta(seconds=4)  # an update not taken by then was lost on the way
LOST_REQUEST = timedelta(seconds=6)  # a request the engine does not know of by then was lost


def sweep() -> int:
    """Enqueue again whatever should be moving and is not; return how much it was."""
    return updates() + turns() + unanswered() + streams() + messages()


def updates() -> int:
    """Deliveries that were stored and never taken."""
    late = Update.objects.filter(state=Update.State.NEW, received_at__lt=timezone.now() - LATE)
    found = list(late.order_by("id").values_list("pk", flat=True)[:500])
    for pk in found:
        enqueue("turns", "assistant.tasks.inbox.take", pk)
    return len(found)


def turns() -> int:
    """Turns whose worker died, never began, or wait for a request that nobody knows."""
    now = timezone.now()
    live = Turn.objects.filter(state__in=Turn.LIVE)
    lapsed = live.filter(Q(lease_until__lt=now) | Q(lease_until=None, received_at__lt=now - LATE))
    found = list(lapsed.values_list("pk", flat=True)[:500])
    for pk in found:
        enqueue("turns", "assistant.tasks.turns.advance", pk)
    waiting = live.exclude(request="").filter(lease_until__gt=now)
    for turn in waiting.values("pk", "request")[:500]:
        if client.result(turn["request"]) is not None:  # the engine is done and its job was lost
            enqueue("turns", "assistant.tasks.turns.resume", turn["pk"], turn["request"])
        elif not client.known(turn["request"]):
            _restart(turn["pk"], turn["request"])
    return len(found)


def _restart(turn_id: int, request: str) -> None:
    """Begin a turn again whose request was lost, once it has had time to arrive."""
    lapsed_at = timezone.now() - timedelta(seconds=1)
    young = timezone.now() + timedelta(seconds=65) - LOST_REQUEST  # leases of waiting turns last 65 s
    if Turn.objects.filter(pk=turn_id, request=request, lease_until__lt=young).update(lease_until=lapsed_at):
        enqueue("turns", "assistant.tasks.turns.advance", turn_id)


def unanswered() -> int:
    """Messages that joined no turn because their conversation was busy, and whose successor turn was never made."""
    late = timezone.now() - LATE
    waiting = Message.objects.filter(direction=Message.Direction.IN, turn=None, created_at__lt=late)
    quiet = waiting.exclude(conversation__turns__state__in=Turn.LIVE)
    found = list(quiet.values_list("conversation_id", flat=True).distinct()[:200])
    for pk in found:
        enqueue("turns", "assistant.tasks.turns.follow", pk)
    return len(found)


def streams() -> int:
    """Streaming rows whose turn has ended another way."""
    stuck = Outbox.objects.filter(state=Outbox.State.STREAMING).exclude(message__turn__state__in=Turn.LIVE)
    return stuck.update(state=Outbox.State.WAITING)


def messages() -> int:
    """Messages that wait and that nobody is sending."""
    found = orders.waiting()
    for pk in found:
        enqueue("outbox", "assistant.tasks.outbox.send", pk)
    return len(found)
