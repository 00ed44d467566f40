"""The flow of an update as a table: status → questions in order, and the way through it.

    measure → status → (by status) … → preview → submitted

`docs/conversation.md` is drawn from `TABLE` (make diagram).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.effects import DropDraft, ForgetParts, SetAnswer, SetExpectedOn, SetStatus, SubmitUpdate
from bot.conversation.facts import Draft
from bot.conversation.turn import Turn
from bot.domain.updates import Answer, Status, Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question of the flow; `needs_output` means only where the agency's table has the ผลผลิต column."""

    question: str
    optional: bool = False
    needs_output: bool = False


FIRST, SECOND, LAST = "measure", "status", "preview"

TABLE: Mapping[Status, tuple[Row, ...]] = {
    Status.DONE: (
        Row(question="summary"),
        Row(question="output", optional=True, needs_output=True),
        Row(question="outcome"),
        Row(question="evidence", optional=True),
        Row(question="obstacles", optional=True),
    ),
    Status.IN_PROGRESS: (
        Row(question="summary"),
        Row(question="output", optional=True, needs_output=True),
        Row(question="outcome", optional=True),
        Row(question="evidence", optional=True),
        Row(question="obstacles", optional=True),
    ),
    Status.NOT_STARTED: (
        Row(question="reason"),
        Row(question="expected_on"),
    ),
    Status.CANCELLED: (Row(question="reason"),),
}

ANSWER_OF: Mapping[str, Answer] = {
    "summary": Answer.SUMMARY,
    "output": Answer.OUTPUT,
    "outcome": Answer.OUTCOME,
    "obstacles": Answer.OBSTACLES,
    "reason": Answer.OBSTACLES,
}
"""Which column a question's text is kept in; a reason is kept as obstacles."""

CONFIRMATIONS = frozenset({"confirm_cancel", "confirm_copy"})
"""Questions about the draft that are no place in it: what they ask is not asked again after a pause."""

PART_OF: Mapping[str, str] = {"pieces": "evidence", "piece": "evidence", "kept_choice": "evidence"}
"""Questions that look closer at another one's answer: after a pause that one is asked."""

_NEED_REASON = frozenset({Status.NOT_STARTED, Status.CANCELLED})


def rows(draft: Draft) -> tuple[Row, ...]:
    """The questions that this draft's status asks, in order; none before there is a status."""
    if draft.update.status is None:
        return ()
    return tuple(row for row in TABLE[draft.update.status] if draft.asks_output or not row.needs_output)


def row_of(draft: Draft, question: str) -> Row | None:
    """The draft's row for a question; None when its status does not ask it."""
    return next((row for row in rows(draft) if row.question == question), None)


def place_of(draft: Draft, question: str) -> tuple[int, int] | None:
    """Where a question stands: its number from 1, and how many there are."""
    keys = [row.question for row in rows(draft)]
    return (keys.index(question) + 1, len(keys)) if question in keys else None


def answers_asked(draft: Draft) -> tuple[Answer, ...]:
    """The texts that may be given by heading: those of the status, or of any while it is not chosen."""
    if draft.update.status is None:
        return tuple(answer for answer in Answer if draft.asks_output or answer is not Answer.OUTPUT)
    return tuple(ANSWER_OF[row.question] for row in rows(draft) if row.question in ANSWER_OF)


def has_value(update: Update, question: str) -> bool:
    """Whether the question's answer was accepted."""
    match question:
        case "evidence":
            return bool(update.evidence)
        case "expected_on":
            return update.expected_on is not None
        case _:
            return bool(update.answer(ANSWER_OF[question]))


def _is_settled(turn: Turn, draft: Draft, row: Row) -> bool:
    """Whether the question needs no asking: accepted, nothing half-typed, meaning unchanged by a new status.

    Evidence is asked when its turn comes, even when a photo came early: there may be more to send.
    """
    if turn.recall("again") == row.question or row.question == "evidence":
        return False
    answer = ANSWER_OF.get(row.question)
    return has_value(draft.update, row.question) and not (answer and draft.pending.get(answer))


def missing(turn: Turn, draft: Draft) -> Row | None:
    """The first question that must be answered before the update can be submitted."""
    for row in rows(draft):
        answer = ANSWER_OF.get(row.question)
        half_typed = bool(answer and draft.pending.get(answer))
        if half_typed or turn.recall("again") == row.question:
            return row
        if not row.optional and not has_value(draft.update, row.question):
            return row
    return None


