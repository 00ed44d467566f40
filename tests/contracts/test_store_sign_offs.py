"""Sign-off chains, sign-offs and signatures keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.calendar import FiscalYear
from bot.domain.documents import DocumentChoices, MemoFields
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import ActingAs, ChainStep, Signature, SignOff, SignOffId, SignOffState
from bot.ports.store import Store
from tests.contracts.office import AGENCY, MALEE, NOW, SOMCHAI, YEAR, a_person, a_run, an_agency, later

CLERK = ChainStep(label="ผู้รายงาน", position="นักจัดการงานทั่วไป", person_id=SOMCHAI, asks_opinion=False)
DEPUTY = ChainStep(
    label="ความเห็นของปลัด",
    position="รองปลัด",
    role=Role.APPROVER,
    acting=ActingAs.FOR_OFFICE,
    acting_for="ปลัดองค์การบริหารส่วนตำบล",
)
MAYOR = ChainStep(label="ความเห็นของนายก", position="นายกองค์การบริหารส่วนตำบล", name="นายสมหวัง ตั้งมั่น")


def a_sign_off(number: int = 1, **fields: Any) -> SignOff:
    return SignOff(
        **{
            "id": SignOffId(f"sign-off-{number}"),
            "agency_id": AGENCY,
            "fiscal_year": YEAR,
            "round_no": RoundNo.SIX,
            "report_id": "report-1",
            "inputs_hash": "a" * 64,
            "title": "รายงานผลการดำเนินการ",
            "reported": 1,
            "total": 2,
            "findings": 3,
            "started_at": NOW,
            "started_by": MALEE,
            "steps": (CLERK, DEPUTY, MAYOR),
            "waiting_since": NOW,
        }
        | fields
    )


def a_signature(place: int = 0, **fields: Any) -> Signature:
    return Signature(
        **{
            "sign_off_id": SignOffId("sign-off-1"),
            "place": place,
            "person_id": SOMCHAI,
            "name": "สมชาย ใจดี",
            "positions": ("รองปลัด รักษาราชการแทน", "ปลัดองค์การบริหารส่วนตำบล"),
            "opinion": "ไม่ขัดข้องและพิจารณาแล้ว",
            "signed_at": NOW,
            "inputs_hash": "a" * 64,
        }
        | fields
    )


def test_a_chain_is_kept_in_order_and_replaced_whole(office: Store) -> None:
    with office.write() as uow:
        assert uow.sign_offs.chain(AGENCY) == ()
        uow.sign_offs.save_chain(AGENCY, [CLERK, DEPUTY, MAYOR])
    with office.write() as uow:
        assert uow.sign_offs.chain(AGENCY) == (CLERK, DEPUTY, MAYOR)
        uow.sign_offs.save_chain(AGENCY, [MAYOR, CLERK])
    with office.read() as uow:
        assert uow.sign_offs.chain(AGENCY) == (MAYOR, CLERK)


def test_a_sign_off_keeps_the_steps_it_began_with(office: Store) -> None:
    with office.write() as uow:
        uow.reports.add(a_run())
        uow.sign_offs.save_chain(AGENCY, [CLERK])
        uow.sign_offs.add(a_sign_off())
        uow.sign_offs.save_chain(AGENCY, [])
        changed = replace(a_sign_off(title="อื่น", inputs_hash="b" * 64, steps=()), place=1, waiting_since=later(hours=1))
        uow.sign_offs.save(changed)
    with office.read() as uow:
        assert uow.sign_offs.get(SignOffId("nobody")) is None
        found = uow.sign_offs.get(SignOffId("sign-off-1"))
    assert found == a_sign_off(place=1, waiting_since=later(hours=1))
    assert found.step == DEPUTY


def test_those_that_wait_are_found_longest_waiting_first(office: Store) -> None:
    other = an_agency(id="agency-2", name="เทศบาลตำบลบ้านใหม่")
    ended = a_sign_off(3, state=SignOffState.RETURNED, ended_at=NOW, ended_by=SOMCHAI, reason="ขอตัวเลขเพิ่ม")
    with office.write() as uow:
        uow.agencies.add(other)
        uow.reports.add(a_run())
        for each in (a_sign_off(waiting_since=later(hours=2)), a_sign_off(2, agency_id=other.id), ended):
            uow.sign_offs.add(each)
    with office.read() as uow:
        assert [each.id for each in uow.sign_offs.running()] == ["sign-off-2", "sign-off-1"]
        assert [each.id for each in uow.sign_offs.running([AGENCY])] == ["sign-off-1"]
        assert uow.sign_offs.running([]) == []
        assert [each.id for each in uow.sign_offs.of_year(AGENCY, YEAR)] == ["sign-off-3", "sign-off-1"]
        assert uow.sign_offs.of_year(AGENCY, FiscalYear(2500)) == []
        assert uow.sign_offs.get(SignOffId("sign-off-3")) == ended


def test_a_step_is_signed_once_and_never_again(office: Store) -> None:
    with office.write() as uow:
        uow.reports.add(a_run())
        uow.sign_offs.add(a_sign_off())
        uow.sign_offs.add(a_sign_off(2))
        assert uow.sign_offs.sign(a_signature(1, opinion=None))
        assert uow.sign_offs.sign(a_signature())
        assert not uow.sign_offs.sign(a_signature(opinion="อื่น", person_id=MALEE))
    with office.read() as uow:
        first, second = SignOffId("sign-off-1"), SignOffId("sign-off-2")
        signed = (a_signature(), a_signature(1, opinion=None))
        assert uow.sign_offs.signatures([first, second]) == {first: signed, second: ()}


def test_one_who_turns_out_to_be_another_takes_steps_and_signatures_along(office: Store) -> None:
    waiting = a_person(id="person-9", name="สมชาย ใจดี")
    step = replace(CLERK, person_id=waiting.id)
    with office.write() as uow:
        uow.people.add(waiting)
        uow.reports.add(a_run())
        uow.sign_offs.save_chain(AGENCY, [step])
        uow.sign_offs.add(a_sign_off(steps=(step,), started_by=waiting.id, ended_by=waiting.id))
        uow.sign_offs.sign(a_signature(person_id=waiting.id))
        uow.people.merge(waiting.id, SOMCHAI)
    with office.read() as uow:
        assert uow.sign_offs.chain(AGENCY) == (CLERK,)
        moved = a_sign_off(steps=(CLERK,), started_by=SOMCHAI, ended_by=SOMCHAI)
        assert uow.sign_offs.get(moved.id) == moved
        assert uow.sign_offs.signatures([moved.id])[moved.id] == (a_signature(),)


def test_what_is_written_for_documents_is_kept_per_agency_and_round(office: Store) -> None:
    choices = DocumentChoices(preface="คำนำของเรา\n\nสองย่อหน้า", parts=("memo", "progress"), emblem="emblems/x.png")
    fields = MemoFields(number="๑๒๓", dated=date(2024, 4, 2), body="ด้วย {agency}")
    with office.write() as uow:
        assert uow.documents.choices(AGENCY) == DocumentChoices()
        uow.documents.save_choices(AGENCY, DocumentChoices(preface="ก่อน"))
        uow.documents.save_choices(AGENCY, choices)
        uow.documents.save_memo(AGENCY, YEAR, RoundNo.SIX, MemoFields(number="1"))
        uow.documents.save_memo(AGENCY, YEAR, RoundNo.SIX, fields)
    with office.read() as uow:
        assert uow.documents.choices(AGENCY) == choices
        assert uow.documents.memo(AGENCY, YEAR, RoundNo.SIX) == fields
        assert uow.documents.memo(AGENCY, YEAR, RoundNo.TWELVE) == MemoFields()
