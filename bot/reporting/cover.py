"""The cover's words: what the report is, of which year and round, by which agency."""

from __future__ import annotations

from datetime import date

from bot.domain.agencies import Agency
from bot.domain.calendar import thai_date
from bot.domain.rounds import RoundNo, default_round
from bot.domain.years import AgencyYear
from bot.reporting.model import Cover
from bot.reporting.words import Words

TITLE = ("รายงานผลการดำเนินการ", "เพื่อส่งเสริมคุณธรรมและความโปร่งใส", "ภายในหน่วยงาน")
DRAFT_LINE = "ฉบับร่าง – ยังมีรายการรอตรวจ ไม่ใช่ฉบับเผยแพร่"


def build_cover(year: AgencyYear, round_no: RoundNo, *, draft: bool, compiled_on: date, words: Words) -> Cover:
    """The cover of a year's round."""
    first, last = default_round(year.agency.id, year.fiscal_year, round_no).covers()
    return Cover(
        title=TITLE,
        year=words(f"ประจำปีงบประมาณ พ.ศ. {year.fiscal_year}"),
        round=words(f"รอบ {round_no.value} เดือน"),
        covers=words(f"({thai_date(first)} – {thai_date(last)})"),
        agency=words(year.agency.name),
        place=words(place_line(year.agency)),
        as_of=words(f"ข้อมูล ณ วันที่ {thai_date(compiled_on)}"),
        draft=DRAFT_LINE if draft else "",
    )


def document_title(year: AgencyYear, round_no: RoundNo, words: Words) -> str:
    """The report's title in one line, as the file's properties give it."""
    return words(
        f"{''.join(TITLE)} ประจำปีงบประมาณ พ.ศ. {year.fiscal_year} รอบ {round_no.value} เดือน {year.agency.name}"
    )


def running_line(year: AgencyYear, round_no: RoundNo, words: Words) -> str:
    """The short line at the foot of every page."""
    return words(f"{year.agency.name} · ปีงบประมาณ พ.ศ. {year.fiscal_year} รอบ {round_no.value} เดือน")


def place_line(agency: Agency) -> str:
    """Where the agency is: ตำบล… อำเภอ… จังหวัด…, each only when known and not named twice."""
    named = (
        ("ตำบล", ("ตำบล", "แขวง"), agency.subdistrict),
        ("อำเภอ", ("อำเภอ", "เขต"), agency.district),
        ("จังหวัด", ("จังหวัด", "กรุงเทพ"), agency.province),
    )
    return " ".join(name if name.startswith(already) else prefix + name for prefix, already, name in named if name)
