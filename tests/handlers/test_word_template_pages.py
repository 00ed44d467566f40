"""The pages of Word templates: start from ours, upload, look, use, take away, and be told what is wrong."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document

from tests.word_template.files import saved, texts, word

from .conftest import HERE, THERE

pytestmark = pytest.mark.usefixtures("office")

BASE = f"/admin/{HERE}/templates/"


def upload(browser: Any, data: bytes, name: str = "แบบของเรา.docx", kind: str = "progress") -> Any:
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(BASE).text)
    form = {"csrf_token": token[1] if token else "", "kind": kind, "file": (io.BytesIO(data), name)}
    return browser.http.post(BASE, base_url=browser.base_url, data=form, content_type="multipart/form-data")


def post_use(browser: Any, template: str, seen: str = "", kind: str = "progress") -> Any:
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(BASE).text)
    form = {"csrf_token": token[1] if token else "", "kind": kind, "template": template, "seen": seen}
    return browser.http.post(f"{BASE}use", base_url=browser.base_url, data=form)


def test_a_template_is_downloaded_edited_uploaded_seen_and_used(office: Any, enter: Any) -> None:
    admin = enter("admin")
    start = admin.get(f"{BASE}start/progress.docx")
    document = Document(io.BytesIO(start.data))
    document.paragraphs[0].insert_paragraph_before("หนังสือของเราเอง ปี {{ fiscal_year }}")
    answer = upload(admin, saved(document))
    assert answer.status_code == 303
    page = admin.get(answer.location).text
    assert "หนังสือของเราเอง ปี ๒๕๖๗" in page
    assert "สรุปผลการดำเนินการ" in page
    template = answer.location.rpartition("/")[2]
    filled = admin.get(f"{answer.location}/filled.docx")
    assert texts(filled.data)[0] == "หนังสือของเราเอง ปี ๒๕๖๗"
    with office.store.read() as uow:
        assert uow.word_templates.in_use(HERE, "progress") is None, "only looked at"
    assert post_use(admin, template).status_code == 303
    with office.store.read() as uow:
        kept = uow.word_templates.in_use(HERE, "progress")
    assert (kept.id, kept.name) == (template, "แบบของเรา.docx")
    assert texts(admin.get(f"{answer.location}/file.docx").data)[0] == "หนังสือของเราเอง ปี {{ fiscal_year }}"
    assert post_use(admin, "", seen=template).status_code == 303
    with office.store.read() as uow:
        assert uow.word_templates.in_use(HERE, "progress") is None
        assert len(uow.word_templates.of_agency(HERE)) == 1


def test_mistakes_are_listed_with_place_and_words_and_nothing_is_kept(office: Any, enter: Any) -> None:
    data = word("{{ agncy }}", table=[["{% for m in measures %}{{ m.measure }}", "{{ m.x }}"]])
    answer = upload(enter("admin"), data)
    assert answer.status_code == 422
    assert "ตารางที่ ๑ แถวที่ ๑ ช่องที่ ๑" in answer.text
    answer = upload(enter("admin"), word("{{ agncy }}"))
    assert "ย่อหน้าที่ ๑" in answer.text
    assert "{{ agncy }}" in answer.text
    assert "หมายถึง agency หรือไม่" in answer.text
    with office.store.read() as uow:
        assert uow.word_templates.of_agency(HERE) == []


def test_a_file_that_is_no_word_file_is_refused_with_a_sentence(enter: Any) -> None:
    admin = enter("admin")
    assert "ไม่ใช่ไฟล์ Word" in upload(admin, b"%PDF-1.7").text
    assert upload(admin, b"", name="").status_code == 422
    assert upload(admin, word("ก"), kind="memo").status_code == 404


def test_another_agencys_template_is_not_there(office: Any, enter: Any) -> None:
    admin = enter("admin")
    location = upload(admin, word("{{ agency }}")).location
    template = location.rpartition("/")[2]
    assert admin.get(location.replace(HERE, THERE)).status_code in (403, 404)
    assert post_use(admin, template, kind="plan").status_code == 404
    assert admin.get(f"{BASE}01NOPE").status_code == 404


def test_who_changes_what_another_has_changed_is_told(enter: Any) -> None:
    admin = enter("admin")
    first = upload(admin, word("{{ agency }}")).location.rpartition("/")[2]
    second = upload(admin, word("{{ agency }} ข")).location.rpartition("/")[2]
    assert post_use(admin, first, seen="").status_code == 303
    late = post_use(admin, second, seen="")
    assert late.status_code == 409
    assert "มีผู้อื่นเปลี่ยนแม่แบบนี้ก่อนคุณ" in late.text


def test_an_auditor_looks_and_changes_nothing(enter: Any) -> None:
    auditor = enter("auditor")
    page = auditor.get(BASE)
    assert page.status_code == 200
    assert "{{ m.summary }}" in page.text
    assert "ตรวจและดูตัวอย่าง" not in page.text
    assert auditor.get(f"{BASE}start/plan.docx").status_code == 200
    assert auditor.get(f"{BASE}start/set.docx").status_code == 404
