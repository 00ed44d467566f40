"""Test data with only the telling field spelled out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.conversation.facts import Draft, SignCard, Task
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.people import Invite, InviteId, Person, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import Round, RoundNo, default_round
from bot.domain.sign_off import ChainStep, SignOff, SignOffId
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, Stage, Status, Update, UpdateId

NOW = datetime(2024, 9, 12, 10, 3, tzinfo=BANGKOK)
"""A Thursday in the 12-month round of fiscal year 2567."""
YEAR = FiscalYear(2567)
AGENCY = Agency(id=AgencyId("nongdee"), name="องค์การบริหารส่วนตำบลหนองดี", kind="อบต.", province="สมมติ")
SECOND_AGENCY = Agency(id=AgencyId("banmai"), name="เทศบาลตำบลบ้านใหม่", kind="เทศบาลตำบล", province="สมมติ")
PERSON = Person(id=PersonId("p-malee"), name="มาลี ใจงาม")

TITLES = (
    "มาตรการให้บริการประชาชนอย่างเท่าเทียม",
    "มาตรการใช้ทรัพย์สินของราชการ",
    "มาตรการเปิดเผยข้อมูลสาธารณะ",
    "มาตรการป้องกันการรับสินบน",
)


def measure(no: int = 1, *, agency: Agency = AGENCY, **changes: Any) -> Measure:
    """A measure of the plan, named after its number."""
    fields: dict[str, Any] = {
        "id": MeasureId(f"{agency.id}-m{no}"),
        "agency_id": agency.id,
        "fiscal_year": YEAR,
        "no": no,
        "title": TITLES[(no - 1) % len(TITLES)],
    }
    return Measure(**(fields | changes))


def round_(no: RoundNo = RoundNo.TWELVE, *, agency: Agency = AGENCY, year: FiscalYear = YEAR) -> Round:
    """A round with its default dates."""
    return default_round(agency.id, year, no)


def update(update_id: str = "u-1", *, about: Measure | None = None, **changes: Any) -> Update:
    """An update; a draft unless told otherwise."""
    fields: dict[str, Any] = {
        "id": UpdateId(update_id),
        "measure_id": (about or measure()).id,
        "round_no": RoundNo.TWELVE,
        "person_id": PERSON.id,
    }
    return Update(**(fields | changes))


def submitted(update_id: str = "u-1", *, about: Measure | None = None, **changes: Any) -> Update:
    """A submitted update that is done, with text in every answer."""
    fields: dict[str, Any] = {
        "stage": Stage.SUBMITTED,
        "status": Status.DONE,
        "summary": "จัดอบรม ๑ ครั้ง",
        "outcome": "ประชาชนพึงพอใจ",
        "submitted_at": NOW,
    }
    return update(update_id, about=about, **(fields | changes))


def draft(about: Update | None = None, **changes: Any) -> Draft:
    """A draft in the open round."""
    fields: dict[str, Any] = {"agency": AGENCY, "measure": measure(), "round": round_(), "update": about or update()}
    return Draft(**(fields | changes))


def task(no: int = 1, **changes: Any) -> Task:
    """A measure to report in the open round."""
    fields: dict[str, Any] = {"agency": AGENCY, "measure": measure(no), "round": round_()}
    return Task(**(fields | changes))


def evidence(evidence_id: str = "e-1", **changes: Any) -> Evidence:
    """A photo that is still to be fetched."""
    fields: dict[str, Any] = {
        "id": EvidenceId(evidence_id),
        "kind": EvidenceKind.IMAGE,
        "message_id": f"m-{evidence_id}",
    }
    return Evidence(**(fields | changes))


def invite(role: Role = Role.OFFICER, **changes: Any) -> Invite:
    """A living invitation to the agency."""
    fields: dict[str, Any] = {
        "id": InviteId("i-1"),
        "agency_id": AGENCY.id,
        "role": role,
        "person_id": PERSON.id,
        "name": PERSON.name,
        "fiscal_year": YEAR,
        "measure_ids": (),
        "expires_at": datetime(2024, 10, 12, tzinfo=BANGKOK),
    }
    return Invite(**(fields | changes))


def chain_step(**changes: Any) -> ChainStep:
    """A step of the chain that is signed by the person, with an opinion."""
    fields: dict[str, Any] = {
        "label": "ความเห็นของปลัด",
        "position": "ปลัดองค์การบริหารส่วนตำบลหนองดี",
        "person_id": PERSON.id,
    }
    return ChainStep(**(fields | changes))


def sign_card(
    sign_off_id: str = "s-1",
    no: RoundNo = RoundNo.TWELVE,
    *,
    step: ChainStep | None = None,
    since: datetime = NOW,
    newer: bool = False,
) -> SignCard:
    """A report that waits for the person's opinion."""
    step = step or chain_step()
    sign_off = SignOff(
        id=SignOffId(sign_off_id),
        agency_id=AGENCY.id,
        fiscal_year=YEAR,
        round_no=no,
        report_id="r-1",
        inputs_hash="a" * 64,
        title="รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        reported=3,
        total=4,
        findings=2,
        started_at=since,
        started_by=None,
        steps=(step,),
        waiting_since=since,
    )
    shown = {
        "title": sign_off.title,
        "agency": AGENCY.name,
        "round_no": no.value,
        "year": YEAR,
        "code": "K7RM-3XQA",
        "label": step.label,
        "reported": sign_off.reported,
        "total": sign_off.total,
        "findings": sign_off.findings,
        "said": [{"name": "สมชาย รักดี", "opinion": "ไม่ขัดข้องและพิจารณาแล้ว"}],
        "url": "https://kaona.example/media/report.pdf",
    }
    return SignCard(agency=AGENCY, sign_off=sign_off, since=since, shown=shown, newer=newer)


def day(text: str) -> date:
    """An ISO day."""
    return date.fromisoformat(text)
