"""ช่วยเหลือ: what can be said here, now."""

from __future__ import annotations

from bot.conversation.flows import administration, reviewing
from bot.conversation.flows import progress_update as flow
from bot.conversation.turn import Turn
from bot.domain.people import Role


def _can_reuse(turn: Turn) -> bool:
    """Whether the live question can start from the last round: evidence and buttons cannot."""
    previous, question = turn.draft.previous if turn.draft else None, turn.state.question
    if previous is None:
        return False
    if question == "expected_on":
        return previous.expected_on is not None
    answer = flow.ANSWER_OF.get(question or "")
    return question == flow.SECOND or bool(answer and previous.answer(answer))


def tell(turn: Turn) -> None:
    """Name the words that have a use now, a line each."""
    roles = turn.facts.roles()
    draft = turn.draft
    row = flow.row_of(draft, turn.state.question) if draft and turn.state.question else None
    turn.say(
        "help",
        question=turn.state.question,
        practising=turn.facts.practising,
        no=draft.measure.no if draft else None,
        in_draft=draft is not None and turn.state.flow == "progress_update" and not turn.is_idle,
        has_draft=draft is not None,
        can_skip=bool(row and row.optional),
        can_reuse=_can_reuse(turn),
        can_look=bool(turn.state.question == "evidence" and draft and draft.update.evidence),
        is_officer=Role.OFFICER in roles or bool(turn.facts.tasks),
        is_admin=Role.ADMIN in roles,
        is_reviewer=bool(roles & reviewing.REVIEWERS),
        has_several=sum(hat.agency is not None for hat in turn.facts.hats) > 1,
        signs_in=bool(roles & administration.SIGNS_IN),
    )
