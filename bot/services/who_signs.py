"""Who can sign a step of a sign-off on a day: its person, the holders of its role, and whoever acts for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.acting import PASSES_ON, who_acts
from bot.domain.agencies import AgencyId
from bot.domain.people import Person, PersonId, Role
from bot.domain.sign_off import ActingAs, ChainStep, SignOff
from bot.ports.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who can sign a step; `acts_for` is the holder in whose place they would."""

    person: Person
    acts_for: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSignature:
    """A step that waits for somebody: what a reminder needs to know of it.

    Attributes:
        since: from when on it waits for them.
        sign_off: names agency, document (`title`), round and version (`inputs_hash`).
    """

    person_id: PersonId
    agency_id: AgencyId
    since: datetime
    sign_off: SignOff


def signers_of(uow: UnitOfWork, agency_id: AgencyId, step: ChainStep, day: date) -> list[Signer]:
    """Everybody who can sign a step on a day; who left the agency cannot."""
    return _signers(uow, agency_id, day, [step])[0]


def waiting_signatures(
    uow: UnitOfWork, day: date, agency_ids: Collection[AgencyId] | None = None
) -> list[WaitingSignature]:
    """Every step that waits, for each person who can sign it, longest waiting first; the reminders' query."""
    running = uow.sign_offs.running(agency_ids)
    found = []
    for agency_id in dict.fromkeys(each.agency_id for each in running):
        here = [each for each in running if each.agency_id == agency_id and each.step is not None]
        steps = [each.step for each in here if each.step is not None]
        for sign_off, signers in zip(here, _signers(uow, agency_id, day, steps), strict=True):
            found += [
                WaitingSignature(
                    person_id=signer.person.id,
                    agency_id=agency_id,
                    since=sign_off.waiting_since or sign_off.started_at,
                    sign_off=sign_off,
                )
                for signer in signers
            ]
    return sorted(found, key=lambda each: (each.since, each.sign_off.id, each.person_id))


def positions_of(sign_off: SignOff, step: ChainStep, signer: Signer) -> tuple[str, ...]:
    """The lines below the name: the step's own, or those of one who acts for the post's holder."""
    if signer.acts_for is None:
        return step.positions()
    own = next((each.position for each in sign_off.steps if each.person_id == signer.person.id), "")
    post = step.acting_for if step.acting else step.position
    return tuple(filter(None, (f"{own} {ActingAs.FOR_OFFICE.value}".strip(), post)))


def _signers(uow: UnitOfWork, agency_id: AgencyId, day: date, steps: Sequence[ChainStep]) -> list[list[Signer]]:
    """For each of the steps; two queries for all of them."""
    members = uow.people.members(agency_id)
    people = {person.id: person for person, _ in members}
    roles: dict[Role, list[PersonId]] = {}
    for person, membership in members:
        roles.setdefault(membership.role, []).append(person.id)
    acting = who_acts(uow.acting.on(day, agency_id=agency_id), day)
    found = []
    for step in steps:
        holders = [step.person_id] if step.person_id else roles.get(step.role, []) if step.role else []
        passes_on = step.person_id is not None or step.role in PASSES_ON
        signers = {holder: Signer(person=people[holder]) for holder in holders if holder in people}
        for holder in holders:
            stand_in = people.get(acting[holder]) if passes_on and holder in acting else None
            if stand_in is not None and holder in people:
                signers.setdefault(stand_in.id, Signer(person=stand_in, acts_for=people[holder]))
        found.append(list(signers.values()))
    return found
