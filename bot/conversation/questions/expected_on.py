"""The day on which a measure that has not started will start.

< ask_expected_on [เลือกวันที่]
> ๑ เม.ย. ๒๕๖๙
< preview
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation import dates, meaning, small_talk, words
from bot.conversation.effects import SetExpectedOn
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions.base import Question, button, way_back, where
from bot.conversation.turn import Turn
from bot.conversation.types import Choice, DatePicker
from bot.conversation.words import NO, YES, Word
from bot.domain.calendar import FiscalYear, fiscal_year_of, fiscal_year_range, thai_date
from bot.domain.updates import Status

KEY = "expected_on"
PICKER_SPAN = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenWillItStart(Question):
    """Asks for a day, in one message; what could be another day is confirmed first."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Where one is, the day so far, and the day that waits for a ใช่."""
        draft = turn.draft
        return (
            where(turn, KEY)
            | {"old": draft.update.expected_on if draft else None, "understood": _understood(turn)}
            | {"is_past": _is_past(turn), "started": Status.IN_PROGRESS.thai}
            | {"example": (turn.today.replace(day=1) + timedelta(days=62)).replace(day=1)}
        )

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """The date picker, or ใช่ and ไม่ใช่ while a day waits for it."""
        if _understood(turn) is not None:
            started = (button(turn, Status.IN_PROGRESS.thai),) if _is_past(turn) else ()
            return (*started, button(turn, YES), button(turn, NO), *way_back(turn))
        likely = (button(turn, thai_date(day)) for day in _likely(turn)) if turn.recall("unknown") else ()
        old = turn.draft.update.expected_on if turn.draft else None
        keep = (button(turn, thai_date(old), "ใช้วันเดิม"),) if old else ()
        first = turn.today
        picker = DatePicker(
            initial=(first + timedelta(days=1)).isoformat(),
            min=first.isoformat(),
            max=(first + PICKER_SPAN).isoformat(),
        )
        pick = Choice(label="เลือกวันที่", serial=turn.state.serial, picker=picker)
        return (*keep, *likely, pick, *way_back(turn))

    def hears(self, turn: Turn, text: str) -> bool:
        """ใช่ and ไม่ใช่ while a day waits for it; of a day that is past, that the work has begun."""
        day, answer = _understood(turn), words.yes_or_no(text)
        if _is_past(turn) and words.status(text) is Status.IN_PROGRESS:
            turn.remember(understood=None, unknown=None)
            flow.set_status(turn, Status.IN_PROGRESS)
            return True
        if day is None or answer is None:
            return False
        turn.remember(understood=None)
        if answer:
            _set(turn, day)
        else:
            turn.ask_again()
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back, keep what was there, or the day of the last round."""
        draft = turn.draft
        previous = draft.previous.expected_on if draft and draft.previous else None
        old = draft.update.expected_on if draft else None
        match word:
            case Word.BACK:
                turn.remember(understood=None)
                flow.back(turn, KEY)
            case Word.END if old is not None:
                _set(turn, old)
            case Word.END:
                turn.say("mistake/empty_answer")
                turn.ask_again()
            case Word.REUSE if previous is not None:
                turn.remember(understood=previous.isoformat())
                turn.ask_again()
            case Word.REUSE:
                turn.say("mistake/nothing_to_reuse")
                turn.ask_again()
            case Word.SKIP:
                turn.say("mistake/cannot_skip", heading=words.EXPECTED_ON_HEADING, is_day=True)
                turn.ask_again()
            case _:
                return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Read the day; ask back when it could mean another."""
        if words.is_small_talk(text):
            small_talk.answer(turn, text)
            return
        if words.says_unknown(text):
            turn.remember(understood=None, unknown="1")
            turn.say("mistake/day_unknown", days=_likely(turn))
            turn.ask_again()
            return
        reading = dates.read(words.without_particles(text), turn.today)
        if reading.day is None and reading.last is None and meaning.slip(turn, self, text):
            return
        if reading.last is not None:
            turn.say("mistake/no_such_day", last=reading.last)
            turn.remember(understood=reading.last.isoformat())
            turn.ask_again()
        elif reading.day is None:
            turn.remember(understood=None)
            turn.say("mistake/date_not_understood")
            turn.ask_again()
        elif reading.sure:
            _set(turn, reading.day)
        else:
            turn.remember(understood=reading.day.isoformat())
            turn.ask_again()


def _understood(turn: Turn) -> date | None:
    kept = turn.recall("understood")
    try:
        return date.fromisoformat(kept) if kept else None
    except ValueError:
        return None


def _is_past(turn: Turn) -> bool:
    day = _understood(turn)
    return day is not None and day < turn.today


def _likely(turn: Turn) -> list[date]:
    """Days on which work often begins: the first of next month, of the next quarter, of the next fiscal year."""
    month = (turn.today.replace(day=1) + timedelta(days=32)).replace(day=1)
    quarter = month
    while quarter.month not in {1, 4, 7, 10}:
        quarter = (quarter + timedelta(days=32)).replace(day=1)
    year = fiscal_year_range(FiscalYear(fiscal_year_of(turn.today) + 1))[0]
    return sorted({month, quarter, year})


def _set(turn: Turn, day: date) -> None:
    if turn.draft is not None:
        turn.remember(understood=None, unknown=None)
        turn.do(SetExpectedOn(update_id=turn.draft.update.id, day=day))
        flow.onward(turn, KEY)


QUESTION = WhenWillItStart(key=KEY, template="ask_expected_on", is_answer=True)
