"""The relay: one asyncio loop for what must stay open, Telegram's long polling and the streaming of answers.

It keeps nothing: what it misses while it is down, Telegram holds back and the outbox sends.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from assistant.tasks import heartbeat, relay_polling, relay_streams

logger = logging.getLogger(__name__)
Job = Callable[[], Awaitable[None]]
RESTART_SECONDS = 3.0
THREADS = 32  # for calls that wait: edits in as many chats at once, and a few for the store
ALL_JOBS: dict[str, Job] = {
    "polling": relay_polling.watch,
    "streams": relay_streams.watch,
}


def run(*, only: tuple[str, ...] = tuple(ALL_JOBS)) -> None:
    """Run until SIGTERM or SIGINT; `only` names the jobs (polling, streams)."""
    asyncio.run(_until_signal(only))


async def _until_signal(only: tuple[str, ...]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(stop, only)


async def serve(stop: asyncio.Event, only: tuple[str, ...] = tuple(ALL_JOBS)) -> None:
    """Run the jobs until `stop` is set, then end them in order."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "relay"))
    jobs = {name: ALL_JOBS[name] for name in only} | {"heartbeat": beat}
    tasks = [asyncio.create_task(keep(name, job), name=name) for name, job in jobs.items()]
    logger.info("relay runs: %s", ", ".join(jobs))
    await stop.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    logger.info("relay ended")


async def keep(name: str, job: Job) -> None:
    """Run a job for ever: the worker loop, where an error nobody thought of is logged and the job begins again."""
    while True:
        try:
            await job()
        except Exception:
            logger.exception("relay job %s failed and begins again", name)
        await asyncio.sleep(RESTART_SECONDS)


async def beat() -> None:
    """Say every few seconds that this loop turns."""
    since = time.time()
    while True:
        await asyncio.to_thread(heartbeat.beat, "relay", since)
        await asyncio.sleep(heartbeat.EVERY)
