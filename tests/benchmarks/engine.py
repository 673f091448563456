"""Speed of the engine alone: loading, prompt, answers side by side, and a fixed prefix across a restart."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from django.conf import settings

from assistant.engines import models, prefixes
from assistant.engines.base import Event, Request
from assistant.engines.llama_cpp import LlamaCppEngine

KEY = "bench"
FIXED = [
    {
        "role": "system",
        "content": "你是办事，替人办事。" + "".join(f"第{n}条：看清楚再办，不懂就问。" for n in range(70)),
    }
]
OUTPUT = 48  # tokens


def run() -> dict[str, Any]:
    """Return tokens a second and milliseconds, with the load average at the start and at the end."""
    path = models.own_file() or models.get(settings.MODEL_NAME).path
    load = [os.getloadavg()[0]]
    engine = LlamaCppEngine(path, slots=4)
    figures: dict[str, Any] = {
        "load_seconds": round(engine.load_seconds, 2),
        "threads": {"answer": engine.threads.answer, "prompt": engine.threads.prompt},
    }
    prompt = _ask(engine, "把下面每一家餐厅都介绍一遍，写出名字。" * 30, 1)[-1]
    figures["prompt_per_second"] = round(1000 * prompt.prompt_tokens / prompt.timings["prompt"], 1)
    figures["output_per_second"] = {str(count): _together(engine, count) for count in (1, 2, 4)}
    prefixes.register(KEY, FIXED)
    figures["prefix"] = {"computed": _prefix(engine)}
    engine.close()
    again = LlamaCppEngine(path, slots=4)
    figures["prefix"]["after_restart"] = _prefix(again)
    again.close()
    return {**figures, "load_average": [*load, os.getloadavg()[0]]}


def _ask(engine: LlamaCppEngine, text: str, tokens: int) -> list[Event]:
    messages = [{"role": "user", "content": text}]
    return list(engine.generate(Request(messages=messages, max_tokens=tokens, deadline=time.time() + 300)))


def _together(engine: LlamaCppEngine, count: int) -> float:
    """Return the tokens a second of `count` answers written at once, all of them together."""
    done: list[Event] = []

    def work(number: int) -> None:
        done.append(_ask(engine, f"写一首关于{'春夏秋冬'[number]}天的长诗，至少三百字。", OUTPUT)[-1])

    workers = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return round(1000 * sum(event.output_tokens for event in done) / max(event.timings["output"] for event in done), 1)


def _prefix(engine: LlamaCppEngine) -> dict[str, float]:
    """Return how long it takes to have every prefix, and the first answer's figures."""
    began = time.monotonic()
    engine.warm()
    warm = time.monotonic() - began
    request = Request(messages=[*FIXED, {"role": "user", "content": "你好"}], cache_key=KEY, max_tokens=8)
    began = time.monotonic()
    first = 0.0
    for event in engine.generate(request):
        if event.type == "token" and not first:
            first = time.monotonic() - began
    return {
        "warm_ms": round(1000 * warm, 1),
        "prompt_tokens": event.prompt_tokens,
        "cached_tokens": event.cached_tokens,
        "first_token_ms": round(1000 * first, 1),
    }