def onward(turn: Turn, question: str) -> None:
    """Go on after a question was answered, skipping what is filled already."""
    draft = turn.draft
    if draft is None:
        return
    came_from = turn.recall("came_from")
    turn.remember(came_from=None, again=None if turn.recall("again") == question else turn.recall("again"))
    if turn.state.editing:
        row = missing(turn, draft)
        turn.ask(row.question if row else LAST)
        return
    if came_from and came_from != question and row_of(draft, came_from):
        turn.ask(came_from)
        return
    keys = [row.question for row in rows(draft)]
    start = keys.index(question) + 1 if question in keys else 0
    ahead = (row for row in rows(draft)[start:] if not _is_settled(turn, draft, row))
    row = next(ahead, None) or missing(turn, draft)
    turn.ask(row.question if row else LAST)


def back(turn: Turn, question: str) -> None:
    """Go one question back; an unfinished correction is given up, an unfinished first answer is kept."""
    draft = turn.draft
    if draft is None:
        return
    answer = ANSWER_OF.get(question)
    if answer and draft.update.answer(answer) and draft.pending.get(answer):
        turn.do(ForgetParts(update_id=draft.update.id, answer=answer))
        turn.say("correction_left", question=question)
    if turn.recall("came_from") or (turn.state.editing and question != LAST):
        turn.ask("answer_to_change")
        return
    keys = [row.question for row in rows(draft)]
    place = len(keys) if question == LAST else keys.index(question) if question in keys else 0
    turn.ask(keys[place - 1] if place > 0 else SECOND)


def set_status(turn: Turn, status: Status) -> None:
    """Accept the status; where obstacles and reason change places, the text is asked about once more."""
    draft = turn.draft
    if draft is None:
        return
    old = draft.update.status
    crosses = old is not None and (old in _NEED_REASON) != (status in _NEED_REASON)
    if old is not status:
        turn.do(SetStatus(update_id=draft.update.id, status=status))
    if crosses:
        has_text = bool(draft.update.obstacles or draft.pending.get(Answer.OBSTACLES))
        again = "reason" if status in _NEED_REASON else "obstacles"
        turn.remember(again=again if has_text else None)
    onward(turn, SECOND)


def resume(turn: Turn) -> None:
    """Go back to where the draft was left, or to its first open question."""
    draft = turn.draft
    if draft is None:
        return
    at, editing = turn.recall("at"), turn.recall("editing") is not None
    turn.remember(at=None, editing=None)
    at = PART_OF.get(at or "", at)
    known = at in {SECOND, LAST, "answer_to_change"} or (at and row_of(draft, at))
    turn.ask(at if at and known else _first_open(turn, draft), editing=editing)


def _first_open(turn: Turn, draft: Draft) -> str:
    if draft.update.status is None:
        return SECOND
    asked = rows(draft)
    given = [index for index, row in enumerate(asked) if has_value(draft.update, row.question)]
    must = missing(turn, draft)
    if must is not None:
        return must.question
    ahead = asked[given[-1] + 1 :] if given else asked
    return ahead[0].question if ahead else LAST


def pause(turn: Turn) -> None:
    """Keep the draft and where it was for later, and ask nothing."""
    at, editing = turn.state.question, turn.state.editing
    if at in CONFIRMATIONS:
        at, editing = turn.recall("at"), turn.recall("editing") is not None
    at = PART_OF.get(at or "", at)
    turn.rest(keep_draft=True)
    turn.remember(at=at, editing="1" if editing else None)


def is_empty(draft: Draft) -> bool:
    """Whether nothing at all was given yet."""
    update = draft.update
    texts = (update.summary, update.output, update.outcome, update.obstacles)
    return not (update.status or any(texts) or update.evidence or any(draft.pending.values()))


def leave(turn: Turn) -> None:
    """Turn away from the draft; one that holds nothing is dropped."""
    if turn.draft is not None and is_empty(turn.draft):
        turn.do(DropDraft(update_id=turn.draft.update.id))
        turn.draft = None
    turn.rest()


def submit(turn: Turn, draft: Draft) -> None:
    """Submit the draft as its preview shows it, without texts that its status does not ask for."""
    update = draft.update
    asked = answers_asked(draft)
    for answer in Answer:
        if answer not in asked and update.answer(answer):
            turn.do(SetAnswer(update_id=update.id, answer=answer, text=None))
    if update.expected_on and not row_of(draft, "expected_on"):
        turn.do(SetExpectedOn(update_id=update.id, day=None))
    turn.do(SubmitUpdate(update_id=update.id))
