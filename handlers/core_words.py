"""The words of the core that pages show through `said`: what the extractor of words reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from bot.domain.links import LinkState
from bot.domain.results import GROUPS, INDICATORS, Instrument
from bot.domain.sign_off import ActingAs
from bot.domain.updates import Answer, Status
from bot.reporting.compare_versions import HEADINGS
from bot.reporting.facts import PLACES
from bot.reporting.fields import FIELDS, Field
from bot.reporting.kinds import PARTS, WORDS

_STAGES = ("เตรียมภาพถ่าย", "เสร็จแล้ว", *(f"จัดทำ {kind}" for kind in ("PDF", "Word", "Excel", "HTML", "JSON")))
"""What a compile says of how far it is."""


def words() -> list[str]:
    """Each once."""
    kinds = (kind.short or "".join(kind.title) for kind in WORDS.values())
    covers = ("".join(kind.title) for kind in WORDS.values())
    enums = [each.thai for each in (*Status, *LinkState, *Instrument)] + [answer.heading for answer in Answer]
    groups = (name for _, name, _ in GROUPS)
    tables = (*PARTS.values(), *PLACES.values(), *HEADINGS, *ActingAs, *_of_fields(FIELDS))
    return list(dict.fromkeys(str(word) for word in [*enums, *INDICATORS, *groups, *kinds, *covers, *tables, *_STAGES]))


def extract(
    source: BinaryIO, keywords: Mapping[str, object], comment_tags: Iterable[str], options: Mapping[str, object]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """What Babel asks of an extractor; babel.cfg names it for this file."""
    for word in words():
        yield 1, "gettext", word, []


def _of_fields(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield field.thai
        yield from _of_fields(field.fields)
