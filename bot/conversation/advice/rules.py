"""All rules in the order in which they matter, and what they say of the draft before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.conversation.advice import (
    days,
    letters,
    other_agency,
    period,
    pieces,
    repeats,
    same_elsewhere,
    substance,
)
from bot.conversation.advice.matter import Advice, Matter, Other
from bot.conversation.facts import Draft, Facts
from bot.conversation.turn import Turn
from bot.domain.updates import Update

Rule = Callable[[Matter], Iterator[Advice]]

RULES: tuple[Rule, ...] = (
    other_agency.find,
    days.find,
    same_elsewhere.find,
    repeats.find,
    substance.find,
    period.begins_in_past,
    period.find,
    period.begun_late,
    pieces.find,
    letters.find,
)

MOST = 4
"""Pieces of advice at once; more would be a wall of text."""


def advise(turn: Turn) -> tuple[Advice, ...]:
    """What could be better in the turn's draft, the most important first."""
    if turn.draft is None:
        return ()
    if turn.advised is not None and turn.advised[0] is turn.draft:
        return turn.advised[1]
    matter = Matter(
        draft=turn.draft,
        today=turn.today,
        others=tuple(_others(turn.facts, turn.draft)),
        agencies=tuple(hat.agency for hat in turn.facts.hats if hat.agency),
    )
    found = (advice for rule in RULES for advice in rule(matter))
    turn.advised = turn.draft, tuple(dict.fromkeys(found))[:MOST]
    return turn.advised[1]


def _others(facts: Facts, draft: Draft) -> Iterator[Other]:
    """The same person's updates and drafts of other measures in the rounds open now."""
    said: list[tuple[int, Update]] = [(task.measure.no, task.update) for task in facts.tasks if task.update]
    said += [(each.measure.no, each.update) for each in facts.drafts]
    for no, update in said:
        if update.measure_id != draft.measure.id:
            yield Other(no=no, update=update)
