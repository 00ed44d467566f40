"""Reminders from the plan to LINE: looked at again, held, put off, warned about, and sent again."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.domain.updates import Review
from bot.ports.outside import Refused, Unclear
from bot.ports.records import DEFAULT_CHANNEL, KnownQuota, Outgoing, OutgoingState
from bot.services import reminder_choices as choices
from bot.services.delivery_desk import dead_letters, held_list, round_delivery, send_again
from bot.services.leases import LEASE
from bot.services.plan_ahead import month_forecast, plan_ahead
from bot.services.plan_reminders import plan_reminders
from bot.services.send_due_reminders import send_due_reminders
from tests import builders
from tests.services.desk import AGENCY, YEAR, Desk, at

MALEE, SOMSAK, MANEE = "U-malee", "U-somsak", "U-manee"
USED_UP = Refused(words="You have reached your monthly limit.", status=429, quota=True)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Two officers and an admin in the default 12-month round: opens 1 September, is due 10 October 2024."""
    desk.clock.at = at("2024-08-20T09:00")
    desk.join(MALEE, "มาลี ใจงาม", measures="1,2")
    desk.join(SOMSAK, "สมศักดิ์ ตั้งมั่น", measures="2")
    desk.join(MANEE, "มานี รอบรู้", Role.ADMIN)
    for user in (MALEE, SOMSAK, MANEE):
        desk.news(user)
    desk.clock.at = at("2024-09-02T09:00")
    return desk


def plan(desk: Desk, moment: str) -> list[Outgoing]:
    """Plan without delivering."""
    desk.clock.at = at(moment)
    send_due_reminders(desk.rt.store, desk.rt.notices, desk.clock.now())
    with desk.rt.store.read() as uow:
        return [m for m in uow.outbox.in_states(list(OutgoingState), 100) if m.kind == "reminder"]


def deliver(desk: Desk, *users: str) -> None:
    for user in users or (MALEE, SOMSAK, MANEE):
        desk.rt.deliver(desk.chat(user).id)


def limit_messages(desk: Desk, limit: int, used: int) -> None:
    known = KnownQuota(channel_id=DEFAULT_CHANNEL, limit=limit, used=used, asked_at=desk.clock.now())
    with desk.rt.store.write() as uow:
        uow.reminders.save_quota(known)


# Looked at again at the moment of sending


def test_who_reports_between_plan_and_sending_hears_nothing(office: Desk) -> None:
    plan(office, "2024-09-02T09:00")
    office.report(SOMSAK, 0)
    heard = office.news(SOMSAK)
    deliver(office)
    assert not any("รอบรายงานเปิดแล้ว" in text for text in heard + office.news(SOMSAK))
    (malee,) = office.news(MALEE)
    assert "๒ มาตรการ" in malee


def test_who_reports_a_part_hears_the_rest(office: Desk) -> None:
    plan(office, "2024-09-02T09:00")
    with office.rt.store.write() as uow:
        uow.updates.add(builders.submitted(about=builders.measure(1), person_id=office.person(MALEE).id))
    deliver(office, MALEE)
    (malee,) = office.news(MALEE)
    assert "๑ มาตรการ" in malee
    assert "ทรัพย์สิน" in malee
    assert "เท่าเทียม" not in malee


def test_after_an_attempt_whose_fate_is_unknown_the_words_stay_as_the_retry_key_asks(office: Desk) -> None:
    plan(office, "2024-09-02T09:00")
    office.line.outcomes.append(Unclear(words="timeout", maybe_taken=True))
    deliver(office, SOMSAK)
    with office.rt.store.write() as uow:
        uow.updates.add(builders.submitted(about=builders.measure(2), person_id=office.person(SOMSAK).id))
    office.clock.pass_time(seconds=5)
    deliver(office, SOMSAK)
    assert len(office.news(SOMSAK)) == 1


