"""Ids and tokens shaped like LINE's."""

import base64
import secrets

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(milliseconds: int) -> str:
    """Make a ULID, as LINE's webhookEventId is: time first, then chance."""
    value = (milliseconds << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(value >> shift) & 31] for shift in range(125, -1, -5))


def user_id() -> str:
    """Make a LINE user id: U and 32 hexadecimal digits."""
    return "U" + secrets.token_hex(16)


def reply_token() -> str:
    """Make a reply token: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def opaque_token(size: int = 48) -> str:
    """Make a quote or read token: text without meaning."""
    return base64.urlsafe_b64encode(secrets.token_bytes(size)).decode().rstrip("=")


class MessageIds:
    """Counts up message ids of 18 digits, never the same twice, also after a restart."""

    def __init__(self) -> None:
        self._last = 500_000_000_000_000_000

    def next(self, milliseconds: int) -> str:
        """Return the next id, later ids being larger."""
        self._last = max(self._last + 1, 400_000_000_000_000_000 + milliseconds * 80_000)
        return str(self._last)

    def seen(self, message_id: str) -> None:
        """Take note of an id from an earlier run."""
        if message_id.isdigit():
            self._last = max(self._last, int(message_id))
