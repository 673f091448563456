"""The web chat as a channel: what pages are told, and when."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import get_channel_layer
from django.utils import timezone

from assistant.channels.base import BadDelivery, BadSignature, ChannelError
from assistant.channels.web.channel import WebChannel
from assistant.channels.web.connection import web_connection
from assistant.channels.web.current import live_orders, refresh, settled_quotes
from assistant.channels.web.push import group, history, message_json, messages_json
from assistant.models import Conversation, Identity, Message, Outbox, PendingAction
from integrations.base import Money, QuoteLine, QuoteView, Reply, SumLine
from integrations.models import Person, Quote

pytestmark = pytest.mark.django_db


def talk(language: str = "zh") -> Conversation:
    person = Person.objects.create(language=language)
    connection = web_connection()
    Identity.objects.create(connection=connection, external_id=person.public_id, person=person)
    return Conversation.objects.create(connection=connection, external_id=person.public_id, person=person)


def heard(conversation: Conversation, text: str = "", **content: Any) -> Message:
    return Message.objects.create(conversation=conversation, direction="in", text=text, content=content)


def said(conversation: Conversation, **reply: Any) -> Message:
    content = Reply(**reply).model_dump(mode="json", exclude_defaults=True)
    return Message.objects.create(
        conversation=conversation, direction="out", text=reply.get("text", ""), content=content
    )


def quote_row(person: Person, **changes: Any) -> Quote:
    sums = [SumLine(text="合计", amount=Money(amount=Decimal("62.00")), style="total")]
    lines = [QuoteLine(text="清蒸鲈鱼", amount=Money(amount=Decimal("62.00")))]
    expires = timezone.now() + timedelta(minutes=10)
    view = QuoteView(
        id="", number="", title="江南小灶", lines=lines, sums=sums, total=lines[0].amount, expires_at=expires
    )
    fields = {"tool": "food.pick", "content_hash": "h", "total": "62.00", "expires_at": expires}
    return Quote.objects.create(person=person, view=view.model_dump(mode="json"), **(fields | changes))


def quote_view(row: Quote, **changes: Any) -> dict[str, Any]:
    return row.view | {"id": row.public_id, "number": f"Q-{row.pk}"} | changes


def told(conversation: Conversation, tell: Any, count: int) -> list[dict[str, Any]]:
    """Return the first `count` frames that an open page gets while `tell` runs."""

    async def listen() -> list[dict[str, Any]]:
        layer = get_channel_layer()
        name = await layer.new_channel()
        await layer.group_add(group(conversation.public_id), name)
        await sync_to_async(tell)()
        events = [await layer.receive(name) for _ in range(count)]
        await layer.group_discard(group(conversation.public_id), name)
        return events

    return async_to_sync(listen)()


def test_the_connection_is_made_once() -> None:
    assert web_connection().pk == web_connection().pk
    assert web_connection().kind == "web"


def test_a_reply_is_shown_without_what_is_never_sent() -> None:
    message = said(talk(), text="好", remember={"secret": 1}, asks={"tool": "food.search", "field": "to", "inputs": {}})
    data = message_json(message)
    assert data["reply"] == {"text": "好"}
    assert (data["type"], data["direction"], data["version"], data["streaming"]) == ("message", "out", 0, False)


def test_an_answer_that_is_being_written_says_so() -> None:
    conversation = talk()
    message = said(conversation)
    Outbox.objects.create(conversation=conversation, message=message, cause="turn:1:0", state="streaming")
    shown = history(conversation, limit=1)[0]
    assert messages_json(shown)[0]["streaming"] is True
    assert message_json(shown[0], streaming=False)["streaming"] is False


def test_a_pressed_button_shows_its_label_and_a_confirmation_does_not() -> None:
    conversation = talk()
    later = timezone.now() + timedelta(hours=1)
    common = {"person": conversation.person, "conversation": conversation, "expires_at": later}
    pick = PendingAction.objects.create(label="选这份", action={"tool": "food.pick"}, **common)
    pay = PendingAction.objects.create(label="确认并支付", action={"confirm": "q"}, **common)
    shown = messages_json(
        [
            heard(conversation, action=pick.public_id),
            heard(conversation, action=pay.public_id),
            heard(conversation, "你好"),
        ]
    )
    assert [row["text"] for row in shown] == ["选这份", "", "你好"]


def test_files_and_the_pin_of_a_message_are_shown() -> None:
    file = {"attachment": "a1", "name": "表.csv", "size": 3}
    data = message_json(
        heard(talk(), files=[file, {"name": "没存下"}], pin={"lat": 31.2, "lng": 121.4, "name": "静安寺"})
    )
    assert data["files"] == [{"id": "a1", "name": "表.csv", "size": 3, "kind": ""}]
    assert data["pin"]["name"] == "静安寺"


def test_history_pages_backwards_and_leaves_no_gap_after() -> None:
    conversation = talk()
    ids = [heard(conversation, str(number)).pk for number in range(7)]
    rows, older = history(conversation, limit=3)
    assert ([row.pk for row in rows], older) == (ids[4:], True)
    rows, older = history(conversation, limit=3, before=ids[2])
    assert ([row.pk for row in rows], older) == (ids[:2], False)
    assert [row.pk for row in history(conversation, limit=3, after=ids[0])[0]] == ids[1:]
    assert [row.pk for row in history(conversation, limit=3, after=ids[6])[0]] == ids[4:]


def test_fill_shows_the_message_on_open_pages(valkey: Any) -> None:
    conversation = talk()
    message = said(conversation, text="好")
    channel = WebChannel(web_connection())
    (event,) = told(conversation, lambda: channel.fill("", str(message.pk), Reply(text="好"), "zh"), 1)
    assert event["type"] == "push"
    assert event["data"] == message_json(message)


def test_an_order_settles_the_quote_it_came_from(valkey: Any) -> None:
    conversation = talk()
    row = quote_row(conversation.person, state="confirmed", inputs={"confirmed_at": timezone.now().isoformat()})
    said(conversation, quote=QuoteView.model_validate(quote_view(row)))
    newer = said(conversation, quote=QuoteView.model_validate(quote_view(quote_row(conversation.person))))
    channel = WebChannel(web_connection())
    events = told(conversation, lambda: channel.fill("", str(newer.pk), Reply(), "zh"), 2)
    assert [event["data"]["type"] for event in events] == ["message", "quote"]
    assert (events[1]["data"]["quote"]["id"], events[1]["data"]["quote"]["state"]) == (row.public_id, "confirmed")


def test_fill_of_a_message_that_is_gone_is_for_good() -> None:
    with pytest.raises(ChannelError) as caught:
        WebChannel(web_connection()).fill("", "999999", Reply(), "zh")
    assert caught.value.permanent


def test_fill_without_a_store_is_tried_again(settings: Any) -> None:
    layer = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": ["unix:///nowhere.sock"]}}
    settings.CHANNEL_LAYERS = {"default": layer}
    message = said(talk(), text="好")
    with pytest.raises(ChannelError) as caught:
        WebChannel(web_connection()).fill("", str(message.pk), Reply(), "zh")
    assert not caught.value.permanent


def test_there_is_no_webhook() -> None:
    channel = WebChannel(web_connection())
    with pytest.raises(BadSignature):
        channel.verify({}, b"{}")
    with pytest.raises(BadDelivery):
        channel.read(b"{}")
    with pytest.raises(BadDelivery):
        channel.parse({"chat": 1})
    assert channel.parse({"user": "u", "chat": "c", "text": "好"}).text == "好"


def test_an_old_quote_is_shown_as_it_is_now() -> None:
    conversation = talk()
    row = quote_row(conversation.person)
    button = {"label": "确认", "confirm": row.public_id, "id": "minted"}
    messages = messages_json([said(conversation, quote=QuoteView.model_validate(quote_view(row, actions=[button])))])
    refresh(messages, conversation.person, timezone.now())
    (action,) = messages[0]["reply"]["quote"]["actions"]
    assert (action["id"], messages[0]["reply"]["quote"]["state"]) == ("minted", "open")
    refresh(messages, conversation.person, timezone.now() + timedelta(hours=1))
    assert messages[0]["reply"]["quote"]["state"] == "expired"
    assert not any(action["confirm"] for action in messages[0]["reply"]["quote"]["actions"])


def test_a_quote_of_somebody_else_is_left_as_it_was_stored() -> None:
    conversation, other = talk(), talk()
    row = quote_row(other.person, state="confirmed")
    messages = messages_json([said(conversation, quote=QuoteView.model_validate(quote_view(row)))])
    refresh(messages, conversation.person, timezone.now())
    assert messages[0]["reply"]["quote"].get("state", "open") == "open"
    assert settled_quotes(conversation, timezone.now()) == []


def test_nobody_has_orders_at_first() -> None:
    assert live_orders(Person.objects.create(), timezone.now()) == []
