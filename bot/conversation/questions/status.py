"""How far the measure is; decides which questions follow.

< ask_status [ยังไม่เริ่ม] [กำลังดำเนินการ] [แล้วเสร็จ] [ไม่ดำเนินการ]
> แล้วเสร็จ
< ask_summary
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import headings, meaning, nearly, words
from bot.conversation.flows import choosing, copying
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions.base import Question, button, way_back, where
from bot.conversation.questions.written_answer import fill
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.updates import Status

KEY = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowFar(Question):
    """Asks for one of the four statuses."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The measure, the round with its day, and the status so far."""
        draft = turn.draft
        other = choosing.other_round(turn, choosing.round_key(draft.round)) if draft else None
        return where(turn, KEY) | {
            "old": draft.update.status.thai if draft and draft.update.status else None,
            "due_on": draft.round.due_on if draft else None,
            "other_round_no": other.no.value if other else None,
            "has_previous": bool(draft and draft.previous),
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """The four statuses, the whole of the last round, the other round."""
        statuses = tuple(button(turn, status.thai) for status in Status)
        draft = turn.draft
        reuse = (button(turn, Word.REUSE),) if draft and draft.previous else ()
        rounds = choosing.round_choice(turn, choosing.round_key(draft.round)) if draft else ()
        return (*statuses, *reuse, *rounds, *way_back(turn))

    def hears(self, turn: Turn, text: str) -> bool:
        """A status, or a round to report in instead."""
        status = words.status(text)
        if status is not None:
            flow.set_status(turn, status)
            return True
        round_no = words.round_no(text)
        if round_no is not None:
            choosing.choose_round(turn, round_no)
            return True
        return words.command(text) is None and self._nearly(turn, text)

    def _nearly(self, turn: Turn, text: str) -> bool:
        """A status with a slip in it is asked about: the four are too near each other to be guessed."""
        near = nearly.status(text)
        if near is not None:
            meaning.offer(turn, self, near.thai)
        return near is not None

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back to the choice of measure, or the whole update of the last round."""
        draft = turn.draft
        match word:
            case Word.BACK if draft is not None:
                self._back(turn)
            case Word.REUSE if draft is not None:
                copying.reuse_all(turn, draft)
            case Word.END if draft is not None and draft.update.status is not None:
                flow.set_status(turn, draft.update.status)
            case Word.END:
                meaning.offer(turn, self, Status.DONE.thai)
            case _:
                return False
        return True

    def _back(self, turn: Turn) -> None:
        if turn.state.editing or turn.recall("came_from"):
            turn.ask("answer_to_change")
        elif turn.draft is not None and len(choosing.in_round(turn.tasks, choosing.round_key(turn.draft.round))) > 1:
            turn.remember(round=choosing.round_key(turn.draft.round))
            choosing.leave_for_choice(turn)
            turn.ask(flow.FIRST)
        else:
            turn.say("mistake/first_question")
            turn.ask_again()

    def accept(self, turn: Turn, text: str) -> None:
        """Text with headings is kept although the status is still open; anything else was not understood."""
        draft = turn.draft
        found = headings.split(text, flow.answers_asked(draft)) if draft else headings.Split()
        if draft is None or not found.answers or found.before:
            turn.say("mistake/answer_not_understood")
        else:
            fill(turn, draft, found.answers)
        turn.ask_again()


QUESTION = HowFar(key=KEY, template="ask_status")
