"""Until when not to be reminded.

< ask_snooze [พรุ่งนี้] [๓ วัน] [๗ วัน] [วันลา] [ไม่รบกวน] [ย้อนกลับ]
> ๓ วัน
< snoozed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.conversation import words
from bot.conversation.effects import Snooze
from bot.conversation.flows import administration
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word

KEY = "snooze"


@dataclass(frozen=True, slots=True, kw_only=True)
class UntilWhen(Question):
    """Asked after เลื่อนเตือน; no answer reaches past the last call of an open round."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The day past which nothing is put off."""
        return {"last_call_on": turn.facts.last_call_on}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """The three spans, the other ways not to be reminded, and the way back."""
        others = (Choice(label=word, word=word) for word in (Word.LEAVE, Word.QUIET))
        return (*(button(turn, word) for word in words.SNOOZES), *others, button(turn, Word.BACK))

    def hears(self, turn: Turn, text: str) -> bool:
        """พรุ่งนี้, ๓ วัน or ๗ วัน."""
        days = words.snooze(text)
        if days is None:
            return False
        wanted = turn.today + timedelta(days=days)
        last = turn.facts.last_call_on
        until = wanted if last is None else min(wanted, last)
        turn.do(Snooze(until=until))
        turn.say("snoozed", until=until, shortened=until < wanted)
        administration.end_aside(turn, say=False)
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving the question."""
        if word not in {Word.BACK, Word.CANCEL, Word.PAUSE}:
            return False
        administration.end_aside(turn)
        return True


def begin(turn: Turn) -> None:
    """เลื่อนเตือน: ask until when; on the day of the last call there is nothing to put off."""
    if turn.facts.last_call_on is not None and turn.facts.last_call_on <= turn.today:
        turn.say("snooze_too_late")
        turn.ask_again()
        return
    administration.begin_aside(turn)
    turn.ask(KEY, flow="administration")


QUESTION = UntilWhen(key=KEY, template="ask_snooze", needs_draft=False)
