"""What the admin's pages show, and what pressing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from bot.domain.agencies import Agency, AgencyId
from bot.domain.people import ChatId, Membership, PersonId, Role
from bot.domain.updates import Review, Stage, UpdateId
from bot.jobs import COMPILE_REPORT, DELIVER
from bot.ports.records import ReportState

from .conftest import PHOTO, SUMMARY, TITLES

OVERVIEW, MEASURE = "/admin/thungthong/2567/6/", "/admin/thungthong/2567/6/1"
REVIEW = f"{MEASURE}/review"


def text(browser: Any, path: str) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def review_of(rt: Any) -> tuple[Review, str | None]:
    with rt.store.read() as uow:
        update = uow.updates.get(UpdateId("update-1"))
    return update.review, update.review_reason


# Overview


def test_an_admin_of_one_agency_lands_on_the_live_round(office: Any, enter: Any) -> None:
    page = text(enter("admin"), "/admin/")
    assert "องค์การบริหารส่วนตำบลทุ่งทอง" in page
    assert "รอบ ๖ เดือน ปีงบประมาณ พ.ศ. ๒๕๖๗" in page
    assert "ครบกำหนดวันที่ ๑๐ เมษายน ๒๕๖๗ (อีก ๒๗ วัน)" in page


def test_it_shows_who_has_reported_and_who_is_missing(office: Any, enter: Any) -> None:
    page = text(enter("admin"), OVERVIEW)
    assert "รายงานแล้ว ๑ จาก ๓ มาตรการ" in page
    assert all(title in page for title in TITLES)
    first, second, third = page.split('class="no"')[1:]
    assert "นางสมศรี รายงานไว" in first
    assert "๑๓ มี.ค. ๖๗" in first
    assert "รอตรวจ" in first
    assert "ยังไม่รายงาน" in second
    assert "ยังไม่เข้าร่วม" not in second
    assert "นายสมชาย มาช้า" in third
    assert "ยังไม่เข้าร่วม" in third


def test_completeness_is_drawn_with_a_text_alternative(office: Any, enter: Any) -> None:
    page = text(enter("admin"), OVERVIEW)
    assert 'role="img" aria-label="รายงานแล้ว ๑ จาก ๓ มาตรการ, รอตรวจ ๑, ยังไม่รายงาน ๒"' in page


@pytest.mark.parametrize("key", ["overseer", "operator"])
def test_who_sees_completeness_only_reads_no_text_and_no_name(office: Any, enter: Any, key: str) -> None:
    page = text(enter(key), OVERVIEW)
    assert "รายงานแล้ว ๑ จาก ๓ มาตรการ" in page
    for hidden in (*TITLES, SUMMARY, "สมศรี", "สมชาย", "ออกรายงาน"):
        assert hidden not in page


def test_any_round_of_the_plan_can_be_chosen(office: Any, enter: Any) -> None:
    browser = enter("auditor")
    assert "/admin/thungthong/2567/12/" in text(browser, OVERVIEW)
    assert "รายงานแล้ว ๐ จาก ๓ มาตรการ" in text(browser, "/admin/thungthong/2567/12/")
    for nowhere in ("2567/7/", "2560/6/", "2567/6/9", "2567/6/0"):
        assert browser.get(f"/admin/thungthong/{nowhere}").status_code == 404


def test_an_agency_without_a_plan_is_told_what_comes_next(office: Any, enter: Any) -> None:
    page = text(enter("elsewhere"), "/admin/")
    assert "ยังไม่มีแผนมาตรการ" in page
    assert 'href="/admin/bansuan/plan/import"' in page


def test_auditors_read_but_have_nothing_to_press(office: Any, enter: Any) -> None:
    browser = enter("auditor")
    assert TITLES[0] in text(browser, OVERVIEW)
    assert "ออกรายงาน</button>" not in text(browser, OVERVIEW)
    assert "เห็นชอบ</button>" not in text(browser, MEASURE)


# Several agencies


def test_an_overseer_chooses_among_their_agencies(office: Any, enter: Any) -> None:
    page = text(enter("overseer"), "/admin/")
    assert "องค์การบริหารส่วนตำบลทุ่งทอง" in page
    assert "เทศบาลตำบลบ้านสวน" in page
    assert "รายงานแล้ว ๑ จาก ๓ มาตรการ" in page


def test_an_operator_sees_what_is_left_to_do_and_all_agencies_by_pages(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        for number in range(25):
            uow.agencies.add(Agency(id=AgencyId(f"a{number}"), name=f"เทศบาลตำบลที่ {number}"))
    browser = enter("operator")
    page = text(browser, "/admin/")
    assert "ข้อความรอส่ง" in page
    assert "หน้า ๑ จาก ๒" in page
    assert "/admin/?page=2" in page
    assert "หน้า ๒ จาก ๒" in text(browser, "/admin/?page=2")
    found = text(browser, "/admin/?q=" + quote("ทุ่ง ทอง"))
    assert "ทุ่งทอง" in found
    assert "บ้านสวน" not in found
    assert browser.get("/admin/?page=-3").status_code == 200


def test_a_role_that_has_no_pages_does_not_open_its_agency(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        officer_there = Membership(person_id=PersonId("person-admin"), role=Role.OFFICER, agency_id=AgencyId("bansuan"))
        uow.people.add_membership(officer_there)
    browser = enter("admin")
    assert "ทุ่งทอง" in text(browser, "/admin/")
    assert browser.get("/admin/bansuan/").status_code == 403


# One measure


def test_a_measure_shows_texts_exactly_and_harmlessly(office: Any, enter: Any) -> None:
    page = text(enter("admin"), MEASURE)
    assert SUMMARY in page
    assert "ประชาชนรับรู้มากขึ้น &lt;b&gt;ร้อยละ ๘๐&lt;/b&gt;" in page
    assert "๑๓ มีนาคม ๒๕๖๗ เวลา ๐๙.๓๐ น." in page


def test_evidence_is_shown_linked_or_said_to_be_lost(office: Any, enter: Any) -> None:
    browser = enter("admin")
    page = text(browser, MEASURE)
    photo = page.split('<img src="/media/')[1].split('"')[0]
    assert browser.get(f"/media/{photo}").data == PHOTO
    assert 'alt="ภาพการประชุม"' in page
    assert "คำสั่งแต่งตั้ง.pdf: LINE ลบไฟล์นี้แล้ว" in page
    assert "รับไฟล์นี้ไม่ได้" in page
    assert 'href="https://www.thungthong.example/news?id=7"' in page
    assert 'href="javascript' not in page


def test_a_measure_that_nobody_reported_says_so(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert "ยังไม่รายงานในรอบนี้" in text(browser, "/admin/thungthong/2567/6/2")
    assert "ยังไม่เข้าร่วม" in text(browser, "/admin/thungthong/2567/6/3")


def test_the_admin_accepts(office: Any, enter: Any) -> None:
    browser = enter("admin")
    answer = browser.press(MEASURE, REVIEW, update="update-1", decision="accept")
    assert (answer.status_code, answer.headers["Location"]) == (303, MEASURE)
    assert review_of(office) == (Review.ACCEPTED, None)
    page = text(browser, MEASURE)
    assert "บันทึกว่าเห็นชอบแล้ว" in page
    assert "เห็นชอบ</button>" not in page


def test_the_admin_sends_back_with_a_reason_that_arrives_in_chat(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(MEASURE, REVIEW, update="update-1", decision="return", reason="  ขอภาพกิจกรรมเพิ่ม  ")
    assert review_of(office) == (Review.RETURNED, "ขอภาพกิจกรรมเพิ่ม")
    with office.store.read() as uow:
        assert uow.outbox.chats_due(office.clock.now(), 9) == ["chat-officer"]
    assert (DELIVER, ("chat-officer",)) in office.queue.jobs
    page = text(browser, MEASURE)
    assert "ผู้รายงานจะได้รับข้อความในแชต" in page
    assert "ส่งกลับเพราะ: ขอภาพกิจกรรมเพิ่ม" in page


def test_sending_back_needs_a_reason(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(MEASURE, REVIEW, update="update-1", decision="return", reason="   ")
    assert review_of(office) == (Review.PENDING, None)
    assert "กรุณาเขียนเหตุผล" in text(browser, MEASURE)


def test_an_update_that_was_replaced_meanwhile_is_not_decided(office: Any, enter: Any) -> None:
    browser = enter("admin")
    with office.store.write() as uow:
        old = uow.updates.get(UpdateId("update-1"))
        uow.updates.save(replace(old, stage=Stage.SUPERSEDED))
    browser.press(MEASURE, REVIEW, update="update-1", decision="accept")
    assert review_of(office)[0] is Review.PENDING
    assert "ถูกแทนด้วยฉบับใหม่" in text(browser, MEASURE)


def test_an_update_is_decided_on_its_own_measure_only(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(MEASURE, "/admin/thungthong/2567/6/2/review", update="update-1", decision="accept")
    browser.press(MEASURE, "/admin/thungthong/2567/12/1/review", update="update-1", decision="accept")
    assert review_of(office)[0] is Review.PENDING
    assert browser.press(MEASURE, REVIEW, update="update-1", decision="burn").status_code == 400


def test_a_decision_without_the_pages_token_is_refused(office: Any, enter: Any) -> None:
    browser = enter("admin")
    data = {"update": "update-1", "decision": "accept"}
    answer = browser.http.post(REVIEW, base_url=browser.base_url, data=data)
    assert answer.status_code == 400
    assert "โหลดหน้าใหม่" in answer.get_data(as_text=True)
    assert review_of(office)[0] is Review.PENDING


# Reports


def ask(browser: Any, **fields: str) -> Any:
    return browser.press(OVERVIEW, "/admin/thungthong/reports", fiscal_year="2567", round="6", **fields)


def test_asking_for_a_report_stores_the_wish_and_wakes_a_worker(office: Any, enter: Any) -> None:
    answer = ask(enter("admin"), draft="yes")
    assert answer.status_code == 303
    report_id = answer.headers["Location"].rsplit("/", 1)[1]
    with office.store.read() as uow:
        run = uow.reports.get(report_id)
    assert (run.state, run.draft, run.requested_by, run.round_no) == (ReportState.QUEUED, True, "person-admin", 6)
    assert set(run.formats) >= {"pdf", "docx", "xlsx", "json"}
    assert (COMPILE_REPORT, (report_id,)) in office.queue.jobs


def test_a_second_press_leads_to_the_report_under_way(office: Any, enter: Any) -> None:
    browser = enter("admin")
    first, second, draft = ask(browser), ask(browser), ask(browser, draft="yes")
    assert first.headers["Location"] == second.headers["Location"] != draft.headers["Location"]


def test_progress_is_shown_with_and_without_a_script(office: Any, enter: Any) -> None:
    browser = enter("admin")
    path = ask(browser).headers["Location"]
    with office.store.write() as uow:
        run = uow.reports.get(path.rsplit("/", 1)[1])
        uow.reports.save(replace(run, state=ReportState.RUNNING, progress=0.4, stage="จัดหน้า PDF"))
    page = text(browser, path)
    assert "จัดหน้า PDF ๔๐%" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert browser.get(f"{path}.json").json == {
        "state": "running",
        "stage": "จัดหน้า PDF",
        "progress": 0.4,
        "words": "จัดหน้า PDF ๔๐%",
        "open": True,
    }


def test_a_finished_report_shows_findings_and_downloads_with_a_thai_name(finished_report: Any, enter: Any) -> None:
    browser = enter("auditor")
    assert "/admin/thungthong/reports/report-1" in text(browser, OVERVIEW)
    page = text(browser, "/admin/thungthong/reports/report-1")
    assert "มาตรการที่ ๒ ยังไม่ได้รายงาน" in page
    assert browser.get("/admin/thungthong/reports/report-1.json").json["open"] is False
    answer = browser.get("/admin/thungthong/reports/report-1/pdf")
    name = "รายงานผลการดำเนินการ รอบ ๖ เดือน ปีงบประมาณ ๒๕๖๗ องค์การบริหารส่วนตำบลทุ่งทอง.pdf"
    assert answer.data == b"%PDF-1.7 a report"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert quote(name) in answer.headers["Content-Disposition"]
    assert browser.get("/admin/thungthong/reports/report-1/docx").status_code == 404


def test_a_report_that_failed_says_why(office: Any, finished_report: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.reports.save(
            replace(finished_report, state=ReportState.FAILED, files={}, error="ภาพหลักฐานของมาตรการที่ ๒ เสียหาย")
        )
    page = text(enter("admin"), "/admin/thungthong/reports/report-1")
    assert "ภาพหลักฐานของมาตรการที่ ๒ เสียหาย" in page
    assert "ออกรายงานใหม่อีกครั้ง" in page


@pytest.mark.parametrize("fields", [{}, {"fiscal_year": "x", "round": "6"}, {"fiscal_year": "2567", "round": "7"}])
def test_a_report_of_no_round_is_refused(office: Any, enter: Any, fields: dict[str, str]) -> None:
    answer = enter("admin").press(OVERVIEW, "/admin/thungthong/reports", **fields)
    assert answer.status_code in (400, 404)
    assert not office.queue.jobs


# Manners


def test_pages_hold_no_inline_style_or_script(office: Any, finished_report: Any, enter: Any) -> None:
    browser = enter("admin")
    for path in (OVERVIEW, MEASURE, "/admin/thungthong/reports/report-1", "/join/ABCD2345"):
        page = text(browser, path)
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert "http://" not in page.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_every_asset_of_a_page_is_there_and_kept_by_browsers(office: Any, enter: Any) -> None:
    browser = enter("admin")
    page = text(browser, OVERVIEW)
    for part in page.split('"/assets/')[1:]:
        answer = browser.get("/assets/" + part.split('"')[0])
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    for font in ("thai-400", "thai-600", "latin-400", "latin-600"):
        assert browser.get(f"/assets/vendor/sarabun-{font}.woff2").mimetype == "font/woff2"
    assert browser.get("/assets/../create_app.py").status_code == 404


def test_pages_wait_for_a_database_that_is_away(app: Any, rt: Any, away_rt: Any, enter: Any, office: Any) -> None:
    browser = enter("admin")
    rt.store = away_rt.store
    answer = browser.get(OVERVIEW)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "ข้อมูลที่ส่งแล้วไม่หาย" in answer.get_data(as_text=True)


def test_a_bug_is_told_with_a_reference_and_no_details(app: Any, enter: Any, office: Any, caplog: Any) -> None:
    browser = enter("admin")

    def broken() -> None:
        raise ValueError("secret words of an officer")

    office.clock.now = broken
    answer = browser.get(OVERVIEW)
    assert answer.status_code == 500
    assert "secret words" not in answer.get_data(as_text=True)
    assert answer.headers["X-Request-Id"] in answer.get_data(as_text=True)
    assert answer.headers["X-Request-Id"] in caplog.text
    assert "ValueError" in caplog.text
    assert "secret words" not in caplog.text.split("request_crashed")[1].split("raise ValueError")[0]


def test_the_log_names_routes_and_never_tokens(office: Any, browser: Any, caplog: Any) -> None:
    with caplog.at_level("DEBUG"):
        browser.get("/admin/sign-in/a-very-secret-token")
        browser.get("/join/ABCD2345")
    assert "/admin/sign-in/<token>" in caplog.text
    assert "a-very-secret-token" not in caplog.text
    assert "ABCD2345" not in caplog.text


def test_somebody_without_a_chat_is_to_be_told_otherwise(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.chats.set_person(ChatId("chat-officer"), PersonId("person-late"))
    office.clock.pass_time(seconds=timedelta(minutes=1).total_seconds())
    browser = enter("admin")
    browser.press(MEASURE, REVIEW, update="update-1", decision="return", reason="ขอเพิ่ม")
    assert "แจ้งด้วยทางอื่น" in text(browser, MEASURE)
