"""Every page, found by its links, is held against WCAG 2.2 AA by axe: in English on a phone, in Thai at a desk."""

from __future__ import annotations

import re
from collections import deque
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from bot.bootstrap import Runtime
from bot.config import Settings
from handlers.create_app import create_app
from tests.e2e.test_evidence import photo
from tests.e2e.town import Town
from tests.needs import needs
from tests.simulator.webdriver import Browser, browser

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "vendor" / "axe" / "axe.min.js"
PUT_TEMPLATE = """
return fetch('start/progress.docx').then(r => r.blob()).then(b => {
  const files = new DataTransfer();
  files.items.add(new File([b], 'own.docx'));
  document.querySelector('input[type=file]').files = files.files;
})
"""
RUN = """
return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(
  r => r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))]))
"""
LINKS = "return [...document.querySelectorAll('a[href]')].map(a => a.href)"
FITS = "return document.documentElement.scrollWidth <= window.innerWidth"

NOT_PAGES = {
    "api_document.openapi", "api_reading.agencies", "api_reading.completeness", "api_reading.report_file",
    "api_reading.reports", "api_reading.year", "api_reading.years", "assets.asset", "calendars.feed",
    "documents.see_emblem", "front.front", "health.healthz", "health.metrics", "health.readyz", "home.home",
    "log.export", "media.media", "private_chat.private_chat", "reports.download", "reports.progress",
    "results.current", "word_templates.file", "word_templates.filled", "word_templates.start",
}  # fmt: skip
"""Files, data, and addresses that only lead on."""


class Site:
    """The desk as somebody finds it who follows every kind of link once."""

    def __init__(self, town: Town, window: Browser) -> None:
        settings = Settings.from_env({"DATA_DIR": str(town.world.data_dir), "SECRET_KEY": "k" * 32})
        self.app = create_app(Runtime(settings))
        self.base = town.world.base_url
        self.window = window
        self.pages: dict[str, str] = {}
        self.routes: MapAdapter = self.app.url_map.bind(urlsplit(self.base).netloc)

    def endpoint(self, url: str) -> str | None:
        """The view that answers at an address of ours."""
        if not url.startswith(self.base):
            return None
        try:
            endpoint, _ = self.routes.match(urlsplit(url).path, method="GET")
        except HTTPException:
            return None
        return str(endpoint)

    def walk(self, *starts: str) -> None:
        """Open every kind of page that can be reached."""
        waiting = deque(urljoin(self.base, start) for start in starts)
        while waiting:
            url = waiting.popleft()
            endpoint = self.endpoint(url)
            if endpoint is None or endpoint in self.pages or endpoint in NOT_PAGES:
                continue
            self.pages[endpoint] = url
            self.window.open(url)
            waiting.extend(self.window.script(LINKS))

    def faults(self) -> dict[str, Any]:
        """What axe and a ruler find, by page."""
        found: dict[str, Any] = {}
        source = AXE.read_text(encoding="utf-8")
        for endpoint, url in self.pages.items():
            self.window.open(url)
            self.window.script(source)
            violations = self.window.script(RUN)
            if not self.window.script(FITS):
                violations.append("it sticks out sideways")
            if violations:
                found[endpoint] = violations
        return found


def _signs_in(town: Town, window: Browser, user: str) -> str:
    found = re.search(r"http://\S+/admin/sign-in/[\w-]+", " ".join(town.says(user, "ผู้ดูแล")))
    assert found is not None
    window.open(found[0])
    window.click("main form button")
    window.find(".menu")
    return found[0]


def _at_work(town: Town, admin: str, agency: str) -> None:
    """Let the round be compiled twice, with something else in it, and the second report wait for a signature."""
    town.says(admin, "ออกรายงาน")
    plan = town.world.data_dir / "one-more.txt"
    plan.write_text("มาตรการ\tขั้นตอน\nมาตรการที่เพิ่มภายหลัง\tจัดทำ\n", encoding="utf-8")
    town.bot("plan", "import", plan, "--agency", agency, "--fiscal-year", town.year)
    town.says(admin, "ออกรายงาน")
    town.joins("นายลงนาม เห็นชอบ", role="approver")
    chain = town.world.data_dir / "chain.json"
    chain.write_text('[{"label": "ความเห็นของปลัด", "position": "ปลัด", "role": "approver"}]', encoding="utf-8")
    town.bot("sign-off", "chain", "--agency", agency, "--file", chain)
    town.bot("sign-off", "start", "--agency", agency, "--fiscal-year", town.year, "--round", 12)


