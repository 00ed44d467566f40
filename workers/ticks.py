"""Several processes may keep the same rhythm; each tick is done by one of them."""

from __future__ import annotations

from bot.adapters.redis_.connection import GuardedRedis


def claim(guarded: GuardedRedis, name: str, seconds: float) -> bool:
    """Whether this tick is ours. True as well while Redis is away: all that ticks is harmless when done twice."""
    return guarded.attempt(
        "tick",
        lambda client: bool(client.set(f"kaona:tick:{name}", 1, nx=True, px=max(int(seconds * 1000), 1))),
        True,
    )
