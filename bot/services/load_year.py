"""Load a fiscal year of one agency, whole."""

from __future__ import annotations

from collections import defaultdict

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Update
from bot.domain.years import AgencyYear, MeasureYear, Officer
from bot.ports.store import UnitOfWork
from bot.services.find import existing_agency


def load_year(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear) -> AgencyYear:
    """The plan, who reports on what, and every update in force; a fixed number of queries.

    Raises:
        NotFound: no such agency.
    """
    agency = existing_agency(uow, agency_id)
    measures = uow.plans.measures(agency_id, fiscal_year)
    ids = [measure.id for measure in measures]
    reporters = uow.plans.reporters(ids)
    by_measure: dict[MeasureId, list[Update]] = defaultdict(list)
    for update in uow.updates.in_force(ids):
        by_measure[update.measure_id].append(update)
    members = uow.people.members(agency_id)
    names = {person.id: person.name for person, _ in members}
    joined = uow.chats.joined([person.id for people in reporters.values() for person in people])
    everybody = [u for updates in by_measure.values() for u in updates]
    authors = {u.person_id for u in everybody} | {u.acted_by for u in everybody if u.acted_by}
    for person_id in authors - names.keys():
        person = uow.people.get(person_id)
        names[person_id] = person.name if person else ""

    divisions = uow.divisions.of_agency(agency_id)

    def whole(measure: Measure) -> MeasureYear:
        people = reporters.get(measure.id, [])
        officers = tuple(Officer(person_id=p.id, name=p.name, joined=p.id in joined) for p in people)
        return _measure_year(measure, officers, by_measure[measure.id], names)

    return AgencyYear(agency=agency, fiscal_year=fiscal_year, measures=tuple(map(whole, measures)), divisions=divisions)


def _measure_year(
    measure: Measure, officers: tuple[Officer, ...], updates: list[Update], names: dict[PersonId, str]
) -> MeasureYear:
    order = {officer.person_id: place for place, officer in enumerate(officers)}
    updates = sorted(updates, key=lambda u: order.get(u.person_id, len(order)))
    return MeasureYear(
        measure=measure,
        officers=officers,
        updates={no: tuple(u for u in updates if u.round_no is no) for no in RoundNo},
        authors={key: names.get(key, "") for u in updates for key in (u.person_id, u.acted_by) if key},
    )
