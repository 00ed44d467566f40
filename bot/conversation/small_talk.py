"""สวัสดี, ขอบคุณ, รับทราบ: answered as a person would; nothing changes."""

from __future__ import annotations

from bot.conversation import words
from bot.conversation.flows import choosing
from bot.conversation.turn import Turn


def answer(turn: Turn, text: str) -> None:
    """Greet back with where one is, or take thanks."""
    if not words.is_greeting(text):
        turn.say("small_talk")
        return
    asked = turn.state.question is not None
    turn.say(
        "hello",
        name=turn.facts.person.name if turn.facts.person else None,
        asked=asked,
        draft_no=turn.draft.measure.no if turn.draft and not asked else None,
        left=0 if asked else len(choosing.outstanding(turn, turn.facts.tasks)),
    )
