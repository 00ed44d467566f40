"""What the questions answered by ใช่ or ไม่ใช่ share."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import NO, YES, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation(Question):
    """A question to confirm; a subclass says what ใช่ and ไม่ใช่ do."""

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """ใช่ and ไม่ใช่."""
        return (button(turn, YES), button(turn, NO))

    def hears(self, turn: Turn, text: str) -> bool:
        """ใช่ or ไม่ใช่."""
        answer = words.yes_or_no(text)
        if answer is not None:
            (self.agreed if answer else self.declined)(turn)
        return answer is not None

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back is ไม่ใช่; asking for the same again asks again."""
        if word is Word.BACK:
            self.declined(turn)
        elif word in {Word.CANCEL, Word.CONFIRM, Word.END}:
            turn.say("mistake/yes_or_no")
            turn.ask_again()
        else:
            return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Neither ใช่ nor ไม่ใช่."""
        turn.say("mistake/yes_or_no")
        turn.ask_again()

    def agreed(self, turn: Turn) -> None:
        """What ใช่ does."""
        raise NotImplementedError

    def declined(self, turn: Turn) -> None:
        """What ไม่ใช่ does."""
        raise NotImplementedError
