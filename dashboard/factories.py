"""Rows for the dashboard's tests and for looking at its pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from assistant.models import Conversation, Message, OrderLink, Outbox, Turn, TurnStep
from integrations.base import Card, Money, QuoteLine, QuoteView, Reply, SumLine
from integrations.models import Call, Connection, Order, OrderEvent, Payment, Person, Quote, Refund

COUNT: Iterator[int] = itertools.count(1)
PASSWORD = "a long enough password"  # noqa: S105


def make_user(name: str = "zhou", *, staff: bool = True, password: str | None = PASSWORD, **more: Any) -> User:
    """Return a user of the dashboard (or, without `staff`, one who may not see it)."""
    return User.objects.create_user(name, password=password, is_staff=staff, **more)


def make_connection(kind: str = "web", **more: Any) -> Connection:
    """Return a channel's connection; the web chat has one only."""
    wanted = {"role": Connection.Role.CHANNEL, "title": kind.title(), **more}
    if kind == "web":
        return Connection.objects.get_or_create(public_id="web", defaults={"kind": kind, **wanted})[0]
    return Connection.objects.create(kind=kind, **wanted)


def make_person(name: str = "林可", **more: Any) -> Person:
    """Return somebody who chats."""
    return Person.objects.create(name=name, **more)


def make_conversation(person: Person | None = None, *, kind: str = "web", **more: Any) -> Conversation:
    """Return a conversation."""
    person = person or make_person()
    return Conversation.objects.create(
        connection=more.pop("connection", None) or make_connection(kind),
        person=person,
        external_id=f"chat-{next(COUNT)}",
        **more,
    )


def make_turn(
    conversation: Conversation, said: str = "来两份不辣的", reply: Reply | None = None, *, at: datetime | None = None,
    milliseconds: int = 2170, state: str = Turn.State.DONE, **more: Any,
) -> Turn:  # fmt: skip
    """Return a turn with what was said and, where it is done, what was answered."""
    at = at or timezone.now() - timedelta(seconds=5)
    done = state in (Turn.State.DONE, Turn.State.FAILED)
    turn = Turn.objects.create(
        conversation=conversation, person=conversation.person, state=state, received_at=at,
        answered_at=at + timedelta(milliseconds=milliseconds) if done else None,
        engine_ms=more.pop("engine_ms", milliseconds - 50 if milliseconds > 500 else 0), **more,
    )  # fmt: skip
    inbound = {"user": "u", "chat": conversation.external_id, "text": said}
    make_message(turn, Message.Direction.IN, said, inbound, at)
    if done:
        reply = reply or Reply(text="有三份合适，都能在 40 分钟内送到。")
        make_message(turn, Message.Direction.OUT, reply.text, reply.model_dump(mode="json"), turn.answered_at or at)
    Conversation.objects.filter(pk=conversation.pk).update(last_at=at)
    return turn


def make_message(turn: Turn, direction: str, text: str, content: dict[str, Any], at: datetime) -> Message:
    """Return a message of a turn."""
    message = Message.objects.create(
        conversation=turn.conversation, turn=turn, person=turn.person, direction=direction, text=text, content=content
    )
    Message.objects.filter(pk=message.pk).update(created_at=at)
    return message


def make_unsent(turn: Turn, error: str = "Forbidden: bot was blocked by the user") -> Outbox:
    """Return the outbox row of a turn's answer that could not be sent."""
    message = turn.messages.filter(direction=Message.Direction.OUT).get()
    return Outbox.objects.create(
        conversation=turn.conversation,
        message=message,
        cause=f"turn:{turn.pk}:0",
        state=Outbox.State.FAILED,
        error=error,
    )


def make_steps(turn: Turn, *steps: tuple[str, dict[str, Any], int]) -> list[TurnStep]:
    """Return a turn's trace: (kind, detail, milliseconds) each, one after the other."""
    made, at = [], turn.received_at + timedelta(milliseconds=9)
    for kind, detail, milliseconds in steps:
        at += timedelta(milliseconds=milliseconds)
        step = TurnStep.objects.create(turn=turn, kind=kind, detail=detail, milliseconds=milliseconds)
        TurnStep.objects.filter(pk=step.pk).update(at=at)
        made.append(step)
    return made


def food_steps(text: str) -> list[tuple[str, dict[str, Any], int]]:
    """Return the trace of a search that the model decided on; `text` holds 两人, 80 块以内, 不辣 and 公司."""
    arguments = [
        {"name": "wish", "value": "晚餐", "source": "said", "words": "晚餐", "dropped": False, "reason": ""},
        {"name": "people", "value": 2, "source": "normalised", "words": "两人", "dropped": False, "reason": ""},
        {"name": "budget", "value": "80", "source": "normalised", "words": "80 块以内", "dropped": False, "reason": ""},
        {
            "name": "diet",
            "value": ["not_spicy"],
            "source": "normalised",
            "words": "不辣",
            "dropped": False,
            "reason": "",
        },
        {
            "name": "to",
            "value": "南京西路 1515 号",
            "source": "profile",
            "words": "公司",
            "dropped": False,
            "reason": "",
        },
        {"name": "merchant", "value": "江浙菜", "source": "", "words": "", "dropped": True, "reason": ""},
    ]
    decision = {
        "request": "r1", "model": "qwen2.5-coder-1.5b", "prompt_tokens": 1386, "cached_tokens": 1355,
        "output_tokens": 43,
        "raw": "food|wish=晚餐|to=公司|merchant=江浙菜",
    }  # fmt: skip
    inputs = {"wish": "晚餐", "people": 2, "budget": "80", "diet": ["not_spicy"], "to": "公司"}
    return [
        ("understood", {"by": "model", "text": ""}, 3),
        ("decision", decision, 2118),
        ("grounding", {"tool": "food.search", "arguments": arguments}, 6),
        (
            "call",
            {"tool": "food.search", "inputs": inputs, "ok": True, "error": "", "hits": 46, "provider": "sandbox"},
            21,
        ),
        ("answer", {"messages": [1]}, 7),
    ]


