"""Replies as pages get them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone


def offers(count: int = 3) -> dict[str, Any]:
    cards = [
        {
            "id": f"offer:{n}",
            "title": f"套餐 {n}",
            "subtitle": "江南小灶 · 静安寺店",
            "picture": "no-such-picture",
            "price": {"amount": f"{50 + n}.00"},
            "facts": [{"text": "4.8", "icon": "star"}],
            "badges": [{"text": "演示", "style": "sandbox"}],
            "best": n == 1,
            "actions": [{"label": "选这份", "style": "primary", "tool": "food.pick", "id": f"pick{n}"}],
        }
        for n in range(1, count + 1)
    ]
    return {
        "text": "有三份合适。**第一份**最稳。",
        "done": ["查了 312 家店"],
        "seconds": 2.2,
        "cards": cards,
        "choices": [{"label": "再便宜点", "say": "再便宜点", "id": "c1"}],
        "used": [{"name": "人数", "value": "2", "source": "你说的「两人」"}],
    }


def quote(**changes: Any) -> dict[str, Any]:
    expires = timezone.now() + timedelta(minutes=10)
    return {
        "id": "quote1",
        "number": "Q-1",
        "title": "江南小灶",
        "lines": [{"text": "清蒸鲈鱼", "amount": {"amount": "62.00"}}],
        "sums": [{"text": "优惠", "amount": {"amount": "-8.00"}, "style": "off"}],
        "total": {"amount": "62.00"},
        "expires_at": expires.isoformat(),
        "actions": [{"label": "确认并支付 ¥62.00", "style": "primary", "confirm": "quote1", "id": "confirm1"}],
    } | changes


def order(**changes: Any) -> dict[str, Any]:
    steps = [{"text": text, "state": "todo"} for text in ("已付款", "备餐", "取餐", "配送中", "送达")]
    steps[0]["state"] = "now"
    return {
        "number": "BS-1",
        "kind": "food",
        "title": "江南小灶",
        "headline": "约 18:50 送到",
        "state": "active",
        "payment": "paid",
        "fulfilment": "preparing",
        "state_text": "备餐中",
        "origin": {"address": "江宁路", "lat": 31.23, "lng": 121.44},
        "place": {"label": "公司", "address": "南京西路", "lat": 31.22, "lng": 121.45},
        "total": {"amount": "62.00"},
        "steps": steps,
        "actions": [{"label": "取消订单", "tool": "orders.cancel", "inputs": {"number": "BS-1"}, "id": "cancel1"}],
        "version": 1,
    } | changes
