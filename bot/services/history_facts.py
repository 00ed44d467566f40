"""What a person has submitted so far, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.events import ButtonTapped, Event, TextReceived
from bot.conversation.facts import Hat, SentUpdate
from bot.conversation.types import State
from bot.domain.people import PersonId
from bot.ports.store import UnitOfWork

MOST = 60
"""Updates that are looked back on: several years of one officer's."""


def history_of(
    uow: UnitOfWork, person_id: PersonId, event: Event, state: State, hats: Sequence[Hat]
) -> tuple[SentUpdate, ...]:
    """The newest first; nothing unless the event may be about it."""
    said = event.text if isinstance(event, TextReceived) else event.data if isinstance(event, ButtonTapped) else ""
    asked = any(word in said.casefold() for word in ("ประวัต", "histor", "my reports"))
    if not asked and state.question != "history":
        return ()
    agencies = {hat.agency.id: hat.agency for hat in hats if hat.agency}
    sent = uow.updates.sent_by(person_id, MOST)
    measures = {each: uow.plans.measure(each) for each in dict.fromkeys(update.measure_id for update in sent)}
    return tuple(
        SentUpdate(agency=agencies[measure.agency_id], measure=measure, update=update)
        for update in sent
        if (measure := measures[update.measure_id]) is not None and measure.agency_id in agencies
    )
