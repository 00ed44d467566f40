"""What stands in a report, and what it says is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.rounds import RoundNo
from bot.domain.updates import EvidenceKind, MediaState, Review, Status
from bot.reporting.build import build_report
from bot.reporting.columns import NOT_REPORTED, PENDING_MARK
from bot.reporting.model import MeasureRow, Report, SectionRow
from bot.reporting.styles import STANDARD
from bot.reporting.words import printable, with_thai_digits
from tests.reporting.sample_year import (
    MALEE,
    NOW,
    SOMSAK,
    entry,
    full_year,
    link,
    measure,
    one_measure,
    photo,
    stored_file,
    update,
    year_of,
)

pytestmark = pytest.mark.pure


def report_of(year, **options) -> Report:
    return build_report(year, RoundNo.TWELVE, compiled_at=NOW, **options)


def cell(report: Report, key: str, row: int = 0) -> str:
    measures = [each for each in report.table.rows if isinstance(each, MeasureRow)]
    return measures[row].cells[[column.key for column in STANDARD.columns].index(key)]


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def test_the_table_has_six_columns_and_status_is_none_of_them():
    assert [column.key for column in report_of(full_year()).table.columns] == [
        "measure", "steps", "responsible", "period", "summary", "outcome",
    ]  # fmt: skip


def test_a_measures_printed_number_is_the_only_one():
    assert cell(report_of(year_of(entry(measure(1, "๑. มาตรการ"), update(1)))), "measure") == "๑. มาตรการ"
    assert cell(report_of(year_of(entry(measure(7, "มาตรการ"), update(7)))), "measure") == "มาตรการ"


def test_digits_are_thai_but_in_addresses_and_file_names():
    report = report_of(one_measure(summary="ครั้งที่ 3 ดู https://a.example/2567/O8.pdf และ ISO9001"))
    assert cell(report, "summary") == "ครั้งที่ ๓ ดู https://a.example/2567/O8.pdf และ ISO9001"
    assert cell(report_of(one_measure(summary="ครั้งที่ 3"), thai_digits=False), "summary") == "ครั้งที่ 3"


def test_a_measure_without_an_update_says_so_and_is_a_finding():
    report = report_of(year_of(entry(measure(1, "ม"))))
    assert cell(report, "summary") == NOT_REPORTED
    assert cell(report, "outcome") == ""
    assert codes(report) == ["measure_not_reported"]
    assert report.findings[0].words == MALEE.name


def test_an_update_that_waits_for_review_is_left_out_with_a_finding():
    report = report_of(one_measure(review=Review.PENDING, summary="รอตรวจอยู่"))
    assert cell(report, "summary") == NOT_REPORTED
    assert "update_pending" in codes(report)
    assert report.year["measures"][0]["rounds"]["12"] is None


def test_a_draft_holds_it_with_a_mark():
    report = report_of(one_measure(review=Review.PENDING, summary="รอตรวจอยู่"), draft=True)
    assert cell(report, "summary") == f"{PENDING_MARK}\nรอตรวจอยู่"
    assert report.cover.draft
    assert report.year["measures"][0]["rounds"]["12"]["review"] == "pending"


def test_an_update_sent_back_is_in_no_report():
    for draft in (False, True):
        report = report_of(one_measure(review=Review.RETURNED), draft=draft)
        assert cell(report, "summary") == NOT_REPORTED
        assert "update_returned" in codes(report)


def test_a_measure_not_begun_prints_its_reason_and_the_expected_day():
    year = one_measure(
        status=Status.NOT_STARTED, summary=None, outcome=None, obstacles="รองบประมาณ", expected_on=date(2024, 11, 1)
    )
    report = report_of(year)
    assert cell(report, "summary") == "ยังไม่เริ่มดำเนินการ\nรองบประมาณ\nคาดว่าจะเริ่ม ๑ พฤศจิกายน ๒๕๖๗"
    assert report.notes == ()


def test_a_cancelled_measure_prints_its_reason():
    year = one_measure(status=Status.CANCELLED, summary=None, outcome=None, obstacles="ซ้ำกับแผนอื่น")
    assert cell(report_of(year), "summary") == "ไม่ดำเนินการ\nซ้ำกับแผนอื่น"


def test_answers_without_a_column_are_kept_after_the_table():
    report = report_of(one_measure(output="คู่มือ 1 เล่ม", obstacles="ขาดคน 2 คน", remark="ดูภาคผนวก"))
    assert [(section.title, section.rows[0].text) for section in report.notes] == [
        ("ผลผลิต", "คู่มือ ๑ เล่ม"),
        ("ปัญหา อุปสรรค และข้อเสนอแนะ", "ขาดคน ๒ คน"),
        ("หมายเหตุ", "ดูภาคผนวก"),
    ]


def test_parts_stand_under_their_officers_names_and_a_missing_part_is_a_finding():
    both = (MALEE, SOMSAK)
    whole = report_of(
        year_of(entry(measure(1, "ม"), update(1, summary="ก"), update(1, SOMSAK, summary="ข"), officers=both))
    )
    assert cell(whole, "summary") == f"{MALEE.name}\nก\n{SOMSAK.name}\nข"
    assert whole.findings == ()
    part = report_of(year_of(entry(measure(1, "ม"), update(1, summary="ก"), officers=both)))
    assert cell(part, "summary") == "ก"
    assert [(finding.code, finding.words) for finding in part.findings] == [("part_missing", SOMSAK.name)]


def test_sections_have_a_row_where_they_begin():
    rows = report_of(full_year()).table.rows
    assert [n for n, row in enumerate(rows) if isinstance(row, SectionRow)] == [0, 3]


def test_the_photos_of_an_album_bear_one_number_and_the_caption_once():
    album = [replace(photo(f"k{n}", "พิธีเปิด"), group_id="set-1") for n in range(3)]
    items = report_of(one_measure(evidence=(photo("k9", "เดี่ยว"), *album, photo("k8", "ท้าย")))).annex[0].items
    assert [(item.label, item.caption, item.set_of) for item in items] == [
        ("๑", "เดี่ยว", 1), ("๒", "พิธีเปิด", 3), ("๒", "", 3), ("๒", "", 3), ("๓", "ท้าย", 1),
    ]  # fmt: skip
    assert [item.alt for item in items][1:3] == ["พิธีเปิด (ภาพ ๑ จาก ๓)", "พิธีเปิด (ภาพ ๒ จาก ๓)"]


def test_evidence_is_numbered_measure_by_measure():
    pieces = (photo("k1", "ภาพ 1"), stored_file("k2", "แผน 2567.pdf"), link("https://a.example/1"))
    year = year_of(
        entry(measure(1, "ก"), update(1, evidence=pieces)), entry(measure(2, "ข"), update(2, evidence=pieces[:1]))
    )
    first, second = report_of(year).annex
    assert [item.label for item in first.items] == ["๑", "๒", "๓"]
    assert [item.label for item in second.items] == ["๑"]
    assert [item.caption for item in first.items] == ["ภาพ ๑", "", ""]
    assert [item.source for item in first.items] == ["", "แผน 2567.pdf", "https://a.example/1"]
    assert [item.image_key for item in first.items] == ["k1", None, None]


def test_a_photo_whose_bytes_are_gone_is_listed_with_a_finding():
    gone = replace(photo("k1", "หาย"), media=MediaState.GONE)
    report = report_of(one_measure(evidence=(gone,)))
    assert report.annex[0].items[0].image_key is None
    assert report.annex[0].items[0].kind is EvidenceKind.IMAGE
    assert codes(report) == ["evidence_missing"]


def test_the_cover_names_the_round_its_days_and_the_place_once():
    cover = report_of(full_year()).cover
    assert cover.round == "รอบ ๑๒ เดือน"
    assert cover.covers == "(๑ ตุลาคม ๒๕๖๖ – ๓๐ กันยายน ๒๕๖๗)"
    assert cover.place == "ตำบลทรายทองงาม อำเภอเมืองน้ำใส จังหวัดศรีนครา"
    assert cover.as_of == "ข้อมูล ณ วันที่ ๒๘ กันยายน ๒๕๖๗"


def test_the_six_month_report_takes_only_its_own_round():
    year = year_of(entry(measure(1, "ม"), update(1, summary="ปลายปี"), update(1, round_no=RoundNo.SIX, summary="ครึ่งปี")))
    report = build_report(year, RoundNo.SIX, compiled_at=NOW)
    assert cell(report, "summary") == "ครึ่งปี"
    assert report.cover.covers == "(๑ ตุลาคม ๒๕๖๖ – ๓๑ มีนาคม ๒๕๖๗)"


def test_a_clean_year_has_no_finding():
    assert report_of(one_measure()).findings == ()


def test_what_no_file_may_hold_is_left_out_and_nothing_else():
    assert printable("ก\x00\x07ข\r\nค\tง\u2028จ\ufeff😀\U0001fffe") == "กข\nค ง\nจ😀"
    assert with_thai_digits(None) == ""


def test_a_findings_sentence_names_its_measure_and_its_reporter():
    report = report_of(year_of(entry(measure(1, "ก"), update(1)), entry(measure(2, "ข"))))
    assert [finding.message for finding in report.findings] == [f"มาตรการลำดับที่ ๒: ยังไม่ได้รายงาน (ผู้รายงาน: {MALEE.name})"]
