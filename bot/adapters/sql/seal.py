"""Channel secrets at rest: encrypted with a key that only the program's SECRET_KEY gives."""

from __future__ import annotations

import base64
from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.errors import BadSettings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class Seal:
    """Encrypts and decrypts short texts (Fernet: AES-128-CBC with HMAC-SHA256).

    The library is loaded at the first use: most processes only know the default channel, which is not stored.
    """

    def __init__(self, secret_key: bytes) -> None:
        self._secret_key = secret_key

    def close(self, text: str) -> str:
        """The text, encrypted."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text again.

        Raises:
            BadSettings: it was sealed with another SECRET_KEY.
        """
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise BadSettings("SECRET_KEY is not the one with which the LINE channels were stored") from None

    @cached_property
    def _fernet(self) -> Fernet:
        from cryptography.fernet import Fernet
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kaona channel secrets").derive
        return Fernet(base64.urlsafe_b64encode(derive(self._secret_key)))
