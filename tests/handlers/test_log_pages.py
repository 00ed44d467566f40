"""The log's page: every action has its words, filters, pages and files."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.ports.records import LogEntry, LogEntryId
from bot.services.logbook import Action
from handlers.admin.log import PAGE
from handlers.admin.log_words import TITLES, sentence

from .conftest import HERE, NOW, THERE

LOG = "/admin/thungthong/log/"
DETAILS: dict[Action, dict[str, Any]] = {
    Action.PLAN_IMPORTED: {"year": 2567, "added": 3, "changed": 1, "removed": 2, "results": 4},
    Action.MEASURE_EDITED: {"no": 1, "year": 2567, "fields": ["steps", "period_text"]},
    Action.OFFICERS_ASSIGNED: {"year": 2567, "numbers": [1, 2], "people": ["นางสมศรี", "นายสมชาย"]},
    Action.OFFICERS_REMOVED: {"year": 2567, "numbers": [3], "people": [f"คน {n}" for n in range(7)]},
    Action.INVITED: {"people": ["นางมะลิ"], "roles": ["officer"]},
    Action.INVITE_REVOKED: {"person": "นางมะลิ", "role": "officer"},
    Action.JOINED: {"role": "officer"},
    Action.JOIN_APPROVED: {"person": "นางมะลิ"},
    Action.JOIN_DENIED: {"person": "นางมะลิ"},
    Action.SIGNED_IN: {"device": "Chrome · Windows"},
    Action.SESSION_ENDED: {"person": "นางมะลิ"},
    Action.ROLE_GIVEN: {"person": "นางมะลิ", "role": "head"},
    Action.PERSON_EDITED: {"person": "นางมะลิ", "fields": ["language", "divisions"]},
    Action.LEAVE_SET: {"person": "นางมะลิ", "first": "2024-03-04", "last": "2024-03-08"},
    Action.DIVISIONS_CHANGED: {"what": "renamed", "name": "กองคลัง"},
    Action.HANDOVER_OFFERED: {"person": "นางมะลิ", "taker": "นายสมชาย", "numbers": [1, 2]},
    Action.HANDOVER_ENDED: {"person": "นางมะลิ", "taker": "นายสมชาย", "numbers": [1, 2]},
    Action.HANDED_OVER: {"person": "นางมะลิ", "taker": "นายสมชาย", "numbers": [1, 2]},
    Action.ROLE_ENDED: {"person": "นายสมชาย", "role": "head"},
    Action.ACTING_STARTED: {"person": "นางมะลิ", "holder": "นายสมชาย", "first": "2024-03-04", "last": "2024-03-08"},
    Action.ACTING_ENDED: {"person": "นางมะลิ", "holder": "นายสมชาย", "first": "2024-03-04", "last": "2024-03-08"},
    Action.AGENCY_EDITED: {"fields": ["province"]},
    Action.SETTINGS_CHANGED: {"fields": ["thai_digits", "asks_output"], "on": ["asks_output"]},
    Action.ROUND_SET: {"year": 2567, "round": 6, "opens": "2024-03-01", "due": "2024-04-20", "locks": "2024-05-10"},
    Action.UPDATE_ENTERED: {"no": 1, "year": 2567, "round": 6, "person": "นางสมศรี"},
    Action.UPDATE_ACCEPTED: {"no": 1, "year": 2567, "round": 6, "person": "นางสมศรี"},
    Action.UPDATE_RETURNED: {"no": 1, "year": 2567, "round": 6, "person": "นางสมศรี"},
    Action.UPDATE_COMMENTED: {"no": 1, "year": 2567, "round": 6, "person": "นางสมศรี"},
    Action.STYLE_CHANGED: {"kind": "progress", "name": "แบบหกช่อง"},
    Action.PUBLICATION_SAVED: {"year": 2568, "item": "O28"},
    Action.PUBLICATION_REMOVED: {"year": 2568, "item": "O28"},
    Action.REOPENED: {"no": 1, "year": 2567, "round": 6, "person": "นางสมศรี"},
    Action.REOPENING_DENIED: {"no": 1, "year": 2567, "round": 6, "person": "นางสมศรี"},
    Action.MEASURE_ADDED: {"no": 4, "year": 2567},
    Action.MEASURE_MOVED: {"old": 4, "no": 2, "year": 2567},
    Action.MEASURE_REMOVED: {"no": 4, "year": 2567, "title": "มาตรการ", "updates": 2},
    Action.PLAN_COPIED: {"count": 7, "from_year": 2566, "year": 2567},
    Action.RESULTS_KEPT: {"year": 2567},
    Action.REPORT_ASKED: {"year": 2567, "round": 12, "draft": True, "report": "r"},
    Action.REPORT_CANCELLED: {"year": 2567, "round": 12, "draft": False, "report": "r"},
    Action.SIGN_OFF_STARTED: {"year": 2567, "round": 12, "code": "K7RM-3XQA"},
    Action.STEP_SIGNED: {"year": 2567, "round": 12, "code": "K7RM-3XQA", "step": "ความเห็นของปลัด"},
    Action.SIGN_OFF_RETURNED: {"year": 2567, "round": 12, "code": "K7RM-3XQA"},
    Action.SIGN_OFF_STOPPED: {"year": 2567, "round": 12, "code": "K7RM-3XQA"},
    Action.CHAIN_EDITED: {"steps": 4},
    Action.DOCUMENTS_EDITED: {"fields": ["memo"], "year": 2567, "round": 12},
    Action.ACCESS_GIVEN: {"name": "จังหวัด", "scopes": ["read"]},
    Action.ACCESS_TAKEN: {"name": "จังหวัด"},
    Action.WEBHOOK_MADE: {"host": "hooks.example"},
    Action.WEBHOOK_ENDED: {"host": "hooks.example"},
    Action.TEMPLATE_ADDED: {"kind": "progress", "name": "แบบของเรา.docx"},
    Action.TEMPLATE_USED: {"kind": "progress", "name": "แบบของเรา.docx"},
    Action.TEMPLATE_TAKEN_AWAY: {"kind": "annex", "name": ""},
    Action.RULES_CHANGED: {"rules": ["all", "due-7", "opening"], "off": ["all", "opening"]},
    Action.DAY_OFF_ADDED: {"day": "2024-03-05", "name": "งานประจำปี", "works": False},
    Action.DAY_OFF_REMOVED: {"day": "2024-03-05", "name": "งานประจำปี"},
    Action.FEED_MADE: {"person": None},
    Action.FEED_REVOKED: {"person": "นางมะลิ"},
    Action.MESSAGE_RESENT: {"kind": "reminder"},
    Action.EVENT_RETRIED: {"event": "E-1"},
}
WORDS = {
    Action.PLAN_IMPORTED: "แผนปี ๒๕๖๗: เพิ่ม ๓ · ปรับ ๑ · นำออก ๒ · ผลการดำเนินการ ๔",
    Action.MEASURE_EDITED: "มาตรการที่ ๑ ปี ๒๕๖๗: ขั้นตอน, ระยะเวลา",
    Action.OFFICERS_ASSIGNED: "นางสมศรี, นายสมชาย · มาตรการที่ ๑, ๒ ปี ๒๕๖๗",
    Action.OFFICERS_REMOVED: "คน ๐, คน ๑, คน ๒, คน ๓, คน ๔ และอีก ๒ คน · มาตรการที่ ๓ ปี ๒๕๖๗",
    Action.INVITED: "นางมะลิ (ผู้รายงาน)",
    Action.INVITE_REVOKED: "นางมะลิ (ผู้รายงาน)",
    Action.JOINED: "ผู้รายงาน",
    Action.JOIN_APPROVED: "นางมะลิ",
    Action.JOIN_DENIED: "นางมะลิ",
    Action.SIGNED_IN: "Chrome · Windows",
    Action.SESSION_ENDED: "นางมะลิ",
    Action.ROLE_GIVEN: "นางมะลิ (หัวหน้าส่วนราชการ)",
    Action.PERSON_EDITED: "นางมะลิ: ภาษา, ส่วนราชการ",
    Action.LEAVE_SET: "นางมะลิ: ๔ มีนาคม ๒๕๖๗ ถึง ๘ มีนาคม ๒๕๖๗",
    Action.DIVISIONS_CHANGED: "เปลี่ยนชื่อ กองคลัง",
    Action.HANDOVER_OFFERED: "จาก นางมะลิ ให้ นายสมชาย · มาตรการที่ ๑, ๒",
    Action.HANDOVER_ENDED: "จาก นางมะลิ ให้ นายสมชาย · มาตรการที่ ๑, ๒",
    Action.HANDED_OVER: "จาก นางมะลิ ให้ นายสมชาย · มาตรการที่ ๑, ๒",
    Action.ROLE_ENDED: "นายสมชาย (หัวหน้าส่วนราชการ)",
    Action.ACTING_STARTED: "นางมะลิ แทน นายสมชาย ตั้งแต่ ๔ มีนาคม ๒๕๖๗ ถึง ๘ มีนาคม ๒๕๖๗",
    Action.ACTING_ENDED: "นางมะลิ แทน นายสมชาย ตั้งแต่ ๔ มีนาคม ๒๕๖๗ ถึง ๘ มีนาคม ๒๕๖๗",
    Action.AGENCY_EDITED: "จังหวัด",
    Action.SETTINGS_CHANGED: "เลขไทยในเอกสาร: ปิด, ถามผลผลิต: เปิด",
    Action.ROUND_SET: "รอบ ๖ เดือน ปี ๒๕๖๗: เปิด ๒๐๒๔-๐๓-๐๑ ครบกำหนด ๒๐๒๔-๐๔-๒๐ ปิด ๒๐๒๔-๐๕-๑๐",
    Action.UPDATE_ENTERED: "มาตรการที่ ๑ รอบ ๖ เดือน ปี ๒๕๖๗ ของ นางสมศรี",
    Action.UPDATE_ACCEPTED: "มาตรการที่ ๑ รอบ ๖ เดือน ปี ๒๕๖๗ ของ นางสมศรี",
    Action.UPDATE_RETURNED: "มาตรการที่ ๑ รอบ ๖ เดือน ปี ๒๕๖๗ ของ นางสมศรี",
    Action.UPDATE_COMMENTED: "มาตรการที่ ๑ รอบ ๖ เดือน ปี ๒๕๖๗ ของ นางสมศรี",
    Action.STYLE_CHANGED: "แบบ แบบหกช่อง",
    Action.PUBLICATION_SAVED: "ITA ปี ๒๕๖๘ O28",
    Action.PUBLICATION_REMOVED: "ITA ปี ๒๕๖๘ O28",
    Action.REOPENED: "มาตรการที่ ๑ รอบ ๖ เดือน ปี ๒๕๖๗ ของ นางสมศรี",
    Action.REOPENING_DENIED: "มาตรการที่ ๑ รอบ ๖ เดือน ปี ๒๕๖๗ ของ นางสมศรี",
    Action.MEASURE_ADDED: "มาตรการที่ ๔ ปี ๒๕๖๗",
    Action.MEASURE_MOVED: "จากที่ ๔ เป็นที่ ๒ ปี ๒๕๖๗",
    Action.MEASURE_REMOVED: "มาตรการที่ ๔ ปี ๒๕๖๗ “มาตรการ” · รายงาน ๒ ฉบับ",
    Action.PLAN_COPIED: "๗ มาตรการ จากปี ๒๕๖๖ เป็นปี ๒๕๖๗",
    Action.RESULTS_KEPT: "ปี ๒๕๖๗",
    Action.REPORT_ASKED: "รอบ ๑๒ เดือน ปี ๒๕๖๗ (ร่าง)",
    Action.REPORT_CANCELLED: "รอบ ๑๒ เดือน ปี ๒๕๖๗",
    Action.SIGN_OFF_STARTED: "รอบ ๑๒ เดือน ปี ๒๕๖๗ รหัสฉบับ K7RM-3XQA",
    Action.STEP_SIGNED: "ความเห็นของปลัด · รอบ ๑๒ เดือน ปี ๒๕๖๗ รหัสฉบับ K7RM-3XQA",
    Action.SIGN_OFF_RETURNED: "รอบ ๑๒ เดือน ปี ๒๕๖๗ รหัสฉบับ K7RM-3XQA",
    Action.SIGN_OFF_STOPPED: "รอบ ๑๒ เดือน ปี ๒๕๖๗ รหัสฉบับ K7RM-3XQA",
    Action.CHAIN_EDITED: "๔ ขั้น",
    Action.DOCUMENTS_EDITED: "บันทึกข้อความ รอบ ๑๒ เดือน ปี ๒๕๖๗",
    Action.ACCESS_GIVEN: "จังหวัด (read)",
    Action.ACCESS_TAKEN: "จังหวัด",
    Action.WEBHOOK_MADE: "hooks.example",
    Action.WEBHOOK_ENDED: "hooks.example",
    Action.TEMPLATE_ADDED: "รายงานผล: แบบของเรา.docx",
    Action.TEMPLATE_USED: "รายงานผล: แบบของเรา.docx",
    Action.TEMPLATE_TAKEN_AWAY: "ภาคผนวก",
    Action.RULES_CHANGED: "การเตือนทั้งหมด: ปิด, ๗ วันก่อนครบกำหนด: เปิดหรือเลื่อน, รอบเปิด: ปิด",
    Action.DAY_OFF_ADDED: "๕ มีนาคม ๒๕๖๗ งานประจำปี",
    Action.DAY_OFF_REMOVED: "๕ มีนาคม ๒๕๖๗ งานประจำปี",
    Action.FEED_MADE: "ของหน่วยงาน",
    Action.FEED_REVOKED: "นางมะลิ",
    Action.MESSAGE_RESENT: "ชนิด reminder",
    Action.EVENT_RETRIED: "รหัส E-1",
    Action.GROUP_LINKED: "กลุ่มเห็นเพียงจำนวนมาตรการที่รายงานแล้ว",
    Action.GROUP_LEFT: "กลุ่มไม่ได้รับข้อความจากระบบอีก",
}


def entry(action: str, number: int = 1, **fields: Any) -> LogEntry:
    given = {"details": DETAILS.get(action, {"x": 1}), "agency_id": HERE, "person_id": "person-admin", "name": "พิมพ์ใจ"}
    return LogEntry(**{"id": LogEntryId(f"{action}-{number}"), "at": NOW, "action": str(action), **given, **fields})


def text(browser: Any, path: str = LOG) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


@pytest.fixture
def written(office: Any) -> Any:
    """One entry of every action, a minute apart."""
    with office.store.write() as uow:
        for number, action in enumerate(Action):
            uow.log.add(entry(action, at=NOW + timedelta(minutes=number)))
        uow.log.add(entry(Action.REPORT_ASKED, 2, person_id=None, name="", at=NOW + timedelta(days=2)))
        uow.log.add(entry(Action.REPORT_ASKED, 3, agency_id=THERE, name="คนอื่น"))
    return office


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_title_and_a_sentence(action: Action) -> None:
    assert TITLES[action]
    assert sentence(entry(action)) == WORDS[action]


def test_an_action_of_a_newer_program_is_shown_plainly(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.log.add(entry("moon_landed"))
    page = text(enter("admin"))
    assert "moon_landed" in page
    assert "x: ๑" in page


def test_the_agencys_entries_are_shown_newest_first(written: Any, enter: Any) -> None:
    auditor = enter("auditor")
    newest, oldest = text(auditor), text(auditor, f"{LOG}?page={len(Action) // PAGE + 1}")
    assert newest.index("ระบบ (คำสั่งหรือทำเอง)") < newest.index("๑๔ มีนาคม ๒๕๖๗")
    assert "<strong>นำเข้าแผน</strong>" in oldest
    assert "๑๔ มีนาคม ๒๕๖๗ เวลา ๐๙.๓๐ น." in oldest
    assert "คนอื่น" not in newest + oldest


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("action=report_asked", 2),
        ("person=person-admin", min(len(Action), PAGE)),
        ("since=2024-03-15&until=2024-03-15", 0),
        ("since=2024-03-16&until=2024-03-16", 1),
        ("until=2024-03-14", min(len(Action), PAGE)),
        ("action=nothing", 0),
        ("since=yesterday", 0),
        ("page=9", 0),
        ("page=99999999999", 0),
    ],
)
def test_entries_are_chosen(written: Any, enter: Any, query: str, count: int) -> None:
    assert text(enter("admin"), f"{LOG}?{query}").count('<tr class="plain">') == count


def test_many_entries_come_by_pages_that_keep_the_choice(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        for number in range(60):
            uow.log.add(entry(Action.REPORT_ASKED, number))
    browser = enter("admin")
    first = text(browser, f"{LOG}?action=report_asked")
    assert first.count('<tr class="plain">') == 50
    assert "page=2&amp;action=report_asked" in first
    assert text(browser, f"{LOG}?action=report_asked&page=2").count('<tr class="plain">') == 10


def test_an_empty_log_says_what_will_be_there(office: Any, enter: Any) -> None:
    assert "ยังไม่มีรายการ" in text(enter("admin"))


def test_the_csv_is_read_by_excel_and_holds_no_formula(written: Any, enter: Any) -> None:
    with written.store.write() as uow:
        uow.log.add(entry(Action.UPDATE_ACCEPTED, 9, name="=HYPERLINK(1)", at=NOW + timedelta(days=9)))
    answer = enter("admin").get(f"{LOG}csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["วันเวลา", "ผู้ทำ", "การกระทำ", "รายละเอียด"]
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert len(rows) == 1 + len(Action) + 2
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_workbook_holds_the_chosen_entries_as_text(written: Any, enter: Any) -> None:
    with written.store.write() as uow:
        uow.log.add(entry(Action.REPORT_ASKED, 9, name="=1+1", at=NOW + timedelta(days=9)))
    answer = enter("auditor").get(f"{LOG}xlsx?action=report_asked")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == ["ออกรายงาน"] * 3
    assert rows[1][1] == "=1+1"
    assert sheet["B2"].data_type == "s"


def test_only_known_files_are_exported(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert browser.get(f"{LOG}pdf").status_code == 404
    assert browser.get(f"{LOG}csv?since=x").status_code == 400