def _fill_in(window: Browser, desk: str) -> None:
    """Store what some pages are about: an own template and a record of what was posted."""
    window.open(f"{desk}templates/")
    window.script(PUT_TEMPLATE)
    window.click("main form[enctype] button")
    window.find("main h1")
    window.open(f"{desk}publications/new")
    window.script(
        "for (const [name, value] of Object.entries(arguments[0]))"
        " document.querySelector(`[name=${name}]`).value = value",
        {"urls": "https://www.example.go.th/ita", "posted_on": "2026-01-15", "item": "O28", "description": "เมนู ITA"},
    )
    window.click("main form button[value=save]")
    window.wait_for("บันทึกการเผยแพร่แล้ว")


def _reported_with_a_picture(town: Town) -> None:
    """Let there be evidence to look at on measure 2, and an earlier submission."""
    user = town.joins("ผู้รายงาน มีภาพ", measures="2")
    town.says(user, "รายงานผล", "แล้วเสร็จ", "จัดประชุมแล้ว", "เสร็จแล้ว", "ได้ผลดี", "เสร็จแล้ว")
    town.line.send_files(user, [("photo.jpg", photo())])
    town.settle()
    town.says(user, "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    town.says(user, "แก้ไข", "สรุปผลการดำเนินการ", "จัดประชุมแล้ว ๒ ครั้ง", "เสร็จแล้ว", "ยืนยัน")


def test_every_page_can_be_used_by_everybody(calm: Town) -> None:
    needs("chromium")
    agency = calm.world.sample.agency_id
    admin = calm.joins("ผู้ดูแล ทุกหน้า", role="admin")
    calm.says(admin, calm.bot("invite", "--agency", agency, "--role", "operator", "--name", "ผู้ดูแล ระบบ").lines[0])
    calm.bot("invite", "--agency", agency, "--role", "officer", "--name", "คนใหม่ รอรหัส", "--measures", "1")
    with browser() as window:
        site = Site(calm, window)
        _at_work(calm, admin, agency)
        _reported_with_a_picture(calm)
        link = _signs_in(calm, window, admin)
        window.open(f"{site.base}/admin/{agency}/plan/import")
        window.script("document.querySelector('textarea').value = 'มาตรการ\\tขั้นตอน\\nมาตรการใหม่ ก\\tจัดทำ\\n'")
        window.click("main form button")
        window.wait_for("ตรวจก่อนนำเข้า")
        preview = window.script("return location.href")
        desk = f"/admin/{agency}/"
        _fill_in(window, f"{site.base}{desk}")
        starts = (
            f"{desk}{calm.year}/12/2",
            desk,
            f"{desk}results/{calm.year - 1}",
            f"{desk}search?q=คู่มือ",
            f"{desk}plan/{calm.year + 1}/copy",
            f"{desk}reopenings/",
            "/join/ABCDEFGH",
            "/v/",
            "/admin/signed-out",
        )
        site.walk(preview, link, *starts)
        pages = {
            rule.endpoint
            for rule in site.app.url_map.iter_rules()
            if rule.methods and "GET" in rule.methods and rule.endpoint not in NOT_PAGES
        }
        assert not pages - site.pages.keys(), " ".join(sorted(pages - site.pages.keys()))
        for language, width, height in (("English", 360, 740), ("ไทย", 1280, 900)):
            window.open(f"{site.base}{desk}")
            window.click("form[action='/admin/language'] button")
            window.wait_for("ไทย" if language == "English" else "English")
            window.resize(width, height)
            assert site.faults() == {}, f"{language} at {width}"
