"""What a message that is no chat word may have meant: done where nothing can be lost, else one tap away."""

from __future__ import annotations

from bot.conversation import choices, commands, nearly
from bot.conversation.questions.base import Question
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word

_SAFE = frozenset(
    {
        Word.REPORT,
        Word.MY_WORK,
        Word.COMPLETENESS,
        Word.HELP,
        Word.BACK,
        Word.CHANGE,
        Word.PAUSE,
        Word.LEAVE,
        Word.QUIET,
        Word.SWITCH,
    }
)
"""Words that lose and send nothing: a slip in one of them is simply understood."""


def slip(turn: Turn, question: Question | None, text: str) -> bool:
    """Take the message as a chat word with a slip in it; False when it is near none."""
    word = nearly.command(text)
    if word is None:
        return False
    if word in _SAFE:
        turn.say("understood_as", word=word.value)
        if question is None or not question.takes(turn, word):
            commands.obey(turn, word)
    else:
        offer(turn, question, word)
    return True


def offer(turn: Turn, question: Question | None, word: str) -> None:
    """Ask whether the word was meant, with it as the first button; the live question's follow."""
    serial = turn.state.serial if question is not None else None
    own = question.choices(turn) if question is not None else (Choice(label=Word.HELP, word=Word.HELP),)
    others = tuple(choice for choice in own if choice.word != word)
    meant = Choice(label=word, word=word, serial=serial)
    turn.say("did_you_mean", choices=(meant, *others)[: choices.MOST_CHOICES], word=word)
