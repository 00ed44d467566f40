"""Which agency is meant, for a person with several.

< ask_agency [อบต.หนึ่ง] [อบต.สอง]
> ๑
< compile_started
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.flows import administration, choosing
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.agencies import Agency
from bot.domain.text import fold_space, match_key, thai_digits

KEY = "agency"
MOST_BUTTONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichAgency(Question):
    """Asks for an agency by its name or its number in the list; `purpose` remembers what for."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The agencies to choose from."""
        return {"agencies": [agency.name for agency in _agencies(turn)], "purpose": turn.recall("purpose")}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A number for each agency: names are longer than a button."""
        numbered = range(1, min(len(_agencies(turn)), MOST_BUTTONS) + 1)
        return (*(button(turn, thai_digits(str(number))) for number in numbered), button(turn, Word.BACK))

    def hears(self, turn: Turn, text: str) -> bool:
        """An agency's name or number."""
        agencies = _agencies(turn)
        no = words.number(text)
        named = [agency for agency in agencies if match_key(fold_space(text)) == match_key(agency.name)]
        if no is not None and 1 <= no <= len(agencies):
            named = [agencies[no - 1]]
        if not named:
            return False
        self._chosen(turn, named[0])
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving the question."""
        if word not in {Word.BACK, Word.CANCEL, Word.PAUSE}:
            return False
        if turn.recall("purpose") == "measure":
            turn.remember(no=None, purpose=None)
            turn.ask("measure")
        else:
            administration.end_aside(turn)
        return True

    def _chosen(self, turn: Turn, agency: Agency) -> None:
        if turn.recall("purpose") == "measure":
            no = turn.recall("no")
            turn.remember(no=None, purpose=None)
            tasks = choosing.asked_tasks(turn)
            task = next((t for t in tasks if t.agency.id == agency.id and str(t.measure.no) == no), None)
            if task is None:
                turn.ask("measure")
            else:
                choosing.start(turn, task)
        elif turn.recall("purpose") == "group":
            administration.link_group_to(turn, agency)
        else:
            administration.compile_for(turn, agency)


def _agencies(turn: Turn) -> list[Agency]:
    if turn.recall("purpose") != "measure":
        return administration.administered(turn)
    no = turn.recall("no")
    found = [task.agency for task in choosing.asked_tasks(turn) if str(task.measure.no) == no]
    return list({agency.id: agency for agency in found}.values())


QUESTION = WhichAgency(key=KEY, template="ask_agency", needs_draft=False)
