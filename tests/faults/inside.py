"""What the tests do inside an installation, in its own process: `python -m tests.faults.inside NAME [ARGUMENT]`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from assistant.models import Conversation, Outbox, Turn, Update  # noqa: E402
from integrations import factories  # noqa: E402
from integrations.models import Connection, Merchant, Order, OrderEvent, Payment, Quote, Refund  # noqa: E402
from integrations.orders import money  # noqa: E402
from tests.faults import SECRET, TOKEN  # noqa: E402


def make(_argument: str) -> dict[str, Any]:
    """Make the rows of an installation: a street that never closes, its index, a bot in webhook mode."""
    if not list((settings.BASE_DIR / "assistant").rglob("*.mo")):
        call_command("compile_locales", verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    factories.street()
    Merchant.objects.update(hours=[{"days": factories.DAYS, "open": "00:00", "close": "00:00"}])
    call_command("index", "build", stdout=sys.stderr)
    connection = Connection.objects.create(
        role="channel",
        kind="telegram",
        title="Telegram",
        config={"mode": "webhook", "username": "banshi_bot"},
        credentials={"token": TOKEN, "secret": SECRET},
    )
    return {"valkey": settings.VALKEY_URL, "path": f"/hooks/telegram/{connection.public_id}/"}


def figures(_argument: str) -> dict[str, Any]:
    """Return what stands in the database."""
    orders = list(Order.objects.select_related("quote"))
    return {
        "updates": {row["external_id"]: row["state"] for row in Update.objects.values("external_id", "state")},
        "turns": Counter(Turn.objects.values_list("state", flat=True)),
        "errors": Counter(Turn.objects.exclude(error="").values_list("error", flat=True)),
        "restarted": Turn.objects.filter(attempt__gt=3).count(),
        "unanswered": _unanswered(),
        "outbox": [
            {"chat": row.conversation.external_id, "message": row.external_id, "cause": row.cause, "state": row.state,
             "attempt": row.attempt, "error": row.error}
            for row in Outbox.objects.select_related("conversation").order_by("pk")
        ],
        "quotes": Counter(Quote.objects.values_list("state", flat=True)),
        "orders": len(orders),
        "order_states": Counter(f"{order.state} {order.payment}" for order in orders),
        "wrong_sums": [order.number for order in orders if not money.adds_up(order)],
        "unconfirmed": [order.number for order in orders if order.quote.state != Quote.State.CONFIRMED],
        "without_order": Quote.objects.filter(state=Quote.State.CONFIRMED, tool="food.order", order=None).count(),
        "payments": Counter(Payment.objects.values_list("order__number", flat=True)),
        "refunds": Refund.objects.count(),
        "untold": OrderEvent.objects.filter(announced=False).count(),
        "moving": Order.objects.filter(state__in=(Order.State.CONFIRMED, Order.State.ACTIVE)).count(),
    }  # fmt: skip


def _unanswered() -> int:
    """Count what people said that no finished turn stands for."""
    over = (Turn.State.DONE, Turn.State.FAILED)
    return sum(
        conversation.messages.filter(direction="in").exclude(turn__state__in=over).count()
        for conversation in Conversation.objects.all()
    )


def main() -> None:
    """Do one thing and print what came of it as JSON."""
    name, argument = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    print(json.dumps({"make": make, "figures": figures}[name](argument), ensure_ascii=False))


if __name__ == "__main__":
    main()
