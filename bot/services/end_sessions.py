"""Sign people out of browsers: oneself somewhere else, or by an admin everywhere."""

from __future__ import annotations

from datetime import datetime

from bot.domain.agencies import AgencyId
from bot.domain.people import Person, PersonId
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action, note
from bot.services.sign_in import WEB_ROLES


def end_own_session(uow: UnitOfWork, ids: Ids, at: datetime, me: Person, key: str) -> bool:
    """End one session of one's own; False when there is none of that key."""
    ended = uow.people.end_session(key, at, me.id)
    if ended:
        _write_down(uow, ids, at, me.id, me, None)
    return ended


def end_sessions_of(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    person: Person,
    agency_id: AgencyId | None,
    *,
    but: str | None = None,
) -> int:
    """End a person's living sessions, but one where it is named; how many there were.

    It is written in the log of `agency_id`, or of every agency whose pages the person opens.
    """
    count = uow.people.end_sessions(person.id, at, but=but)
    if count:
        _write_down(uow, ids, at, by, person, agency_id)
    return count


def _write_down(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, person: Person, agency_id: AgencyId | None
) -> None:
    opened = [m.agency_id for m in uow.people.memberships(person.id) if m.role in WEB_ROLES]
    for each in [agency_id] if agency_id else dict.fromkeys(opened):
        note(uow, ids, at, by, Action.SESSION_ENDED, each, person=person.name)
