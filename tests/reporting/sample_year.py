"""An invented agency's year for tests of reports; only what a test tells about is spelled out there."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

from PIL import Image, ImageDraw

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import (
    Evidence,
    EvidenceId,
    EvidenceKind,
    MediaState,
    Review,
    Stage,
    Status,
    Update,
    UpdateId,
)
from bot.domain.years import AgencyYear, MeasureYear, Officer

NOW = datetime(2024, 9, 28, 2, 15, tzinfo=UTC)
AGENCY = Agency(
    id=AgencyId("sai-thong"),
    name="องค์การบริหารส่วนตำบลทรายทองงาม",
    kind="อบต.",
    subdistrict="ทรายทองงาม",
    district="เมืองน้ำใส",
    province="จังหวัดศรีนครา",
    website="https://www.saithongngam.example",
)
MALEE = Officer(person_id=PersonId("p1"), name="นางมาลี ใจเย็น")
SOMSAK = Officer(person_id=PersonId("p2"), name="นายสมศักดิ์ ตั้งมั่น")

LONG_SUMMARY = (
    "๑. จัดทำคู่มือมาตรฐานการให้บริการประชาชน จำนวน 12 งาน ระบุขั้นตอน ระยะเวลา และผู้รับผิดชอบ\n"
    "๒. ประชุมชี้แจงเจ้าหน้าที่ผู้ปฏิบัติงาน เมื่อวันที่ 15 มกราคม 2567 มีผู้เข้าร่วม 38 คน\n"
    "๓. เผยแพร่คู่มือทางเว็บไซต์ https://www.saithongngam.example/ita2567/O8/manual_2567.pdf และปิดประกาศ ณ ที่ทำการ"
)
OUTCOME = "ประชาชนได้รับบริการที่รวดเร็ว โปร่งใส ตรวจสอบได้ ความพึงพอใจร้อยละ 93.88 เรื่องร้องเรียนลดลงจาก 7 เรื่องเหลือ 2 เรื่อง"


def measure(no: int, title: str, **fields: object) -> Measure:
    """A measure of the sample agency in fiscal year 2567."""
    known: dict[str, object] = {
        "steps": "๑. แต่งตั้งคณะทำงานและมอบหมายหน้าที่เป็นลายลักษณ์อักษร\n๒. จัดทำคู่มือและแนวปฏิบัติ\n"
        "๓. กำกับ ติดตาม และรายงานผู้บริหารทุกไตรมาส",
        "responsible": "สำนักปลัด/กองคลัง",
        "period_text": "ตุลาคม 2566 – กันยายน 2567",
        "period_start": date(2023, 10, 1),
        "period_end": date(2024, 9, 30),
    }
    known.update(fields)
    return Measure(
        id=MeasureId(f"m{no}"), agency_id=AGENCY.id, fiscal_year=FiscalYear(2567), no=no, title=title, **known
    )  # type: ignore[arg-type]


def update(no: int, officer: Officer = MALEE, **fields: object) -> Update:
    """An accepted 12-month update, done unless told otherwise."""
    known: dict[str, object] = {
        "status": Status.DONE,
        "summary": LONG_SUMMARY,
        "outcome": OUTCOME,
        "review": Review.ACCEPTED,
        "submitted_at": datetime(2024, 9, 12, 3, 3, tzinfo=UTC),
        "round_no": RoundNo.TWELVE,
    }
    known.update(fields)
    return Update(
        id=UpdateId(f"u{no}-{officer.person_id}"),
        measure_id=MeasureId(f"m{no}"),
        person_id=officer.person_id,
        stage=Stage.SUBMITTED,
        **known,
    )  # type: ignore[arg-type]


def entry(plan: Measure, *updates: Update, officers: tuple[Officer, ...] = (MALEE,)) -> MeasureYear:
    """A measure with its reporters and their updates."""
    rounds = {no: tuple(u for u in updates if u.round_no is no) for no in RoundNo}
    names = {officer.person_id: officer.name for officer in (MALEE, SOMSAK)}
    return MeasureYear(measure=plan, officers=officers, updates=rounds, authors=names)


def year_of(*entries: MeasureYear) -> AgencyYear:
    """The sample agency's fiscal year 2567."""
    return AgencyYear(agency=AGENCY, fiscal_year=FiscalYear(2567), measures=entries)


def one_measure(**fields: object) -> AgencyYear:
    """A year with a single measure whose accepted update has the given fields."""
    return year_of(entry(measure(1, "๑. มาตรการทดสอบ"), update(1, **fields)))


