"""LINE's rate limits, shared by all workers: a token bucket per channel and endpoint."""

from __future__ import annotations

from bot.adapters.redis_.connection import GuardedRedis

TAKE = """
local rate, burst, now = tonumber(ARGV[1]), tonumber(ARGV[2]), redis.call('time')
local at = now[1] + now[2] / 1000000
local kept = redis.call('hmget', KEYS[1], 'tokens', 'at')
local tokens = math.min(burst, (tonumber(kept[1]) or burst) + math.max(0, at - (tonumber(kept[2]) or at)) * rate)
tokens = tokens - tonumber(ARGV[3])
redis.call('hset', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(at))
redis.call('pexpire', KEYS[1], 60000)
return tostring(tokens)
"""
"""Take tokens, on credit if need be: the answer is what is left, below nothing what is owed, so waiters queue up
fairly. The time is Redis's own: workers' clocks need not agree."""


class RedisRateLimits:
    """Keeps bot.ports.outside.RateLimits's promise on Redis."""

    def __init__(self, guarded: GuardedRedis, per_second: float) -> None:
        self._redis = guarded
        self._rate = per_second

    def turns(self, channel_id: str, endpoint: str, calls: int) -> list[float]:
        """Seconds to wait before each of the calls; none while Redis is away."""
        key = f"kaona:rate:{channel_id}:{endpoint}"
        burst = max(1.0, self._rate / 10)
        said = self._redis.attempt("rate", lambda client: client.eval(TAKE, 1, key, self._rate, burst, calls), None)
        left = float(said or 0)
        return [max(0.0, -(left + later) / self._rate) for later in reversed(range(calls))]
