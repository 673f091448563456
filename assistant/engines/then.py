"""What runs in a worker once a request has ended: a task by name out of a fixed list, never code out of the store."""

from __future__ import annotations

import django_rq

from assistant.engines.base import EngineError, Request

THEN = {"resume_turn": "assistant.tasks.turns.resume"}
QUEUE = "turns"


def check(request: Request) -> None:
    """Raise `EngineError("bad_request")` unless `then` is empty or {"task": a name in THEN, "args": [str or int]}."""
    then = request.then
    if not then:
        return
    args = then.get("args", [])
    fits = set(then) <= {"task", "args"} and isinstance(args, list) and all(isinstance(arg, str | int) for arg in args)
    if not fits or then.get("task") not in THEN:
        raise EngineError("bad_request", f"then must name one of {', '.join(THEN)} with plain arguments")


def enqueue(request: Request) -> None:
    """Enqueue what follows a request, if anything does. May raise `redis.RedisError`."""
    if request.then:
        check(request)
        queue = django_rq.get_queue(QUEUE, commit_mode="auto")
        queue.enqueue(THEN[request.then["task"]], *request.then.get("args", []))
