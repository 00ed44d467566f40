"""Versions: a document's code comes from what it says, so that the same words are always the same version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace

from bot.domain.people import CODE_ALPHABET
from bot.reporting.model import Report

_LETTERS = 8


def inputs_hash(report: Report) -> str:
    """SHA-256 of everything that the document says and shows, but for when it was made."""
    said = replace(report, findings=(), cover=replace(report.cover, as_of="", version=""))
    values = asdict(said)
    del values["compiled_at"]
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def short_code(digest: str) -> str:
    """The code that people read and type: eight letters and digits without look-alikes, such as K7RM-3XQA."""
    number, letters = int(digest, 16), ""
    for _ in range(_LETTERS):
        number, place = divmod(number, len(CODE_ALPHABET))
        letters += CODE_ALPHABET[place]
    return f"{letters[:4]}-{letters[4:]}"


def with_code(report: Report, digest: str) -> Report:
    """The document with its version's code on the cover."""
    return replace(report, cover=replace(report.cover, version=f"รหัสฉบับ {short_code(digest)}"))
