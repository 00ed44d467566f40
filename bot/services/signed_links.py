"""Links to media that work without signing in until they expire: /media/<signed>."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import NotFound
from bot.ports.outside import Keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLinks:
    """Makes and reads the signed part; it carries the key and the last second it is good for."""

    keyed: Keyed
    base_url: str

    def url(self, key: str, until: datetime, name: str | None = None) -> str:
        """A link to the stored file; `name` is what a browser calls the download."""
        payload = json.dumps([key, int(until.timestamp()), name], ensure_ascii=False, separators=(",", ":")).encode()
        text = base64.urlsafe_b64encode(payload).decode().rstrip("=")
        return f"{self.base_url}/media/{text}.{self.keyed.hash('media', text)[:32]}"

    def read(self, signed: str, now: datetime) -> tuple[str, str | None]:
        """The key and name behind a signed part.

        Raises:
            NotFound: it is not ours, was changed, or has expired.
        """
        text, _, signature = signed.partition(".")
        if not hmac.compare_digest(signature.encode(), self.keyed.hash("media", text)[:32].encode()):
            raise NotFound("this link is not valid")
        try:
            key, until, name = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (binascii.Error, ValueError, TypeError):
            raise NotFound("this link is not valid") from None
        if now.timestamp() > until:
            raise NotFound("this link has expired")
        return str(key), name
