"""How often one may ask: programs by their token, and whoever tries sign-in links by where they come from."""

from __future__ import annotations

import hashlib

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from handlers.admin import sign_in
from handlers.api import reading, submitting

PROGRAM_LIMIT = "120 per minute"
SIGN_IN_LIMIT = "300 per minute"
"""An office behind one address, or a proxy, is many people; the links themselves cannot be guessed."""


def install(app: Flask) -> None:
    """Count in this process: what is counted is worth nothing after a restart."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", "memory://")
    limiter = Limiter(_asker, app=app, headers_enabled=True)
    for blueprint in (reading.pages, submitting.pages):
        limiter.limit(PROGRAM_LIMIT)(blueprint)
    limiter.limit(SIGN_IN_LIMIT, key_func=get_remote_address)(sign_in.pages)


def _asker() -> str:
    """A name for the token shown, known or not; else the address."""
    given = request.authorization
    if given is not None and given.token:
        return hashlib.sha256(given.token.encode("utf-8", "surrogatepass")).hexdigest()
    return get_remote_address()
