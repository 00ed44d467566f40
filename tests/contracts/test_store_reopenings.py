"""Requests to change a locked round keep their promises on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.domain.reopenings import Reopening, ReopeningId, Reply, open_again
from bot.domain.rounds import RoundNo
from bot.ports.store import Store
from tests.contracts.office import AGENCY, FIRST, MALEE, NOW, SECOND, SOMCHAI, later

ASKED = ReopeningId("asked")


def a_request(**fields: Any) -> Reopening:
    return Reopening(
        **{
            "id": ASKED,
            "agency_id": AGENCY,
            "measure_id": FIRST,
            "round_no": RoundNo.SIX,
            "person_id": SOMCHAI,
            "reason": "ใส่ตัวเลขผิด",
            "asked_at": NOW,
        }
        | fields
    )


def test_a_request_comes_back_exactly_and_waits_once(office: Store) -> None:
    with office.write() as uow:
        assert uow.reopenings.add(a_request())
        assert not uow.reopenings.add(a_request(id=ReopeningId("again")))
        assert uow.reopenings.add(a_request(id=ReopeningId("other"), measure_id=SECOND, asked_at=later(hours=1)))
    with office.read() as uow:
        assert uow.reopenings.get(ASKED) == a_request()
        assert [each.id for each in uow.reopenings.waiting([AGENCY])] == [ASKED, "other"]
        assert uow.reopenings.waiting([]) == []
        assert len(uow.reopenings.of_people([SOMCHAI, MALEE])) == 2
        assert uow.reopenings.of_people([MALEE]) == []


def test_an_answer_is_given_once_and_lets_another_request_in(office: Store) -> None:
    until = date(2024, 3, 11)
    with office.write() as uow:
        uow.reopenings.add(a_request())
        assert uow.reopenings.settle(ASKED, Reply.ALLOWED, later(hours=1), MALEE, until)
        assert not uow.reopenings.settle(ASKED, Reply.DENIED, later(hours=2), MALEE, None)
        assert uow.reopenings.add(a_request(id=ReopeningId("later"), asked_at=later(hours=3)))
    with office.read() as uow:
        asked = uow.reopenings.of_people([SOMCHAI])
    assert asked[0] == a_request(reply=Reply.ALLOWED, replied_at=later(hours=1), replied_by=MALEE, until=until)
    assert open_again(asked, until) == {(SOMCHAI, FIRST, RoundNo.SIX): until}
    assert open_again(asked, date(2024, 3, 12)) == {}


def test_of_two_records_of_one_human_one_request_waits(office: Store) -> None:
    with office.write() as uow:
        uow.reopenings.add(a_request())
        uow.reopenings.add(a_request(id=ReopeningId("same"), person_id=MALEE))
        uow.people.merge(MALEE, SOMCHAI)
    with office.read() as uow:
        assert [each.id for each in uow.reopenings.of_people([SOMCHAI])] == [ASKED]
