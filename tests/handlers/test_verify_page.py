"""What anybody may see of a version by its code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import PersonId
from bot.domain.rounds import RoundNo
from bot.ports.records import ReportVersion, VersionFile

SECRET_WORDS = "ข้อความของผู้รายงาน"


def a_version(rt: Any, **how: Any) -> ReportVersion:
    values: dict[str, Any] = {
        "inputs_hash": "a" * 64,
        "agency_id": AgencyId("thungthong"),
        "fiscal_year": FiscalYear(2567),
        "round_no": RoundNo.SIX,
        "kind": "progress",
        "draft": False,
        "made_at": rt.clock.now(),
        "content": {"measures": [{"title": SECRET_WORDS}]},
        "findings": (SECRET_WORDS,),
        "code": "ABCD2345",
        "made_by": PersonId("person-admin"),
        **how,
    }
    version = ReportVersion(**values)
    with rt.store.write() as uow:
        uow.versions.settle(version)
    return version


def test_it_names_agency_kind_round_and_hashes_and_nothing_personal(office: Any, http: FlaskClient) -> None:
    version = a_version(office)
    file = VersionFile(
        inputs_hash=version.inputs_hash, format="pdf", sha256="9f" * 32, size=2048, made_at=version.made_at
    )
    with office.store.write() as uow:
        uow.versions.add_files([file])
    answer = http.get("/v/abcd-2345")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    for words in ("องค์การบริหารส่วนตำบลทุ่งทอง", "๒๕๖๗", "๖ เดือน", "ABCD-2345", "9f" * 32, "ยังไม่มีฉบับที่จัดทำภายหลัง"):
        assert words in page
    assert "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรม" in page
    assert SECRET_WORDS not in page
    assert "พิมพ์ใจ" not in page


def test_an_older_version_points_to_the_newest_and_a_draft_says_so(office: Any, http: FlaskClient) -> None:
    old = a_version(office)
    later = old.made_at + timedelta(days=1)
    a_version(office, inputs_hash="b" * 64, code="WXYZ6789", made_at=later)
    a_version(office, inputs_hash="c" * 64, code="DRFT2222", made_at=later, draft=True)
    assert "/v/WXYZ6789" in http.get("/v/ABCD2345").get_data(as_text=True)
    assert "/v/" not in http.get("/v/WXYZ6789").get_data(as_text=True).replace("/v/?", "")
    assert "ฉบับร่าง" in http.get("/v/DRFT2222").get_data(as_text=True)


def test_an_unknown_code_says_what_to_do_and_one_that_cannot_be_asks_again(office: Any, http: FlaskClient) -> None:
    answer = http.get("/v/NNNN2222")
    assert answer.status_code == 404
    assert "ไม่พบฉบับ" in answer.get_data(as_text=True)
    again = http.get("/v/<b>oops", follow_redirects=True).get_data(as_text=True)
    assert "รหัสฉบับมีตัวอักษรและตัวเลข" in again
    assert "<b>oops" not in again


def test_a_typed_code_leads_to_its_version(office: Any, http: FlaskClient) -> None:
    a_version(office)
    assert "<form" in http.get("/v/").get_data(as_text=True)
    assert http.get("/v/?code=abcd 2345").headers["Location"].endswith("/v/ABCD2345")


def test_two_versions_of_one_code_are_both_shown(office: Any, http: FlaskClient) -> None:
    first = a_version(office)
    a_version(office, inputs_hash="d" * 64, fiscal_year=FiscalYear(2566), made_at=first.made_at - timedelta(days=300))
    page = http.get("/v/ABCD2345").get_data(as_text=True)
    assert "๒๕๖๗" in page
    assert "๒๕๖๖" in page
