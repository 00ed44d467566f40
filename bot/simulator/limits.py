"""Rate limits per channel and endpoint: token buckets with LINE's figures."""

import threading
import time
from collections.abc import Callable

_PER_HOUR = 3600.0
_FIGURES: dict[str, tuple[float, float]] = {  # endpoint -> (calls, seconds)
    "POST /v2/bot/message/multicast": (200, 1),
    "POST /v2/bot/message/narrowcast": (60, _PER_HOUR),
    "POST /v2/bot/message/broadcast": (60, _PER_HOUR),
    "POST /v2/bot/channel/webhook/test": (60, _PER_HOUR),
    "GET /v2/bot/channel/webhook/endpoint": (1000, 60),
    "PUT /v2/bot/channel/webhook/endpoint": (1000, 60),
    "POST /v2/bot/richmenu": (100, _PER_HOUR),
    "DELETE /v2/bot/richmenu/<menu_id>": (100, _PER_HOUR),
    "DELETE /v2/bot/richmenu/alias/<alias_id>": (100, _PER_HOUR),
    "GET /v2/bot/richmenu/list": (10, 1),
    "POST /v2/bot/chat/loading/start": (100, 1),
}
_OTHERWISE = (2000.0, 1.0)


class RateLimits:
    """Counts calls; a full bucket allows a burst of the whole figure."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def allow(self, bot: str, endpoint: str) -> bool:
        """Take one call out of the bucket; False when it is empty."""
        calls, seconds = _FIGURES.get(endpoint, _OTHERWISE)
        now = self._monotonic()
        with self._lock:
            left, since = self._buckets.get((bot, endpoint), (calls, now))
            left = min(calls, left + (now - since) * calls / seconds)
            allowed = left >= 1
            self._buckets[bot, endpoint] = (left - 1 if allowed else left, now)
            return allowed