def make_quote(person: Person, total: str = "62.00", *, now: datetime | None = None, **more: Any) -> Quote:
    """Return an open quote."""
    now = now or timezone.now()
    quote = Quote(
        person=person,
        tool="food.pick",
        total=Decimal(total),
        content_hash="0" * 64,
        expires_at=now + timedelta(minutes=10),
        **more,
    )
    view = quote_view(quote)
    quote.view = view.model_dump(mode="json")
    quote.save()
    return quote


def quote_view(quote: Quote) -> QuoteView:
    """Return a quote as it is shown."""
    total = Money(amount=quote.total, currency=quote.currency)
    return QuoteView(
        id=quote.public_id, number=f"Q-{next(COUNT):04}", title="江南小灶", when="约 18:50 送到", total=total,
        lines=[QuoteLine(text="清蒸鲈鱼双人餐", detail="米饭换成杂粮饭", quantity=1, amount=total)],
        sums=[SumLine(text="合计", amount=total, style="total")], expires_at=quote.expires_at,
    )  # fmt: skip


def make_order(
    person: Person, total: str = "62.00", *, conversation: Conversation | None = None, at: datetime | None = None,
    refund: str = "", paid: bool = True, **more: Any,
) -> Order:  # fmt: skip
    """Return a confirmed order, paid unless told otherwise, `refund` of it given back."""
    at = at or timezone.now()
    quote = make_quote(person, total, now=at, state=Quote.State.CONFIRMED)
    payment = Order.Payment.PAID if paid else Order.Payment.NONE
    if refund:
        payment = Order.Payment.REFUNDED if Decimal(refund) == Decimal(total) else Order.Payment.PARTLY_REFUNDED
    order = Order.objects.create(**{
        "number": f"BS-{timezone.localtime(at):%m%d}-{next(COUNT):04}", "person": person, "quote": quote,
        "kind": "food",
        "title_zh": "清蒸鲈鱼双人餐", "title_en": "Steamed bass for two", "total": Decimal(total), "payment": payment,
        "details": details(total, at), **more,
    })  # fmt: skip
    Order.objects.filter(pk=order.pk).update(created_at=at)
    make_events(order, at, ["confirmed", "paid"] if paid else ["confirmed"])
    if paid:
        taken = Payment.objects.create(
            order=order,
            key=f"pay-{order.pk}",
            provider="sandbox",
            amount=order.total,
            currency="CNY",
            state=Payment.State.PAID,
        )
        if refund:
            Refund.objects.create(
                payment=taken,
                key=f"refund-{order.pk}",
                amount=Decimal(refund),
                state=Payment.State.PAID,
                reason="商家缺货",
            )
    if conversation:
        OrderLink.objects.create(order=order, conversation=conversation)
    return order


def details(total: str, at: datetime) -> dict[str, Any]:
    """Return what an order keeps: see `integrations.orders.food`."""
    dish = str(Decimal(total) - 4)
    return {
        "lines": [{
            "name_zh": "清蒸鲈鱼双人餐", "name_en": "Steamed bass for two", "detail_zh": "米饭换成杂粮饭",
            "detail_en": "with mixed grains", "count": 1, "amount": dish,
        }],
        "sums": [{"kind": "packing", "amount": "1.00"}, {"kind": "delivery", "amount": "3.00", "km": 1.2}],
        "place": {"lat": 31.2297, "lng": 121.4525, "address": "南京西路 1515 号", "label": "work", "source": "memory"},
        "origin": {"zh": "铜仁路 88 号", "en": "88 Tongren Road", "lat": 31.231, "lng": 121.45, "phone": ""},
        "km": 1.2, "prepare_minutes": 15, "ride_minutes": 12, "wanted_at": None, "zone": "Asia/Shanghai",
        "paid_at": at.isoformat(), "reached": {"waiting": at.isoformat(), "delivered": at.isoformat()},
        "provider": {"speed": 20, "courier": {"zh": "陈师傅", "en": "Chen"}},
    }  # fmt: skip


def make_events(order: Order, at: datetime, kinds: list[str]) -> None:
    """Add events to an order, a minute apart."""
    for i, kind in enumerate(kinds):
        OrderEvent.objects.create(
            order=order, key=f"{order.pk}:{kind}", kind=kind, at=at + timedelta(minutes=i), announced=True
        )


def make_call(tool: str = "food.search", *, milliseconds: int = 20, ok: bool = True, error: str = "") -> Call:
    """Return a logged call."""
    scenario = tool.partition(".")[0]
    return Call.objects.create(
        scenario=scenario, tool=tool, provider="sandbox", ok=ok, error=error, milliseconds=milliseconds
    )


def dinner_reply() -> Reply:
    """Return an answer with three cards and chips."""
    cards = [
        Card(id=f"offer:{i}", title=title, subtitle=where, price=Money(amount=Decimal(price)), best=i == 1)
        for i, (title, where, price) in enumerate(
            [
                ("清蒸鲈鱼双人餐", "江南小灶", "58"),
                ("菌菇豆腐煲双人餐", "山里人家", "62"),
                ("白切鸡配双饭", "粤小厨", "56"),
            ],
            1,
        )
    ]
    return Reply(text="有三份合适，都能在 40 分钟内送到。", cards=cards, done=["看了 46 份，3 份合适"])
