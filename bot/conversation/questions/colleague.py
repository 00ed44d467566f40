"""Which colleague is meant.

< ask_colleague [๑] [๒]
> สมชาย
< ask_acting_from
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.facts import Colleague
from bot.conversation.flows import administration
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import match_key, thai_digits

KEY = "colleague"
MOST_BUTTONS = 10
SHOWN = 25
NEXT = {"acting": "acting_from", "handover": "handover_what"}
"""What is asked after it, by purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichColleague(Question):
    """Asks for a number of the list, a name, or a part of one."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The colleagues, with their agency where the person has several."""
        everybody = turn.facts.colleagues
        several = len({each.agency.id for each in everybody}) > 1
        return {
            "purpose": turn.recall("purpose"),
            "people": [_line(place, each, several) for place, each in enumerate(everybody[:SHOWN], 1)],
            "more": max(0, len(everybody) - SHOWN),
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A number for each: names are longer than a button."""
        numbered = range(1, min(len(turn.facts.colleagues), MOST_BUTTONS) + 1)
        return (*(button(turn, thai_digits(str(number))) for number in numbered), button(turn, Word.BACK))

    def hears(self, turn: Turn, text: str) -> bool:
        """A number, a name, or what only one name holds."""
        no = words.number(text)
        if no is not None and 1 <= no <= len(turn.facts.colleagues):
            _choose(turn, turn.facts.colleagues[no - 1])
            return True
        found = _named(turn, text)
        if len(found) == 1:
            _choose(turn, turn.facts.colleagues[found[0] - 1])
        elif found:
            several = [_line(place, turn.facts.colleagues[place - 1], True) for place in found[:SHOWN]]
            turn.say("colleagues_found", people=several, more=max(0, len(found) - SHOWN))
        return bool(found)

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving the question."""
        if word not in {Word.BACK, Word.CANCEL, Word.PAUSE}:
            return False
        administration.end_aside(turn)
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Nobody of that name."""
        turn.say("mistake/no_such_colleague")
        turn.ask_again()


def _line(place: int, each: Colleague, several: bool) -> dict[str, object]:
    return {"no": place, "name": each.person.name, "agency": each.agency.name if several else None}


def _named(turn: Turn, text: str) -> list[int]:
    """The places in the list of those whose name is the text, else holds it."""
    wanted = match_key(text)
    if len(wanted) < 2 or words.command(text) is not None:
        return []
    names = {place: match_key(each.person.name) for place, each in enumerate(turn.facts.colleagues, 1)}
    return [p for p, name in names.items() if name == wanted] or [p for p, name in names.items() if wanted in name]


def _choose(turn: Turn, colleague: Colleague) -> None:
    turn.remember(**{"colleague": colleague.person.id, "in": colleague.agency.id})
    turn.ask(NEXT.get(turn.recall("purpose") or "", "acting_from"), flow="people")


QUESTION = WhichColleague(key=KEY, template="ask_colleague", needs_draft=False)
