"""The chat words about people: who joins, who acts for whom, who takes work over, agency and language."""

from __future__ import annotations

from bot.conversation.effects import SetLanguage
from bot.conversation.flows import handing_over, joining, standing_in, switching
from bot.conversation.turn import Turn
from bot.conversation.words import Word


def obey(turn: Turn, word: Word) -> bool:
    """Do what a word about people asks; False when it is none of them."""
    match word:
        case Word.JOIN:
            turn.say("joined_already")
            turn.ask_again()
        case Word.APPROVE | Word.DENY:
            joining.decide(turn, word)
        case Word.HAND_OVER:
            handing_over.begin(turn)
        case Word.TAKE_OVER | Word.DECLINE:
            handing_over.answer(turn, word)
        case Word.STAND_IN:
            standing_in.begin(turn)
        case Word.SWITCH:
            switching.begin(turn)
        case Word.ENGLISH | Word.THAI:
            turn.do(SetLanguage(language="en" if word is Word.ENGLISH else "th"))
            turn.say("language_set")
            turn.ask_again()
        case _:
            return False
    return True
