"""Acting posts are found by day, agency and person on both databases, and end once."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.domain.acting import ActingPost, ActingPostId, who_acts
from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.ports.store import Store
from tests.contracts.office import AGENCY, MALEE, NOW, SOMCHAI, a_person, an_agency, later

NEIGHBOUR = AgencyId("agency-2")


def a_post(number: int = 1, **fields: Any) -> ActingPost:
    return ActingPost(
        **{
            "id": ActingPostId(f"post-{number}"),
            "agency_id": AGENCY,
            "holder_id": SOMCHAI,
            "acting_id": MALEE,
            "first_on": date(2024, 3, 4),
            "last_on": date(2024, 3, 8),
            "made_at": NOW,
            "made_by": SOMCHAI,
        }
        | fields
    )


def test_a_post_holds_from_its_first_to_its_last_day(office: Store) -> None:
    with office.write() as uow:
        uow.acting.add(a_post())
        assert uow.acting.get(ActingPostId("post-1")) == a_post()
        assert uow.acting.get(ActingPostId("post-9")) is None
    with office.read() as uow:
        found = {day: uow.acting.on(date(2024, 3, day)) for day in (3, 4, 8, 9)}
    assert {day: bool(posts) for day, posts in found.items()} == {3: False, 4: True, 8: True, 9: False}
    assert who_acts(found[8], date(2024, 3, 8)) == {SOMCHAI: MALEE}
    assert who_acts(found[8], date(2024, 3, 9)) == {}


def test_posts_are_found_by_agency_and_by_who_acts(office: Store) -> None:
    day = date(2024, 3, 5)
    with office.write() as uow:
        uow.agencies.add(an_agency(id=NEIGHBOUR, name="เทศบาลตำบลข้างเคียง"))
        uow.acting.add(a_post())
        uow.acting.add(a_post(2, agency_id=NEIGHBOUR, holder_id=MALEE, acting_id=SOMCHAI, made_at=later(hours=1)))
    with office.read() as uow:
        assert [p.id for p in uow.acting.on(day)] == ["post-1", "post-2"]
        assert [p.id for p in uow.acting.on(day, agency_id=NEIGHBOUR)] == ["post-2"]
        assert [p.id for p in uow.acting.on(day, acting_id=MALEE)] == ["post-1"]
        assert uow.acting.on(day, agency_id=NEIGHBOUR, acting_id=MALEE) == []


def test_what_is_to_come_and_what_was_are_told_apart(office: Store) -> None:
    with office.write() as uow:
        uow.acting.add(a_post(1, first_on=date(2024, 2, 1), last_on=date(2024, 2, 2)))
        uow.acting.add(a_post(2, first_on=date(2024, 4, 1), last_on=date(2024, 4, 2)))
        uow.acting.add(a_post(3))
    with office.read() as uow:
        assert [p.id for p in uow.acting.since(date(2024, 3, 4))] == ["post-3", "post-2"]
        assert [p.id for p in uow.acting.since(date(2024, 3, 4), NEIGHBOUR)] == []
        assert [p.id for p in uow.acting.of_agency(AGENCY)] == ["post-2", "post-3", "post-1"]


def test_ending_is_done_once_and_kept(office: Store) -> None:
    with office.write() as uow:
        uow.acting.add(a_post())
        assert uow.acting.end(ActingPostId("post-1"), NOW)
        assert not uow.acting.end(ActingPostId("post-1"), later(hours=1))
        assert not uow.acting.end(ActingPostId("post-9"), NOW)
    with office.read() as uow:
        assert uow.acting.on(date(2024, 3, 4)) == uow.acting.since(date(2024, 3, 4)) == []
        assert [p.ended_at for p in uow.acting.of_agency(AGENCY)] == [NOW]


def test_posts_follow_a_person_who_is_merged_into_another(office: Store) -> None:
    third = PersonId("person-3")
    with office.write() as uow:
        uow.people.add(a_person(id=third, name="คนที่สาม"))
        uow.acting.add(a_post(holder_id=third))
        uow.acting.add(a_post(2, holder_id=MALEE, acting_id=third))
        uow.people.merge(third, SOMCHAI)
    with office.read() as uow:
        posts = {p.id: (p.holder_id, p.acting_id) for p in uow.acting.of_agency(AGENCY)}
    assert posts == {"post-1": (SOMCHAI, MALEE), "post-2": (MALEE, SOMCHAI)}