def test_what_could_not_be_sent_in_working_hours_waits_for_the_next_morning(office: Desk) -> None:
    plan(office, "2024-09-06T16:29")  # a Friday
    office.clock.at = at("2024-09-06T17:00")
    deliver(office)
    assert office.news(MALEE) == []
    office.clock.at = at("2024-09-09T08:30")
    deliver(office)
    assert len(office.news(MALEE)) == 1


def test_an_operator_may_remind_at_night(office: Desk) -> None:
    office.clock.at = at("2024-09-02T22:00")
    assert len(send_due_reminders(office.rt.store, office.rt.notices, at("2024-09-02T09:00"))) == 2
    deliver(office)
    assert len(office.news(MALEE)) == 1


# Never twice


def test_two_clocks_do_no_harm(office: Desk) -> None:
    with office.rt.store.read() as uow:
        assert len(plan_reminders(uow, at("2024-09-02T09:00"))) == 2
    first, second = office.rt.notices, replace(office.rt.notices)
    counts = [len(send_due_reminders(office.rt.store, each, at("2024-09-02T09:00"))) for each in (first, second)]
    assert counts == [2, 0]


def test_a_plan_made_before_another_clock_stored_its_own_is_stored_in_vain(office: Desk) -> None:
    from bot.services import send_due_reminders as sending

    with office.rt.store.read() as uow:
        (digest, *_) = plan_reminders(uow, at("2024-09-02T09:00"))
    for expected in (True, False):
        with office.rt.store.write() as uow:
            assert sending._store(uow, office.rt.notices, digest, at("2024-09-02T09:00")) is expected


