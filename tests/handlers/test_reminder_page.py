"""The pages of reminding: the year ahead, rules with their preview, messages with their life, days off and feeds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from bot.adapters.jinja.chat import ChatRenderer
from bot.bootstrap.use_cases import TEMPLATES
from bot.domain.agencies import AgencyId
from bot.domain.group_digests import GROUP_RULE
from bot.domain.people import ChatId, PersonId
from bot.domain.reminder_rules import RULES, RuleChange
from bot.ports.records import DEFAULT_CHANNEL, Chat, ChatKind, Group, KnownQuota, OutgoingState
from bot.services.delivery_desk import NOT_NEEDED
from bot.services.logbook import Action
from bot.services.plan_ahead import group_days_ahead
from bot.services.plan_reminders import plan_reminders
from bot.services.send_due_reminders import send_due_reminders

from .conftest import HERE, THERE

YEAR_PAGE = "/admin/thungthong/reminders"
RULES_PAGE, LETTERS, DAYS = f"{YEAR_PAGE}/rules", f"{YEAR_PAGE}/messages", f"{YEAR_PAGE}/days"
FEEDS = f"{YEAR_PAGE}/feeds"


def text(browser: Any, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def remind(rt: Any) -> Any:
    return send_due_reminders(rt.store, rt.notices, rt.clock.now())[0]


def logged(rt: Any) -> list[str]:
    with rt.store.read() as uow:
        return [entry.action for entry in uow.log.entries(HERE, limit=20)]


# The year ahead


def test_the_year_ahead_is_drawn_with_its_cost(rt: Any, office: Any, enter: Any) -> None:
    page = text(enter("admin"), YEAR_PAGE)
    assert page.count('<table class="month">') == 12
    assert 'class="tells"' in page
    with rt.store.read() as uow:
        (digest,) = plan_reminders(uow, rt.clock.now())
    assert f"{digest.name} – {digest.reminders[0].why}" in page


def test_what_the_agencys_group_will_hear_is_on_the_page_once_a_week_until_the_round_locks(
    rt: Any, office: Any, enter: Any
) -> None:
    assert "จะไม่ส่งเมื่อข้อความที่เหลือไม่พอ" not in text(enter("admin"), YEAR_PAGE)
    with rt.store.write() as uow:
        group = Chat(id=ChatId("group"), channel_id=DEFAULT_CHANNEL, line_user_id="C" + "7" * 32, kind=ChatKind.GROUP)
        uow.chats.add(group)
        uow.groups.save(Group(chat_id=group.id, agency_id=AgencyId(HERE), linked_at=rt.clock.now()))
        uow.reminders.save_change(HERE, RuleChange(rule=GROUP_RULE))
        days = [digest.on for digest in group_days_ahead(uow, rt.clock.now(), date(2024, 5, 31), HERE)]
    assert [f"{day:%m-%d}" for day in days] == [
        "03-14", "03-18", "03-25", "04-01", "04-09", "04-17", "04-22", "04-29",
    ]  # fmt: skip
    page = text(enter("admin"), YEAR_PAGE)
    assert "จะไม่ส่งเมื่อข้อความที่เหลือไม่พอ" in page
    assert "<li>๑๘ มีนาคม ๒๕๖๗" in page


def test_the_dry_run_and_the_page_name_the_same_people_days_and_reasons(rt: Any, office: Any, enter: Any) -> None:
    page = text(enter("admin"), YEAR_PAGE)
    days = re.findall(r'<details id="d([\d-]+)">(.*?)</details>', page, re.DOTALL)
    assert len(days) > 5
    for day, shown in days:
        rt.clock.at = rt.clock.at.replace(year=int(day[:4]), month=int(day[5:7]), day=int(day[8:]), hour=9, minute=30)
        with rt.store.read() as uow:
            planned = plan_reminders(uow, rt.clock.now())
        for digest in planned:
            assert digest.name in shown, (day, digest.name)
            assert digest.reminders[0].why in shown, (day, digest.reminders[0].why)
        assert shown.count("<li>") == len(planned), day
        send_due_reminders(rt.store, rt.notices, rt.clock.now())


def test_the_forecast_warns_and_says_when_the_messages_run_out(rt: Any, office: Any, enter: Any) -> None:
    known = KnownQuota(channel_id=DEFAULT_CHANNEL, limit=10, used=9, asked_at=rt.clock.now())
    with rt.store.write() as uow:
        uow.reminders.save_quota(known)
    page = text(enter("admin"), YEAR_PAGE)
    assert "ใช้ไปเกิน ๙๐%" in page
    assert "ใช้ไป ๙ จาก ๑๐ เหลือ ๑" in page
    with rt.store.write() as uow:
        uow.reminders.save_quota(replace(known, used=0, limit=500))
    assert "ใช้ไปเกิน" not in text(enter("admin"), YEAR_PAGE)


def test_what_waits_for_lack_of_messages_can_be_copied(rt: Any, office: Any, enter: Any) -> None:
    known = KnownQuota(channel_id=DEFAULT_CHANNEL, limit=10, used=10, asked_at=rt.clock.now())
    with rt.store.write() as uow:
        uow.reminders.save_quota(known)
    digest = remind(rt)
    page = text(enter("admin"), YEAR_PAGE)
    assert re.search(rf"<textarea[^>]* readonly[^>]*>[^<]*• {digest.name} – รอบ ๖ เดือน", page)
    assert digest.name not in text(enter("elsewhere"), "/admin/bansuan/reminders")


def test_who_blocked_the_bot_or_never_joined_is_shown(rt: Any, office: Any, enter: Any) -> None:
    with rt.store.write() as uow:
        uow.chats.set_blocked(uow.chats.of_person(PersonId("person-officer")).id, True)
    page = text(enter("admin"), YEAR_PAGE)
    assert "ปิดกั้นหรือออกไป" in page
    assert "ยังไม่เข้าร่วม" in page


# Rules


def form(**changes: str) -> dict[str, str]:
    """The form of the rules with everything as it is by default."""
    fields = {"on-all": "yes"} | {f"on-{r.key}": "yes" for r in RULES if r.on}
    fields |= {f"days-{r.key}": str(abs(r.days)) for r in RULES if r.key not in {"due-0", "group-week"}}
    return {key: value for key, value in (fields | changes).items() if value}


def press(browser: Any, do: str, **changes: str) -> Any:
    seen = re.search(r'name="seen" value="(\w+)"', text(browser, RULES_PAGE))[1]
    return browser.press(RULES_PAGE, RULES_PAGE, **{"do": do, "seen": seen} | form(**changes))


def changes(rt: Any) -> list[RuleChange]:
    with rt.store.read() as uow:
        return uow.reminders.changes().get(HERE, [])


def test_a_preview_says_what_would_change_and_changes_nothing(rt: Any, office: Any, enter: Any) -> None:
    answer = press(enter("admin"), "preview", **{"on-due-7": "", "days-due-3": "5"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "ถ้าบันทึก" in page
    assert re.search(r"จะส่งไม่เกิน [๐-๙]+ ข้อความ จากเดิม [๐-๙]+", page)
    assert re.search(r"๗ วันก่อนครบกำหนด <span class=\"hint\">เดิม ๓ เม.ย. ๖๗.*?ใหม่ –", page)
    assert 'name="days-due-3" min="0" max="120" value="5"' in page
    assert changes(rt) == []


def test_rules_are_stored_and_written_down(rt: Any, office: Any, enter: Any) -> None:
    admin = enter("admin")
    press(admin, "save", **{"on-due-7": "", "days-due-3": "5", "on-group-week": "yes"})
    assert changes(rt) == [
        RuleChange(rule="due-3", days=-5),
        RuleChange(rule="due-7", on=False),
        RuleChange(rule="group-week"),
    ]
    assert "๕ วันก่อนครบกำหนด" in text(admin, RULES_PAGE)
    assert logged(rt)[0] == Action.RULES_CHANGED
    press(admin, "save")
    assert changes(rt) == []


def test_two_admins_at_once_are_told(rt: Any, office: Any, enter: Any) -> None:
    admin = enter("admin")
    stale = re.search(r'name="seen" value="(\w+)"', text(admin, RULES_PAGE))[1]
    press(admin, "save", **{"on-due-7": ""})
    answer = admin.press(RULES_PAGE, RULES_PAGE, **{"do": "save", "seen": stale} | form())
    assert answer.status_code == 409
    assert "ยังไม่ได้บันทึกของคุณ" in answer.get_data(as_text=True)
    assert changes(rt) == [RuleChange(rule="due-7", on=False)]


@pytest.mark.parametrize("days", ["999", "x", "๓.๕"])
@pytest.mark.parametrize("do", ["save", "preview"])
def test_a_day_that_makes_no_sense_is_refused(rt: Any, office: Any, enter: Any, days: str, do: str) -> None:
    answer = press(enter("admin"), do, **{"days-due-7": days})
    assert answer.status_code == 422
    assert "๗ วันก่อนครบกำหนด" in answer.get_data(as_text=True)
    assert changes(rt) == []


def test_an_auditor_sees_the_rules_and_changes_none(rt: Any, office: Any, enter: Any) -> None:
    page = text(enter("auditor"), RULES_PAGE)
    assert "<fieldset disabled>" in page
    assert "บันทึกกติกา" not in page


@pytest.mark.parametrize("rule", [rule.key for rule in RULES])
def test_every_reminder_is_shown_as_on_the_phone(rt: Any, office: Any, enter: Any, rule: str) -> None:
    rt.notices = replace(rt.notices, renderer=ChatRenderer(TEMPLATES / "chat"))
    page = text(enter("admin"), f"{RULES_PAGE}/{rule}")
    assert 'class="phone"' in page
    assert page.count('class="bubble"') == 2
    assert "style=" not in page


def test_a_rule_that_is_not_there_is_no_page(rt: Any, office: Any, enter: Any) -> None:
    assert enter("admin").get(f"{RULES_PAGE}/nonsense").status_code == 404


# Messages


def fail(rt: Any, message_id: str, words: str = "400 Failed to send messages") -> None:
    with rt.store.write() as uow:
        message = uow.outbox.get(message_id)
        uow.outbox.save(replace(message, state=OutgoingState.REFUSED, error=words, attempts=1))


def message_ids(rt: Any) -> list[str]:
    with rt.store.read() as uow:
        return [m.id for m in uow.outbox.in_states(list(OutgoingState), 100)]


def test_a_message_has_a_visible_life_and_a_reason(rt: Any, office: Any, enter: Any) -> None:
    digest = remind(rt)
    page = text(enter("admin"), LETTERS)
    assert f"<strong>{digest.name}</strong>" in page
    assert "รอส่ง" in page
    assert f'เพราะ <span lang="th">{digest.reminders[0].why}' in page
    fail(rt, message_ids(rt)[0])
    page = text(enter("admin"), LETTERS)
    assert "LINE ปฏิเสธ" in page
    assert "400 Failed to send messages" in page
    assert "ส่งให้ LINE ๑ ครั้ง" in page


def test_a_message_to_the_agencys_group_is_shown_and_sent_again(rt: Any, office: Any, enter: Any) -> None:
    with rt.store.write() as uow:
        uow.chats.add(
            Chat(id=ChatId("group"), channel_id=DEFAULT_CHANNEL, line_user_id="C" + "7" * 32, kind=ChatKind.GROUP)
        )
        uow.groups.save(Group(chat_id=ChatId("group"), agency_id=AgencyId(HERE), linked_at=rt.clock.now()))
        said = rt.notices.outgoing(ChatId("group"), "group_digest", [{"type": "text", "text": "สรุป"}])
        uow.outbox.add(said)
    fail(rt, said.id, "403 not a member")
    admin = enter("admin")
    page = text(admin, LETTERS)
    assert "<strong>กลุ่มไลน์ของหน่วยงาน</strong>" in page
    assert "สรุปประจำสัปดาห์ในกลุ่ม" in page
    assert "403 not a member" in page
    assert admin.press(LETTERS, f"{LETTERS}/{said.id}/again").status_code == 303
    assert len(message_ids(rt)) == 2


def test_a_dead_letter_is_sent_again_once_by_the_admin(rt: Any, office: Any, enter: Any) -> None:
    remind(rt)
    (dead,) = message_ids(rt)
    fail(rt, dead)
    admin = enter("admin")
    again = f"{LETTERS}/{dead}/again"
    assert admin.press(LETTERS, again).status_code == 303
    assert len(message_ids(rt)) == 2
    assert rt.queue.take() is not None
    assert logged(rt)[0] == Action.MESSAGE_RESENT
    page = text(admin, LETTERS)
    assert "ส่งใหม่แล้ว" in page
    admin.press(DAYS, again)
    assert len(message_ids(rt)) == 2
    assert "เพราะ" in page.split("ส่งใหม่แล้ว")[0], "the reason goes with the new one"


def test_another_agencys_messages_are_neither_shown_nor_sent(rt: Any, office: Any, enter: Any) -> None:
    digest = remind(rt)
    (dead,) = message_ids(rt)
    fail(rt, dead)
    neighbour = enter("elsewhere")
    page = text(neighbour, "/admin/bansuan/reminders/messages")
    assert digest.name not in page
    neighbour.press("/admin/bansuan/reminders/days", f"/admin/bansuan/reminders/messages/{dead}/again")
    assert len(message_ids(rt)) == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=dead", True),
        ("state=refused", True),
        ("state=sent", False),
        ("kind=reminder", True),
        ("kind=turn", False),
        ("person=person-officer", True),
        ("person=person-late", False),
        ("since=2024-03-14&until=2024-03-14", True),
        ("since=2024-03-15", False),
        ("until=2024-03-13", False),
        ("since=nonsense", False),
        ("state=nonsense", True),
        ("page=2", False),
    ],
)
def test_messages_are_filtered(rt: Any, office: Any, enter: Any, query: str, shown: bool) -> None:
    remind(rt)
    fail(rt, message_ids(rt)[0])
    assert ('class="list letters"' in text(enter("admin"), f"{LETTERS}?{query}")) is shown


def test_what_was_not_needed_any_more_says_so_and_is_not_sent_again(rt: Any, office: Any, enter: Any) -> None:
    remind(rt)
    with rt.store.write() as uow:
        message = uow.outbox.get(message_ids(rt)[0])
        uow.outbox.save(replace(message, state=OutgoingState.EXPIRED, error=NOT_NEEDED))
    page = text(enter("admin"), LETTERS)
    assert "ไม่ต้องส่งแล้ว งานเข้ามาก่อน" in page
    assert "ส่งอีกครั้ง" not in page


def test_many_messages_come_by_pages_with_few_queries(rt: Any, office: Any, enter: Any) -> None:
    remind(rt)
    with rt.store.write() as uow:
        one = uow.outbox.get(message_ids(rt)[0])
        for number in range(120):
            uow.outbox.add(replace(one, id=f"m-{number}", key=None, kind="report"))
    admin = enter("admin")
    asked: list[str] = []
    event.listen(rt.store._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    first = text(admin, LETTERS)
    assert len(asked) < 40
    assert first.count('<li class="card">') == 50
    assert "เก่ากว่า" in first
    assert text(admin, f"{LETTERS}?page=3").count('<li class="card">') == 21


# Days off and feeds


def test_a_day_off_is_added_and_taken_back(rt: Any, office: Any, enter: Any) -> None:
    admin = enter("admin")
    assert admin.press(DAYS, DAYS, day="2024-03-29", name="งานประจำปี").status_code == 303
    assert "๒๙ มีนาคม ๒๕๖๗ งานประจำปี" in text(admin, DAYS)
    assert "งานประจำปี" in text(admin, YEAR_PAGE)
    assert "งานประจำปี" not in text(enter("elsewhere"), "/admin/bansuan/reminders/days")
    admin.press(DAYS, f"{DAYS}/2024-03-29/remove")
    assert "งานประจำปี" not in text(admin, DAYS).split("วันหยุดราชการที่จะมาถึง")[0].replace("ลบวันแล้ว", "")
    assert logged(rt)[:2] == [Action.DAY_OFF_REMOVED, Action.DAY_OFF_ADDED]


@pytest.mark.parametrize(
    "fields", [{"day": "", "name": "x"}, {"day": "2024-03-29", "name": " "}, {"day": "x", "name": "y"}]
)
def test_a_day_off_without_a_date_or_name_is_refused(rt: Any, office: Any, enter: Any, fields: dict[str, str]) -> None:
    assert enter("admin").press(DAYS, DAYS, **fields).status_code == 422
    with rt.store.read() as uow:
        assert uow.reminders.own_days() == []


def test_a_year_without_holidays_is_warned_about(rt: Any, office: Any, enter: Any) -> None:
    rt.clock.at = rt.clock.at.replace(year=2027, month=11)
    for page in (YEAR_PAGE, DAYS):
        assert "พ.ศ. ๒๕๗๑" in text(enter("admin"), page)


def test_a_feed_is_made_shown_once_read_and_revoked(rt: Any, office: Any, enter: Any) -> None:
    admin = enter("admin")
    page = admin.press(DAYS, FEEDS).get_data(as_text=True)
    address = re.search(r"https?://[^<\s]+/calendar/[^<\s]+\.ics", page)[0]
    path = re.sub(r"^https?://[^/]+", "", address)
    assert "BEGIN:VCALENDAR" in admin.get(path).get_data(as_text=True)
    shown = text(admin, DAYS)
    assert path not in shown
    revoke = re.search(r'action="([^"]+/revoke)"', shown)[1]
    assert admin.press(DAYS, revoke).status_code == 303
    assert admin.get(path).status_code == 404
    assert logged(rt)[:2] == [Action.FEED_REVOKED, Action.FEED_MADE]
    admin.press(DAYS, revoke)
    assert logged(rt)[:2] == [Action.FEED_REVOKED, Action.FEED_MADE]


def test_a_feed_is_only_for_and_ended_by_the_agencys_own(rt: Any, office: Any, enter: Any) -> None:
    neighbour = enter("elsewhere")
    there = "/admin/bansuan/reminders"
    assert neighbour.press(f"{there}/days", f"{there}/feeds", person="person-officer").status_code == 404
    rt.feeds.make(agency_id=HERE)
    with rt.store.read() as uow:
        (feed,) = uow.reminders.feeds(HERE)
        assert uow.reminders.feeds(THERE) == []
    neighbour.press(f"{there}/days", f"{there}/feeds/{feed.token_hash}/revoke")
    with rt.store.read() as uow:
        assert len(uow.reminders.feeds(HERE)) == 1


def test_dates_are_days_not_words(rt: Any, office: Any, enter: Any) -> None:
    assert enter("admin").press(DAYS, f"{DAYS}/nonsense/remove").status_code == 404
    assert date(2024, 3, 14) == rt.clock.now().date()
