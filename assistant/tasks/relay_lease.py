"""Which relay does what, where several run: a lease in Valkey, renewed by its holder."""

from __future__ import annotations

import contextlib
import logging
import os
import uuid

import redis.asyncio as aioredis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
SECONDS = 10.0  # a relay that was killed is followed by another after this long
OWNER = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
TAKE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0
"""
DROP = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


async def ours(valkey: aioredis.Redis, name: str, seconds: float = SECONDS) -> bool:
    """Take or renew the lease `name`; False while another relay has it.

    Without Valkey it is ours: two relays at the same work are a nuisance, none is a standstill.
    """
    try:
        taken = await valkey.eval(TAKE, 1, f"banshi:relay:{name}", OWNER, str(int(seconds * 1000)))
    except RedisError as error:
        logger.warning("no lease for %s: %s", name, type(error).__name__)
        return True
    return bool(taken)


async def drop(valkey: aioredis.Redis, name: str) -> None:
    """Give the lease back, if it is ours; without Valkey it expires by itself."""
    with contextlib.suppress(RedisError):
        await valkey.eval(DROP, 1, f"banshi:relay:{name}", OWNER)
