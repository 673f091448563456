"""Which relay does what, where several run: a lease in Valkey, renewed by its holder.

The relay talks to Valkey by the plain client, in threads. redis-py's asyncio client loses cancellations (it takes one
that comes just before a zero time-out for that time-out), and a task with calls of it may never end.
"""

from __future__ import annotations

import asyncio
import logging
import os
import uuid

from redis.exceptions import RedisError

from assistant.engines.store import valkey

logger = logging.getLogger(__name__)
SECONDS = 10.0  # a relay that was killed is followed by another after this long
OWNER = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
TAKE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0
"""
DROP = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


async def ours(name: str) -> bool:
    """Take or renew the lease `name`; False while another relay has it.

    Without Valkey it is ours: two relays at the same work are a nuisance, none is a standstill.
    """
    return await asyncio.to_thread(_take, name)


async def drop(name: str) -> None:
    """Give the lease back, if it is ours; without Valkey it expires by itself."""
    await asyncio.to_thread(_drop, name)


def _take(name: str) -> bool:
    try:
        return bool(valkey().eval(TAKE, 1, f"banshi:relay:{name}", OWNER, str(int(SECONDS * 1000))))
    except RedisError as error:
        logger.warning("no lease for %s: %s", name, type(error).__name__)
        return True


def _drop(name: str) -> None:
    try:
        valkey().eval(DROP, 1, f"banshi:relay:{name}", OWNER)
    except RedisError as error:
        logger.debug("lease %s is left to expire: %s", name, type(error).__name__)
