"""The publish record and the addresses that were looked at keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.links import LinkState, LookedAt
from bot.domain.people import Person, PersonId
from bot.domain.publications import Publication, PublicationId
from bot.ports.store import Store
from tests.contracts.office import AGENCY, SOMCHAI

AT = datetime(2025, 3, 1, 9, tzinfo=BANGKOK)
POSTED = Publication(
    id=PublicationId("p-1"),
    agency_id=AGENCY,
    fiscal_year=FiscalYear(2567),
    kind="progress",
    ita_year=2568,
    item="O28",
    urls=("https://www.example.go.th", "https://www.example.go.th/ita/o28.pdf"),
    description="หน้าแรก > ITA ๒๕๖๘ > O28",
    saved_at=AT,
    posted_on=date(2025, 2, 28),
    code="ABCD2345",
    saved_by=SOMCHAI,
)


def test_a_record_comes_back_exactly_is_overwritten_and_removed(office: Store) -> None:
    plain = replace(POSTED, posted_on=None, code="", saved_by=None, urls=())
    with office.write() as uow:
        uow.publications.save(POSTED)
        assert uow.publications.get(POSTED.id) == POSTED
        uow.publications.save(plain)
        assert uow.publications.get(POSTED.id) == plain
        uow.publications.delete(POSTED.id)
        uow.publications.delete(POSTED.id)
        assert uow.publications.get(POSTED.id) is None


def test_an_agencys_records_come_newest_assessment_first_then_by_item(office: Store) -> None:
    older = replace(POSTED, id=PublicationId("p-2"), ita_year=2567, item="O34")
    first = replace(POSTED, id=PublicationId("p-3"), item="O27")
    with office.write() as uow:
        for each in (older, POSTED, first):
            uow.publications.save(each)
    with office.read() as uow:
        assert uow.publications.of_agency(AGENCY) == [first, POSTED, older]
        assert uow.publications.of_agency(AgencyId("elsewhere")) == []


def test_who_saved_a_record_follows_them_when_two_records_become_one(office: Store) -> None:
    other = Person(id=PersonId("person-other"), name="นายสมชาย ใจดี")
    with office.write() as uow:
        uow.publications.save(POSTED)
        uow.people.add(other)
        uow.people.merge(SOMCHAI, other.id)
        assert [each.saved_by for each in uow.publications.of_agency(AGENCY)] == [other.id]


def test_an_address_is_kept_as_it_was_when_last_looked_at_however_long_it_is(office: Store) -> None:
    long = LookedAt(url="https://www.example.go.th/" + "ก" * 4000, state=LinkState.GONE, at=AT)
    short = LookedAt(url="https://www.example.go.th/a", state=LinkState.AWAY, at=AT)
    again = replace(short, state=LinkState.OPENS, at=AT + timedelta(days=1))
    with office.write() as uow:
        uow.links.save(AGENCY, [long, short])
    with office.write() as uow:
        uow.links.save(AGENCY, [again])
        assert uow.links.looked(AGENCY) == {long.url: long, short.url: again}
        assert uow.links.looked(AgencyId("elsewhere")) == {}
