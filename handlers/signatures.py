"""Whether a webhook body was signed with a channel's secret."""

from __future__ import annotations

import base64
import hashlib
import hmac


def verify(channel_secret: str, body: bytes, signature: str | None) -> bool:
    """Whether `x-line-signature` is that of the raw body; a missing or odd header is simply not it.

    Twin of the SDK's SignatureValidator, which takes the body as text and fails without a header.
    """
    if not signature or not channel_secret:
        return False
    expected = hmac.new(channel_secret.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(expected), signature.encode("utf-8", "replace"))
