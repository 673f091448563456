"""Whichever process is killed and whenever: no answer is lost, none comes twice, and the money adds up."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from redis.exceptions import RedisError

from tests.faults.killing import Killer
from tests.faults.people import CHINESE, ENGLISH, RULES, Talk, contents, placeholders
from tests.faults.running import KINDS, Installation, connect, installation, up
from tests.standins.telegram import Telegram

CONVERSATIONS = int(os.environ.get("FAULT_CONVERSATIONS", "40"))
KILLS = int(os.environ.get("FAULT_KILLS", "10" if CONVERSATIONS >= 200 else "2"))  # of each kind of process
STORM_SECONDS = 1200
QUIET_SECONDS = 240
OVER = {"done", "failed"}


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_a_storm_of_kills_loses_and_doubles_nothing(capsys: Any) -> None:
    began = time.monotonic()
    with Telegram(duplicates=1) as bot, installation(bot) as made:
        made.rules = RULES
        talks = [Talk(bot, 1000 + i, ENGLISH if i % 3 == 2 else CHINESE) for i in range(CONVERSATIONS)]
        with up(made):
            connect(bot, made)
            killer = storm(made, talks)
            stormed = time.monotonic() - began
            settle(made, bot)
            bot.redeliver()  # everything once more: nothing may come of it
            settle(made, bot)
            found = made.inside("figures")
        with capsys.disabled():
            print("\n" + summary(found, talks, killer, stormed, time.monotonic() - began))
        check(found, talks, killer, bot)


def storm(made: Installation, talks: list[Talk]) -> Killer:
    """Let everybody talk while processes die; more people come as more is killed."""
    killer = Killer(made, KILLS)
    killer.thread.start()
    try:
        loop(made, lambda: talks[: 1 + int(len(talks) * killer.share)], lambda: all(talk.over for talk in talks))
        killer.thread.join(120)
    finally:
        killer.stopping = True
    return killer


def loop(made: Installation, who: Callable[[], list[Talk]], over: Callable[[], bool]) -> None:
    """Let people talk until it is over, or for too long: then the checks say what is missing."""
    end, taught = time.monotonic() + STORM_SECONDS, 0.0
    while not over() and time.monotonic() < end:
        if time.monotonic() - taught > 0.5:
            taught = time.monotonic()
            teach(made)
        for talk in who():
            talk.step()
        time.sleep(0.1)


def teach(made: Installation) -> None:
    try:
        made.teach()
    except RedisError:
        return


def settle(made: Installation, bot: Telegram) -> None:
    """Wait until nothing moves any more, or for too long."""
    end = time.monotonic() + QUIET_SECONDS
    while time.monotonic() < end:
        time.sleep(2)
        teach(made)
        if bot.pending:
            continue
        found = made.inside("figures")
        waiting = [row for row in found["outbox"] if row["state"] in ("waiting", "streaming")]
        busy = set(found["turns"]) - OVER or "new" in found["updates"].values()
        if not (waiting or busy or found["moving"] or found["untold"]):
            return


def check(found: dict[str, Any], talks: list[Talk], killer: Killer, bot: Telegram) -> None:
    """Assert what must hold."""
    assert killer.flushed == 1
    assert {kind: killer.killed[kind] for kind in KINDS} == dict.fromkeys(KINDS, KILLS)
    confirmed = {str(update["update_id"]) for update in bot.confirmed}
    assert not bot.pending
    assert confirmed == set(found["updates"]), "an update that we answered 200 to is not stored"
    assert set(found["updates"].values()) == {"taken"}
    assert set(found["turns"]) <= OVER
    assert found["unanswered"] == 0
    assert len(confirmed) == sum(len(talk.said) for talk in talks)
    for talk in talks:
        check_screen(talk, [row for row in found["outbox"] if row["chat"] == str(talk.chat)])
    check_orders(found)
    assert found["orders"] >= 0.8 * len(talks), "too few came to an order for the storm to mean anything"


def check_screen(talk: Talk, rows: list[dict[str, Any]]) -> None:
    """Assert that each thing said has one answer on the screen, and each order's news stands there once."""
    shown = {str(sent.id) for sent in contents(talk.bot, talk.chat)}
    ours = [row["message"] for row in rows]
    assert {row["state"] for row in rows} <= {"sent"}, (talk.chat, rows)
    assert len(set(ours)) == len(ours), (talk.chat, "two messages in one place", rows)
    assert shown == set(ours), (talk.chat, "on the screen and in the outbox are not the same")
    answers = [row for row in rows if row["cause"].startswith("turn:")]
    assert len(answers) == len(talk.said), (talk.chat, talk.said, rows)


def check_orders(found: dict[str, Any]) -> None:
    """Assert that everything ordered was confirmed, once, and the money adds up."""
    assert found["wrong_sums"] == []
    assert found["unconfirmed"] == []
    assert found["without_order"] == 0
    assert found["orders"] == sum(found["payments"].values()) == len(found["payments"])
    assert found["quotes"].get("confirmed", 0) == found["orders"]
    assert (found["moving"], found["untold"]) == (0, 0)


def summary(found: dict[str, Any], talks: list[Talk], killer: Killer, stormed: float, whole: float) -> str:
    """Return the figures in a few lines."""
    bot = talks[0].bot
    rows = found["outbox"]
    shown = sum(len(contents(bot, talk.chat)) for talk in talks)
    said = sum(len(talk.said) for talk in talks)
    waits = sorted(talk.longest for talk in talks)
    kills = ", ".join(f"{kind} {killer.killed[kind]}" for kind in KINDS)
    return "\n".join(
        [
            f"storm: {len(talks)} conversations, {stormed:.0f} s of storm, {whole:.0f} s in all",
            f"killed: {kills}; FLUSHALL {killer.flushed}",
            f"updates {len(found['updates'])} of {said} said; answers on screen {shown}; doubles {shown - len(rows)}; "
            f"unanswered {found['unanswered']}; leftover … {sum(placeholders(bot, talk.chat) for talk in talks)}",
            f"turns {found['turns']}, errors {found['errors']}, worked on again {found['restarted']}",
            f"longest wait of a conversation: median {waits[len(waits) // 2]:.1f} s, most {waits[-1]:.1f} s",
            f"orders {found['orders']} {found['order_states']}; payments {sum(found['payments'].values())}; "
            f"wrong sums {len(found['wrong_sums'])}; quotes {found['quotes']}",
        ]
    )
