"""The admin's desk in a real browser, at a desk's and a phone's size: every page of the menu, a plan, an invitation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.town import Town
from tests.needs import needs
from tests.simulator.webdriver import Browser, browser

pytestmark = pytest.mark.browser

PAGES = ("", "plan/", "plan/import", "people/", "reminders", "settings/", "log/", "search?q=%E0%B8%84%E0%B8%B9")
PLAN = "มาตรการ\tขั้นตอน/วิธีการ\tระยะเวลา\tผู้รับผิดชอบ\nมาตรการของปีก่อน\tจัดทำคู่มือ\tตลอดปี\tสำนักปลัด\n"
FITS = "return document.documentElement.scrollWidth <= window.innerWidth"


def _signs_in(calm: Town, window: Browser) -> None:
    admin = calm.joins("ผู้ดูแล ในเบราว์เซอร์", role="admin")
    said = " ".join(calm.says(admin, "ผู้ดูแล"))
    found = re.search(r"http://\S+/admin/sign-in/[\w-]+", said)
    assert found is not None
    window.open(found[0])
    window.click("main form button")
    window.find(".menu")


def test_every_page_of_the_menu_fits_a_desk_and_a_phone(calm: Town, tmp_path: Path) -> None:
    needs("chromium")
    assert calm.world.sample is not None
    base = f"{calm.world.base_url}/admin/{calm.world.sample.agency_id}/"
    with browser() as window:
        _signs_in(calm, window)
        for width, height in ((1280, 900), (360, 740)):
            window.resize(width, height)
            for page in PAGES:
                window.open(base + page)
                window.find("main h1")
                window.screenshot(tmp_path / f"{page.split('?')[0].replace('/', '-') or 'today'}-{width}.png")
                assert window.script(FITS), f"{page or 'today'} sticks out sideways at {width}"
                assert window.script("return document.querySelectorAll('.menu [aria-current=page]').length") == 1, page


def test_a_plan_is_pasted_looked_at_and_taken_on_a_phone(calm: Town) -> None:
    needs("chromium")
    sample = calm.world.sample
    assert sample is not None
    year = sample.fiscal_year - 1
    with browser() as window:
        window.resize(360, 740)
        _signs_in(calm, window)
        window.open(f"{calm.world.base_url}/admin/{sample.agency_id}/plan/import?year={year}")
        window.script("document.querySelector('textarea').value = arguments[0]", PLAN)
        window.click("main form button")
        window.wait_for("ตรวจก่อนนำเข้า")
        assert window.script(FITS)
        window.click("main form[method=post] button")
        window.wait_for("นำเข้าแล้ว: เพิ่ม ๑")
    assert [m["title"] for m in calm.export(sample.agency_id, year)["measures"]] == ["มาตรการของปีก่อน"]


def test_an_invited_name_joins_with_the_code_of_the_sheet(calm: Town) -> None:
    needs("chromium")
    sample = calm.world.sample
    assert sample is not None
    with browser() as window:
        _signs_in(calm, window)
        window.open(f"{calm.world.base_url}/admin/{sample.agency_id}/people/")
        window.type("textarea", "นางสาวใบเชิญ พิมพ์แล้ว, 2")
        window.click("#invite form button")
        window.wait_for("ใบเชิญ ๑ ใบ")
        code = window.script("return document.querySelector('.slip .code').innerText")
    user = calm.newcomer("ใบเชิญ")
    assert "นางสาวใบเชิญ พิมพ์แล้ว" in " ".join(calm.says(user, str(code)))
