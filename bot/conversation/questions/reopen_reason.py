"""Why a locked measure is to be opened again; what is said goes to the admin.

< ask_reopen_reason [ย้อนกลับ]
> ใส่จำนวนผู้เข้าร่วมผิด
< reopening_asked
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import reopening
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.reopenings import LONGEST_REASON
from bot.domain.text import clean

KEY = reopening.REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyReopen(Question):
    """Asks for the reason, in one message."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The measure, its round and when that closed."""
        task = reopening.chosen(turn)
        return {
            "no": task.measure.no if task else None,
            "title": task.measure.title if task else None,
            "round_no": task.round.no.value if task else None,
            "locked_on": task.round.locks_on if task else None,
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """The way back."""
        return (button(turn, Word.BACK), Choice(label=Word.HELP, word=Word.HELP))

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving it; an end without a reason asks again."""
        if word is Word.END:
            turn.say("mistake/empty_answer")
            turn.ask_again()
        elif word in {Word.BACK, Word.CANCEL, Word.PAUSE, Word.SKIP}:
            reopening.leave(turn)
            if turn.is_idle:
                turn.say("left")
        else:
            return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Ask for it with this reason."""
        reason, task = clean(text), reopening.chosen(turn)
        if task is None:
            reopening.leave(turn)
            turn.say("nothing_locked", has_open=bool(turn.tasks))
        elif not reason:
            turn.ask_again()
        elif len(reason) > LONGEST_REASON:
            turn.say("mistake/answer_too_long", limit=LONGEST_REASON, have=0)
        else:
            reopening.ask(turn, task, reason)


QUESTION = WhyReopen(key=KEY, template="ask_reopen_reason", needs_draft=False, is_answer=True)