def photo(key: str, caption: str | None = None, **fields: object) -> Evidence:
    """A stored photo."""
    return Evidence(
        id=EvidenceId(key),
        kind=EvidenceKind.IMAGE,
        caption=caption,
        media=MediaState.STORED,
        stored_as=key,
        sha256="a" * 64,
        mime="image/jpeg",
        **fields,
    )  # type: ignore[arg-type]


def link(url: str, caption: str | None = None) -> Evidence:
    """A link."""
    return Evidence(id=EvidenceId(url), kind=EvidenceKind.LINK, url=url, caption=caption)


def stored_file(key: str, name: str, caption: str | None = None) -> Evidence:
    """A stored file."""
    return Evidence(
        id=EvidenceId(key),
        kind=EvidenceKind.FILE,
        name=name,
        caption=caption,
        media=MediaState.STORED,
        stored_as=key,
        sha256="b" * 64,
    )


def place(name: str, uri: str) -> Evidence:
    """A place that was sent."""
    return Evidence(id=EvidenceId(uri), kind=EvidenceKind.LOCATION, name=name, url=uri)


def jpeg(key: str, *, size: tuple[int, int] = (1200, 800), orientation: int | None = None) -> bytes:
    """A drawn photo, its colour depending on the key."""
    shade = sum(key.encode()) % 120
    image = Image.new("RGB", size, (90 + shade, 150, 220 - shade))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, size[1] * 2 // 3, size[0], size[1]), fill=(70, 120 + shade, 70))
    draw.ellipse((size[0] // 8, size[1] // 8, size[0] // 4, size[1] // 3), fill=(250, 220, 90))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    exif[0x010E] = "private words"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def full_year() -> AgencyYear:
    """A year that holds every kind of row, answer and evidence."""
    section_one = "มาตรการส่งเสริมคุณธรรมและจริยธรรมของบุคลากร"
    section_two = "มาตรการการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ"
    return year_of(
        entry(
            measure(1, "๑. มาตรการปรับปรุงกระบวนการให้บริการประชาชนให้มีขั้นตอนและระยะเวลาที่ชัดเจน", section=section_one),
            update(
                1,
                evidence=(
                    photo("k1", "ประชุมชี้แจงคู่มือการให้บริการ วันที่ 15 มกราคม 2567"),
                    photo("k2", "ปิดประกาศขั้นตอนการให้บริการ ณ จุดบริการ"),
                    photo("k3"),
                    stored_file("k4", "คำสั่งแต่งตั้งคณะทำงาน 125-2567.pdf", "คำสั่งที่ 125/2567"),
                    link("https://www.saithongngam.example/ita2567/O8/manual_2567.pdf", "คู่มือการให้บริการ"),
                ),
                obstacles="เจ้าหน้าที่โอนย้าย 2 คน ทำให้ต้องชี้แจงซ้ำ ควรจัดทำสื่ออธิบายขั้นตอนไว้ล่วงหน้า",
            ),
        ),
        entry(
            measure(2, "๒. มาตรการป้องกันการขัดกันระหว่างผลประโยชน์ส่วนตนกับประโยชน์ส่วนรวม", section=section_one),
            update(2, summary="สำนักปลัดจัดอบรม 1 ครั้ง ผู้เข้าร่วม 25 คน", outcome="บุคลากรเข้าใจหลักเกณฑ์การรับของขวัญ"),
            update(2, SOMSAK, status=Status.IN_PROGRESS, summary="กองคลังอยู่ระหว่างจัดทำแนวปฏิบัติ", outcome=None,
                   evidence=(place("ศาลาประชาคมหมู่ที่ 4", "geo:15.1234,102.5678"), photo("k5", "ภาพการอบรม"))),
            officers=(MALEE, SOMSAK),
        ),
        entry(
            measure(3, "๓. มาตรการประกาศเจตนารมณ์ No Gift Policy", section=section_two, period_text="ไตรมาส ๒"),
            update(3, status=Status.NOT_STARTED, summary=None, outcome=None,
                   obstacles="รอประกาศแนวปฏิบัติจากจังหวัด", expected_on=date(2024, 11, 1)),
        ),
        entry(
            measure(4, "๔. มาตรการจัดซื้อจัดจ้างด้วยระบบอิเล็กทรอนิกส์ e-GP", section=section_two),
            update(4, status=Status.CANCELLED, summary=None, outcome=None, obstacles="ยุบรวมกับมาตรการที่ ๑"),
        ),
        entry(measure(5, "๕. มาตรการเปิดช่องทางรับเรื่องร้องเรียนการทุจริต", section=section_two)),
        entry(
            measure(6, "๖. มาตรการกำกับการใช้ทรัพย์สินของทางราชการ", section=section_two),
            update(6, review=Review.PENDING, summary="จัดทำทะเบียนคุมการยืมทรัพย์สิน 45 รายการ"),
        ),
    )  # fmt: skip
