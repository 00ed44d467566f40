"""ใช้ข้อความรอบก่อน where the status is asked: the whole update of the 6-month round."""

from __future__ import annotations

from bot.conversation.effects import CopyAnswers
from bot.conversation.facts import Draft
from bot.conversation.flows import progress_update as flow
from bot.conversation.turn import Turn


def reuse_all(turn: Turn, draft: Draft) -> None:
    """Start from the whole update of the last round; what was typed already is only replaced after asking."""
    if draft.previous is None:
        turn.say("mistake/nothing_to_reuse")
        turn.ask_again()
    elif flow.is_empty(draft):
        copy_all(turn, draft)
    else:
        turn.ask("confirm_copy")


def copy_all(turn: Turn, draft: Draft) -> None:
    """Copy it, and show the preview unless something that the status needs is not in it."""
    if draft.previous is None:
        turn.ask(flow.SECOND)
        return
    turn.do(CopyAnswers(update_id=draft.update.id, source=draft.previous.id))
    turn.remember(again=None, came_from=None, acked=None)
    copied = turn.draft
    if copied is None or copied.update.status is None:
        turn.ask(flow.SECOND, editing=False)
        return
    row = flow.missing(turn, copied)
    turn.say("copied_all", complete=row is None)
    turn.ask(row.question if row else flow.LAST, editing=True)
