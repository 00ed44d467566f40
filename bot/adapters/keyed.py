"""Keyed hashes with the program's secret: what is looked up by a code or token is stored as its hash only."""

from __future__ import annotations

import hashlib
import hmac


class HmacKeyed:
    """HMAC-SHA256 under a key of its own for every purpose."""

    def __init__(self, secret_key: bytes) -> None:
        self._secret_key = secret_key

    def hash(self, purpose: str, text: str) -> str:
        """Hex; the same text under another purpose has another hash."""
        key = hmac.new(self._secret_key, b"keyed:" + purpose.encode(), hashlib.sha256).digest()
        return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
