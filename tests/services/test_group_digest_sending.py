"""The week's digest reaches an agency's groups when the admin wants it, once, and costs nothing that is not there."""

from __future__ import annotations

import pytest

from bot.domain.people import ChatId
from bot.domain.reminder_rules import RuleChange
from bot.ports.records import DEFAULT_CHANNEL, Chat, ChatKind, Group, KnownQuota
from bot.services.send_group_digests import KIND
from tests.services.desk import AGENCY, Desk, at

GROUP = "C" + "7" * 32


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An agency with a group of its own, in its open 12-month round; nobody has reported."""
    with desk.rt.store.write() as uow:
        uow.chats.add(Chat(id=ChatId("group"), channel_id=DEFAULT_CHANNEL, line_user_id=GROUP, kind=ChatKind.GROUP))
        uow.groups.save(Group(chat_id=ChatId("group"), agency_id=AGENCY.id, linked_at=at("2024-08-01T09:00")))
        uow.reminders.save_change(AGENCY.id, RuleChange(rule="group-week"))
    desk.clock.at = at("2024-09-09T09:00")  # a Monday
    return desk


def limited(desk: Desk, limit: int) -> None:
    known = KnownQuota(channel_id=DEFAULT_CHANNEL, limit=limit, used=0, asked_at=desk.clock.now())
    with desk.rt.store.write() as uow:
        uow.reminders.save_quota(known)


def test_a_group_hears_counts_and_the_way_to_the_private_chat_once_a_week(office: Desk) -> None:
    assert office.rt.group_digests(office.clock.now()) == ["group"]
    office.rt.deliver("group")
    (heard,) = office.news(GROUP)
    assert "รายงานแล้ว ๐ จาก ๒ มาตรการ" in heard
    assert "รายงานในแชตส่วนตัว" in heard
    for moment in ("2024-09-09T09:01", "2024-09-13T16:00"):
        assert office.rt.group_digests(at(moment)) == []
    assert office.rt.group_digests(at("2024-09-16T08:30")) == ["group"]


def test_the_clock_says_it_and_no_person_is_counted_twice(office: Desk) -> None:
    assert office.rt.remind() == 1
    assert office.rt.remind() == 0
    with office.rt.store.read() as uow:
        assert uow.reminders.pushes_since(DEFAULT_CHANNEL, at("2024-09-01T00:00")) == 1


def test_no_agency_hears_it_that_did_not_ask(office: Desk) -> None:
    with office.rt.store.write() as uow:
        uow.reminders.forget_change(AGENCY.id, "group-week")
    assert office.rt.group_digests(office.clock.now()) == []


@pytest.mark.parametrize(("members", "limit", "told"), [(5, 100, True), (90, 100, False), (None, 100, False)])
def test_a_limit_is_kept_by_the_size_of_the_group(office: Desk, members: int | None, limit: int, told: bool) -> None:
    limited(office, limit)
    if members is not None:
        office.line.group_sizes[GROUP] = members
    assert bool(office.rt.group_digests(office.clock.now())) is told


def test_a_group_that_the_bot_left_hears_nothing(office: Desk) -> None:
    with office.rt.store.write() as uow:
        uow.chats.set_blocked(ChatId("group"), True)
    assert office.rt.group_digests(office.clock.now()) == []


def test_its_kind_is_its_own(office: Desk) -> None:
    office.rt.group_digests(office.clock.now())
    with office.rt.store.read() as uow:
        (message,) = uow.outbox.in_states(["queued"], 5)  # type: ignore[list-item]
    assert message.kind == KIND
