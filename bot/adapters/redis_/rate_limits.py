"""LINE's rate limits, shared by all workers: a token bucket per channel and endpoint that learns from refusals."""

from __future__ import annotations

from typing import Any

from bot.adapters.redis_.connection import GuardedRedis

SLOWER = {"multicast": 200.0}
"""Calls a second to endpoints for which LINE allows less than for the others."""

_BUCKET = """
local most, now = tonumber(ARGV[1]), redis.call('time')
local at = now[1] + now[2] / 1000000
local kept = redis.call('hmget', KEYS[1], 'tokens', 'at', 'learnt', 'since')
local rate = most
if kept[3] then rate = math.min(most, tonumber(kept[3]) + math.max(0, at - tonumber(kept[4])) * most / 100) end
"""
"""The rate now. The time is Redis's own: workers' clocks need not agree."""

TAKE = f"""{_BUCKET}
local burst = math.max(1, rate / 10)
local tokens = math.min(burst, (tonumber(kept[1]) or burst) + math.max(0, at - (tonumber(kept[2]) or at)) * rate)
tokens = tokens - tonumber(ARGV[2])
redis.call('hset', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(at))
redis.call('pexpire', KEYS[1], 120000)
return {{tostring(tokens), tostring(rate)}}
"""
"""Take tokens, on credit if need be: what is left, below nothing what is owed, so waiters queue up fairly."""

SLOW_DOWN = f"""{_BUCKET}
if kept[4] and at - tonumber(kept[4]) < 0.5 then return 0 end
redis.call('hset', KEYS[1], 'learnt', tostring(math.max(1, rate * 0.7)), 'since', tostring(at))
redis.call('pexpire', KEYS[1], 120000)
return 1
"""
"""LINE refused: three tenths slower, growing again by a hundredth of the full rate each second. What was under way
when the first refusal came is refused too and counts as one."""


class RedisRateLimits:
    """Keeps bot.ports.outside.RateLimits's promise on Redis."""

    def __init__(self, guarded: GuardedRedis, per_second: float) -> None:
        self._redis = guarded
        self._rate = per_second

    def turns(self, channel_id: str, endpoint: str, calls: int) -> list[float]:
        """Seconds to wait before each of the calls; none while Redis is away."""
        most = self._most(endpoint)
        key = _key(channel_id, endpoint)
        said: Any = self._redis.attempt("rate", lambda client: client.eval(TAKE, 1, key, most, calls), (0, most))
        left, rate = map(float, said)
        return [max(0.0, -(left + later) / rate) for later in reversed(range(calls))]

    def refused(self, channel_id: str, endpoint: str) -> None:
        """LINE said that this was too fast."""
        key, most = _key(channel_id, endpoint), self._most(endpoint)
        self._redis.attempt("rate", lambda client: client.eval(SLOW_DOWN, 1, key, most), None)

    def _most(self, endpoint: str) -> float:
        return min(self._rate, SLOWER.get(endpoint, self._rate))


def _key(channel_id: str, endpoint: str) -> str:
    return f"kaona:rate:{channel_id}:{endpoint}"
