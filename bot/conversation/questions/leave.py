"""On which days the person is away and not to be reminded.

< ask_leave [วันนี้] [พรุ่งนี้] [สัปดาห์หน้า] [ย้อนกลับ]
> ๑๐-๑๒ ต.ค.
< ask_leave [ใช่] [ไม่ใช่] [ย้อนกลับ]
> ใช่
< leave_set
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation import day_spans, words
from bot.conversation.day_spans import Span
from bot.conversation.effects import SetLeave
from bot.conversation.flows import administration
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import NO, YES, Word

KEY = "leave"
QUICK = ("วันนี้", "พรุ่งนี้", "สัปดาห์หน้า")

_SAID = re.compile(
    r"\s*(?:ขอ|แจ้ง)?(?:วันลา|ลางาน|ลาป่วย|ลากิจ|ลาพักผ่อน|ลาพัก|ลาคลอด|ลา|on leave|leave|day off)\s*[:：]?\s*(?P<days>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichDays(Question):
    """Asked after วันลา; what was understood is confirmed before it counts."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The leave that is set, the one that waits for a ใช่, and the last call that is heard in spite of it."""
        understood = _understood(turn)
        call = turn.facts.last_call_on
        ahead = turn.today.replace(day=1) + timedelta(days=40)
        return {
            "leave": turn.facts.leave,
            "understood": understood,
            "last_call_on": call if understood and call and understood.first <= call <= understood.last else None,
            "example": (ahead.replace(day=10), ahead.replace(day=12)),
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Common stretches, or ใช่ and ไม่ใช่ while one waits for it; ending the leave, and the way back."""
        if _understood(turn) is not None:
            return tuple(button(turn, word) for word in (YES, NO, Word.BACK))
        end = (button(turn, words.END_LEAVE),) if turn.facts.leave else ()
        return (*end, *(button(turn, word) for word in QUICK), button(turn, Word.BACK))

    def hears(self, turn: Turn, text: str) -> bool:
        """ใช่ and ไม่ใช่, days, or that the leave is over."""
        understood, answer = _understood(turn), words.yes_or_no(text)
        if understood is not None and answer is not None:
            turn.remember(leave=None)
            if answer:
                _set(turn, understood)
            else:
                turn.ask_again()
            return True
        if words.ends_leave(text):
            _end(turn)
            return True
        span = day_spans.read(words.without_particles(text), turn.today)
        if span is None:
            with_word = _SAID.fullmatch(text)
            span = day_spans.read(words.without_particles(with_word["days"]), turn.today) if with_word else None
        if span is None:
            return False
        _understand(turn, span)
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving the question."""
        if word not in {Word.BACK, Word.CANCEL, Word.PAUSE}:
            return False
        administration.end_aside(turn)
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """No days."""
        turn.say("mistake/leave_not_understood", past=False)
        turn.ask_again()


def begin(turn: Turn) -> None:
    """วันลา: show what is set and ask for days."""
    administration.begin_aside(turn)
    turn.remember(leave=None)
    turn.ask(KEY, flow="administration")


def said(turn: Turn, text: str) -> bool:
    """Take วันลา ๑๐-๑๒ ต.ค. and ยกเลิกวันลา said in one go; False when the text is neither."""
    if len(text) > words.LONGEST_WORD:
        return False
    if words.ends_leave(text):
        administration.begin_aside(turn)
        _end(turn)
        return True
    found = _SAID.fullmatch(text)
    span = day_spans.read(words.without_particles(found["days"]), turn.today) if found else None
    if span is None:
        return False
    begin(turn)
    _understand(turn, span)
    return True


def _understand(turn: Turn, span: Span) -> None:
    """Ask whether these days are meant; days that are over are none."""
    left = day_spans.trimmed(span, turn.today)
    if left is None:
        turn.remember(leave=None)
        turn.say("mistake/leave_not_understood", past=True)
    else:
        turn.remember(leave=f"{left.first}/{left.last}")
    turn.ask_again()


def _understood(turn: Turn) -> Span | None:
    first, _, last = (turn.recall("leave") or "").partition("/")
    try:
        return Span(first=date.fromisoformat(first), last=date.fromisoformat(last))
    except ValueError:
        return None


def _set(turn: Turn, span: Span) -> None:
    turn.do(SetLeave(first=span.first, last=span.last))
    turn.say("leave_set", first=span.first, last=span.last)
    administration.end_aside(turn, say=False)


def _end(turn: Turn) -> None:
    had = turn.facts.leave is not None
    if had:
        turn.do(SetLeave(first=None, last=None))
    turn.say("leave_ended", had=had)
    administration.end_aside(turn, say=False)


QUESTION = WhichDays(key=KEY, template="ask_leave", needs_draft=False)
