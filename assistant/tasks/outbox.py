"""Send what waits, in order within each conversation, each message once.

No channel sends exactly once by itself, so where a channel needs it content goes out as an edit of a placeholder whose
id is stored first: a crash may leave a "…" behind, never a second answer.
"""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from zoneinfo import ZoneInfo

import redis
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone, translation

from assistant.channels.base import Channel, ChannelError, MessageGone
from assistant.channels.registry import channel_for
from assistant.conversation.turns import LOCALES
from assistant.models import Outbox
from assistant.models.durability import relaxed
from assistant.tasks import pages
from integrations.base import Reply

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)  # one send may be three slow calls
MAX_ATTEMPTS = 8


def send(conversation_id: int) -> None:
    """Send the waiting messages of a conversation, first come first; stops at one that cannot be sent yet."""
    while True:
        head = (
            Outbox.objects.filter(conversation_id=conversation_id)
            .filter(state__in=(Outbox.State.WAITING, Outbox.State.STREAMING))
            .order_by("id")
            .first()
        )
        if head is None or head.state != Outbox.State.WAITING or not _send_one(head.pk):
            return


def _send_one(outbox_id: int) -> bool:
    """Send one message; True if the next may follow."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    due = Q(not_before=None) | Q(not_before__lte=now)
    with relaxed():
        claimed = Outbox.objects.filter(free, due, pk=outbox_id, state=Outbox.State.WAITING).update(
            lease_until=now + LEASE, attempt=F("attempt") + 1
        )
    if not claimed:
        return False
    row = Outbox.objects.select_related("message", "conversation__connection", "conversation__person").get(pk=outbox_id)
    try:
        _deliver(row, channel_for(row.conversation.connection))
    except ChannelError as error:
        return _failed(row, error)
    ours = Outbox.objects.filter(pk=row.pk, attempt=row.attempt)
    if not ours.filter(message__version=row.message.version).update(
        state=Outbox.State.SENT, sent_version=row.message.version, sent_at=timezone.now(), lease_until=None, error=""
    ):
        ours.update(lease_until=None)  # edited meanwhile: once more
    return True


def _deliver(row: Outbox, channel: Channel) -> None:
    reply = Reply.model_validate(row.message.content or {"text": row.message.text})
    chat, language = row.conversation.external_id, row.conversation.person.language
    zone = ZoneInfo(row.conversation.person.time_zone)
    with translation.override(LOCALES.get(language, "zh-hans")), timezone.override(zone):
        if channel.placeholder and not row.external_id:
            _open(row, channel, reply)
        channel.fill(chat, row.external_id or str(row.message_id), reply, language)


def _open(row: Outbox, channel: Channel, reply: Reply) -> None:
    """Put a placeholder into the chat and store its id; where another one came first, take ours back."""
    chat = row.conversation.external_id
    opened = channel.open(chat, reply)
    if Outbox.objects.filter(pk=row.pk, external_id="").update(external_id=opened):
        row.external_id = opened
        return
    row.refresh_from_db(fields=["external_id"])
    channel.withdraw(chat, opened)


def _failed(row: Outbox, error: ChannelError) -> bool:
    """Note a failure; try again later, unless it is for good. True if the next message may follow."""
    if isinstance(error, MessageGone):  # the person deleted the placeholder: a new one, at once
        Outbox.objects.filter(pk=row.pk, external_id=row.external_id).update(external_id="", lease_until=None)
        return row.attempt < MAX_ATTEMPTS
    for_good = error.permanent or row.attempt >= MAX_ATTEMPTS
    pause = error.retry_after if error.retry_after is not None else min(60.0, 2.0**row.attempt)
    Outbox.objects.filter(pk=row.pk, attempt=row.attempt).update(
        state=Outbox.State.FAILED if for_good else Outbox.State.WAITING,
        error=str(error)[:200],
        lease_until=None,
        not_before=timezone.now() + timedelta(seconds=pause),
    )
    logger.warning("outbox %s not sent (attempt %s): %s", row.pk, row.attempt, error)
    return for_good


def announce_stream(turn_id: int) -> None:
    """Show the place of a streamed answer on the web page, and tell whoever relays streams."""
    rows = Outbox.objects.select_related("message__conversation__connection")
    row = rows.filter(cause=f"turn:{turn_id}:0", state=Outbox.State.STREAMING).first()
    if row is None:
        return
    pages.show(row.message, streaming=True)
    try:
        with redis.Redis.from_url(settings.VALKEY_URL) as valkey:
            valkey.publish("banshi:streams", json.dumps({"outbox": row.pk}))
    except redis.RedisError as error:
        logger.warning("streaming of outbox %s waits for the relay's own look: %s", row.pk, type(error).__name__)
