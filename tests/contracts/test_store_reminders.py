"""What was said and chosen about reminding keeps its promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.domain.agencies import AgencyId
from bot.domain.people import Role
from bot.domain.reminder_rules import RuleChange
from bot.domain.rounds import RoundNo
from bot.domain.workdays import OwnDay
from bot.ports.records import DEFAULT_CHANNEL, ChannelId, Feed, KnownQuota, OutgoingId, PersonTimes, SaidReminder
from bot.ports.store import Store
from tests.contracts.office import AGENCY, CHAT, MALEE, NOW, SOMCHAI, YEAR, a_membership, a_message, later


def said(key: str = "opening", **fields: Any) -> SaidReminder:
    return SaidReminder(
        **{
            "key": key,
            "message_id": OutgoingId("outgoing-1"),
            "person_id": SOMCHAI,
            "agency_id": AGENCY,
            "fiscal_year": YEAR,
            "round_no": RoundNo.SIX,
            "rule": "opening",
            "why": "รอบรายงานเปิดแล้ว",
            "measures": (1, 2),
            "day": date(2024, 3, 4),
            "at": NOW,
        }
        | fields
    )


def test_what_was_said_comes_back_by_person_message_and_round(office: Store) -> None:
    first, second = said(), said("due-7", at=later(days=1), day=date(2024, 3, 5), person_id=MALEE, covered=True)
    with office.write() as uow:
        assert uow.reminders.record([first, second])
        assert uow.reminders.said_since(date(2024, 3, 4)) == [first, second]
        assert uow.reminders.said_since(date(2024, 3, 5)) == [second]
        assert uow.reminders.said_since(date(2024, 3, 1), SOMCHAI) == [first]
        assert uow.reminders.of_message("outgoing-1") == [second, first]
        assert uow.reminders.of_round(AGENCY, YEAR, RoundNo.SIX) == [first, second]
        assert uow.reminders.of_round(AGENCY, YEAR, RoundNo.TWELVE) == []


def test_a_key_is_recorded_once_and_the_first_decides(office: Store) -> None:
    with office.write() as uow:
        assert uow.reminders.record([said("day"), said("opening")])
    with office.write() as uow:
        assert not uow.reminders.record([said("day"), said("other")])
        assert uow.reminders.record([said("day-2"), said("opening", why="x"), said("other")])
        keys = [(each.key, each.why) for each in uow.reminders.said_since(date(2024, 1, 1))]
    assert sorted(key for key, _ in keys) == ["day", "day-2", "opening", "other"]
    assert ("opening", "x") not in keys


def test_rules_are_changed_and_set_back(office: Store) -> None:
    with office.write() as uow:
        uow.reminders.save_change(AGENCY, RuleChange(rule="due-7", days=-10))
        uow.reminders.save_change(AGENCY, RuleChange(rule="due-7", on=False))
        assert uow.reminders.changes() == {AGENCY: [RuleChange(rule="due-7", on=False)]}
        uow.reminders.forget_change(AGENCY, "due-7")
        assert uow.reminders.changes() == {}


def test_a_persons_times_come_back_exactly(office: Store) -> None:
    times = PersonTimes(
        person_id=SOMCHAI,
        snoozed_until=date(2024, 3, 7),
        away_from=date(2024, 4, 1),
        away_until=date(2024, 4, 2),
        quiet_from=time(12, 0),
        quiet_until=time(13, 30),
    )
    with office.write() as uow:
        assert uow.reminders.times() == {}
        uow.reminders.save_times(PersonTimes(person_id=SOMCHAI))
        uow.reminders.save_times(times)
        assert uow.reminders.times([SOMCHAI, MALEE]) == {SOMCHAI: times}
        assert uow.reminders.times([MALEE]) == {}


def test_own_days_are_of_one_agency_or_of_everybody(office: Store) -> None:
    mine = OwnDay(day=date(2024, 3, 5), name="งานประจำปี", agency_id=AGENCY)
    all_ours = OwnDay(day=date(2024, 3, 5), name="พิเศษ", works=True)
    with office.write() as uow:
        uow.reminders.save_own_day(mine)
        uow.reminders.save_own_day(all_ours)
        uow.reminders.save_own_day(replace(mine, name="งานวัด"))
        assert uow.reminders.own_days() == [all_ours, replace(mine, name="งานวัด")]
        uow.reminders.remove_own_day(mine.day, AGENCY)
        assert uow.reminders.own_days() == [all_ours]
        uow.reminders.remove_own_day(mine.day, None)
        assert uow.reminders.own_days() == []


def test_the_reachable_are_members_with_a_chat_that_is_not_blocked(office: Store) -> None:
    with office.write() as uow:
        uow.people.add_membership(a_membership(role=Role.ADMIN))
        uow.people.add_membership(a_membership(role=Role.OFFICER))
        found = [(r.person_id, r.role, r.chat_id) for r in uow.reminders.reachable()]
        assert (SOMCHAI, Role.ADMIN, CHAT) in found
        assert (SOMCHAI, Role.OFFICER, CHAT) in found
        assert uow.reminders.reachable([AGENCY]) == [r for r in uow.reminders.reachable() if r.agency_id == AGENCY]
        assert uow.reminders.reachable([AgencyId("elsewhere")]) == []
        uow.chats.set_blocked(CHAT, True)
        assert CHAT not in {r.chat_id for r in uow.reminders.reachable()}


def test_a_quota_is_kept_and_pushes_since_are_counted(office: Store) -> None:
    quota = KnownQuota(channel_id=ChannelId("default"), limit=None, used=3, asked_at=NOW)
    with office.write() as uow:
        assert uow.reminders.quota(DEFAULT_CHANNEL) is None
        uow.reminders.save_quota(quota)
        uow.reminders.save_quota(replace(quota, limit=300, warned=70))
        assert uow.reminders.quota(DEFAULT_CHANNEL) == replace(quota, limit=300, warned=70)
        assert uow.reminders.quotas() == [replace(quota, limit=300, warned=70)]
        uow.outbox.add(a_message(1, kind="turn", created_at=later(minutes=1)))
        uow.outbox.add(a_message(2, kind="reminder", created_at=later(minutes=1)))
        uow.outbox.add(a_message(3, kind="reminder", created_at=NOW))
        assert uow.reminders.pushes_since(DEFAULT_CHANNEL, NOW) == 1
        assert uow.reminders.pushes_since(ChannelId("other"), NOW) == 0


def test_a_feed_lives_until_it_is_revoked(office: Store) -> None:
    feed = Feed(token_hash="hash", made_at=NOW, person_id=SOMCHAI)
    with office.write() as uow:
        uow.reminders.add_feed(feed)
        uow.reminders.add_feed(Feed(token_hash="agency", made_at=NOW, agency_id=AGENCY))
        assert uow.reminders.feed("hash") == feed
        assert uow.reminders.revoke_feeds(SOMCHAI, None, NOW) == 1
        assert uow.reminders.feed("hash") is None
        assert uow.reminders.feed("agency") is not None
        assert [each.token_hash for each in uow.reminders.feeds(AGENCY)] == ["agency"]
        assert uow.reminders.feeds(AgencyId("elsewhere")) == []
        assert uow.reminders.revoke_feed("agency", NOW)
        assert not uow.reminders.revoke_feed("agency", NOW)
        assert uow.reminders.feeds(AGENCY) == []


def test_using_an_invite_is_remembered_as_joining(office: Store) -> None:
    with office.write() as uow:
        assert uow.reminders.joined_on() == {}
