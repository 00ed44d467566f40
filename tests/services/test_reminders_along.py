"""What is due goes along with a reply that is given anyway, once, and never into an answer."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.people import Role
from bot.ports.records import OutgoingState
from bot.services.plan_reminders import plan_reminders
from bot.services.reminder_choices import go_on_leave, keep_quiet
from bot.services.reminder_message import reminder_along, reminder_message
from bot.services.send_due_reminders import send_due_reminders
from tests.services.desk import Desk, at

MALEE, KANYA = "U-malee", "U-kanya"
ALONG = "แจ้งไปพร้อมกัน"


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An officer who joined before the 12-month round opened on 1 September 2024, a Sunday."""
    desk.clock.at = at("2024-08-20T09:00")
    desk.join(MALEE, "มาลี ใจงาม", measures="1,2")
    desk.news(MALEE)
    return desk


def pushed(desk: Desk, moment: str) -> int:
    desk.clock.at = at(moment)
    return len(send_due_reminders(desk.rt.store, desk.rt.notices, desk.clock.now()))


def test_a_reply_carries_what_is_due_and_no_push_is_spent_later(office: Desk) -> None:
    office.clock.at = at("2024-09-02T09:00")
    heard = office.talk(MALEE, "สถานะ")
    assert heard[0].startswith(f"{ALONG}: รอบรายงานเปิดแล้ว\nยังเหลือ ๒ มาตรการ (๑, ๒) ส่งภายใน ๑๐ ตุลาคม ๒๕๖๗")
    assert "รายงานแล้ว ๐ จาก ๒" in heard[1]
    assert pushed(office, "2024-09-02T09:01") == 0
    assert ALONG not in "".join(office.talk(MALEE, "สถานะ", "งานของฉัน"))
    assert "รอบรายงานเปิดแล้ว" in office.talk(MALEE, "ทำไมจึงเตือน")[0]
    assert pushed(office, "2024-09-10T09:00") == 1


@pytest.mark.parametrize(
    ("moment", "goes_along"),
    [
        ("2024-09-02T00:01", True),  # what the day will bring
        ("2024-09-02T08:29", True),
        ("2024-09-02T16:30", True),
        ("2024-09-02T16:31", False),
        ("2024-09-02T23:59", False),
        ("2024-09-01T12:00", False),  # a Sunday
        ("2024-08-30T12:00", False),  # not open yet
    ],
)
def test_when_a_reply_carries_what_is_due(office: Desk, moment: str, goes_along: bool) -> None:
    office.clock.at = at(moment)
    assert (ALONG in "".join(office.talk(MALEE, "สถานะ"))) is goes_along


def test_who_was_pushed_today_hears_nothing_more(office: Desk) -> None:
    assert pushed(office, "2024-09-02T08:30") == 1
    assert ALONG not in "".join(office.talk(MALEE, "สถานะ"))


def test_nothing_stands_between_a_question_and_its_answer(office: Desk) -> None:
    office.clock.at = at("2024-08-30T16:00")
    office.clock.at = at("2024-09-01T20:00")
    office.talk(MALEE, "รายงานผล", "๑", "แล้วเสร็จ")
    office.clock.at = at("2024-09-02T09:00")
    assert ALONG not in "".join(office.talk(MALEE, "จัดอบรมแล้ว", "เสร็จแล้ว", "ได้ผลดี", "เสร็จแล้ว", "ข้าม", "ข้าม"))
    heard = office.talk(MALEE, "ยืนยัน")
    assert "ยังเหลือ ๑ มาตรการ (๒)" in heard[0]  # what was just sent is not missing any more


def test_the_buttons_of_a_live_question_stay_last(office: Desk) -> None:
    office.clock.at = at("2024-09-02T09:00")
    office.talk(MALEE, "รายงานผล")
    (reply,) = [each for each in office.line.sent if each.to.startswith(f"{MALEE}#")][-1:]
    assert ALONG in reply.messages[0]["text"]
    assert "quickReply" not in reply.messages[0]
    labels = [item["action"]["label"] for item in reply.messages[-1]["quickReply"]["items"]]
    assert labels[0] == "มาตรการที่ ๑"
    assert len(reply.messages) <= 5


def test_who_sends_the_last_missing_report_hears_nothing_more(office: Desk) -> None:
    office.clock.at = at("2024-09-01T20:00")
    office.report(MALEE, 1)
    office.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "จัดแล้ว", "เสร็จแล้ว", "ดี", "เสร็จแล้ว", "ข้าม", "ข้าม")
    office.clock.at = at("2024-09-02T09:00")
    assert ALONG not in "".join(office.talk(MALEE, "ยืนยัน"))


def test_own_quiet_hours_do_not_silence_what_one_asks_for_but_leave_does(office: Desk) -> None:
    office.join(KANYA, "กัญญา ดูแล", measures="1")
    with office.rt.store.write() as uow:
        keep_quiet(uow, office.person(MALEE).id, at("2024-09-02T08:30").time(), at("2024-09-02T12:00").time())
        go_on_leave(uow, office.person(KANYA).id, date(2024, 9, 1), date(2024, 9, 5))
    office.clock.at = at("2024-09-02T09:00")
    assert ALONG in "".join(office.talk(MALEE, "สถานะ"))
    assert ALONG not in "".join(office.talk(KANYA, "สถานะ"))


def test_a_head_hears_of_reviews_that_wait_in_a_reply(office: Desk) -> None:
    office.join(KANYA, "กัญญา หัวหน้า", Role.HEAD)
    office.clock.at = at("2024-09-01T20:00")
    office.report(MALEE, 1)
    office.news(KANYA)
    office.clock.at = at("2024-09-05T09:00")
    heard = office.talk(KANYA, "สถานะ")
    assert ALONG in heard[0]
    assert "รอความเห็นชอบ ๑ มาตรการ" in heard[0]
    assert pushed(office, "2024-09-05T09:30") == 1  # the officer's only


def test_an_english_reader_hears_it_in_english(office: Desk) -> None:
    now = at("2024-09-02T09:00")
    with office.rt.store.read() as uow:
        (digest,) = plan_reminders(uow, now)
    words = [make(digest.name, digest.reminders, now.date(), "en") for make in (reminder_along, reminder_message)]
    along, bubble = office.rt.notices.renderer.render_all(words, "en")
    assert along["text"] == (
        "By the way: The reporting round is open.\nStill missing: 2 measures (1, 2), due 10 October 2024."
    )
    assert bubble["altText"].startswith("The reporting round is open · มาลี ใจงาม, 2 measures are still missing · 1) ")
    assert "12-month round · by 10 October 2024" in str(bubble)


def test_what_goes_along_is_recorded_as_said_with_the_reply(office: Desk) -> None:
    office.clock.at = at("2024-09-02T09:00")
    office.talk(MALEE, "สถานะ")
    with office.rt.store.read() as uow:
        said = uow.reminders.said_since(date(2024, 9, 2), office.person(MALEE).id)
        message = uow.outbox.get(said[0].message_id)
    assert {each.rule for each in said} == {"opening"}
    assert message is not None
    assert (message.kind, message.state) == ("turn", OutgoingState.SENT)
