"""What each question is called, in full and as short as a button needs."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.words import EVIDENCE_HEADING, EXPECTED_ON_HEADING, REASON_HEADING, STATUS_HEADING
from bot.domain.updates import Answer

NAMES: Mapping[str, str] = {
    "status": STATUS_HEADING,
    "summary": Answer.SUMMARY.heading,
    "output": Answer.OUTPUT.heading,
    "outcome": Answer.OUTCOME.heading,
    "evidence": EVIDENCE_HEADING,
    "obstacles": Answer.OBSTACLES.heading,
    "reason": REASON_HEADING,
    "expected_on": EXPECTED_ON_HEADING,
}
"""The heading of each question; the word that chooses it."""

SHORT: Mapping[str, str] = {
    "summary": "สรุปผล",
    "outcome": "ผลลัพธ์",
    "obstacles": "ปัญหา/ข้อเสนอแนะ",
    "expected_on": "วันที่จะเริ่ม",
}
"""Buttons hold 20 graphemes; what they say is the heading in full."""
