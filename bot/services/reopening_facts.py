"""What a turn may know of requests to open a locked round again, loaded when they are spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from bot.conversation.events import ButtonTapped, Event, TextReceived
from bot.conversation.facts import Hat, ReopeningCard, Task
from bot.conversation.types import State
from bot.domain.people import Role
from bot.ports.store import UnitOfWork

_ASKING = ("แก", "reopen", "change", "edit", "correct")
_DECIDING = ("เปิดให้แก", "allow", "open it again", "keep it closed")


class ReopeningFacts(TypedDict):
    """Fields of `Facts`."""

    locked_work: tuple[Task, ...]
    reopenings: tuple[ReopeningCard, ...]


def reopening_facts(
    uow: UnitOfWork, event: Event, state: State, hats: Sequence[Hat], locked: Sequence[Task]
) -> ReopeningFacts:
    """What the person could ask for, and what waits for their answer."""
    said = event.text if isinstance(event, TextReceived) else event.data if isinstance(event, ButtonTapped) else ""
    asks = any(word in said.casefold() for word in _ASKING) or state.question in {"reopen_which", "reopen_reason"}
    decides = any(word in said.casefold() for word in _DECIDING) or state.question == "reopen_card"
    return ReopeningFacts(locked_work=tuple(locked) if asks else (), reopenings=_cards(uow, hats) if decides else ())


def _cards(uow: UnitOfWork, hats: Sequence[Hat]) -> tuple[ReopeningCard, ...]:
    agencies = [hat.agency.id for hat in hats if hat.agency and Role.ADMIN in hat.roles]
    cards = []
    for request in uow.reopenings.waiting(agencies):
        measure, officer = uow.plans.measure(request.measure_id), uow.people.get(request.person_id)
        if measure is not None:
            cards.append(ReopeningCard(request=request, measure=measure, officer=officer.name if officer else ""))
    return tuple(cards)
