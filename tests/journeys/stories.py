"""What the people of the journeys say, press and see, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

ADDRESS = "南京西路 1515 号 8 层前台"
LEDGER = """
import json
from integrations.models import Order
from integrations.orders import money
orders = Order.objects.order_by("id")
rows = [[row.state, row.payment, row.fulfilment, row.total, money.refunded(row)] for row in orders]
print(json.dumps([[*row[:3], *(f"{amount:.2f}" for amount in row[3:])] for row in rows]))
"""
RULES = {"晚餐": "food|wish=晚餐|to=公司", "dinner": "food|wish=dinner|to=my office"}  # the fake engine's decisions


@dataclass(frozen=True)
class Words:
    """What is said, pressed and seen in one language."""

    locale: str
    telegram: str  # as Telegram names the language
    wish: str
    which: str
    asked: str
    choose: str
    confirm: str
    stamped: str
    delivered: str
    cancel: str
    cancel_quote: str
    cancel_confirm: str
    given_back: str
    wish_again: str


ZH = Words(
    locale="zh-CN",
    telegram="zh-hans",
    wish="帮我点一份不辣的两人晚餐，80块以内，送到公司",
    which="清蒸鲈鱼双人餐",
    asked="还没有存「公司」的地址",
    choose="选这份",
    confirm="确认并支付",
    stamped="已确认",
    delivered="已送达",
    cancel="取消订单",
    cancel_quote="退回",
    cancel_confirm="确认取消",
    given_back="已退回",
    wish_again="再点一份不辣的两人晚餐，80块以内，送到公司",
)
EN = Words(
    locale="en-GB",
    telegram="en",
    wish="Order a non-spicy dinner for two under 80 to my office",
    which="Steamed sea bass set for two",
    asked="I do not have the address of “Office” yet",
    choose="Choose",
    confirm="Confirm and pay",
    stamped="Confirmed",
    delivered="Delivered at",
    cancel="Cancel",
    cancel_quote="You get back",
    cancel_confirm="Confirm",
    given_back="given back",
    wish_again="Order another non-spicy dinner for two under 80 to my office",
)
