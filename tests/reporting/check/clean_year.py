"""An invented year in which nothing is wrong, though much is there that only looks so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.agencies import Agency, AgencyId
from bot.domain.rounds import RoundNo
from bot.domain.years import AgencyYear, MeasureYear
from bot.reporting.build import build_report
from bot.reporting.check.run import Checked, check_report
from bot.reporting.check.subject import Subject
from tests.reporting.sample_year import NOW, entry, link, measure, photo, stored_file, update, year_of

NEIGHBOUR = Agency(id=AgencyId("ban-mai"), name="เทศบาลตำบลบ้านใหม่พัฒนา", kind="เทศบาลตำบล")

_DONE = (
    (
        "๑. องค์การบริหารส่วนตำบลทรายทองงามจัดทำคู่มือการให้บริการ ๑๒ งาน เมื่อวันที่ ๑๘ ธันวาคม ๒๕๖๖\n"
        "๒. เผยแพร่ที่ https://www.saithongngam.example/ita2565/manual.pdf และเพจ https://www.facebook.com/saithong",
        "ประชาชน ๑๓๕ คนใช้คู่มือ ความพึงพอใจร้อยละ ๙๓.๘๘ เพิ่มขึ้นจากปีงบประมาณ พ.ศ. ๒๕๖๖",
    ),
    (
        "อบต.ทรายทองงาม จัดอบรมตามมาตรฐานทางจริยธรรม พ.ศ. ๒๕๖๒ และพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐ "
        "ผู้เข้าร่วม ๒๕ คน งบประมาณ ๑๒,๕๐๐ บาท สอบถาม โทร. 0 4412 3456",
        "บุคลากรผ่านแบบทดสอบหลังอบรมทุกคน คะแนนเฉลี่ย ๘๗ คะแนน",
    ),
    (
        "องค์การบริหารส่วนตำบลได้ประกาศเจตนารมณ์ No Gift Policy เมื่อ ๑๙ เมษายน พ.ศ. ๒๕๖๗ และวันที่ ๑ ตุลาคม ๒๕๖๗ "
        "ตามมติคณะรัฐมนตรีเมื่อวันที่ ๒๓ มกราคม ๒๕๖๑",
        "ไม่มีการรับของขวัญในปีงบประมาณ พ.ศ. ๒๕๖๗ ทะเบียนรับของขวัญเป็นศูนย์",
    ),
    (
        "ประชุมชี้แจงแผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ – ๒๕๗๐) และประชุมประจำปี 150 คน เดือนมีนาคม ๑๒๐ คน ต่อเนื่องจากมาตรการที่ ๑",
        "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ ได้ ๘๙.๗๑ คะแนน ปีนี้ตั้งเป้าสูงกว่าเดิม",
    ),
)


def clean_year() -> AgencyYear:
    """Four measures, each reported on with care."""
    entries = []
    for no, (summary, outcome) in enumerate(_DONE, start=1):
        evidence = (
            photo(f"k{no}", f"กิจกรรมที่ {no} วันที่ ๑๕ มกราคม ๒๕๖๗"),
            stored_file(f"f{no}", "คำสั่ง 125-2565.pdf"),
            link("https://itas.nacc.go.th/file/1234567890121"),
        )
        titles = ("การให้บริการประชาชน", "การป้องกันผลประโยชน์ทับซ้อน", "การไม่รับของขวัญ", "การมีส่วนร่วม")
        entries.append(
            entry(
                measure(no, f"{no}. มาตรการ{titles[no - 1]}"),
                update(no, summary=summary, outcome=outcome, evidence=evidence),
            )
        )
    return year_of(*entries)


def with_update(year: AgencyYear, no: int, **fields: object) -> AgencyYear:
    """The year with the update of one measure changed."""
    return _with(year, no, update(no, **{**_texts(year, no), **fields}))


def with_measure(year: AgencyYear, no: int, **fields: object) -> AgencyYear:
    """The year with one measure of the plan changed."""
    old = year.measures[no - 1]
    changed = replace(old, measure=replace(old.measure, **fields))
    return replace(year, measures=tuple(changed if each is old else each for each in year.measures))


def checked(
    year: AgencyYear, round_no: RoundNo = RoundNo.TWELVE, others: tuple[Agency, ...] = (NEIGHBOUR,), **known: Any
) -> Checked:
    """The check of the year as the command does it."""
    report = build_report(year, round_no, compiled_at=NOW)
    return check_report(Subject(year=year, round_no=round_no, others=others, **known), report.findings)


def _texts(year: AgencyYear, no: int) -> dict[str, object]:
    (old,) = year.measures[no - 1].updates[RoundNo.TWELVE]
    return {"summary": old.summary, "outcome": old.outcome, "evidence": old.evidence}


def _with(year: AgencyYear, no: int, new: object) -> AgencyYear:
    old: MeasureYear = year.measures[no - 1]
    changed = replace(old, updates={RoundNo.TWELVE: (new,), RoundNo.SIX: ()})
    return replace(year, measures=tuple(changed if each is old else each for each in year.measures))
