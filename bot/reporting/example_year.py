"""A small invented year, for looks at a template before an agency has a plan; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.agencies import Agency
from bot.domain.calendar import BANGKOK, FiscalYear, fiscal_year_range
from bot.domain.people import PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, Review, Stage, Status, Update, UpdateId
from bot.domain.years import AgencyYear, MeasureYear

_OFFICER = PersonId("example")
_TITLES = ("๑. จัดทำคู่มือการให้บริการประชาชน", "๒. เผยแพร่ข้อมูลการจัดซื้อจัดจ้าง", "๓. อบรมเจ้าหน้าที่เรื่องประโยชน์ทับซ้อน")


def example_year(agency: Agency, fiscal_year: FiscalYear) -> AgencyYear:
    """Three reported measures of an agency."""
    measures = tuple(_entry(agency, fiscal_year, no, title) for no, title in enumerate(_TITLES, start=1))
    return AgencyYear(agency=agency, fiscal_year=fiscal_year, measures=measures)


def _entry(agency: Agency, fiscal_year: FiscalYear, no: int, title: str) -> MeasureYear:
    first, last = fiscal_year_range(fiscal_year)
    measure = Measure(
        id=MeasureId(f"example-{no}"),
        agency_id=agency.id,
        fiscal_year=fiscal_year,
        no=no,
        title=title,
        section="มาตรการการปฏิบัติงานที่โปร่งใส" if no > 1 else "มาตรการส่งเสริมคุณธรรม",
        indicator="การปฏิบัติหน้าที่",
        approach="ปรับปรุงให้เป็นปัจจุบัน",
        steps="๑. แต่งตั้งคณะทำงาน\n๒. ดำเนินการและเผยแพร่\n๓. สรุปผลเสนอผู้บริหาร",
        responsible="สำนักปลัด",
        monitoring="รายงานผลรอบ ๖ และ ๑๒ เดือน",
        period_text="ตลอดปีงบประมาณ",
        period_start=first,
        period_end=last,
    )
    at = datetime(last.year, last.month, last.day, 9, tzinfo=BANGKOK) - timedelta(days=10)
    update = Update(
        id=UpdateId(f"example-{no}"),
        measure_id=measure.id,
        round_no=RoundNo.TWELVE,
        person_id=_OFFICER,
        stage=Stage.SUBMITTED,
        status=Status.DONE,
        summary="(ตัวอย่าง) จัดทำและเผยแพร่แล้ว ๑๒ เรื่อง เมื่อวันที่ ๑๕ มกราคม",
        output="(ตัวอย่าง) คู่มือ ๑๒ เล่ม",
        outcome="(ตัวอย่าง) ประชาชนทราบขั้นตอนและระยะเวลา",
        obstacles="(ตัวอย่าง) บุคลากรไม่เพียงพอ" if no == 1 else None,
        started_at=at,
        submitted_at=at,
        review=Review.ACCEPTED,
        evidence=(_link(no),),
    )
    return MeasureYear(measure=measure, updates={RoundNo.TWELVE: (update,)}, authors={_OFFICER: "ผู้รายงานตัวอย่าง"})


def _link(no: int) -> Evidence:
    url = f"https://www.example.go.th/{no}"
    return Evidence(id=EvidenceId(f"example-{no}"), kind=EvidenceKind.LINK, url=url, caption="(ตัวอย่าง) หน้าเว็บที่เผยแพร่")
