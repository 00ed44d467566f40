"""LINE's rate limits, shared by all workers: a token bucket per channel and endpoint."""

from __future__ import annotations

from bot.adapters.redis_.connection import GuardedRedis

TAKE = """
local rate, burst, now = tonumber(ARGV[1]), tonumber(ARGV[2]), redis.call('time')
local at = now[1] + now[2] / 1000000
local kept = redis.call('hmget', KEYS[1], 'tokens', 'at')
local tokens = math.min(burst, (tonumber(kept[1]) or burst) + math.max(0, at - (tonumber(kept[2]) or at)) * rate)
tokens = tokens - 1
redis.call('hset', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(at))
redis.call('pexpire', KEYS[1], 60000)
if tokens >= 0 then return '0' end
return tostring(-tokens / rate)
"""
"""Take a token, on credit if need be: the answer is how many seconds to wait for it, so waiters queue up fairly.
The time is Redis's own: workers' clocks need not agree."""


class RedisRateLimits:
    """Keeps bot.ports.outside.RateLimits's promise on Redis."""

    def __init__(self, guarded: GuardedRedis, per_second: float) -> None:
        self._redis = guarded
        self._rate = per_second

    def wait(self, channel_id: str, endpoint: str) -> float:
        """Seconds to wait before the call; none while Redis is away."""
        key = f"kaona:rate:{channel_id}:{endpoint}"
        burst = max(1.0, self._rate / 10)
        said = self._redis.attempt("rate", lambda client: client.eval(TAKE, 1, key, self._rate, burst), b"0")
        return float(said)
