"""Versions: a document's code comes from what it says, so that the same words are always the same version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace

from bot.domain.people import CODE_ALPHABET
from bot.reporting.model import Report

_LETTERS = 8


def inputs_hash(report: Report) -> str:
    """SHA-256 of everything that the document says and shows and of what draws it, but for when it was made."""
    preface = replace(report.preface, dated="") if report.preface else None
    cover = replace(report.cover, as_of="", version="", link="")
    measures = report.measures if report.word_template else ()  # only a template shows what the tables do not
    values = asdict(replace(report, findings=(), inputs_hash="", preface=preface, cover=cover, measures=measures))
    absent = [name for name in ("site", "memo", "preface") if not values[name]]
    for gone in ("compiled_at", "inputs_hash", "has_cover", *absent):
        del values[gone]
    del values["cover"]["link"]
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def code_of(digest: str) -> str:
    """The code of a version as it is kept and looked up: eight letters and digits without look-alikes."""
    number, letters = int(digest, 16), ""
    for _ in range(_LETTERS):
        number, place = divmod(number, len(CODE_ALPHABET))
        letters += CODE_ALPHABET[place]
    return letters


def short_code(digest: str) -> str:
    """The code as people read and type it, such as K7RM-3XQA."""
    return dashed(code_of(digest))


def dashed(code: str) -> str:
    """A code with its dash."""
    return f"{code[:4]}-{code[4:]}"


def with_code(report: Report, digest: str) -> Report:
    """The document with its version's code on the cover, and where to look it up."""
    link = f"{report.site}/v/{code_of(digest)}" if report.site else ""
    cover = replace(report.cover, version=f"รหัสฉบับ {short_code(digest)}", link=link)
    return replace(report, cover=cover, inputs_hash=digest)
