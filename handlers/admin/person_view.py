"""What the page of one person shows, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.acting import ActingPost
from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.divisions import Divisions
from bot.domain.joining import Handover
from bot.domain.people import Person, PersonId, Role, Session
from bot.domain.plans import Measure
from bot.ports.records import Contact, LogEntry, PersonTimes
from bot.ports.store import UnitOfWork
from bot.services.edit_person import member_of, profile_seen
from bot.services.sign_in import WEB_ROLES
from handlers.admin.log_words import sentence, title_of

MOST_ENTRIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """A line of the log."""

    at: datetime
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """One person of an agency.

    Attributes:
        seen: the fingerprint of the profile's form.
        colleagues: everybody else of the agency, by name.
        posts: acting posts from today on that the person holds or does.
        handovers: what they gave or took, newest first.
        opens_pages: whether they have a role with web pages.
        names: of everybody who is named here, by id.
    """

    person: Person
    roles: tuple[Role, ...]
    contact: Contact | None
    times: PersonTimes | None
    divisions: Divisions
    seen: str
    measures: tuple[Measure, ...]
    colleagues: tuple[Person, ...]
    posts: tuple[ActingPost, ...]
    handovers: tuple[Handover, ...]
    sessions: tuple[Session, ...]
    opens_pages: bool
    did: tuple[Did, ...]
    names: Mapping[PersonId, str]


def person_view(uow: UnitOfWork, agency_id: AgencyId, person_id: PersonId, now: datetime) -> PersonView:
    """Everything about them in this agency.

    Raises:
        NotFound: they do not belong to it.
    """
    person = member_of(uow, agency_id, person_id)
    members = uow.people.members(agency_id)
    roles = tuple(m.role for p, m in members if p.id == person_id)
    everybody = {p.id: p for p, _ in members}
    posts = uow.acting.since(bangkok_day(now), agency_id)
    handovers = [h for h in uow.handovers.of_agency(agency_id) if person_id in {h.giver_id, h.taker_id}]
    opens_pages = bool(WEB_ROLES & set(roles))
    return PersonView(
        person=person,
        roles=tuple(sorted(roles, key=list(Role).index)),
        contact=uow.chats.contacts([person_id]).get(person_id),
        times=uow.reminders.times([person_id]).get(person_id),
        divisions=uow.divisions.of_agency(agency_id),
        seen=profile_seen(uow, agency_id, person),
        measures=tuple(m for m in uow.plans.assigned_to(person_id) if m.agency_id == agency_id),
        colleagues=tuple(p for p in everybody.values() if p.id != person_id),
        posts=tuple(post for post in posts if person_id in {post.holder_id, post.acting_id}),
        handovers=tuple(handovers[:MOST_ENTRIES]),
        sessions=tuple(uow.people.sessions(person_id, now)) if opens_pages else (),
        opens_pages=opens_pages,
        did=tuple(map(_did, uow.log.entries(agency_id, person_id=person_id, limit=MOST_ENTRIES))),
        names={key: each.name for key, each in everybody.items()},
    )


def _did(entry: LogEntry) -> Did:
    return Did(at=entry.at, title=title_of(entry.action), words=sentence(entry))
