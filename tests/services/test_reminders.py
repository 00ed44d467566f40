"""What a person hears, and what is written down about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.calendar import BANGKOK
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.domain.updates import Review
from bot.services.agency_rounds import set_round
from bot.services.plan_reminders import plan_reminders
from bot.services.send_due_reminders import send_due_reminders
from tests import builders
from tests.services.desk import AGENCY, YEAR, Desk, at

MALEE, SOMSAK = "U-malee", "U-somsak"


# What a person hears


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Two officers in a round that opens on Friday 1 November and is due on Monday 2 December."""
    desk.clock.at = at("2024-10-25T09:00")
    set_round(
        desk.rt.store,
        desk.ids,
        desk.clock,
        AGENCY.id,
        YEAR,
        RoundNo.TWELVE,
        opens_on=date(2024, 11, 1),
        due_on=date(2024, 12, 2),
        locks_on=date(2024, 12, 20),
    )
    desk.join(MALEE, "มาลี ใจงาม", measures="1,2")
    desk.join(SOMSAK, "สมศักดิ์ ตั้งมั่น", measures="2")
    desk.news(MALEE), desk.news(SOMSAK)
    desk.clock.at = at("2024-11-01T09:00")
    return desk


def _remind(desk: Desk, moment: str | datetime) -> list[tuple[str, str, list[int]]]:
    when = at(moment) if isinstance(moment, str) else moment
    desk.clock.at = when
    planned = send_due_reminders(desk.rt.store, desk.rt.notices, when)
    for each in planned:
        desk.rt.deliver(each.chat_id)
    return [(p.name, r.rule, [m.no for m in r.measures]) for p in planned for r in p.reminders]


def test_one_message_a_person_lists_what_is_missing(office: Desk) -> None:
    assert _remind(office, "2024-11-01T09:00") == [
        ("มาลี ใจงาม", "opening", [1, 2]),
        ("สมศักดิ์ ตั้งมั่น", "opening", [2]),
    ]
    (malee,), (somsak,) = office.news(MALEE), office.news(SOMSAK)
    assert "เท่าเทียม" in malee
    assert "ทรัพย์สิน" in malee
    assert "เท่าเทียม" not in somsak
    assert "๒ ธันวาคม ๒๕๖๗" in malee


def test_nothing_is_said_twice_whatever_the_clock_does(office: Desk) -> None:
    assert len(_remind(office, "2024-11-01T09:00")) == 2
    for moment in ("2024-11-01T09:00", "2024-11-01T09:05", "2024-11-04T10:00", "2024-11-01T09:00"):
        assert _remind(office, moment) == []
    assert [rule for _, rule, _ in _remind(office, "2024-11-25T09:00")] == ["due-7", "due-7"]
    assert _remind(office, "2024-11-25T09:00") == []


def test_a_clock_that_was_down_catches_up_with_one_message(office: Desk) -> None:
    assert [rule for _, rule, _ in _remind(office, "2024-11-27T09:00")] == ["due-7", "due-7"]
    assert _remind(office, "2024-11-27T09:10") == []


def test_who_has_reported_hears_nothing_and_who_has_in_part_hears_the_rest(office: Desk) -> None:
    office.report(SOMSAK, 0)
    office.report(MALEE, 2)
    assert _remind(office, "2024-11-25T09:00") == [("มาลี ใจงาม", "due-7", [1])]


def test_a_part_that_was_sent_back_is_missing_again(office: Desk) -> None:
    office.report(SOMSAK, 0)
    with office.rt.store.write() as uow:
        (update,) = uow.updates.in_force([builders.measure(2).id])
        uow.updates.save(replace(update, review=Review.RETURNED))
    assert ("สมศักดิ์ ตั้งมั่น", "due-7", [2]) in _remind(office, "2024-11-25T09:00")


def test_who_has_blocked_the_bot_or_never_joined_is_passed_over(office: Desk) -> None:
    office.invite("วีระ ยังไม่มา")
    office.receive(SOMSAK, "unfollow", token=None)
    office.work()
    assert [name for name, _, _ in _remind(office, "2024-11-01T09:00")] == ["มาลี ใจงาม"]


def test_who_joins_after_the_opening_hears_the_next_one(office: Desk) -> None:
    code = office.invite("วีระ มาทีหลัง", measures="1")
    _remind(office, "2024-11-01T09:00")
    office.says("U-weera", code)
    office.work()
    office.news("U-weera")
    assert [name for name, _, _ in _remind(office, "2024-11-25T09:00")].count("วีระ มาทีหลัง") == 1
    assert len(office.news("U-weera")) == 1


def test_planning_alone_changes_nothing(office: Desk) -> None:
    with office.rt.store.read() as uow:
        assert len(plan_reminders(uow, at("2024-11-01T09:00"))) == 2
        assert uow.backlog(at("2024-11-01T09:00")).messages_due == 0
    assert len(_remind(office, "2024-11-01T09:00")) == 2


def test_the_schedule_of_the_clock_reminds_too(office: Desk) -> None:
    assert office.rt.clock_tick("reminders") == {"reminded": 2}
    office.work()
    assert len(office.news(MALEE)) == 1
    assert office.rt.clock_tick("reminders") == {"reminded": 0}


def test_only_officers_with_measures_are_reminded(office: Desk) -> None:
    office.join("U-admin", "มานี รอบรู้", Role.ADMIN)
    office.news("U-admin")
    _remind(office, "2024-11-01T09:00")
    assert office.news("U-admin") == []


def test_two_rounds_on_one_day_are_one_message(office: Desk) -> None:
    set_round(
        office.rt.store,
        office.ids,
        office.clock,
        AGENCY.id,
        YEAR,
        RoundNo.SIX,
        opens_on=date(2024, 11, 1),
        due_on=date(2024, 11, 29),
        locks_on=date(2024, 12, 20),
    )
    heard = _remind(office, "2024-11-01T09:00")
    assert len([each for each in heard if each[0] == "มาลี ใจงาม"]) == 2
    assert len(office.news(MALEE)) == 1
    assert _remind(office, "2024-11-01T10:00") == []


def test_bangkok_midnight_parts_the_days(office: Desk) -> None:
    assert at("2024-11-01T00:00").tzinfo is BANGKOK
    assert _remind(office, "2024-10-31T16:00") == []
    assert _remind(office, at("2024-11-01T08:30").astimezone(tz=None)) != []
