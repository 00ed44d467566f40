"""ยืนยัน: the update is submitted, and what is left to do is one tap away."""

from __future__ import annotations

from bot.conversation.facts import Draft, Task
from bot.conversation.flows import choosing, returned
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions.headings_of import NAMES, SHORT
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word


def confirm(turn: Turn) -> None:
    """Submit what the preview shows, or ask what is still missing."""
    draft = turn.draft
    if draft is None:
        return
    row = flow.missing(turn, draft)
    if draft.update.status is None or row is not None:
        turn.say("mistake/not_complete")
        turn.ask(row.question if row else flow.SECOND, editing=True)
        return
    if returned.is_unchanged(turn, draft) and turn.recall("unchanged") is None:
        _ask_unchanged(turn, draft)
        return
    flow.submit(turn, draft)
    turn.sent = choosing.key_of(draft.measure.id, draft.round.no, draft.holder.id if draft.holder else None)
    left = _left(turn, choosing.round_key(draft.round))
    key = choosing.round_key(left[0].round) if left else None
    turn.rest()
    turn.say(
        "submitted",
        no=draft.measure.no,
        title=draft.measure.title,
        round_no=draft.round.no.value,
        corrects=draft.replaces is not None,
        left=[choosing.task_line(turn, task) for task in left],
        left_round_no=left[0].round.no.value if left else None,
        due_on=left[0].round.due_on if left else None,
    )
    if left:
        turn.remember(round=key)
        turn.ask(flow.FIRST)
        turn.asking = False  # the acknowledgement names what is left; the buttons below it pick


def _ask_unchanged(turn: Turn, draft: Draft) -> None:
    """Point out once that what was sent back is sent again as it was; ยืนยัน sends it all the same."""
    task = next(task for task in turn.facts.tasks if task.update and task.update.id == draft.replaces)
    reason = task.update.review_reason if task.update else None
    turn.remember(unchanged="1")
    meant = returned.meant_by(reason, [row.question for row in flow.rows(draft)])
    offered = tuple(Choice(label=f"แก้{SHORT.get(k, NAMES[k])}", word=NAMES[k], serial=turn.state.serial) for k in meant)
    again = Choice(label="ส่งตามเดิม", word=Word.CONFIRM, serial=turn.state.serial)
    after = tuple(Choice(label=word, word=word, serial=turn.state.serial) for word in (Word.BACK, Word.PAUSE))
    turn.say("nothing_changed", choices=(*offered, again, *after), no=draft.measure.no, reason=reason)


def _left(turn: Turn, key: str) -> list[Task]:
    """What is still to report: in the same round, else in the one due next."""
    left = choosing.outstanding(turn, turn.tasks)
    same_round = choosing.in_round(left, key)
    if same_round or not left:
        return same_round
    return choosing.in_round(left, choosing.round_key(left[0].round))
