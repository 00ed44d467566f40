"""The check's page: each finding with the one action that mends it."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

from bot.domain.links import LinkState, LookedAt
from bot.domain.updates import Review
from bot.jobs import LOOK_AT_LINKS

PAGE = "/admin/thungthong/2567/6/check"
MEASURE = "/admin/thungthong/2567/6/1"


def page(browser: Any, path: str = PAGE) -> str:
    return html.unescape(browser.get(path).get_data(as_text=True))


def change(office: Any, **fields: Any) -> None:
    with office.store.write() as uow:
        uow.updates.save(replace(uow.updates.get("update-1"), review=Review.ACCEPTED, **fields))


def misspell(office: Any, text: str) -> None:
    with office.store.write() as uow:
        measure = next(m for m in uow.plans.measures("thungthong", 2567) if m.no == 1)
        uow.plans.save([replace(measure, steps=text)])


def steps(office: Any) -> str:
    with office.store.read() as uow:
        return str(next(m.steps for m in uow.plans.measures("thungthong", 2567) if m.no == 1))


def test_each_finding_says_how_much_it_matters_why_and_leads_to_what_mends_it(office: Any, enter: Any) -> None:
    change(office, summary="ประชุมเมื่อ ๑๕ มกราคม ๒๕๖๖๐ แล้ว")
    text = page(enter("admin"))
    assert "ต้องแก้" in text
    assert "“มกราคม ๒๕๖๖๐”" in text
    assert 'เพราะ <span lang="th">ผู้ตรวจดูว่าเอกสารเป็นของปีที่ถูกต้อง' in text
    assert 'แก้โดย <span lang="th">แก้ปีให้เป็นตัวเลขสี่หลัก' in text
    link = re.search(rf'href="({MEASURE}\?reason=[^"]+)">ส่งกลับพร้อมเหตุผลนี้', text)
    assert link is not None
    measure = page(enter("admin"), link[1].partition("#")[0])
    reason = re.search(r"<textarea[^>]*>([^<]+)</textarea>", measure)
    assert reason is not None
    assert "มกราคม ๒๕๖๖๐" in reason[1]
    assert "แก้ปีให้เป็นตัวเลขสี่หลัก" in reason[1]
    assert "<details open" in measure


def test_a_measure_that_nobody_reported_on_leads_to_its_page_and_not_to_sending_back(office: Any, enter: Any) -> None:
    change(office, outcome=None)
    text = page(enter("admin"))
    missing = text.split("มาตรการลำดับที่ ๒: ", 1)[1].split("</li>", 1)[0]
    assert 'href="/admin/thungthong/2567/6/2">ไปที่มาตรการนี้' in missing
    assert "ส่งกลับ" not in missing
    without = text.split("มาตรการลำดับที่ ๑: ผลลัพธ์", 1)[1].split("</li>", 1)[0]
    assert "ส่งกลับพร้อมเหตุผลนี้" in without


def test_a_finding_about_the_plan_leads_to_its_measure_there(office: Any, enter: Any) -> None:
    misspell(office, "")
    assert 'href="/admin/thungthong/plan/2567/1">แก้มาตรการนี้ในแผน' in page(enter("admin"))


def test_a_misspelt_name_in_the_plan_is_mended_by_one_press_and_only_that(office: Any, enter: Any) -> None:
    misspell(office, "คู่มือของเทศบาล และองค์การบริหารส่วนตำบลทุ่งทวง")
    browser = enter("admin")
    assert "แก้คำนี้ในแผนให้ถูก" in page(browser)
    place = {"measure": "1", "field": "steps", "words": "องค์การบริหารส่วนตำบลทุ่งทวง"}
    browser.press(PAGE, f"{PAGE}/name", **{**place, "words": "คู่มือ"})
    assert "ไม่พบคำนั้นแล้ว" in page(browser)
    browser.press(PAGE, f"{PAGE}/name", **place)
    assert steps(office) == "คู่มือของเทศบาล และองค์การบริหารส่วนตำบลทุ่งทอง"
    assert "แก้ไขมาตรการ" in page(browser, "/admin/thungthong/log/")
    assert "แก้คำนี้ในแผนให้ถูก" not in page(browser)


def test_an_officers_own_words_are_never_replaced_for_them(office: Any, enter: Any) -> None:
    change(office, summary="คู่มือขององค์การบริหารส่วนตำบลทุ่งทวง")
    browser = enter("admin")
    assert "แก้คำนี้ในแผนให้ถูก" not in page(browser)
    browser.press(PAGE, f"{PAGE}/name", measure="1", field="summary", words="องค์การบริหารส่วนตำบลทุ่งทวง")
    with office.store.read() as uow:
        assert "ทุ่งทวง" in uow.updates.get("update-1").summary


def test_photos_are_pointed_out_and_an_auditor_has_no_buttons(office: Any, enter: Any) -> None:
    change(office)
    text = page(enter("auditor"))
    assert "ดูด้วยตา" in text
    assert f'href="{MEASURE}"' in text
    assert "<form" not in text.split("<main", 1)[1]


def test_links_are_opened_only_where_that_was_turned_on(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press("/admin/thungthong/settings/", f"{PAGE}/links")
    assert "ปิดอยู่" in page(browser)
    with office.store.write() as uow:
        uow.agencies.save_settings("thungthong", replace(uow.agencies.settings("thungthong"), tries_links=True))
    browser.press(PAGE, f"{PAGE}/links")
    assert [(job, args) for job, args in office.queue.jobs if job == LOOK_AT_LINKS] == [
        (LOOK_AT_LINKS, ("thungthong",))
    ]


def test_what_did_not_open_is_a_finding_for_a_week(office: Any, enter: Any) -> None:
    change(office)
    look = LookedAt(url="https://www.thungthong.example/news?id=7", state=LinkState.GONE, at=office.clock.now())
    with office.store.write() as uow:
        uow.links.save("thungthong", [look])
    assert "ลิงก์ใช้ไม่ได้" in page(enter("admin"))
    office.clock.pass_time(days=8)
    assert "ลิงก์ใช้ไม่ได้" not in page(enter("admin"))


def test_a_year_without_a_plan_has_nothing_to_check(office: Any, enter: Any) -> None:
    assert enter("admin").get("/admin/thungthong/2561/6/check").status_code == 404
