"""From which day a colleague acts.

< ask_acting_from [วันนี้] [พรุ่งนี้] [เลือกวันที่]
> พรุ่งนี้
< ask_acting_until
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation import dates, words
from bot.conversation.flows import administration, standing_in
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice, DatePicker
from bot.conversation.words import Word
from bot.domain.acting import LONGEST_ACTING
from bot.domain.calendar import thai_date

FROM, UNTIL = "acting_from", "acting_until"
_NEAR = {FROM: (0, 1), UNTIL: (0, 2, 4)}
"""Days offered as buttons: after today for the first day, after the first for the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingDay(Question):
    """Asks for the first or the last day, in one message; a doubtful one is shown again at the confirmation."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Who acts, and the first day once it is known."""
        colleague = standing_in.chosen(turn)
        return {
            "acting": colleague.person.name if colleague else "",
            "first_on": standing_in.day(turn, "first") if self.key == UNTIL else None,
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Near days, the picker and the way back."""
        since = _since(turn, self.key)
        near = (since + timedelta(days=days) for days in _NEAR[self.key])
        picker = DatePicker(
            initial=since.isoformat(),
            min=since.isoformat(),
            max=(since + timedelta(days=LONGEST_ACTING - 1)).isoformat(),
        )
        pick = Choice(label="เลือกวันที่", serial=turn.state.serial, picker=picker)
        days = (button(turn, thai_date(each), thai_date(each, short=True)) for each in near)
        return (*days, pick, button(turn, Word.BACK), button(turn, Word.CANCEL))

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back, or leaving."""
        if word is Word.BACK:
            turn.ask("colleague" if self.key == FROM else FROM, flow=standing_in.FLOW)
        elif word in {Word.CANCEL, Word.PAUSE}:
            administration.end_aside(turn)
        else:
            return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Read the day; one that cannot be is asked again."""
        found = dates.read(words.without_particles(text), turn.today).day
        first = standing_in.day(turn, "first") if self.key == UNTIL else found
        if found is None or first is None:
            turn.say("mistake/date_not_understood")
            turn.ask_again()
            return
        last = found if self.key == UNTIL else max(found, turn.today)
        wrong = standing_in.wrong_span(turn, first, last)
        if wrong is not None or (self.key == FROM and found < turn.today):
            turn.say("mistake/acting_days", wrong=wrong or "over", day=found)
            turn.ask_again()
        elif self.key == FROM:
            turn.remember(first=found.isoformat())
            turn.ask(UNTIL, flow=standing_in.FLOW)
        else:
            turn.remember(last=found.isoformat())
            turn.ask("confirm_acting", flow=standing_in.FLOW)


def _since(turn: Turn, key: str) -> date:
    first = standing_in.day(turn, "first") if key == UNTIL else None
    return max(first or turn.today, turn.today)


QUESTION = ActingDay(key=FROM, template="ask_acting_from", needs_draft=False)
