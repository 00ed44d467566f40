"""Tokens with a life: reply tokens, retry keys, issued channel access tokens."""

from dataclasses import dataclass
from typing import Any

from bot.simulator import ids

_REDELIVERED_LIFE_MS = 20 * 60 * 1000
_RETRY_LIFE_MS = 24 * 3600 * 1000
_KEPT = 20_000


@dataclass(slots=True, kw_only=True)
class ReplyToken:
    """The right to answer one event once."""

    user_id: str
    event_ms: int
    armed_ms: int
    redelivered: bool = False
    used: bool = False


class ReplyTokens:
    """All reply tokens of one channel."""

    def __init__(self, life_seconds: float) -> None:
        self._life_ms = life_seconds * 1000
        self._tokens: dict[str, ReplyToken] = {}

    def issue(self, user_id: str, now_ms: int) -> str:
        """Make the token of an event."""
        token = ids.reply_token()
        self._tokens[token] = ReplyToken(user_id=user_id, event_ms=now_ms, armed_ms=now_ms)
        while len(self._tokens) > _KEPT:
            del self._tokens[next(iter(self._tokens))]
        return token

    def arm(self, token: str, now_ms: int, *, redelivered: bool) -> None:
        """Start its minute: the webhook that carries it is being sent."""
        known = self._tokens.get(token)
        if known is not None:
            known.armed_ms = now_ms
            known.redelivered = redelivered

    def alive(self, token: str, now_ms: int) -> str | None:
        """Return whose chat it answers, None when used, expired or foreign."""
        known = self._tokens.get(token)
        if known is None or known.used or now_ms - known.armed_ms > self._life_ms:
            return None
        if known.redelivered and now_ms - known.event_ms > _REDELIVERED_LIFE_MS:
            return None
        return known.user_id

    def spend(self, token: str) -> None:
        """Use it up."""
        self._tokens[token].used = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A call that was accepted under a retry key."""

    key: str
    request_id: str
    at_ms: int
    sent: list[dict[str, str]] | None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {"key": self.key, "request_id": self.request_id, "at_ms": self.at_ms, "sent": self.sent}


class RetryKeys:
    """Which retry keys were accepted in the last 24 hours."""

    def __init__(self) -> None:
        self._accepted: dict[str, Accepted] = {}

    def find(self, key: str, now_ms: int) -> Accepted | None:
        """Return the call accepted under a key, unless it is a day old."""
        known = self._accepted.get(key)
        return known if known and now_ms - known.at_ms <= _RETRY_LIFE_MS else None

    def add(self, accepted: Accepted) -> None:
        """Take note of an accepted call."""
        self._accepted[accepted.key] = accepted


class IssuedTokens:
    """Short-lived and stateless channel access tokens."""

    def __init__(self) -> None:
        self._until: dict[str, int] = {}

    def issue(self, now_ms: int, seconds: int) -> str:
        """Make a token that lives so long."""
        token = ids.opaque_token(96)
        self._until[token] = now_ms + seconds * 1000
        return token

    def seconds_left(self, token: str, now_ms: int) -> int:
        """Return how long a token still lives, 0 when it does not."""
        return max(0, (self._until.get(token, 0) - now_ms) // 1000)

    def revoke(self, token: str) -> None:
        """End a token."""
        self._until.pop(token, None)
