"""What the person has submitted, by year and round; a number shows it as it was sent.

< ask_history [๑] [๒] [ย้อนกลับ]
> ๒
< sent_update
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.facts import SentUpdate
from bot.conversation.flows import administration, receiving
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice, Message
from bot.conversation.words import REASON_HEADING, Word
from bot.domain.text import match_key, thai_digits
from bot.domain.updates import Answer, Stage, Status

KEY = "history"
A_PAGE = 8
OLDER = "ดูเก่ากว่านี้"
_OLDER_KEY = match_key(OLDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichWasSent(Question):
    """Lists the person's own updates, newest first, a page at a time."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The page, with how each update stands."""
        several = len({each.agency.id for each in turn.facts.history}) > 1
        lines = [_line(each, several=several) for each in _page(turn)]
        return {"sent": lines, "first": _first(turn), "total": len(turn.facts.history)}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A number for each, older ones, changing, and the way back."""
        first = _first(turn)
        numbers = (button(turn, thai_digits(str(first + place))) for place in range(1, len(_page(turn)) + 1))
        older = (button(turn, OLDER),) if first + A_PAGE < len(turn.facts.history) else ()
        return (*numbers, *older, Choice(label=Word.CHANGE, word=Word.CHANGE), button(turn, Word.BACK))

    def hears(self, turn: Turn, text: str) -> bool:
        """A number, or older ones."""
        no = words.number(text)
        if any(match_key(form) == _OLDER_KEY for form in words.forms(text)):
            further = _first(turn) + A_PAGE
            turn.remember(page=str(further) if further < len(turn.facts.history) else None)
            turn.ask_again()
        elif no is not None and 1 <= no <= len(turn.facts.history):
            turn.said.append(Message(name="sent_update", values=_shown(turn.facts.history[no - 1])))
        else:
            return False
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back to where one was."""
        if word is Word.HISTORY:
            turn.remember(page=None)
            turn.ask_again()
        elif word in {Word.BACK, Word.END, Word.CANCEL, Word.PAUSE, Word.SKIP}:
            administration.end_aside(turn)
        else:
            return False
        return True


def begin(turn: Turn) -> None:
    """ประวัติ: what was sent so far."""
    if not turn.facts.history:
        turn.say("nothing_sent")
        turn.ask_again()
        return
    administration.begin_aside(turn)
    turn.remember(page=None)
    turn.ask(KEY, flow="administration")


def _first(turn: Turn) -> int:
    page = turn.recall("page") or "0"
    return int(page) if page.isdigit() and int(page) < len(turn.facts.history) else 0


def _page(turn: Turn) -> tuple[SentUpdate, ...]:
    return turn.facts.history[_first(turn) : _first(turn) + A_PAGE]


def _line(each: SentUpdate, *, several: bool) -> dict[str, object]:
    update = each.update
    return {
        "year": each.measure.fiscal_year,
        "round_no": update.round_no.value,
        "no": each.measure.no,
        "title": each.measure.title,
        "agency": each.agency.name if several else None,
        "status": update.status.thai if update.status else None,
        "submitted_at": update.submitted_at,
        "state": "replaced" if update.stage is Stage.SUPERSEDED else update.review.value,
    }


def _shown(each: SentUpdate) -> dict[str, object]:
    update = each.update
    is_reason = update.status in {Status.NOT_STARTED, Status.CANCELLED}
    sections = [
        {"heading": REASON_HEADING if is_reason and answer is Answer.OBSTACLES else answer.heading, "text": text}
        for answer in Answer
        if (text := update.answer(answer))
    ]
    return _line(each, several=True) | {
        "sections": sections,
        "expected_on": update.expected_on,
        "pieces": receiving.lines(update.evidence),
        "reason": update.review_reason if update.stage is not Stage.SUPERSEDED else None,
    }


QUESTION = WhichWasSent(key=KEY, template="ask_history", needs_draft=False)
