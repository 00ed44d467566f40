"""An outcome that only says the summary again, or an answer that only says the plan again."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.advice.matter import Advice, Matter
from bot.domain.text import match_key

SHORTEST = 12
"""Letters; anything shorter is in everything."""
_PIECE = 5
_ALIKE = 0.85
_COMPARED = 4_000


def find(matter: Matter) -> Iterator[Advice]:
    """The outcome against the summary, then each answer against the plan."""
    update, measure = matter.update, matter.draft.measure
    texts = dict(matter.texts())
    outcome, summary = texts.get("outcome"), update.summary
    if outcome and summary and says_again(outcome, summary):
        yield Advice(code="outcome_repeats_summary", question="outcome", words=outcome)
        texts.pop("outcome")
    plan = [part for part in (measure.title, measure.approach, measure.steps) if part]
    for question, text in texts.items():
        if any(says_again(text, part) for part in plan):
            yield Advice(code="repeats_plan", question=question, words=text)


def says_again(text: str, before: str) -> bool:
    """Whether nearly all of the text is in the other, wherever its words stand there."""
    mine, theirs = match_key(text[:_COMPARED]), match_key(before[:_COMPARED])
    if len(mine) < SHORTEST:
        return False
    pieces = {mine[i : i + _PIECE] for i in range(len(mine) - _PIECE + 1)}
    found = sum(piece in theirs for piece in pieces)
    return found / len(pieces) >= _ALIKE
