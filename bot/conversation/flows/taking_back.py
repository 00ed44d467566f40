"""A message taken back leaves drafts and the store; that is said with the next answer, for an unsend has no reply."""

from __future__ import annotations

from bot.conversation.effects import TakeBack
from bot.conversation.flows import progress_update as flow
from bot.conversation.turn import Turn


def take_back(turn: Turn, message_id: str) -> None:
    """Let go of what came with the message; what was submitted stays until it is corrected."""
    turn.do(TakeBack(message_id=message_id))
    unsent = turn.facts.unsent
    if unsent is not None and (unsent.left or unsent.sent):
        turn.remember(unsent=f"{'left' if unsent.left else ''}:{','.join(str(no) for no in unsent.sent)}")


def told(turn: Turn) -> bool:
    """Say what became of it, once; True when the live question is then said anew: it showed what is gone."""
    left, separator, sent = (turn.recall("unsent") or "").partition(":")
    if not separator:
        return False
    turn.remember(unsent=None)
    turn.say("taken_back", left=bool(left), sent=[int(no) for no in sent.split(",") if no.isdigit()])
    if not left or turn.state.question != flow.LAST or turn.draft is None:
        return False
    turn.ask_again()
    return True
