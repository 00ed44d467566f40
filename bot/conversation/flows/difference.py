"""What a correction changes in the update that it replaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.facts import Draft
from bot.conversation.flows import progress_update as flow
from bot.conversation.turn import Turn
from bot.domain.updates import Evidence, Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What was there before, by question, where it is something else now.

    Attributes:
        old: the answer as it was sent, "" where there was none.
        added: how many pieces of evidence are new.
        removed: how many are there no more.
    """

    old: Mapping[str, str] = field(default_factory=dict)
    added: int = 0
    removed: int = 0


def of(turn: Turn, draft: Draft) -> Difference:
    """The draft against the update in force; nothing where it corrects none."""
    before = next((task.update for task in turn.facts.tasks if task.update and task.update.id == draft.replaces), None)
    if before is None:
        return Difference()
    old = {row.question: _text(before, row.question) for row in flow.rows(draft) if row.question != "evidence"}
    changed = {question: text for question, text in old.items() if text != _text(draft.update, question)}
    if before.status is not None and before.status is not draft.update.status:
        changed["status"] = before.status.thai
    mine, theirs = _keys(draft.update.evidence), _keys(before.evidence)
    return Difference(old=changed, added=len(mine - theirs), removed=len(theirs - mine))


def _text(update: Update, question: str) -> str:
    if question == "expected_on":
        return update.expected_on.isoformat() if update.expected_on else ""
    return update.answer(flow.ANSWER_OF[question]) or ""


def _keys(pieces: tuple[Evidence, ...]) -> set[tuple[str | None, ...]]:
    """Pieces are copied into a correction: they are the same by where they came from."""
    return {
        (piece.message_id, piece.url, piece.sha256 if not (piece.message_id or piece.url) else None) for piece in pieces
    }
