"""In which hours of the day the person is not to be reminded.

< ask_quiet [๑๒.๐๐–๑๓.๐๐] [๘.๓๐–๙.๓๐] [๑๕.๓๐–๑๖.๓๐] [ย้อนกลับ]
> ๑๒.๐๐-๑๓.๐๐
< quiet_set
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from bot.conversation import clock_times, words
from bot.conversation.clock_times import Hours
from bot.conversation.effects import SetQuiet
from bot.conversation.flows import administration
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import NO, YES, Word
from bot.domain.workdays import leaves_time, quiet_minutes

KEY = "quiet"
QUICK = ("๑๒.๐๐–๑๓.๐๐", "๘.๓๐–๙.๓๐", "๑๕.๓๐–๑๖.๓๐")

_SAID = re.compile(
    r"\s*(?:ไม่รบกวน|ห้ามรบกวน|อย่ารบกวน|เวลาเงียบ|quiet hours|quiet|do not disturb)\s*[:：]?\s*(?P<hours>\S.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichHours(Question):
    """Asked after ไม่รบกวน; hours that could be others are confirmed first."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The hours that are set, and those that wait for a ใช่."""
        return {"quiet": turn.facts.quiet, "understood": _understood(turn)}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Common hours, or ใช่ and ไม่ใช่ while some wait for it; taking them back, and the way back."""
        if _understood(turn) is not None:
            return tuple(button(turn, word) for word in (YES, NO, Word.BACK))
        end = (button(turn, words.END_QUIET),) if turn.facts.quiet else ()
        return (*end, *(button(turn, word) for word in QUICK), button(turn, Word.BACK))

    def hears(self, turn: Turn, text: str) -> bool:
        """ใช่ and ไม่ใช่, hours, or that any time will do."""
        understood, answer = _understood(turn), words.yes_or_no(text)
        if understood is not None and answer is not None:
            turn.remember(quiet=None)
            if answer:
                _set(turn, understood)
            else:
                turn.ask_again()
            return True
        if words.ends_quiet(text):
            _end(turn)
            return True
        with_word = _SAID.fullmatch(text)
        hours = clock_times.read(words.without_particles(with_word["hours"] if with_word else text))
        if hours is None:
            return False
        _understand(turn, hours)
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving the question."""
        if word not in {Word.BACK, Word.CANCEL, Word.PAUSE}:
            return False
        administration.end_aside(turn)
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """No hours."""
        _refuse(turn, "unknown")


def begin(turn: Turn) -> None:
    """ไม่รบกวน: show what is set and ask for hours."""
    administration.begin_aside(turn)
    turn.remember(quiet=None)
    turn.ask(KEY, flow="administration")


def said(turn: Turn, text: str) -> bool:
    """Take ไม่รบกวน ๑๒.๐๐-๑๓.๐๐ and เตือนได้ทุกเวลา said in one go; False when the text is neither."""
    if len(text) > words.LONGEST_WORD:
        return False
    if words.ends_quiet(text):
        administration.begin_aside(turn)
        _end(turn)
        return True
    found = _SAID.fullmatch(text)
    hours = clock_times.read(words.without_particles(found["hours"])) if found else None
    if hours is None:
        return False
    begin(turn)
    _understand(turn, hours)
    return True


def _understand(turn: Turn, hours: Hours) -> None:
    """Take hours that can only mean one thing, ask about others, refuse what makes no sense."""
    if hours.ends <= hours.begins:
        _refuse(turn, "order")
    elif not quiet_minutes(hours.begins, hours.ends):
        _refuse(turn, "needless")
    elif not leaves_time(hours.begins, hours.ends):
        _refuse(turn, "too_long")
    elif hours.sure:
        _set(turn, hours)
    else:
        turn.remember(quiet=f"{hours.begins:%H:%M}/{hours.ends:%H:%M}")
        turn.ask_again()


def _refuse(turn: Turn, reason: str) -> None:
    turn.remember(quiet=None)
    turn.say("mistake/quiet_not_taken", reason=reason)
    turn.ask_again()


def _understood(turn: Turn) -> Hours | None:
    begins, _, ends = (turn.recall("quiet") or "").partition("/")
    try:
        return Hours(begins=time.fromisoformat(begins), ends=time.fromisoformat(ends))
    except ValueError:
        return None


def _set(turn: Turn, hours: Hours) -> None:
    turn.do(SetQuiet(begins=hours.begins, ends=hours.ends))
    turn.say("quiet_set", begins=hours.begins, ends=hours.ends)
    administration.end_aside(turn, say=False)


def _end(turn: Turn) -> None:
    had = turn.facts.quiet is not None
    if had:
        turn.do(SetQuiet(begins=None, ends=None))
    turn.say("quiet_ended", had=had)
    administration.end_aside(turn, say=False)


QUESTION = WhichHours(key=KEY, template="ask_quiet", needs_draft=False)
