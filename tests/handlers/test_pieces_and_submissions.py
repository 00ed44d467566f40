"""Evidence seen large, and every submission with what it changed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.updates import EvidenceId, Review, Stage, Status, UpdateId

from .conftest import NOW, PHOTO, SUMMARY

MEASURE = "/admin/thungthong/2567/6/1"
VERSIONS = f"{MEASURE}/versions"


def text(browser: Any, path: str) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def test_a_picture_opens_large_and_leads_on_to_the_other_pieces(office: Any, enter: Any) -> None:
    browser = enter("auditor")
    link = re.search(r'href="([^"]+/evidence/[^"]+)"><img', text(browser, MEASURE))
    assert link is not None
    page = text(browser, link[1])
    assert '<h1 class="text">ภาพการประชุม</h1>' in page
    assert "นางสมศรี รายงานไว" in page
    photo = page.split('<img src="/media/')[1].split('"')[0]
    assert browser.get(f"/media/{photo}").data == PHOTO
    assert "๑/๕" in page
    assert 'rel="prev"' not in page
    seen = [link[1]]
    while following := re.search(r'href="([^"]+)" rel="next"', page):
        seen.append(following[1])
        page = text(browser, following[1])
        assert f'href="{seen[-2]}" rel="prev"' in page
    assert [each.rsplit("/", 1)[1] for each in seen] == ["e-1", "e-2", "e-3", "e-4", "e-5"]


def test_a_piece_that_cannot_be_opened_says_why_and_no_harmful_address_is_a_link(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert "LINE ลบไฟล์นี้แล้ว" in text(browser, f"{MEASURE}/evidence/e-2")
    assert 'href="https://www.thungthong.example/news?id=7"' in text(browser, f"{MEASURE}/evidence/e-3")
    assert 'href="javascript' not in text(browser, f"{MEASURE}/evidence/e-4")


def test_a_piece_is_found_on_its_own_measure_and_round_only(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert browser.get("/admin/thungthong/2567/6/2/evidence/e-1").status_code == 404
    assert browser.get("/admin/thungthong/2567/12/1/evidence/e-1").status_code == 404
    assert browser.get("/admin/bansuan/2567/6/1/evidence/e-1").status_code == 403


def replaced(rt: Any, **fields: Any) -> None:
    """The officer's update is sent back, and a newer one with those fields stands in its place."""
    with rt.store.write() as uow:
        old = uow.updates.get(UpdateId("update-1"))
        back = {"review": Review.RETURNED, "review_reason": "ขอจำนวนครั้ง"}
        uow.updates.save(replace(old, stage=Stage.SUPERSEDED, **back))
        new = replace(old, id=UpdateId("update-2"), evidence=(), submitted_at=NOW + timedelta(hours=1), **fields)
        uow.updates.add(new, replaces=old.id)
        kept = [piece for piece in old.evidence if piece.id in {"e-1", "e-3"}]
        for piece in kept:
            uow.updates.add_evidence(new.id, replace(piece, id=EvidenceId(f"new-{piece.id}")), None)


def test_every_submission_is_kept_with_what_it_changed(office: Any, enter: Any) -> None:
    replaced(office, summary=SUMMARY.replace("๒ ครั้ง", "๑๒ ครั้ง"), status=Status.IN_PROGRESS)
    page = text(enter("auditor"), VERSIONS)
    newer, older = page.split('class="submission"')[1:]
    assert "ใช้อยู่" in newer
    assert "<del>" in newer
    assert "กำลังดำเนินการ" in newer
    assert "ผลลัพธ์" not in newer, "what did not change is not shown"
    assert "คำสั่งแต่งตั้ง.pdf" in newer
    assert "ภาพการประชุม" not in newer, "a copy of the same picture is the same piece"
    assert "ถูกแทนแล้ว" in older
    assert "ส่งกลับเพราะ: ขอจำนวนครั้ง" in older
    assert SUMMARY in older


def test_a_submission_that_changed_nothing_says_so(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        for piece in ("e-2", "e-4", "e-5"):
            uow.updates.remove_evidence(EvidenceId(piece))
    replaced(office)
    assert "เหมือนฉบับก่อนทุกข้อ" in text(enter("admin"), VERSIONS)


def test_before_the_first_submission_the_page_says_so(office: Any, enter: Any) -> None:
    assert "ยังไม่มีใครส่งรายงาน" in text(enter("admin"), "/admin/thungthong/2567/6/2/versions")
