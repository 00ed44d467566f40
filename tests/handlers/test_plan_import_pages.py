"""Importing a plan on the page: upload or paste, look, confirm; nothing is stored before."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from bot.domain.plans import MeasureId
from bot.services.kept_uploads import KeptUploads
from bot.services.logbook import Action

from .conftest import HERE, TITLES, YEAR

IMPORT, PLAN = "/admin/thungthong/plan/import", "/admin/thungthong/plan/2567/"
HEADER = "มาตรการ\tขั้นตอน/วิธีการ\tระยะเวลา\tผู้รับผิดชอบ"
PASTED = f"""{HEADER}
{TITLES[0]}\tประกาศทางเว็บไซต์\tไตรมาส ๒\tกองคลัง
{TITLES[1]}\tอบรม\tตลอดปี\tสำนักปลัด
มาตรการใหม่ของปีนี้\tจัดทำคู่มือ\tไตรมาส ๓\tกองช่าง
"""


def token_of(browser: Any, page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page).get_data(as_text=True))[1]


def send(browser: Any, *, follow: bool = True, **fields: Any) -> Any:
    data = {"csrf_token": token_of(browser, IMPORT), "year": "2567", **fields}
    return browser.http.post(IMPORT, base_url=browser.base_url, data=data, follow_redirects=follow)


def send_large(browser: Any, content: bytes) -> Any:
    """The same by hand: the test client would leave a temporary file open."""
    fields = {"csrf_token": token_of(browser, IMPORT), "year": "2567"}
    part = '--part\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    head = "".join(part.format(*field) for field in fields.items())
    head += '--part\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\n\r\n'
    body = head.encode() + content + b"\r\n--part--\r\n"
    kind = "multipart/form-data; boundary=part"
    return browser.http.post(IMPORT, base_url=browser.base_url, data=body, content_type=kind)


def hidden(page: str) -> dict[str, str]:
    """The fields of the confirming form."""
    form = page.split("/plan/import/confirm")[1]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def confirm(browser: Any, page: str, **more: str) -> Any:
    data = hidden(page) | more
    return browser.http.post(f"{IMPORT}/confirm", base_url=browser.base_url, data=data, follow_redirects=True)


def plan(rt: Any) -> list[Any]:
    with rt.store.read() as uow:
        return list(uow.plans.measures(HERE, YEAR))


def page_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def test_pasted_text_is_shown_with_its_difference_and_nothing_is_stored(office: Any, enter: Any) -> None:
    before = plan(office)
    page = page_of(send(enter("admin"), text=PASTED))
    assert "<strong>๑</strong> เพิ่มใหม่" in page
    assert "<strong>๒</strong> เปลี่ยนแปลง" in page
    assert "มาตรการใหม่ของปีนี้" in page
    assert "<del>สำนักปลัด</del>" in page
    assert "<ins>กองคลัง</ins>" in page
    assert "มีในแผนเดิมแต่ไม่มีในไฟล์นี้ จะคงไว้" in page
    assert plan(office) == before


def test_confirming_stores_what_was_shown_and_writes_it_down(office: Any, enter: Any) -> None:
    browser = enter("admin")
    done = page_of(confirm(browser, page_of(send(browser, text=PASTED))))
    assert "นำเข้าแล้ว: เพิ่ม ๑ · ปรับ ๒ · เหมือนเดิม ๐" in done
    assert [m.title for m in plan(office)] == [*TITLES, "มาตรการใหม่ของปีนี้"]
    with office.store.read() as uow:
        (entry,) = uow.log.entries(HERE)
    assert (entry.action, entry.person_id, entry.details["added"]) == (Action.PLAN_IMPORTED, "person-admin", 1)
    assert list(office.media.keys("uploads/")) == []


def test_a_file_is_kept_between_the_two_steps_for_its_sender_only(office: Any, enter: Any) -> None:
    browser = enter("admin")
    page = page_of(send(browser, file=(io.BytesIO(PASTED.encode()), "แผน ๒๕๖๗.txt")))
    assert "แผน ๒๕๖๗.txt" in page
    (key,) = office.media.keys("uploads/")
    assert office.media.files[key] == PASTED.encode()
    kept = KeptUploads(media=office.media, clock=office.clock, ids=office.ids, keyed=office.keyed)
    ticket = hidden(page)["ticket"]
    assert kept.read(ticket, "person-admin", HERE) == PASTED.encode()
    stranger = enter("elsewhere")
    answer = stranger.get(f"/admin/bansuan/plan/import/preview?year=2567&ticket={ticket}", follow_redirects=True)
    assert "หมดเวลา" in answer.get_data(as_text=True)


@pytest.mark.parametrize("ticket", ["", "x", "../../secret", "2024-03-14/1-" + "0" * 32])
def test_a_made_up_ticket_opens_nothing(office: Any, enter: Any, ticket: str) -> None:
    answer = enter("admin").get(f"{IMPORT}/preview?year=2567&ticket={ticket}", follow_redirects=True)
    assert "กรุณาเลือกไฟล์อีกครั้ง" in page_of(answer)


def test_kept_files_are_cleared_after_a_day_or_two(office: Any, enter: Any) -> None:
    browser = enter("admin")
    send(browser, text=PASTED)
    office.clock.pass_time(days=1)
    send(browser, text=PASTED)
    assert len(list(office.media.keys("uploads/"))) == 2
    office.clock.pass_time(days=1)
    send(browser, text=PASTED)
    assert len(list(office.media.keys("uploads/"))) == 2


def test_a_plan_changed_between_the_steps_is_shown_anew(office: Any, enter: Any) -> None:
    browser = enter("admin")
    page = page_of(send(browser, text=PASTED))
    with office.store.write() as uow:
        uow.plans.remove([MeasureId("measure-3")])
    again = page_of(confirm(browser, page))
    assert "มีผู้อื่นแก้แผนนี้ระหว่างที่คุณตรวจ" in again
    assert len(plan(office)) == 2
    assert "นำเข้าแล้ว" in page_of(confirm(browser, again))
    assert len(plan(office)) == 3


def test_confirming_twice_says_that_it_is_done(office: Any, enter: Any) -> None:
    browser = enter("admin")
    page = page_of(send(browser, text=PASTED))
    confirm(browser, page)
    assert "หมดเวลาหรือนำเข้าไปแล้ว" in page_of(confirm(browser, page))


def test_removing_measures_has_to_be_confirmed_in_so_many_words(office: Any, enter: Any) -> None:
    browser = enter("admin")
    shown = hidden(page_of(send(browser, text=PASTED)))
    address = f"{IMPORT}/preview?year=2567&ticket={shown['ticket']}&replace=yes"
    page = page_of(browser.get(address))
    assert "ยืนยันให้นำ ๑ มาตรการออก" in page
    assert "ยังไม่ได้บันทึก: กรุณาทำเครื่องหมาย" in page_of(confirm(browser, page))
    assert len(plan(office)) == 3
    assert "นำออก ๑" in page_of(confirm(browser, page, sure="yes"))
    assert [m.title for m in plan(office)] == [*TITLES[:2], "มาตรการใหม่ของปีนี้"]


def test_a_finished_report_brings_its_results(office: Any, enter: Any) -> None:
    browser = enter("admin")
    text = f"มาตรการ\tสรุปผลการดำเนินการ\tผลลัพธ์/ความสำเร็จ\n{TITLES[1]}\tจัดอบรมแล้ว\tผ่านทุกคน\n"
    page = page_of(send(browser, text=text, results="6"))
    assert "<strong>๑</strong> ผลรอบ ๖ เดือน" in page
    assert "ผลการดำเนินการ ๑" in page_of(confirm(browser, page))
    with office.store.read() as uow:
        assert [u.summary for u in uow.updates.in_force([MeasureId("measure-2")])] == ["จัดอบรมแล้ว"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "กรุณาเลือกไฟล์ หรือวางข้อความ"),
        ({"text": "ไม่มีตารางเลย"}, "ข้อความที่วาง"),
        ({"file": (b"%PDF-1.7 plan", "แผน.pdf")}, "ไฟล์เสียหาย เปิดอ่านไม่ได้"),
        ({"file": (b"", "ว่าง.xlsx")}, "กรุณาเลือกไฟล์"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once_and_not_kept(
    office: Any, enter: Any, sent: dict[str, Any], words: str
) -> None:
    fields = {k: (io.BytesIO(v[0]), v[1]) if isinstance(v, tuple) else v for k, v in sent.items()}
    answer = send(enter("admin"), **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert sent.get("text", "") in page
    assert list(office.media.keys("")) == ["evidence/ab/abcd.jpg"]


def test_a_plan_may_be_larger_than_other_forms_and_not_larger_than_that(office: Any, enter: Any) -> None:
    browser = enter("admin")
    large = PASTED.encode() + b" " * (3 * 1024 * 1024)
    assert send_large(browser, large).status_code == 303
    answer = send_large(browser, b" " * (23 * 1024 * 1024))
    assert answer.status_code == 413
    assert "ไม่เกิน ๒๐ เมกะไบต์" in answer.get_data(as_text=True)


def test_the_same_file_again_has_nothing_to_confirm(office: Any, enter: Any) -> None:
    browser = enter("admin")
    confirm(browser, page_of(send(browser, text=PASTED)))
    page = page_of(send(browser, text=PASTED))
    assert "ไม่มีอะไรต้องนำเข้า" in page
    assert "ยืนยันนำเข้า" not in page
