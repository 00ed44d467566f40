"""ช่วยเหลือ: what can be said here, now."""

from __future__ import annotations

from bot.conversation.flows import administration, reviewing
from bot.conversation.flows import progress_update as flow
from bot.conversation.turn import Turn
from bot.domain.people import Role


def tell(turn: Turn) -> None:
    """Name the words that have a use now, a line each."""
    roles = turn.facts.roles()
    draft = turn.draft
    row = flow.row_of(draft, turn.state.question) if draft and turn.state.question else None
    turn.say(
        "help",
        question=turn.state.question,
        no=draft.measure.no if draft else None,
        in_draft=draft is not None and turn.state.flow == "progress_update" and not turn.is_idle,
        has_draft=draft is not None,
        can_skip=bool(row and row.optional),
        can_reuse=bool(draft and draft.previous),
        is_officer=Role.OFFICER in roles or bool(turn.facts.tasks),
        is_admin=Role.ADMIN in roles,
        is_reviewer=bool(roles & reviewing.REVIEWERS),
        signs_in=bool(roles & administration.SIGNS_IN),
    )
