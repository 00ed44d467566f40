"""Divisions, requests to join and handovers keep their promises on both databases."""

from __future__ import annotations

from typing import Any

from bot.domain.divisions import Division, DivisionId, Divisions
from bot.domain.joining import Asked, Handover, HandoverId, JoinRequest, JoinRequestId, Offer
from bot.domain.people import PersonId
from bot.domain.updates import UpdateId
from bot.ports.store import Store
from tests.contracts.office import (
    AGENCY,
    CHAT,
    FIRST,
    MALEE,
    NOW,
    OTHER_CHAT,
    SECOND,
    SOMCHAI,
    a_person,
    an_update,
    later,
)

TREASURY = Division(id=DivisionId("d-2"), agency_id=AGENCY, name="กองคลัง")
OFFICE = Division(id=DivisionId("d-1"), agency_id=AGENCY, name="สำนักปลัด")


def a_request(number: int = 1, **fields: Any) -> JoinRequest:
    given = {"id": JoinRequestId(f"ask-{number}"), "chat_id": CHAT, "agency_id": AGENCY, "name": "นางมะลิ กองคลัง"}
    return JoinRequest(**{**given, "asked_at": NOW, **fields})


def a_handover(number: int = 1, **fields: Any) -> Handover:
    given = {"id": HandoverId(f"over-{number}"), "agency_id": AGENCY, "giver_id": SOMCHAI, "taker_id": MALEE}
    return Handover(**{**given, "measure_ids": (FIRST, SECOND), "offered_at": NOW, "offered_by": SOMCHAI, **fields})


def test_divisions_come_in_the_order_in_which_they_were_added_and_can_be_renamed(office: Store) -> None:
    with office.write() as uow:
        assert uow.divisions.of_agency(AGENCY) == Divisions()
        uow.divisions.save(TREASURY)
        uow.divisions.save(OFFICE)
        uow.divisions.save(Division(id=TREASURY.id, agency_id=AGENCY, name="กองคลังและพัสดุ"))
    with office.read() as uow:
        assert [d.name for d in uow.divisions.of_agency(AGENCY).all] == ["กองคลังและพัสดุ", "สำนักปลัด"]


def test_people_and_measures_belong_to_divisions_until_these_are_removed(office: Store) -> None:
    with office.write() as uow:
        uow.divisions.save(TREASURY)
        uow.divisions.save(OFFICE)
        uow.divisions.put_person(AGENCY, SOMCHAI, [TREASURY.id, OFFICE.id, DivisionId("nowhere")])
        uow.divisions.put_person(AGENCY, MALEE, [OFFICE.id])
        uow.divisions.put_person(AGENCY, MALEE, [TREASURY.id])
        uow.divisions.put_measure(FIRST, OFFICE.id)
        uow.divisions.put_measure(FIRST, TREASURY.id)
        uow.divisions.put_measure(SECOND, OFFICE.id)
        uow.divisions.put_measure(SECOND, None)
    with office.read() as uow:
        found = uow.divisions.of_agency(AGENCY)
    assert found.of_people == {SOMCHAI: {TREASURY.id, OFFICE.id}, MALEE: {TREASURY.id}}
    assert found.of_measures == {FIRST: TREASURY.id}
    assert found.names_of(SOMCHAI) == ("กองคลัง", "สำนักปลัด")
    with office.write() as uow:
        uow.divisions.remove(TREASURY.id)
        left = uow.divisions.of_agency(AGENCY)
    assert (left.of_people, left.of_measures) == ({SOMCHAI: {OFFICE.id}}, {})


def test_a_chat_has_one_pending_request_at_a_time(office: Store) -> None:
    with office.write() as uow:
        assert uow.join_requests.add(a_request())
        assert not uow.join_requests.add(a_request(2))
        assert uow.join_requests.add(a_request(3, chat_id=OTHER_CHAT, asked_at=later(hours=1)))
        uow.join_requests.forget(CHAT)
        assert uow.join_requests.add(a_request(4, asked_at=later(hours=2)))
    with office.read() as uow:
        assert [r.id for r in uow.join_requests.pending([AGENCY], NOW)] == ["ask-3", "ask-4"]
        assert [r.id for r in uow.join_requests.pending([AGENCY], later(hours=2))] == ["ask-4"]
        assert uow.join_requests.pending([], NOW) == []
        assert [(r.id, r.state) for r in uow.join_requests.of_chat(CHAT, NOW)] == [
            ("ask-4", Asked.PENDING),
            ("ask-1", Asked.WITHDRAWN),
        ]


def test_a_request_is_decided_once_and_remembered(office: Store) -> None:
    settled = a_request(state=Asked.DENIED, settled_at=later(hours=1), settled_by=MALEE)
    with office.write() as uow:
        uow.join_requests.add(a_request())
        assert uow.join_requests.settle(settled)
        assert not uow.join_requests.settle(a_request(state=Asked.APPROVED))
        assert uow.join_requests.add(a_request(2, asked_at=later(hours=2)))
    with office.read() as uow:
        assert uow.join_requests.get(settled.id) == settled
        assert uow.join_requests.get(JoinRequestId("nothing")) is None
        assert [r.id for r in uow.join_requests.of_chat(CHAT, NOW)] == ["ask-2", "ask-1"]
        assert [r.id for r in uow.join_requests.of_chat(CHAT, later(hours=1))] == ["ask-2"]


def test_handovers_wait_until_they_are_settled_once(office: Store) -> None:
    with office.write() as uow:
        uow.handovers.add(a_handover())
        uow.handovers.add(a_handover(2))
        assert [h.id for h in uow.handovers.offered_to(MALEE)] == ["over-1", "over-2"]
        assert [h.id for h in uow.handovers.offered_by(SOMCHAI)] == ["over-1", "over-2"]
        assert uow.handovers.settle(HandoverId("over-1"), Offer.TAKEN, later(hours=1))
        assert not uow.handovers.settle(HandoverId("over-1"), Offer.DECLINED, later(hours=2))
        assert uow.handovers.settle(HandoverId("over-2"), Offer.WITHDRAWN, later(hours=1))
    with office.read() as uow:
        assert uow.handovers.offered_to(MALEE) == uow.handovers.offered_by(SOMCHAI) == []
        assert uow.handovers.taken_by(MALEE) == [a_handover(state=Offer.TAKEN, settled_at=later(hours=1))]
        assert [h.id for h in uow.handovers.of_agency(AGENCY)] == ["over-2", "over-1"]
        assert uow.handovers.get(HandoverId("over-9")) is None


def test_the_taker_stands_where_the_giver_stood(office: Store) -> None:
    third = PersonId("person-3")
    with office.write() as uow:
        uow.people.add(a_person(id=third, name="คนที่สาม"))
        for measure, people in ((FIRST, (SOMCHAI, third)), (SECOND, (third, SOMCHAI, MALEE))):
            for person in people:
                uow.plans.assign(measure, person)
        uow.handovers.move(SOMCHAI, MALEE, [FIRST, SECOND])
    with office.read() as uow:
        found = {m: [p.id for p in people] for m, people in uow.plans.reporters([FIRST, SECOND]).items()}
    assert found == {FIRST: [MALEE, third], SECOND: [third, MALEE]}


def test_a_draft_moves_with_what_is_in_it_and_a_submission_does_not(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update(summary="ร่าง"))
        uow.handovers.move_draft(UpdateId("update-1"), MALEE)
    with office.read() as uow:
        assert [(u.id, u.summary) for u in uow.updates.drafts_of(MALEE)] == [("update-1", "ร่าง")]
        assert uow.updates.drafts_of(SOMCHAI) == []
