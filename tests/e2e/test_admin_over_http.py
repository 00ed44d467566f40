"""An admin signs in with the link from the chat, sees who has reported, and takes the report home."""

from __future__ import annotations

import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

import pytest

from tests.e2e.town import Town, until

MAGIC = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "json": b"{"}


@dataclass
class Page:
    """What a browser got."""

    status: int
    url: str
    body: bytes
    headers: Any

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """A browser without a screen: cookies, redirects, forms."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._http = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path: str) -> Page:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.base, path)))

    def submit(self, page: Page, action: str, **fields: object) -> Page:
        """Send one of a page's forms with its hidden token."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert token, f"{page.url} has no form"
        body = urllib.parse.urlencode({"csrf_token": token[1], **fields}).encode()
        return self._open(urllib.request.Request(urllib.parse.urljoin(page.url, action), body))

    def _open(self, request: urllib.request.Request) -> Page:
        try:
            with self._http.open(request, timeout=20) as answer:
                return Page(answer.status, answer.url, answer.read(), answer.headers)
        except urllib.error.HTTPError as problem:
            with problem:
                return Page(problem.code, request.full_url, problem.read(), problem.headers)


def _sign_in_link(town: Town, user: str) -> str:
    said = "\n".join(town.says(user, "ผู้ดูแล"))
    found = re.search(r"http://\S+/admin/sign-in/\S+", said)
    assert found, said
    return found[0]


@pytest.fixture
def visitor(calm: Town) -> Visitor:
    """An admin who has signed in."""
    admin = calm.joins(f"ผู้ดูแล คนที่ {len(calm.line.people())}", role="admin")
    link = _sign_in_link(calm, admin)
    browser = Visitor(calm.world.base_url)
    asked = browser.get(link)
    assert asked.status == 200
    home = browser.submit(asked, link)
    assert home.status == 200
    assert "sign-in" not in home.url
    return browser


def test_the_link_signs_in_once_and_looking_ahead_spends_nothing(calm: Town) -> None:
    admin = calm.joins("ผู้ดูแล ใช้ครั้งเดียว", role="admin")
    link = _sign_in_link(calm, admin)
    preview, first, second = (Visitor(calm.world.base_url) for _ in range(3))
    for _ in range(3):
        assert preview.get(link).status == 200
    assert "sign-in" not in first.submit(first.get(link), link).url
    used = second.get(link)
    assert "ผู้ดูแล ใช้ครั้งเดียว" not in used.text
    assert 'name="csrf_token"' not in used.text
    assert "สุขสมดี" in first.get("/admin/").text
    assert "สุขสมดี" not in second.get("/admin/").text


def test_without_signing_in_nothing_is_shown(calm: Town) -> None:
    stranger = Visitor(calm.world.base_url)
    sample = calm.world.sample
    assert sample is not None
    page = stranger.get(f"/admin/{sample.agency_id}/{sample.fiscal_year}/12/")
    assert "สมชาย" not in page.text
    assert page.status in (200, 401, 403)


def test_the_admin_sees_who_has_reported_and_downloads_every_format(calm: Town, visitor: Visitor) -> None:
    sample = calm.world.sample
    assert sample is not None
    overview = visitor.get(f"/admin/{sample.agency_id}/{sample.fiscal_year}/12/")
    assert overview.status == 200
    assert "สมชาย ตั้งใจ" in overview.text
    assert "ยังไม่" in overview.text
    made = visitor.submit(overview, f"/admin/{sample.agency_id}/reports", fiscal_year=sample.fiscal_year, round=12)
    assert "/reports/" in made.url
    until(lambda: not json.loads(visitor.get(made.url + ".json").body)["open"], 60, lambda: "the report is not made")
    assert json.loads(visitor.get(made.url + ".json").body)["state"] == "done"
    page = visitor.get(made.url)
    for name, magic in MAGIC.items():
        assert f"{urllib.parse.urlparse(made.url).path}/{name}" in page.text
        file = visitor.get(f"{made.url}/{name}")
        assert file.status == 200
        assert file.body.startswith(magic)
        assert "attachment" in file.headers["Content-Disposition"]
    assert Visitor(calm.world.base_url).get(f"{made.url}/pdf").body[:5] != b"%PDF-"


def test_a_new_submission_is_on_the_admins_page(calm: Town, visitor: Visitor) -> None:
    sample = calm.world.sample
    assert sample is not None
    user = calm.asked_for_summary("ผู้รายงาน ให้ผู้ดูแลเห็น")
    calm.says(user, "เรื่องที่ผู้ดูแลต้องเห็น")
    calm.finishes(user)
    page = visitor.get(f"/admin/{sample.agency_id}/{sample.fiscal_year}/12/1")
    assert "เรื่องที่ผู้ดูแลต้องเห็น" in page.text


def test_the_links_in_the_chat_open_without_signing_in_and_cannot_be_changed(calm: Town) -> None:
    admin = calm.joins("ผู้ดูแล ออกรายงานในแชต", role="admin")
    calm.line.send_text(admin, "ออกรายงาน")
    until(lambda: any("PDF" in line.text for line in calm.told(admin)), 60, lambda: "no report came")
    card = json.dumps(next(line.message for line in calm.told(admin) if "PDF" in line.text))
    links = re.findall(r"http://[^\"]+/media/[^\"]+", card)
    assert len(links) == 3
    stranger = Visitor(calm.world.base_url)
    assert sorted(stranger.get(link).body[:4] for link in links) == [b"%PDF", b"PK\x03\x04", b"PK\x03\x04"]
    for changed in (links[0][:-1] + ("0" if links[0][-1] != "0" else "1"), links[0].replace("/media/", "/media/x")):
        refused = stranger.get(changed)
        assert refused.status in (403, 404, 410)
        assert b"%PDF" not in refused.body[:10]


def test_health_and_metrics_answer(calm: Town) -> None:
    stranger = Visitor(calm.world.base_url)
    assert stranger.get("/healthz").status == 200
    assert stranger.get("/readyz").status == 200
    metrics = stranger.get("/metrics").text
    for name in ("events_unread", "messages_due", "jobs_running"):
        assert re.search(rf"^{name}\S* \d", metrics, flags=re.M), metrics