def test_clocks_that_plan_at_the_same_moment_store_each_message_once(office: Desk) -> None:
    together = threading.Barrier(4)
    counts: list[int] = []

    def tick() -> None:
        together.wait()
        counts.append(len(send_due_reminders(office.rt.store, office.rt.notices, at("2024-09-02T09:00"))))

    clocks = [threading.Thread(target=tick) for _ in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    assert sum(counts) == 2
    deliver(office)
    assert (len(office.news(MALEE)), len(office.news(SOMSAK))) == (1, 1)


def test_a_worker_that_died_between_sending_and_recording_doubles_nothing(office: Desk) -> None:
    plan(office, "2024-09-02T09:00")
    chat = office.chat(MALEE)
    with office.rt.store.write() as uow:
        (taken,) = uow.outbox.claim([chat.id], office.clock.now(), office.clock.now() + LEASE)
    assert taken is not None
    channel = office.rt.channel(DEFAULT_CHANNEL)
    assert channel is not None
    office.line.push(channel, MALEE, taken.messages, taken.retry_key)  # and then it died
    deliver(office, MALEE)
    office.clock.pass_time(seconds=10)
    deliver(office, MALEE)
    assert len(office.news(MALEE)) == 1
    assert office.message(taken.id).state is OutgoingState.SENT


def test_one_message_a_day_though_another_reason_comes_up(office: Desk) -> None:
    assert len(plan(office, "2024-09-02T09:00")) == 2
    with office.rt.store.write() as uow:
        back = builders.submitted(about=builders.measure(1), person_id=office.person(MALEE).id, review=Review.RETURNED)
        uow.updates.add(replace(back, reviewed_at=at("2024-08-20T09:00")))
    assert len(plan(office, "2024-09-02T15:00")) == 2
    assert len(plan(office, "2024-09-03T09:00")) == 3


# Within the means


def test_when_the_messages_run_low_routine_waits_in_the_next_free_reply(office: Desk) -> None:
    limit_messages(office, 100, 85)
    held = plan(office, "2024-09-10T09:00")  # a month is left: routine
    assert {m.state for m in held} == {OutgoingState.HELD}
    deliver(office)
    assert office.news(MALEE) == []
    heard = office.talk(MALEE, "สถานะ")
    assert "เหลือเวลา" in heard[0]
    assert office.talk(MALEE, "สถานะ") != heard
    assert sum(each.retry_key is not None for each in office.line.sent) == 0


def test_what_waits_is_looked_at_again_too(office: Desk) -> None:
    limit_messages(office, 100, 85)
    plan(office, "2024-09-10T09:00")
    with office.rt.store.write() as uow:
        uow.updates.add(builders.submitted(about=builders.measure(2), person_id=office.person(SOMSAK).id))
    assert not any("เหลือเวลา" in text for text in office.talk(SOMSAK, "สถานะ"))


def test_what_waited_for_days_gives_a_reason_that_is_true_when_it_is_said(office: Desk) -> None:
    limit_messages(office, 100, 85)
    plan(office, "2024-09-10T09:00")
    office.clock.at = at("2024-09-13T09:00")
    heard = office.talk(MALEE, "สถานะ")
    assert "เหลือเวลา ๒๗ วัน" in heard[0]
    assert "๓๐ วัน" not in heard[0]


def test_what_waited_is_dropped_when_a_later_reminder_was_heard(office: Desk) -> None:
    limit_messages(office, 100, 85)
    plan(office, "2024-09-10T09:00")
    limit_messages(office, 1000, 85)
    plan(office, "2024-09-26T09:00")
    deliver(office)
    office.news(MALEE)
    assert not any("วันก่อนครบกำหนด" in text for text in office.talk(MALEE, "สถานะ"))


def test_what_is_put_off_over_night_gives_the_next_mornings_reason(office: Desk) -> None:
    plan(office, "2024-10-09T16:29")
    office.clock.at = at("2024-10-09T17:00")
    deliver(office)
    assert len(plan(office, "2024-10-10T08:30")) == 2  # it is this day's: no other is planned
    deliver(office)
    (heard,) = office.news(MALEE)
    assert "วันนี้ครบกำหนดส่งรายงาน" in heard
    assert len(plan(office, "2024-10-11T08:30")) == 4


def test_a_last_call_uses_the_reserve(office: Desk) -> None:
    limit_messages(office, 100, 85)
    office.clock.at = at("2024-10-10T09:00")
    limit_messages(office, 100, 85)
    assert OutgoingState.HELD not in {m.state for m in plan(office, "2024-10-10T09:00")}


def test_the_admin_gets_a_list_for_the_group_chat(office: Desk) -> None:
    office.line.outcomes.extend([USED_UP, USED_UP])
    plan(office, "2024-09-02T09:00")
    deliver(office)
    with office.rt.store.read() as uow:
        text = held_list(uow, AGENCY.id)
    assert text.splitlines()[1:] == ["• มาลี ใจงาม – รอบ ๑๒ เดือน มาตรการที่ ๑, ๒", "• สมศักดิ์ ตั้งมั่น – รอบ ๑๒ เดือน มาตรการที่ ๒"]


def test_an_agency_with_nothing_held_has_no_list(office: Desk) -> None:
    with office.rt.store.read() as uow:
        assert held_list(uow, AGENCY.id) == ""


def test_the_admin_is_warned_once_at_70_and_once_at_90(office: Desk) -> None:
    office.line.limit = 10
    for used, warnings in [(6, 0), (7, 1), (7, 1), (9, 2)]:
        office.line.sent = [replace(each, to="x") for each in office.line.sent if each.retry_key is None]
        office.line.sent += _pushes(used)
        office.rt.note_quota("default")
        with office.rt.store.read() as uow:
            told = [m for m in uow.outbox.in_states(list(OutgoingState), 50) if m.kind == "quota_warning"]
        assert len(told) == warnings, used


def _pushes(count: int) -> list:  # type: ignore[type-arg]
    from bot.adapters.memory import Delivered

    return [Delivered(to="x", messages=(), retry_key=str(n)) for n in range(count)]


def test_a_warning_waits_for_working_hours(office: Desk) -> None:
    office.line.limit, office.line.sent = 10, _pushes(9)
    office.clock.at = at("2024-09-02T22:00")
    office.rt.note_quota("default")
    with office.rt.store.read() as uow:
        assert uow.outbox.in_states([OutgoingState.QUEUED], 9) == []
    office.clock.at = at("2024-09-03T08:30")
    office.rt.note_quota("default")
    with office.rt.store.read() as uow:
        assert [m.kind for m in uow.outbox.in_states([OutgoingState.QUEUED], 9)] == ["quota_warning"]


def test_the_forecast_counts_what_the_month_will_cost(office: Desk) -> None:
    limit_messages(office, 5, 2)
    with office.rt.store.read() as uow:
        ahead = month_forecast(uow, at("2024-09-02T09:00"))["default"]
    # two officers: opening, 30 days before (10 September) and 14 days before (26 September)
    assert (ahead.planned, ahead.short_by, ahead.runs_out_on) == (6, 3, date(2024, 9, 10))


def test_the_year_ahead_shows_every_message(office: Desk) -> None:
    with office.rt.store.read() as uow:
        days = plan_ahead(uow, at("2024-09-02T08:00"), date(2025, 8, 31), AGENCY.id)
    shown = [(str(d.day), next(r.rule for x in d.digests for r in x.reminders)) for d in days]
    assert shown == [
        ("2024-09-02", "opening"),
        ("2024-09-10", "due-30"),
        ("2024-09-26", "due-14"),
        ("2024-10-03", "due-7"),
        ("2024-10-07", "due-3"),
        ("2024-10-09", "due-1"),
        ("2024-10-10", "due-0"),
        ("2024-10-11", "overdue-1"),
        ("2024-10-17", "overdue-7"),
        ("2024-10-30", "last-call"),
    ]


# Delivery


def test_a_dead_letter_is_sent_again_once(office: Desk) -> None:
    office.line.outcomes.append(Refused(words="Failed to send messages", status=400))
    plan(office, "2024-09-02T09:00")
    deliver(office, MALEE)
    with office.rt.store.read() as uow:
        (dead,) = dead_letters(uow)
    assert "Failed to send messages" in (dead.error or "")
    fresh = send_again(office.rt.store, office.ids, office.clock, dead.id)
    assert fresh.retry_key != dead.retry_key
    deliver(office, MALEE)
    assert len(office.news(MALEE)) == 1
    with office.rt.store.read() as uow:
        assert dead_letters(uow) == []
    with pytest.raises(BadInput):
        send_again(office.rt.store, office.ids, office.clock, dead.id)
    with pytest.raises(NotFound):
        send_again(office.rt.store, office.ids, office.clock, "nothing")


def test_the_figures_of_a_round(office: Desk) -> None:
    plan(office, "2024-09-02T09:00")
    office.receive(SOMSAK, "unfollow", token=None)
    office.work()
    deliver(office)
    with office.rt.store.read() as uow:
        found = round_delivery(uow, AGENCY.id, YEAR, RoundNo.TWELVE)
    assert found.states == {"sent": 1, "refused": 1}
    assert found.rules == {"opening": 2}
    assert found.unreachable == ("สมศักดิ์ ตั้งมั่น",)


# Choices


def test_a_snooze_in_the_chat_is_kept_and_can_be_asked_about(office: Desk) -> None:
    plan(office, "2024-09-26T09:00")
    deliver(office)
    office.news(MALEE)
    office.talk(MALEE, "เลื่อนเตือน")
    assert "๓ ตุลาคม" in office.talk(MALEE, "๗ วัน")[0]
    assert "มาตรการที่ ๑, ๒" in office.talk(MALEE, "ทำไมจึงเตือน")[0]
    office.clock.at = at("2024-10-08T09:00")
    office.talk(MALEE, "เลื่อนเตือน")
    assert "๑๐ ตุลาคม" in office.talk(MALEE, "๗ วัน")[0]  # the last call


def test_leave_and_quiet_hours(office: Desk) -> None:
    person = office.person(MALEE).id
    with office.rt.store.write() as uow:
        choices.go_on_leave(uow, person, date(2024, 9, 2), date(2024, 9, 3))
        choices.keep_quiet(uow, person, time(8, 0), time(12, 0))
    assert len(plan(office, "2024-09-02T13:00")) == 1
    assert len(plan(office, "2024-09-04T11:59")) == 1
    assert len(plan(office, "2024-09-04T12:00")) == 2


def test_leave_and_quiet_hours_are_set_shown_and_ended_in_the_chat(office: Desk) -> None:
    office.clock.at = at("2024-09-01T17:00")  # a Sunday: nothing is due
    office.talk(MALEE, "วันลา", "๒-๔ ก.ย.", "ใช่")
    office.talk(SOMSAK, "ไม่รบกวน ๘.๓๐-๑๒.๐๐")
    assert plan(office, "2024-09-03T09:00") == []
    assert [m.chat_id for m in plan(office, "2024-09-03T12:00")] == [office.chat(SOMSAK).id]
    heard = "\n".join(office.talk(MALEE, "ทำไมจึงเตือน", "วันลา"))
    assert "แจ้งไปพร้อมกัน" not in heard
    assert heard.count("๒ กันยายน ๒๕๖๗ ถึง ๔ กันยายน ๒๕๖๗") == 2
    assert "ไม่รบกวน ๘.๓๐–๑๒.๐๐" in office.talk(SOMSAK, "ทำไมจึงเตือน")[-1]
    assert "แจ้งไปพร้อมกัน: รอบรายงานเปิดแล้ว" in office.talk(MALEE, "ยกเลิกวันลา")[0]
    assert "ไม่มี" not in office.talk(SOMSAK, "เตือนได้ทุกเวลา")[0]
    assert "ไม่มี" in office.talk(SOMSAK, "เตือนได้ทุกเวลา")[0]


def test_a_leave_over_the_last_call_says_that_it_will_be_heard(office: Desk) -> None:
    heard = office.talk(MALEE, "ลา ๗-๑๑ ต.ค.")
    assert "๑๐ ตุลาคม" in heard[-1]
    office.talk(MALEE, "ใช่")
    assert office.chat(MALEE).id not in {m.chat_id for m in plan(office, "2024-10-09T09:00")}
    assert office.chat(MALEE).id in {m.chat_id for m in plan(office, "2024-10-10T09:00")}


@pytest.mark.parametrize(("begins", "ends"), [(time(8, 0), time(17, 0)), (time(12, 0), time(9, 0)), (time(9, 0), None)])
def test_quiet_hours_that_leave_nothing_are_refused(office: Desk, begins: time, ends: time | None) -> None:
    with pytest.raises(BadInput), office.rt.store.write() as uow:
        choices.keep_quiet(uow, office.person(MALEE).id, begins, ends)


def test_an_agency_changes_its_rules_and_its_days(office: Desk) -> None:
    with office.rt.store.write() as uow:
        choices.change_rule(uow, AGENCY.id, "opening", on=False)
        choices.change_rule(uow, AGENCY.id, "due-30", days=-35)
        choices.add_own_day(uow, date(2024, 9, 5), "งานประจำปี", works=False, agency_id=AGENCY.id)
    assert plan(office, "2024-09-02T09:00") == []
    assert plan(office, "2024-09-05T09:00") == []
    assert plan(office, "2024-09-04T09:00") != []  # 35 days before is the 5th, a day off: the working day before


@pytest.mark.parametrize(
    ("rule", "days"), [("due-7", 3), ("opening", -1), ("nonsense", None), ("all", 3), ("due-0", -1), ("due-7", -999)]
)
def test_a_rule_that_makes_no_sense_is_refused(office: Desk, rule: str, days: int | None) -> None:
    with pytest.raises(BadInput), office.rt.store.write() as uow:
        choices.change_rule(uow, AGENCY.id, rule, days=days)


def test_the_holidays_of_a_year_that_are_missing_are_told_to_operators_once(office: Desk) -> None:
    from bot.services.watch_holidays import watch_holidays

    office.clock.at = at("2027-11-01T09:00")
    assert watch_holidays(office.rt.store, office.rt.notices) == 2028
    office.clock.at = at("2024-11-01T09:00")
    assert watch_holidays(office.rt.store, office.rt.notices) is None
