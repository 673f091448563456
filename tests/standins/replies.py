"""Replies as scenarios make them, for tests of the channels."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from integrations.base import (
    Action,
    Badge,
    Card,
    Fact,
    Money,
    OrderStep,
    OrderView,
    PlaceView,
    QuoteLine,
    QuoteView,
    SumLine,
)

PNG = bytes.fromhex("89504e470d0a1a0a") + b"picture"


def money(amount: str, currency: str = "CNY") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def cards() -> list[Card]:
    return [
        Card(
            id="offer:1",
            title="清蒸鲈鱼<双人>套餐",
            subtitle="小渔村 & 朋友",
            picture="fish",
            price=money("60"),
            list_price=money("68"),
            facts=[Fact(text="4.8"), Fact(text="1.2 km"), Fact(text="30 分钟")],
            badges=[Badge(text="演示", style="sandbox"), Badge(text="满 60 减 8")],
            actions=[Action(label="就要这个", id="pick-1", tool="food.pick"), Action(label="看菜单", id="menu-1")],
            best=True,
            note="评分最高，不辣",
        ),
        Card(
            id="offer:2",
            title="菌菇豆腐煲套餐",
            price=money("56"),
            actions=[Action(label="就要这个", id="pick-2")],
        ),
    ]


def quote(**changes: Any) -> QuoteView:
    fields: dict[str, Any] = {
        "id": "q1",
        "number": "Q-12",
        "title": "小渔村",
        "badges": [Badge(text="演示", style="sandbox")],
        "place": PlaceView(label="公司", address="世纪大道 100 号", source="来自记忆"),
        "when": "约 18:50 送到",
        "lines": [
            QuoteLine(text="清蒸鲈鱼", detail="少油", quantity=1, amount=money("38")),
            QuoteLine(text="杂粮饭", quantity=2, amount=money("8")),
        ],
        "sums": [
            SumLine(text="配送费", amount=money("5")),
            SumLine(text="满减", amount=money("-8"), style="off"),
            SumLine(text="合计", amount=money("43"), style="total"),
        ],
        "total": money("43"),
        "expires_at": datetime(2026, 11, 23, 10, 30, tzinfo=UTC),
        "note": "用演示钱包付款，不会产生真实扣款",
        "actions": [
            Action(label="确认并支付 ¥43.00", style="primary", confirm="q1", id="confirm-1"),
            Action(label="换地址", id="to-1"),
            Action(label="取消", style="quiet", id="no-1"),
        ],
    }
    return QuoteView(**{**fields, **changes})


def order() -> OrderView:
    return OrderView(
        number="BS-1123-0417",
        kind="food",
        title="小渔村",
        headline="约 18:50 送到",
        detail="骑手王师傅已取餐",
        state="active",
        payment="paid",
        fulfilment="courier",
        state_text="配送中",
        badges=[Badge(text="演示", style="sandbox")],
        place=PlaceView(label="公司", address="世纪大道 100 号"),
        total=money("43"),
        refunded=money("5"),
        steps=[
            OrderStep(text="已下单", state="done", at=datetime(2026, 11, 23, 10, 5, tzinfo=UTC)),
            OrderStep(text="配送中", state="now"),
            OrderStep(text="送达", state="todo"),
        ],
        actions=[Action(label="查看进度", id="status-1")],
    )
