"""Which measure the update is about.

< ask_measure [มาตรการที่ ๑] [มาตรการที่ ๓]
> ๓
< ask_status …
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.flows import choosing
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import thai_digits

KEY = "measure"
MOST_BUTTONS = 9
"""Leaves room for the other round, back and help among LINE's thirteen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichMeasure(Question):
    """Asks for a number; a tap on a button does the same."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The round that is meant, with its measures and how each stands."""
        tasks = choosing.asked_tasks(turn)
        key = choosing.asked_round(turn) or ""
        other = choosing.other_round(turn, key)
        return {
            "round_no": tasks[0].round.no.value if tasks else None,
            "year": tasks[0].round.fiscal_year if tasks else None,
            "due_on": tasks[0].round.due_on if tasks else None,
            "other_round_no": other.no.value if other else None,
            "corrects": bool(tasks) and not choosing.outstanding(turn, tasks),
            "agency": turn.agency.name if turn.agency else None,
            "tasks": [choosing.task_line(turn, task) for task in tasks],
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """The measures still to report, else all that may be corrected, then the other round."""
        tasks = choosing.asked_tasks(turn)
        left = choosing.outstanding(turn, tasks) or tasks
        numbers = list(dict.fromkeys(task.measure.no for task in left))[:MOST_BUTTONS]
        key = choosing.asked_round(turn) or ""
        return (
            *(measure_button(turn, no) for no in numbers),
            *choosing.round_choice(turn, key),
            button(turn, Word.BACK),
            Choice(label=Word.HELP, word=Word.HELP),
        )

    def hears(self, turn: Turn, text: str) -> bool:
        """A measure's number, or a round."""
        no = words.number(text)
        if no is not None:
            if not choosing.pick(turn, no):
                turn.say("mistake/no_such_measure", no=no)
                turn.ask_again()
            return True
        round_no = words.round_no(text)
        if round_no is not None:
            choosing.choose_round(turn, round_no)
        return round_no is not None

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving the question in any of the ways."""
        if word not in {Word.BACK, Word.CANCEL, Word.PAUSE}:
            return False
        turn.rest(keep_draft=turn.draft is not None)
        turn.say("left")
        return True


def measure_button(turn: Turn, no: int) -> Choice:
    """The button that picks a measure."""
    return button(turn, thai_digits(f"มาตรการที่ {no}"))


QUESTION = WhichMeasure(key=KEY, template="ask_measure", needs_draft=False)
