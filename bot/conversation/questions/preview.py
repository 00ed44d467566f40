"""The update as it will stand in the report; ยืนยัน submits it.

< preview [ยืนยัน] [แก้ไข]
> ยืนยัน
< submitted
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import headings, mending, words
from bot.conversation.advice.matter import Advice
from bot.conversation.advice.rules import advise
from bot.conversation.effects import SetAnswer
from bot.conversation.facts import Draft
from bot.conversation.flows import difference, receiving, sharing, submitting
from bot.conversation.flows import progress_update as flow
from bot.conversation.flows.difference import Difference
from bot.conversation.questions.base import Question, button, where
from bot.conversation.questions.headings_of import NAMES
from bot.conversation.questions.written_answer import USE_MENDED, fill
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import match_key, thai_digits
from bot.domain.updates import Answer

KEY = "preview"
_SHORT: Mapping[str, str] = {
    "summary": "แก้สรุปผล",
    "output": "แก้ผลผลิต",
    "outcome": "แก้ผลลัพธ์",
    "evidence": "แก้หลักฐาน",
    "obstacles": "แก้ปัญหา/ข้อเสนอแนะ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IsItRight(Question):
    """Shows everything and asks for ยืนยัน."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The measure and each answer under its heading."""
        draft = turn.draft
        if draft is None:
            return where(turn, KEY)
        changed = difference.of(turn, draft)
        return where(turn, KEY) | {
            "agency": draft.agency.name,
            "year": draft.round.fiscal_year,
            "status": draft.update.status.thai if draft.update.status else None,
            "old_status": changed.old.get("status"),
            "sections": _sections(draft, changed),
            "added": changed.added,
            "removed": changed.removed,
            "advice": len(advise(turn)),
            "asks_day": flow.row_of(draft, "expected_on") is not None,
            "expected_on": draft.update.expected_on,
            "pieces": [_as_printed(draft, line) for line in receiving.lines(draft.update.evidence)],
            "corrects": draft.replaces is not None,
            "others": sharing.lines(draft.others),
        }

    def preface(self, turn: Turn) -> None:
        """Gentle advice, once for the same text; the one tap that mends each is among the buttons."""
        found = advise(turn)
        key = str(zlib.crc32(repr(found).encode())) if found else None
        if found and key != turn.recall("advised"):
            turn.say("advice", items=[_line(advice) for advice in found])
        turn.remember(advised=key)

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Submit, what mends the advice, change, back, keep for later, drop."""
        after = (Word.CHANGE, Word.BACK, Word.PAUSE, Word.CANCEL)
        return (button(turn, Word.CONFIRM), *_mending(turn), *(button(turn, word) for word in after))

    def hears(self, turn: Turn, text: str) -> bool:
        """A heading to change, or what mends a piece of advice."""
        draft = turn.draft
        if draft is None:
            return False
        asked, chosen = words.status(text), _by_heading(draft, text)
        if asked is not None and any(advice.status is asked for advice in advise(turn)):
            turn.ask(flow.SECOND, editing=True)
            flow.set_status(turn, asked)
        elif match_key(text) == match_key(USE_MENDED) and (whole := _whole(draft)):
            turn.do(*(SetAnswer(update_id=draft.update.id, answer=each, text=whole[each]) for each in whole))
            turn.ask_again()
        elif draft.update.evidence and receiving.is_look(text):
            turn.ask("pieces", editing=True)
        elif chosen is not None:
            turn.ask(chosen, editing=True)
        else:
            return False
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Submit, or go back to the last question."""
        match word:
            case Word.CONFIRM:
                submitting.confirm(turn)
            case Word.BACK:
                flow.back(turn, KEY)
            case _:
                return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Text under headings changes those answers; anything else was not understood."""
        draft = turn.draft
        found = headings.split(text, flow.answers_asked(draft)) if draft else headings.Split()
        if draft is None or not found.answers or found.before:
            turn.say("mistake/confirm_or_change")
        else:
            fill(turn, draft, found.answers)
            turn.ask_again()


def _by_heading(draft: Draft, text: str) -> str | None:
    """The question of this draft whose heading the text is; สถานะ is the chat word here."""
    chosen = words.heading(text)
    if chosen == "obstacles" and flow.row_of(draft, "reason"):
        chosen = "reason"
    return chosen if chosen and flow.row_of(draft, chosen) else None


def _whole(draft: Draft) -> dict[Answer, str]:
    """The answers with broken letters, mended."""
    given = {answer: draft.update.answer(answer) for answer in flow.answers_asked(draft)}
    return {answer: whole for answer, text in given.items() if text and (whole := mending.mended(text)) != text}


def _line(advice: Advice) -> dict[str, object]:
    return {
        "code": advice.code,
        "heading": NAMES.get(advice.question, ""),
        "words": " ".join(advice.words.split()),
        "other": advice.other,
    }


def _mending(turn: Turn) -> tuple[Choice, ...]:
    """A button for each answer or status that would mend some advice."""
    found: list[Choice] = []
    for advice in advise(turn):
        if advice.status is not None:
            found.append(button(turn, advice.status.thai))
        elif advice.code in {"same_piece", "piece_elsewhere", "lost_piece"}:
            found.append(button(turn, receiving.LOOK))
        elif advice.code == "broken_letters":
            found.append(button(turn, USE_MENDED))
        else:
            found.append(button(turn, NAMES[advice.question], _SHORT[advice.question]))
    return tuple(dict.fromkeys(found))


def _as_printed(draft: Draft, line: dict[str, object]) -> dict[str, object]:
    """A piece with its caption's digits as the annex prints them."""
    caption = line["caption"]
    return line | {"caption": thai_digits(str(caption))} if caption and draft.thai_digits else line


def _sections(draft: Draft, changed: Difference) -> list[dict[str, object]]:
    """Each answer that the status asks, in order, as the report prints it; a reason stands under สรุปผล."""
    found: list[dict[str, object]] = []
    for row in flow.rows(draft):
        answer = flow.ANSWER_OF.get(row.question)
        if answer is None:
            continue
        is_reason = row.question == "reason"
        heading = Answer.SUMMARY.heading if is_reason else answer.heading
        text = draft.update.answer(answer)
        text = thai_digits(text) if text and draft.thai_digits else text
        old = changed.old.get(row.question)
        line: dict[str, object] = {
            "heading": heading,
            "text": text,
            "optional": row.optional,
            "is_reason": is_reason,
            "old": old,
        }
        found.append(line)
    return found


QUESTION = IsItRight(key=KEY, template="preview")
