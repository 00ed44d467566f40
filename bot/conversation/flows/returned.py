"""Work that was sent back: which answer was meant, and whether anything was changed before it is sent again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation.facts import Draft
from bot.conversation.questions.headings_of import NAMES, SHORT
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.updates import Answer, Evidence, Review, Status, Update

_SAID: Mapping[str, tuple[str, ...]] = {
    "evidence": ("หลักฐาน", "ภาพ", "รูป", "ไฟล์", "แนบ", "ลิงก์", "เอกสาร"),
    "outcome": ("ผลลัพธ์", "ความสำเร็จ"),
    "output": ("ผลผลิต",),
    "obstacles": ("ปัญหา", "อุปสรรค", "ข้อเสนอ"),
    "summary": ("สรุป", "ผลการดำเนิน", "รายละเอียด"),
    "status": ("สถานะ",),
    "reason": ("เหตุผล",),
    "expected_on": ("วันที่คาด", "จะเริ่ม"),
}
"""Words in a reviewer's reason that name an answer."""


def meant_by(reason: str | None, keys: Sequence[str]) -> list[str]:
    """The questions in the order in which a reviewer may have meant them: those named by the reason first."""
    named = [key for key in _SAID if key in keys and any(word in (reason or "") for word in _SAID[key])]
    return [*named, *(key for key in keys if key not in named)]


def asked_by(status: Status | None, update: Update) -> list[str]:
    """The questions that can be changed in an update."""
    if status in {Status.NOT_STARTED, Status.CANCELLED}:
        return ["reason", *(["expected_on"] if status is Status.NOT_STARTED else []), "status"]
    output = ["output"] if update.output else []
    return ["summary", *output, "outcome", "evidence", "obstacles", "status"]


def choices(reason: str | None, update: Update) -> tuple[Choice, ...]:
    """One tap from the message that says it was sent back to each answer, the meant one first."""
    keys = meant_by(reason, asked_by(update.status, update))
    found = (Choice(label=f"แก้{SHORT.get(key, NAMES[key])}", word=f"{Word.CHANGE} {NAMES[key]}") for key in keys)
    return (*found, Choice(label=Word.CHANGE, word=Word.CHANGE))


def is_unchanged(turn: Turn, draft: Draft) -> bool:
    """Whether the draft says exactly what was sent back."""
    tasks = (task.update for task in turn.facts.tasks)
    before = next((update for update in tasks if update and update.id == draft.replaces), None)
    return before is not None and before.review is Review.RETURNED and _said(before) == _said(draft.update)


def _said(update: Update) -> tuple[object, ...]:
    answers = tuple(update.answer(answer) for answer in Answer)
    return (update.status, update.expected_on, *answers, *(_piece(each) for each in update.evidence))


def _piece(piece: Evidence) -> tuple[object, ...]:
    """A piece by where it came from: copies have ids of their own."""
    return piece.message_id, piece.url, piece.sha256, piece.caption or None, piece.group_id
