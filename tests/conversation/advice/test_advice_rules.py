"""What each rule says, and what it keeps quiet about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.advice import (
    days,
    letters,
    other_agency,
    period,
    pieces,
    repeats,
    same_elsewhere,
    substance,
)
from bot.conversation.advice.matter import Matter, Other
from bot.conversation.advice.rules import RULES
from bot.domain.rounds import RoundNo
from bot.domain.updates import EvidenceKind, MediaState, Status
from tests import builders

pytestmark = pytest.mark.pure

GOOD = {
    "status": Status.DONE,
    "summary": "จัดอบรมจริยธรรมเมื่อ ๑๕ ก.พ. ๒๕๖๗ มีผู้เข้าร่วม ๓๕ คน",
    "outcome": "ประชาชนได้รับบริการตามเวลาที่กำหนด ไม่มีเรื่องร้องเรียน",
}


def matter(**changes: Any) -> Matter:
    others = changes.pop("others", ())
    agencies = changes.pop("agencies", ())
    measure = builders.measure(**changes.pop("measure", {}))
    round_no = changes.pop("round_no", RoundNo.TWELVE)
    agency = replace(builders.AGENCY, website="https://www.nongdee.example.go.th", subdistrict="หนองดี")
    update = builders.update("d-1", **{**GOOD, **changes})
    draft = builders.draft(update, measure=measure, agency=agency, round=builders.round_(round_no))
    return Matter(draft=draft, today=builders.day("2024-03-20"), others=others, agencies=agencies)


def codes(rule: Any, about: Matter) -> list[tuple[str, str, str]]:
    return [(advice.code, advice.question, advice.words) for advice in rule.find(about)]


def test_a_good_update_gets_no_advice_at_all() -> None:
    assert [advice for rule in RULES for advice in rule(matter())] == []


def test_an_outcome_that_says_the_summary_again_is_pointed_out() -> None:
    again = GOOD["summary"] + " ครับ"
    assert codes(repeats, matter(outcome=again)) == [("outcome_repeats_summary", "outcome", again)]


def test_an_answer_that_says_the_plan_again_is_pointed_out() -> None:
    plan = {"steps": "๑. จัดทำคู่มือการให้บริการ\n๒. เผยแพร่ทางเว็บไซต์"}
    said = "จัดทำคู่มือการให้บริการ"
    assert codes(repeats, matter(summary=said, measure=plan)) == [("repeats_plan", "summary", said)]
    assert codes(repeats, matter(measure=plan)) == []
    assert codes(repeats, matter(summary="จัดทำ", measure=plan)) == []


def test_done_without_number_or_beneficiary_is_asked_for_them() -> None:
    bare = matter(summary="จัดทำคู่มือแล้ว", outcome="ดีขึ้นมาก")
    assert codes(substance, bare) == [
        ("no_number", "summary", "จัดทำคู่มือแล้ว"),
        ("no_beneficiary", "outcome", "ดีขึ้นมาก"),
    ]
    assert codes(substance, matter(summary="จัดทำคู่มือแล้ว", outcome="ดี", status=Status.IN_PROGRESS)) == []


def test_the_very_text_of_another_measure_is_named_with_its_number() -> None:
    other = Other(no=4, update=builders.update("u-4", summary=GOOD["outcome"].replace(" ", "  ")))
    found = list(same_elsewhere.find(matter(others=(other,))))
    assert [(each.code, each.question, each.other) for each in found] == [("same_text", "outcome", 4)]
    short = Other(no=4, update=builders.update("u-4", summary="ดี"))
    assert codes(same_elsewhere, matter(outcome="ดี", others=(short,))) == []


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("อบรมเมื่อ ๑๕ กุมภาพันธ์ ๒๕๖๕ ที่ศาลา", "day_outside", "๑๕ กุมภาพันธ์ ๒๕๖๕"),
        ("อบรมเมื่อ 1 ต.ค. 67", "day_outside", "1 ต.ค. 67"),
        ("อบรมวันที่ 15/02/2566 แล้ว", "day_outside", "15/02/2566"),
        ("แผนปีงบประมาณ พ.ศ. ๒๕๖๖", "year_outside", "ปีงบประมาณ พ.ศ. ๒๕๖๖"),
    ],
)
def test_days_and_years_outside_the_fiscal_year_are_quoted(text: str, code: str, words: str) -> None:
    assert codes(days, matter(summary=text)) == [(code, "summary", words)]


@pytest.mark.parametrize(
    "text", ["๑ ต.ค. ๒๕๖๖", "30 กันยายน 2567", "15/02/2567", "โทร 0-2123-4567", "ปีงบประมาณ ๒๕๖๗", "32 ม.ค. 2560"]
)
def test_days_of_the_year_and_other_numbers_are_not(text: str) -> None:
    assert codes(days, matter(summary=text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ประกาศของ อบต.บ้านไผ่ เรื่องการให้บริการ", "อบต.บ้านไผ่"),
        ("องค์การบริหารส่วนตำบลท่าทราย", "องค์การบริหารส่วนตำบลท่าทราย"),
    ],
)
def test_another_agencys_name_is_quoted(text: str, words: str) -> None:
    assert codes(other_agency, matter(summary=text)) == [("other_agency", "summary", words)]


def test_an_agency_that_the_person_works_for_too_is_known_by_its_name() -> None:
    text = "เทศบาลตำบลบ้านใหม่ได้จัดอบรมให้แก่ประชาชนจำนวนมาก"
    found = codes(other_agency, matter(summary=text, agencies=(builders.SECOND_AGENCY,)))
    assert found == [("other_agency", "summary", "เทศบาลตำบลบ้านใหม่")]


@pytest.mark.parametrize(
    "text",
    ["อบต.หนองดี จัดอบรม", "อบต. ได้จัดอบรม", "อบต.หนองดีจัดอบรมให้ประชาชน", "องค์การบริหารส่วนตำบลทุกแห่ง", "เทศบาลตำบลข้างเคียง"],
)
def test_our_own_name_and_words_that_are_no_name_are_not(text: str) -> None:
    assert codes(other_agency, matter(summary=text)) == []


def test_addresses_of_other_agencies_are_quoted_and_shared_ones_are_not() -> None:
    text = "ดู https://www.banmai.example.go.th/a และ www.nongdee.example.go.th และ https://itas.nacc.go.th"
    assert codes(other_agency, matter(summary=text)) == [
        ("other_site", "summary", "https://www.banmai.example.go.th/a")
    ]
    link = builders.evidence(kind=EvidenceKind.LINK, url="https://banmai.example.go.th")
    assert codes(other_agency, matter(evidence=(link,))) == [("other_site", "evidence", link.url)]


def test_done_before_the_period_is_over_offers_the_other_status() -> None:
    (advice,) = period.find(matter(measure={"period_end": date(2024, 9, 30)}, round_no=RoundNo.SIX))
    assert (advice.code, advice.status, advice.other) == ("done_early", Status.IN_PROGRESS, date(2024, 9, 30))
    assert codes(period, matter(measure={"period_end": date(2024, 9, 30)})) == []  # the round reports on all of it


def test_late_without_a_reason_is_asked_for_one() -> None:
    late = {"status": Status.IN_PROGRESS, "measure": {"period_end": date(2024, 2, 29)}}
    assert codes(period, matter(**late)) == [("late", "obstacles", Status.IN_PROGRESS.thai)]
    assert codes(period, matter(**late, obstacles="ฝนตกหนัก")) == []


def test_what_had_not_begun_by_the_last_round_and_begins_late_is_asked_for_the_reason() -> None:
    before = builders.submitted("u-six", status=Status.NOT_STARTED, obstacles="รองบประมาณ", round_no=RoundNo.SIX)
    begun = matter(measure={"period_start": date(2023, 10, 1), "period_end": date(2024, 9, 30)})
    begun = replace(begun, draft=replace(begun.draft, previous=before))
    assert [(each.code, each.question, each.words, each.other) for each in period.begun_late(begun)] == [
        ("begun_late", "obstacles", Status.NOT_STARTED.thai, date(2023, 10, 1))
    ]
    told = replace(begun, draft=replace(begun.draft, update=replace(begun.update, obstacles="รองบประมาณ")))
    planned_later = replace(begun.draft.measure, period_start=date(2024, 4, 1))
    in_time = replace(begun, draft=replace(begun.draft, measure=planned_later))
    still_not = replace(begun, draft=replace(begun.draft, update=replace(begun.update, status=Status.NOT_STARTED)))
    assert [advice for quiet in (told, in_time, still_not) for advice in period.begun_late(quiet)] == []


def test_done_on_days_after_the_period_alone_is_asked_for_the_reason() -> None:
    first, last = date(2023, 10, 1), date(2023, 12, 31)
    late = matter(measure={"period_start": first, "period_end": last})
    (advice,) = period.begun_late(late)
    assert (advice.code, advice.question, advice.words, advice.other) == (
        "day_late",
        "obstacles",
        "๑๕ ก.พ. ๒๕๖๗",
        last,
    )
    partly = matter(summary="เริ่ม ๑ ธ.ค. ๒๕๖๖ จบ ๑๕ ก.พ. ๒๕๖๗", measure={"period_end": last})
    told = matter(obstacles="วิทยากรป่วย", measure={"period_end": last})
    next_year = matter(summary="จบ ๑๕ ก.พ. ๒๕๖๙", measure={"period_end": last})  # told as outside the year
    assert [advice for quiet in (partly, told, next_year) for advice in period.begun_late(quiet)] == []


def test_the_same_photo_twice_or_used_elsewhere_or_lost_is_named_by_its_number() -> None:
    photo = builders.evidence("e-1", sha256="a" * 64)
    shown = (
        photo,
        builders.evidence("e-2", sha256="b" * 64),
        replace(photo, id="e-3"),
        builders.evidence("e-4", media=MediaState.GONE),
    )
    other = Other(no=2, update=builders.update("u-2", evidence=(builders.evidence("e-9", sha256="b" * 64),)))
    found = [(each.code, each.words, each.other) for each in pieces.find(matter(evidence=shown, others=(other,)))]
    assert found == [("piece_elsewhere", "2", 2), ("same_piece", "1", 3), ("lost_piece", "4", None)]


def test_broken_letters_are_quoted_by_their_line() -> None:
    assert codes(letters, matter(obstacles="ไม่มี\nงบประมาณ จ ากัด")) == [
        ("broken_letters", "obstacles", "งบประมาณ จ ากัด")
    ]


ANY = st.one_of(st.none(), st.text(max_size=300))


@given(summary=ANY, outcome=ANY, obstacles=ANY, status=st.one_of(st.none(), st.sampled_from(list(Status))))
def test_any_text_may_be_advised_on_and_the_words_are_always_its_own(
    summary: str | None, outcome: str | None, obstacles: str | None, status: Status | None
) -> None:
    about = matter(summary=summary, outcome=outcome, obstacles=obstacles, status=status)
    for rule in RULES:
        for advice in rule(about):
            text = getattr(about.update, advice.question) or ""
            of_status = {"done_early", "late", "begun_late"}
            assert advice.words in text or advice.code in of_status or advice.words in (summary or "")
