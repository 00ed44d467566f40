"""Signed links: the file with its name and type, parts of it, and a page when the link is no good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

THAI = "คำสั่งแต่งตั้งคณะทำงาน.pdf"


@pytest.fixture
def link(rt: Any) -> Any:
    def make(key: str, content: bytes, name: str | None = None) -> str:
        rt.media.files[key] = content
        return urlsplit(rt.links.url(key, rt.clock.now() + timedelta(minutes=5), name)).path

    return make


def test_a_photo_is_shown_in_place(http: FlaskClient, link: Any) -> None:
    answer = http.get(link("evidence/ab/abc.jpg", b"photo"))
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"photo", "image/jpeg")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Length"] == "5"


def test_a_thai_name_is_written_as_rfc_5987_has_it(http: FlaskClient, link: Any) -> None:
    answer = http.get(link("reports/r/x.pdf", b"%PDF", THAI))
    assert answer.mimetype == "application/pdf"
    assert f"filename*=UTF-8''{quote(THAI)}" in answer.headers["Content-Disposition"]
    assert 'filename="x.pdf"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "key", ["evidence/x.html", "evidence/x.svg", "evidence/x.xhtml", "evidence/x", "evidence/x.js"]
)
def test_what_could_run_is_only_ever_saved(http: FlaskClient, link: Any, key: str) -> None:
    answer = http.get(link(key, b"<script>alert(1)</script>"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_part_can_be_asked_for(http: FlaskClient, link: Any) -> None:
    answer = http.get(link("evidence/film.mp4", b"0123456789"), headers={"Range": "bytes=2-5"})
    assert (answer.status_code, answer.data) == (206, b"2345")
    assert answer.headers["Content-Range"] == "bytes 2-5/10"
    assert http.get(link("evidence/film.mp4", b"0123456789"), headers={"Range": "bytes=99-"}).status_code == 416


def test_a_file_that_the_browser_has_is_not_sent_again(http: FlaskClient, link: Any) -> None:
    path = link("evidence/a.jpg", b"photo")
    tag = http.get(path).headers["ETag"]
    assert http.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_an_expired_link_leads_to_a_page_in_thai(rt: Any, http: FlaskClient, link: Any) -> None:
    path = link("evidence/a.jpg", b"photo")
    rt.clock.pass_time(minutes=6)
    answer = http.get(path)
    assert answer.status_code == 404
    assert "หมดอายุ" in answer.get_data(as_text=True)
    assert b"photo" not in answer.data


@pytest.mark.parametrize(
    "change", [lambda p: p[:-1] + ("0" if p[-1] != "0" else "1"), lambda p: p + "A", lambda _: "/media/x"]
)
def test_a_changed_link_opens_nothing(http: FlaskClient, link: Any, change: Any) -> None:
    assert http.get(change(link("evidence/a.jpg", b"photo"))).status_code == 404


def test_a_file_that_is_gone_says_so(rt: Any, http: FlaskClient, link: Any) -> None:
    path = link("evidence/a.jpg", b"photo")
    rt.media.files.clear()
    assert http.get(path).status_code == 404
