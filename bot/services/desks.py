"""Whose measures a person reports on today: their own, and those of people in whose place they act."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.acting import PASSES_ON
from bot.domain.agencies import AgencyId
from bot.domain.people import Person, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.updates import Update
from bot.ports.store import UnitOfWork
from bot.services.hand_over import predecessors


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The work of one person, done by them or in their place.

    Attributes:
        holder: whose it is.
        acted_in: the agency in which somebody else acts for them; None for one's own desk.
        before: from whom the holder took a measure over: what those sent is gone on with.
    """

    holder: Person
    measures: Mapping[MeasureId, Measure]
    drafts: Sequence[Update]
    acted_in: AgencyId | None = None
    before: Mapping[MeasureId, Collection[PersonId]] = field(default_factory=dict)

    @property
    def whose(self) -> Person | None:
        """In whose place one sits here; None at one's own desk."""
        return self.holder if self.acted_in else None

    def has(self, update: Update, measure: Measure) -> bool:
        """Whether a draft lies on this desk."""
        return update.person_id == self.holder.id and self.acted_in in {None, measure.agency_id}


def load_desks(uow: UnitOfWork, person: Person, today: date) -> tuple[Desk, ...]:
    """One's own desk first, then those one sits at for others, in the order in which that was said."""
    own = {measure.id: measure for measure in uow.plans.assigned_to(person.id)}
    drafts, before = uow.updates.drafts_of(person.id), predecessors(uow, person.id)
    desks = [Desk(holder=person, measures=own, drafts=drafts, before=before)]
    for post in uow.acting.on(today, acting_id=person.id):
        holder = uow.people.get(post.holder_id)
        if holder is not None:
            there = {m.id: m for m in uow.plans.assigned_to(holder.id) if m.agency_id == post.agency_id}
            drafts = [u for u in uow.updates.drafts_of(holder.id) if u.measure_id in there]
            desks.append(Desk(holder=holder, measures=there, drafts=drafts, acted_in=post.agency_id))
    return tuple(desks)


def acted_roles(uow: UnitOfWork, person_id: PersonId, today: date) -> dict[AgencyId, set[Role]]:
    """What a person may do today in others' places, by agency."""
    found: dict[AgencyId, set[Role]] = {}
    for post in uow.acting.on(today, acting_id=person_id):
        held = {m.role for m in uow.people.memberships(post.holder_id) if m.agency_id == post.agency_id}
        found.setdefault(post.agency_id, set()).update(held & PASSES_ON)
    return found
