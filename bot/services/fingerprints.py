"""Whether a record is still as somebody saw it: a short name for everything in it."""

from __future__ import annotations

import hashlib


def fingerprint(*records: object) -> str:
    """The same for the same records in the same order, and for no others."""
    return hashlib.sha256(repr(records).encode()).hexdigest()[:32]
