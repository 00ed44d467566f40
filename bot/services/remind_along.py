"""A reminder that is due today goes along with a reply that is given anyway: what is said for free costs no push.

Most turns end at a glance: nothing has fired since the person last heard something.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.conversation.facts import Facts, Task
from bot.domain.agencies import AgencyId
from bot.domain.calendar import BANGKOK, bangkok_day
from bot.domain.digests import Digest, Recipient
from bot.domain.hearing import FiredRules, Hearing
from bot.domain.people import Person, PersonId
from bot.domain.reminder_rules import Audience, Rule, rules_of
from bot.domain.round_work import ROLE_OF
from bot.domain.rounds import Round, open_rounds
from bot.domain.updates import Review
from bot.domain.workdays import DAY_BEGINS, WorkCalendar
from bot.ports.records import Chat, SaidReminder
from bot.ports.store import UnitOfWork
from bot.services.plan_reminders import MEMORY, Calendars, Inputs, calendar_of, calendars, gather_for

SIGNATURE_WAITS = 2
REVIEW_WAITS = 3
"""Working days after which a signature, and a review, may be asked for first."""

FiredByAudience = Mapping[Audience, tuple[tuple[Rule, date], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """An open round in which something may be said to the person, and in which capacity."""

    round: Round
    audiences: frozenset[Audience]


def due_along(uow: UnitOfWork, chat: Chat, facts: Facts, now: datetime) -> Digest | None:
    """What would be said to the person today anyway, None when nothing would.

    Before the working day it is what the day will bring; own quiet hours do not matter to who is writing just now.
    """
    today = bangkok_day(now)
    places = _places(facts, today)
    if facts.person is None or not (places or facts.signings):
        return None
    said = uow.reminders.said_since(today - MEMORY, facts.person.id)
    if any(each.day == today for each in said):
        return None
    calendar = calendar_of(calendars(uow))
    agency_ids = {place.round.agency_id for place in places} | {card.agency.id for card in facts.signings}
    moment = _moment(agency_ids, calendar, now)
    if moment is None or not (
        _has_to_sign(facts, calendar, today)
        or _may_be_news(uow, _known(chat, facts.person, said), facts, places, calendar, today)
    ):
        return None
    rounds = [place.round for place in places]
    inputs = _undisturbed(gather_for(uow, facts.person.id, rounds, agency_ids, moment))
    return next((digest for digest in inputs.plan(moment) if digest.person_id == facts.person.id), None)


def _places(facts: Facts, today: date) -> list[_Place]:
    found = (_Place(round=round_, audiences=_audiences(facts, round_)) for round_ in open_rounds(facts.rounds, today))
    return [place for place in found if place.audiences]


def _audiences(facts: Facts, round_: Round) -> frozenset[Audience]:
    roles = {role for hat in facts.hats if hat.agency and hat.agency.id == round_.agency_id for role in hat.roles}
    found = {audience for audience, role in ROLE_OF.items() if role in roles}
    if any(task.round == round_ and _is_missing(task) for task in facts.tasks):
        found.add(Audience.OFFICER)
    if any(card.round == round_ for card in facts.reviews):
        found.add(Audience.REVIEWER)
    return frozenset(found)


def _is_missing(task: Task) -> bool:
    return task.update is None or task.update.review is Review.RETURNED


def _known(chat: Chat, person: Person, said: Sequence[SaidReminder]) -> Recipient:
    return Recipient(
        person_id=person.id,
        name=person.name,
        roles=frozenset(),
        chat_id=chat.id,
        told_on=said[-1].day if said else None,
        heard=frozenset(each.key for each in said),
    )


def _has_to_sign(facts: Facts, calendar: Calendars, today: date) -> bool:
    """Whether something waits for the person's signature long enough to be asked for."""
    waits = ((calendar(card.agency.id), bangkok_day(card.since)) for card in facts.signings)
    return any(days.working_days_after(since, SIGNATURE_WAITS) <= today for days, since in waits)


def _moment(agency_ids: Collection[AgencyId], calendar: Calendars, now: datetime) -> datetime | None:
    """The moment to plan for: now, or the beginning of the working day that is to come today."""
    morning = datetime.combine(bangkok_day(now), DAY_BEGINS, BANGKOK)
    moment = max(now, morning)
    works = any(calendar(agency_id).is_working_time(moment) for agency_id in agency_ids)
    return moment if works else None


def _may_be_news(
    uow: UnitOfWork, person: Recipient, facts: Facts, places: Sequence[_Place], calendar: Calendars, today: date
) -> bool:
    """Whether a rule may have something to say; answers yes rather than no."""
    changes = uow.reminders.changes()
    fired = FiredRules(today)
    unheard = []
    for place in places:
        days = calendar(place.round.agency_id)
        if _waits(facts, place, days, today):
            return True
        hearing = Hearing(round=place.round, calendar=days, today=today)
        by_audience = fired.of(rules_of(changes.get(place.round.agency_id, ())), place.round, days)
        latest = [by_audience[audience][0] for audience in place.audiences if audience in by_audience]
        unheard += [(hearing, *each) for each in latest if hearing.key(each[0], person.person_id) not in person.heard]
    if not unheard:
        return False
    joined = uow.reminders.joined_on(person.person_id)
    return any(hearing.is_news(_joined(person, joined, hearing.round), rule, day) for hearing, rule, day in unheard)


def _joined(person: Recipient, joined: Mapping[tuple[PersonId, AgencyId | None], datetime], round_: Round) -> Recipient:
    moment = joined.get((person.person_id, round_.agency_id))
    return replace(person, joined_on=bangkok_day(moment)) if moment else person


def _waits(facts: Facts, place: _Place, calendar: WorkCalendar, today: date) -> bool:
    """Whether work was sent back, or a review waits long enough to be asked for."""
    if any(task.round == place.round and task.update and task.update.review is Review.RETURNED for task in facts.tasks):
        return True
    waiting = [card.update.submitted_at for card in facts.reviews if card.round == place.round]
    since = [bangkok_day(moment) for moment in waiting if moment is not None]
    return any(calendar.working_days_after(day, REVIEW_WAITS) <= today for day in since)


def _undisturbed(inputs: Inputs) -> Inputs:
    people = {agency: [replace(each, quiet=None) for each in here] for agency, here in inputs.people.items()}
    return replace(inputs, people=people)
