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
_SENDING = tuple(f"POST /v2/bot/message/{how}" for how in ("reply", "push", "multicast"))


class RateLimits:
    """Counts calls; a full bucket allows a burst of the whole figure."""

    def __init__(self, sending: float | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        """With `sending`, so many calls a second to each endpoint that sends, in place of LINE's figure."""
        self._sending = sending
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def allow(self, bot: str, endpoint: str) -> bool:
        """Take one call out of the bucket; False when it is empty."""
        calls, seconds = _FIGURES.get(endpoint, _OTHERWISE)
        if self._sending is not None and endpoint in _SENDING:
            calls, seconds = self._sending, 1
        now = self._monotonic()
        with self._lock:
            left, since = self._buckets.get((bot, endpoint), (calls, now))
            left = min(calls, left + (now - since) * calls / seconds)
            allowed = left >= 1
            self._buckets[bot, endpoint] = (left - 1 if allowed else left, now)
            return allowed
