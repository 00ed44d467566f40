"""Which agency, or whose part, is meant, for a person with several.

< ask_agency [อบต.หนึ่ง] [อบต.สอง]
> ๑
< compile_started
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.facts import Task
from bot.conversation.flows import administration, choosing, switching
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.agencies import Agency
from bot.domain.text import fold_space, khun, match_key, thai_digits

KEY = "agency"
MOST_BUTTONS = 10
MEASURE, SWITCH = "measure", "switch"
OWN_PART = "งานของท่านเอง"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichAgency(Question):
    """Asks for one of a list by its name or its number; `purpose` remembers what for."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """What there is to choose from."""
        return {"agencies": _names(turn), "purpose": turn.recall("purpose")}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A number for each: names are longer than a button."""
        numbered = range(1, min(len(_names(turn)), MOST_BUTTONS) + 1)
        return (*(button(turn, thai_digits(str(number))) for number in numbered), button(turn, Word.BACK))

    def hears(self, turn: Turn, text: str) -> bool:
        """A name or number of the list."""
        names = _names(turn)
        no = words.number(text)
        places = [i for i, name in enumerate(names) if match_key(fold_space(text)) == match_key(name)]
        if no is not None and 1 <= no <= len(names):
            places = [no - 1]
        if not places:
            return False
        self._chosen(turn, places[0])
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving the question."""
        if word not in {Word.BACK, Word.CANCEL, Word.PAUSE}:
            return False
        if turn.recall("purpose") == MEASURE:
            turn.remember(no=None, purpose=None)
            turn.ask("measure")
        else:
            administration.end_aside(turn)
        return True

    def _chosen(self, turn: Turn, place: int) -> None:
        match turn.recall("purpose"):
            case "measure":
                task = _parts(turn)[place]
                turn.remember(no=None, purpose=None)
                choosing.start(turn, task)
            case "group":
                administration.link_group_to(turn, _administered(turn)[place])
            case "switch":
                switching.switch_to(turn, [*switching.agencies(turn), None][place])
            case _:
                administration.compile_for(turn, _administered(turn)[place])


def _administered(turn: Turn) -> list[Agency]:
    return administration.administered(turn)


def _names(turn: Turn) -> list[str]:
    match turn.recall("purpose"):
        case "measure":
            return [_part_name(task, _parts(turn)) for task in _parts(turn)]
        case "switch":
            return [*(agency.name for agency in switching.agencies(turn)), switching.ALL]
        case _:
            return [agency.name for agency in _administered(turn)]


def _parts(turn: Turn) -> list[Task]:
    """The tasks that one number may mean: in several agencies, or one's own and those of people one acts for."""
    no = turn.recall("no")
    return [task for task in choosing.asked_tasks(turn) if str(task.measure.no) == no]


def _part_name(task: Task, among: list[Task]) -> str:
    several_agencies = len({each.agency.id for each in among}) > 1
    several_holders = len({each.holder for each in among if each.agency.id == task.agency.id}) > 1
    whose = f"แทน{khun(task.holder.name)}" if task.holder else OWN_PART
    named = [task.agency.name] if several_agencies else []
    return " · ".join([*named, whose] if several_holders or not named else named)


QUESTION = WhichAgency(key=KEY, template="ask_agency", needs_draft=False)
