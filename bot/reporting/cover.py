"""The cover's words: what the report is, of which year and round, by which agency."""

from __future__ import annotations

from datetime import date

from bot.domain.agencies import Agency
from bot.domain.calendar import fiscal_year_range, thai_date
from bot.domain.rounds import RoundNo, default_round
from bot.domain.years import AgencyYear
from bot.reporting.kinds import WORDS, Kind
from bot.reporting.model import Cover
from bot.reporting.words import Words

DRAFT_LINE = "ฉบับร่าง – ยังมีรายการรอตรวจ ไม่ใช่ฉบับเผยแพร่"


def build_cover(
    year: AgencyYear, round_no: RoundNo, kind: Kind, *, draft: bool, compiled_on: date, words: Words
) -> Cover:
    """The cover of a year's document."""
    first, last = fiscal_year_range(year.fiscal_year)
    if WORDS[kind].of_round:
        first, last = default_round(year.agency.id, year.fiscal_year, round_no).covers()
    return Cover(
        title=WORDS[kind].title,
        year=words(f"ประจำปีงบประมาณ พ.ศ. {year.fiscal_year}"),
        round=words(round_words(round_no, kind)),
        covers=words(f"({thai_date(first)} – {thai_date(last)})"),
        agency=words(year.agency.name),
        place=words(place_line(year.agency)),
        as_of=words(f"ข้อมูล ณ วันที่ {thai_date(compiled_on)}"),
        draft=DRAFT_LINE if draft else "",
        first_day=words(thai_date(first)),
        last_day=words(thai_date(last)),
    )


def round_words(round_no: RoundNo, kind: Kind) -> str:
    """The round as the cover names it; "" for a document of the whole plan."""
    return f"รอบ {round_no.value} เดือน" if WORDS[kind].of_round else ""


def document_title(year: AgencyYear, round_no: RoundNo, kind: Kind, words: Words) -> str:
    """The document's title in one line, as the file's properties give it."""
    parts = (
        "".join(WORDS[kind].title),
        f"ประจำปีงบประมาณ พ.ศ. {year.fiscal_year}",
        round_words(round_no, kind),
        year.agency.name,
    )
    return words(" ".join(part for part in parts if part))


def running_line(year: AgencyYear, round_no: RoundNo, kind: Kind, words: Words) -> str:
    """The short line at the foot of every page."""
    return words(f"{year.agency.name} · ปีงบประมาณ พ.ศ. {year.fiscal_year} {round_words(round_no, kind)}")


def place_line(agency: Agency) -> str:
    """Where the agency is: ตำบล… อำเภอ… จังหวัด…, each only when known and not named twice."""
    named = (
        ("ตำบล", ("ตำบล", "แขวง"), agency.subdistrict),
        ("อำเภอ", ("อำเภอ", "เขต"), agency.district),
        ("จังหวัด", ("จังหวัด", "กรุงเทพ"), agency.province),
    )
    return " ".join(name if name.startswith(already) else prefix + name for prefix, already, name in named if name)
