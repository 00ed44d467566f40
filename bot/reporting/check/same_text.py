"""The same answer under two measures."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.text import match_key, thai_digits
from bot.reporting.check.elements import says_nothing
from bot.reporting.check.subject import Passage, Subject
from bot.reporting.model import Finding, Severity

_ASKED = ("summary", "outcome")
_LONG_ENOUGH = 25
_SHOWN = 80


def find(subject: Subject) -> Iterator[Finding]:
    """Summaries and outcomes that stand under an earlier measure too, where the measures are not the same one."""
    titles = {each.measure.no: match_key(each.measure.title) for each in subject.measures}
    first: dict[tuple[str, str], Passage] = {}
    for passage in subject.passages:
        if passage.field not in _ASKED or passage.measure_no is None:
            continue
        key = (passage.field, match_key(passage.text))
        before = first.setdefault(key, passage)
        if len(key[1]) < _LONG_ENOUGH or says_nothing(passage.text) or before.measure_no == passage.measure_no:
            continue
        if before.measure_no is not None and titles[before.measure_no] != titles[passage.measure_no]:
            yield _finding(passage, before, subject)


def _finding(passage: Passage, before: Passage, subject: Subject) -> Finding:
    shown = passage.text if len(passage.text) <= _SHOWN else passage.text[: _SHOWN - 1] + "…"
    return passage.finding(
        "same_text",
        Severity.WARNING,
        f"ข้อความเดียวกับมาตรการลำดับที่ {thai_digits(str(before.measure_no))}",
        words=shown,
        why="ผลที่ซ้ำกันทำให้ผู้ตรวจสงสัยว่าไม่ได้ทำตามแผนจริง",
        source=subject.items.report,
        action="ให้ผู้รายงานเขียนผลของมาตรการนี้เอง",
    )
