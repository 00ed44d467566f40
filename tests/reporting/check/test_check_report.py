"""The check before publication: what is wrong is found with its place, reason and remedy; what is right is let be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import FiscalYear
from bot.domain.links import LinkState
from bot.domain.rounds import RoundNo
from bot.domain.updates import Review, Status
from bot.reporting.check.elements import says_nothing
from bot.reporting.check.folding import distance, fold
from bot.reporting.check.items import items_of
from bot.reporting.check.personal_data import is_citizen_id
from bot.reporting.model import Severity
from tests.reporting.check.clean_year import checked, clean_year, with_measure, with_update
from tests.reporting.sample_year import entry, link, measure, update, year_of

pytestmark = pytest.mark.pure
OWN = "องค์การบริหารส่วนตำบลทรายทองงาม"


def found(year, **how) -> list[tuple[str, str, str | None]]:
    return [(f.code, f.severity.value, f.words) for f in checked(year, **how).findings]


def test_a_clean_report_has_no_finding_and_photos_are_pointed_out():
    result = checked(clean_year())
    assert [finding.message for finding in result.findings] == []
    assert not result.costs_the_score
    assert len(result.look_at) == 1
    assert "๔ ภาพ" in result.look_at[0]


IN_SUMMARY = [
    ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "wrong_fiscal_year", "error", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕"),
    ("ดำเนินการในปีงบประมาณ 2564 แล้ว", "wrong_fiscal_year", "error", "ปีงบประมาณ 2564"),
    ("รายงานประจำปี ๒๕๖๖ ของหน่วยงาน", "wrong_fiscal_year", "error", "ประจำปี ๒๕๖๖"),
    ("อบรมเมื่อวันที่ ๑๒ พฤษภาคม ๒๕๖๕", "date_outside_year", "error", "๑๒ พฤษภาคม ๒๕๖๕"),
    ("อบรมเมื่อ 12 พ.ค. 65", "date_outside_year", "error", "12 พ.ค. 65"),
    ("อบรมเมื่อ 12/05/2565", "date_outside_year", "error", "12/05/2565"),
    ("คำสั่งที่ ๑๒ ลงวันที่ ๓ มีนาคม ๒๕๖๕", "date_outside_year", "warning", "๓ มีนาคม ๒๕๖๕"),
    ("อบรมเมื่อ ๓๑ กุมภาพันธ์ ๒๕๖๗", "date_impossible", "error", "๓๑ กุมภาพันธ์ ๒๕๖๗"),
    ("ตุลาคม ๒๕๖๖ - กันยายน ๒๕๖๖๗๐", "year_impossible", "error", "กันยายน ๒๕๖๖๗๐"),
    ("ตามแผนปี พ.ศ. ๒๕๖๗๗", "year_impossible", "error", "พ.ศ. ๒๕๖๗๗"),
    ("องค์การบริหารส่วนตำบลทรายทองาม จัดประชุม", "agency_name_misspelt", "error", "องค์การบริหารส่วนตำบลทรายทองาม"),
    ("องค์กรบริหารส่วนตำบลทรายทองงามจัดประชุม", "agency_name_misspelt", "error", "องค์กรบริหารส่วนตำบลทรายทองงาม"),
    ("องค์การบริหารสวนตำบลทรายทองงามจัดประชุม", "agency_name_misspelt", "error", "องค์การบริหารสวนตำบลทรายทองงาม"),
    ("อบต.ทรายทองงวม จัดประชุม", "agency_name_misspelt", "error", "อบต.ทรายทองงวม"),
    ("เทศบาลตำบลบ้านใหม่พัฒนาจัดประชุม", "other_agency_named", "error", "เทศบาลตำบลบ้านใหม่พัฒนา"),
    ("อบต.หนองบัวลาย อำเภอเมือง จัดประชุม", "other_agency_named", "error", "อบต.หนองบัวลาย"),
    ("ร่วมกับเทศบาลตำบลโคกสูง", "other_agency_named", "warning", "เทศบาลตำบลโคกสูง"),
    ("เผยแพร่ที่ www.nongbualai.go.th", "foreign_link", "error", "www.nongbualai.go.th"),
    ("เผยแพร่ที่ https://nongbualai.go.th/a.pdf แล้ว", "foreign_link", "error", "https://nongbualai.go.th/a.pdf"),
    ("เผยแพร่ที่ http://somesite.example.com/a", "foreign_link", "warning", "http://somesite.example.com/a"),
    ("เผยแพร่ที่ http://192.168.1.4/a", "foreign_link", "error", "http://192.168.1.4/a"),
    ("หมายเหตุ ต้องรายงานข้อมูลให้ครบ ๑ ปี", "template_guidance", "warning", "หมายเหตุ ต้องรายงานข้อมูลให้ครบ ๑ ปี"),
    ("จัดอบรม (ระบุจำนวนผู้เข้าร่วม)", "template_guidance", "warning", "(ระบุจำนวนผู้เข้าร่วม)"),
    ("จัดอบรมเมื่อวันที่ ................", "template_guidance", "warning", "................"),
    ("ผู้รับบริการ 1-2345-67890-12-1 มาติดต่อ", "personal_id", "error", "1-2345-67890-12-1"),
    ("ติดต่อ ๐๘๑-๒๓๔-๕๖๗๘", "personal_phone", "warning", "๐๘๑-๒๓๔-๕๖๗๘"),
    ("ผู้ร้องเรียน นายสมหมาย ใจดี แจ้งว่าถนนชำรุด", "personal_name", "warning", "ผู้ร้องเรียน นายสมหมาย ใจดี"),
    ("ดูผลในมาตรการที่ ๙", "measure_unknown", "error", "มาตรการที่ ๙"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "severity", "words"), IN_SUMMARY, ids=[case[0] for case in IN_SUMMARY])
def test_each_defect_is_found_alone_with_its_very_words(text: str, code: str, severity: str, words: str):
    year = with_update(clean_year(), 2, summary=f"จัดอบรมบุคลากร ๒๕ คน {text}")
    assert found(year) == [(code, severity, words)]


def test_every_finding_says_where_why_by_what_source_and_what_to_do():
    year = with_update(clean_year(), 2, summary="\n".join(case[0] for case in IN_SUMMARY), outcome="เรียบร้อยดี")
    findings = checked(year).findings
    assert {f.code for f in findings} >= {case[1] for case in IN_SUMMARY}
    for finding in findings:
        assert finding.measure_no == 2
        assert finding.field in {"summary", "outcome"}
        assert finding.message.startswith("มาตรการลำดับที่ ๒: ")
        assert finding.why
        assert finding.source
        assert finding.action
    assert [f.severity for f in findings] == sorted((f.severity for f in findings), key=list(Severity).index)


@pytest.mark.parametrize("field", ["title", "steps", "responsible", "monitoring", "approach"])
def test_the_agencys_name_is_checked_in_the_plan_too(field: str):
    text = "๒. จัดทำคู่มือขององค์การบริหารส่วนตำบลทรายทองงม และเผยแพร่"
    assert found(with_measure(clean_year(), 2, **{field: text})) == [
        ("agency_name_misspelt", "error", "องค์การบริหารส่วนตำบลทรายทองงม")
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{OWN}ประกาศ", f"{OWN} อำเภอเมืองน้ำใส", "องค์การบริหารส่วน ตำบลทรายทองงาม", "อบต. ทรายทองงาม",
        "อบต.ทรายทองงามและกองช่าง",
        "นายกองค์การบริหารส่วนตำบล", "องค์การบริหารส่วนตำบล ได้", "สภาองค์การบริหารส่วนตำบลอนุมัติ",
        "องค์การบริหารส่วนตำบลทรายทองงาม\u200b", "กรมส่งเสริมฯ https://www.dla.go.th/news", "เลขที่ 1234567890123",
        "ปีละ 10000 บาท", "แผนปฏิบัติการ ๕ ปี (พ.ศ. ๒๕๖๖-๒๕๗๐)", "ทุกวันที่ ๕ ของเดือน", "ทะเบียน 7/2566", "รอบ ๑๒ เดือน ๑-๒๐",
    ],
)  # fmt: skip
def test_what_only_looks_wrong_is_let_be(text: str):
    assert found(with_update(clean_year(), 2, summary=f"จัดอบรมบุคลากร ๒๕ คน {text}")) == []


@pytest.mark.parametrize(
    "outcome", ["-", "ดี", "เรียบร้อย", "ดำเนินการเรียบร้อยแล้วค่ะ", "บรรลุตามเป้าหมาย", "ได้ผลเป็นอย่างดี", "…"]
)
def test_an_outcome_that_says_nothing_costs_the_score(outcome: str):
    assert found(with_update(clean_year(), 3, outcome=outcome)) == [("outcome_says_nothing", "error", outcome)]


@pytest.mark.parametrize("text", ["ไม่มีเรื่องร้องเรียน", "ร้อยละ ๙๐", "ประชาชนพึงพอใจ", "ได้มาตรฐานสากล"])
def test_a_short_outcome_that_tells_a_fact_is_enough(text: str):
    assert not says_nothing(text)


def test_a_missing_outcome_costs_the_score_but_not_halfway_through_the_year():
    assert found(with_update(clean_year(), 3, outcome=None)) == [("outcome_missing", "error", None)]
    half = update(1, round_no=RoundNo.SIX, status=Status.IN_PROGRESS, outcome=None, summary="จัดอบรม ๒๕ คน")
    assert found(year_of(entry(measure(1, "มาตรการหนึ่ง"), half)), round_no=RoundNo.SIX) == []


def test_a_measure_without_update_costs_the_score():
    year = clean_year()
    silent = replace(year.measures[1], updates={})
    year = replace(year, measures=(year.measures[0], silent, *year.measures[2:]))
    (finding,) = checked(year).findings
    assert (finding.code, finding.severity, finding.measure_no) == ("measure_not_reported", Severity.ERROR, 2)
    assert finding.why
    assert finding.action


def test_an_update_that_waits_for_review_is_a_finding_with_a_remedy():
    findings = checked(with_update(clean_year(), 1, review=Review.PENDING)).findings
    assert {finding.code for finding in findings} == {"update_pending", "measure_not_reported"}
    assert all(finding.action for finding in findings)


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.CANCELLED])
def test_a_planned_measure_that_was_not_carried_out_disagrees_with_the_plan(status: Status):
    year = with_update(clean_year(), 4, status=status, summary=None, outcome=None, obstacles="รอแนวปฏิบัติจากจังหวัด")
    assert found(year) == [("plan_not_followed", "error", None)]


def test_a_measure_whose_time_is_still_to_come_may_wait_in_the_first_round():
    later = measure(1, "มาตรการหนึ่ง", period_start=date(2024, 4, 1), period_end=date(2024, 9, 30))
    waits = update(
        1, round_no=RoundNo.SIX, status=Status.NOT_STARTED, summary=None, outcome=None, obstacles="รองบประมาณจากจังหวัด"
    )
    assert found(year_of(entry(later, waits)), round_no=RoundNo.SIX) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"steps": None}, "steps"), ({"responsible": None}, "responsible"), ({"period_text": None}, "period_text")],
)
def test_a_plan_without_a_required_element_costs_the_score(fields: dict[str, None], field: str):
    (finding,) = checked(with_measure(clean_year(), 1, **fields)).findings
    assert (finding.code, finding.severity, finding.field) == ("plan_element_missing", Severity.ERROR, field)


def test_a_plan_with_monitoring_needs_no_period():
    assert found(with_measure(clean_year(), 1, period_text=None, monitoring="รายงานผลรอบ ๖ เดือน และ ๑๒ เดือน")) == []


def test_a_period_of_another_year_is_found():
    year = with_measure(
        clean_year(),
        2,
        period_text="ตุลาคม ๒๕๖๔ – กันยายน ๒๕๖๕",
        period_start=date(2021, 10, 1),
        period_end=date(2022, 9, 30),
    )
    assert found(year) == [("period_outside_year", "error", "ตุลาคม ๒๕๖๔ – กันยายน ๒๕๖๕")]


def test_the_same_answer_under_two_measures_is_found_and_named():
    year = clean_year()
    summary = year.measures[0].updates[RoundNo.TWELVE][0].outcome
    (finding,) = checked(with_update(year, 3, outcome=summary)).findings
    assert (finding.code, finding.measure_no) == ("same_text", 3)
    assert "ลำดับที่ ๑" in finding.message


def test_an_outcome_that_repeats_the_summary_is_found():
    year = clean_year()
    summary = year.measures[1].updates[RoundNo.TWELVE][0].summary
    assert [code for code, *_ in found(with_update(year, 2, outcome=summary))] == ["outcome_repeats_summary"]


def test_a_measure_that_stands_twice_in_the_plan_is_found():
    year = clean_year()
    assert [code for code, *_ in found(with_measure(year, 4, title=year.measures[0].measure.title))] == [
        "measure_twice"
    ]


def test_a_foreign_link_sent_as_evidence_is_found():
    evidence = (link("https://www.nongbualai.go.th/news/1"),)
    assert found(with_update(clean_year(), 2, evidence=evidence)) == [
        ("foreign_link", "error", "https://www.nongbualai.go.th/news/1")
    ]


def test_without_a_website_of_its_own_no_address_is_judged_foreign():
    year = with_update(clean_year(), 2, summary="เผยแพร่ที่ www.nongbualai.go.th ๒๕ ครั้ง")
    assert found(replace(year, agency=replace(year.agency, website=None))) == []


def test_items_are_data_by_year_and_unknown_years_have_no_number():
    assert items_of(FiscalYear(2568)).report.startswith("ITA ปี ๒๕๖๙ ข้อ O26 ")
    assert items_of(FiscalYear(2568)).plan.startswith("ITA ปี ๒๕๖๘ ข้อ O27 ")
    assert items_of(FiscalYear(2565)).report.startswith("ITA ปี ๒๕๖๕ ข้อ O43 ")
    assert items_of(FiscalYear(2590)).report.startswith("OIT ข้อรายงาน")
    other = '[[year]]\nita_year = 2590\nreport = "O9"\ncovers = "same"\n[elements]\nplan = []\nreport = [["output"]]\n'
    assert items_of(FiscalYear(2590), other).report.startswith("ITA ปี ๒๕๙๐ ข้อ O9 ")
    assert items_of(FiscalYear(2590), other).report_elements == (("output",),)


def test_folded_text_leads_back_to_the_words_as_they_stand():
    folded = fold("จัดทํา เเผน ค\u0e49\u0e33")
    assert folded.text == "จัดทำแผนค้ำ"
    assert folded.words(folded.text.index("แผน"), folded.text.index("แผน") + 3) == "เเผน"


@pytest.mark.parametrize(
    ("left", "right", "slips"), [("ป่าวาว", "ป่าขาว", 1), ("ก", "", 1), ("กขค", "กค", 1), ("กข", "ขก", 2)]
)
def test_distance_counts_letters_changed_added_or_left_out(left: str, right: str, slips: int):
    assert distance(left, right, 5) == slips


@pytest.mark.parametrize(
    ("digits", "right"), [("1234567890121", True), ("1234567890122", False), ("123456789012", False)]
)
def test_identity_numbers_are_known_by_their_check_digit(digits: str, right: bool):
    assert is_citizen_id(digits) is right


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="กขคงทรายองงาม์ัุิ่ำเแ ๐๑๒๓456789.-/()[]{}@:\n\u200b\x00😀www.go.th พ.ศ.อบตปีงบประมาณ", max_size=300))
def test_whatever_somebody_wrote_is_checked_and_every_finding_is_complete(text: str):
    for finding in checked(with_update(clean_year(), 2, summary=text)).findings:
        assert finding.why
        assert finding.action
        assert finding.message


def test_an_address_that_did_not_open_is_found_only_when_somebody_tried_it():
    manual = "https://www.saithongngam.example/ita2565/manual.pdf"
    for state, severity in ((LinkState.GONE, "error"), (LinkState.CLOSED, "error"), (LinkState.AWAY, "warning")):
        assert found(clean_year(), links={manual: state}) == [("dead_link", severity, manual)]
    for state in (LinkState.OPENS, LinkState.REFUSED):
        assert found(clean_year(), links={manual: state}) == []


@pytest.mark.parametrize("field", ["table_title", "table_footer", "memo", "preface"])
def test_what_the_agency_wrote_for_its_documents_is_checked_too(field: str):
    right = "องค์การบริหารส่วนตำบลทรายทองงาม ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ ประชุมเมื่อ ๓ พฤษภาคม ๒๕๖๕"
    assert found(clean_year(), own_words=((field, right),)) == []
    wrong = "องค์การบริหารส่วนตำบลทรายทองวาม ประจำปีงบประมาณ พ.ศ. ๒๕๖๔"
    (first, second) = checked(clean_year(), own_words=((field, wrong),)).findings
    assert {first.code, second.code} == {"agency_name_misspelt", "wrong_fiscal_year"}
    assert {first.field, second.field} == {field}
    assert first.measure_no is None


def test_photos_are_pointed_out_measure_by_measure():
    result = checked(clean_year())
    assert dict(result.photos) == {1: 1, 2: 1, 3: 1, 4: 1}
    assert "ลำดับที่ ๓ (๑ ภาพ)" in result.look_at[0]
