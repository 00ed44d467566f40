"""The sign-off of a report's version: step by step through the chat, and in the memo that goes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.acting import ActingPost, ActingPostId
from bot.domain.calendar import bangkok_day
from bot.domain.documents import DocumentChoices, MemoFields
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import PersonId, Role
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import ActingAs, ChainStep, SignOff, SignOffState
from bot.jobs import COMPILE_REPORT, DELIVER
from bot.ports.records import ReportRun
from bot.reporting.kinds import Kind
from bot.reporting.letters import Memo
from bot.services.compile_report import queue_report
from bot.services.edit_documents import edit_chain, edit_choices, edit_memo
from bot.services.sign_off import newer_version, sign_step, start_sign_off, stop_sign_off, why_not
from bot.services.who_signs import waiting_signatures
from tests import builders
from tests.services.desk import AGENCY, YEAR, Desk

MALEE, CHIEF, CLERK, ADMIN = "U-malee", "U-chief", "U-clerk", "U-admin"
CHAIN = (
    ("ผู้รายงาน", "นักจัดการงานทั่วไป", MALEE, False),
    ("ความเห็นของหัวหน้าสำนักปลัด", "หัวหน้าสำนักปลัด", CLERK, True),
    ("ความเห็นของนายก", "นายกองค์การบริหารส่วนตำบลหนองดี", CHIEF, True),
)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An admin, an officer with a measure reported, a head of office, a mayor, and their chain."""
    desk.join(ADMIN, "มานี รอบรู้", Role.ADMIN)
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.join(CLERK, "วิชัย มุ่งดี", Role.APPROVER)
    desk.join(CHIEF, "สมหวัง ตั้งมั่น", Role.APPROVER)
    desk.report(MALEE, 0)
    for each in (ADMIN, MALEE, CLERK, CHIEF):
        desk.news(each)
    set_chain(desk, *(step(desk, *each) for each in CHAIN))
    return desk


def step(desk: Desk, label: str, position: str, user: str, asks: bool) -> ChainStep:
    return ChainStep(label=label, position=position, person_id=desk.person(user).id, asks_opinion=asks)


def set_chain(desk: Desk, *steps: ChainStep) -> None:
    rt = desk.rt
    with rt.store.write() as uow:
        edit_chain(uow, rt.ids, rt.clock.now(), None, AGENCY.id, None, steps)


def compiled(desk: Desk, **fields: object) -> ReportRun:
    rt = desk.rt
    with rt.store.write() as uow:
        run = queue_report(uow, rt.ids, rt.clock, AGENCY.id, YEAR, RoundNo.TWELVE, formats=("pdf",), **fields)  # type: ignore[arg-type]
    rt.queue.enqueue(COMPILE_REPORT, run.id)
    desk.work()
    with rt.store.read() as uow:
        found = uow.reports.get(run.id)
    assert found is not None
    return found


def started(desk: Desk, run: ReportRun | None = None) -> SignOff:
    rt, run = desk.rt, run or compiled(desk)
    with rt.store.write() as uow:
        sign_off, told = start_sign_off(uow, rt.notices, rt.links, run, desk.person(ADMIN).id)
    for chat in told:
        rt.queue.enqueue(DELIVER, chat)
    desk.work()
    return sign_off


def as_it_stands(desk: Desk, sign_off: SignOff) -> SignOff:
    with desk.rt.store.read() as uow:
        found = uow.sign_offs.get(sign_off.id)
    assert found is not None
    return found


def memo(desk: Desk) -> Memo:
    found = desk.rt.compiler.model(AGENCY.id, YEAR, RoundNo.TWELVE, draft=False, kind=Kind.MEMO).memo
    assert found is not None
    return found


def test_the_steps_are_asked_one_after_another_and_the_admin_hears_of_the_end(office: Desk) -> None:
    sign_off = started(office)
    (card,) = office.news(MALEE)
    assert "รอความเห็นและลงนาม" in card
    assert "๑ จาก ๒ มาตรการ" in card
    assert office.news(CLERK) == office.news(CHIEF) == []
    office.talk(MALEE, "เห็นชอบ")
    assert len(office.news(CLERK)) == 1
    office.talk(CLERK, "เห็นชอบ", "ไม่ขัดข้องและพิจารณาแล้ว")
    (card,) = office.news(CHIEF)
    assert "ไม่ขัดข้องและพิจารณาแล้ว" in card
    office.talk(CHIEF, "เห็นชอบ", "ข้าม")
    assert as_it_stands(office, sign_off).state is SignOffState.SIGNED
    assert any("ลงนามครบทุกขั้น" in text for text in office.news(ADMIN))
    blocks = memo(office).blocks
    assert [(b.name, b.opinion, b.signed) for b in blocks] == [
        ("มาลี ใจงาม", "", True),
        ("วิชัย มุ่งดี", "ไม่ขัดข้องและพิจารณาแล้ว", True),
        ("สมหวัง ตั้งมั่น", "", True),
    ]


def test_the_card_has_a_link_that_opens_the_very_version(office: Desk) -> None:
    run = compiled(office)
    started(office, run)
    office.talk(MALEE, "เห็นชอบ")
    office.news(CLERK)
    office.says(CLERK, "ส่งกลับ")
    office.work()
    (sent,) = [m for each in office.line.sent[-1:] for m in each.messages]
    assert "ส่งรายงาน" in sent["text"]
    office.says(CLERK, "ย้อนกลับ")
    office.work()
    (card,) = office.line.sent[-1].messages
    assert "/media/" in repr(card)


def test_a_returned_report_ends_its_sign_off_and_the_admin_is_told_why(office: Desk) -> None:
    sign_off = started(office)
    office.talk(MALEE, "เห็นชอบ")
    office.talk(CLERK, "ส่งกลับ", "ขอจำนวนผู้เข้าร่วมในมาตรการที่ ๑")
    ended = as_it_stands(office, sign_off)
    assert (ended.state, ended.reason) == (SignOffState.RETURNED, "ขอจำนวนผู้เข้าร่วมในมาตรการที่ ๑")
    (told,) = office.news(ADMIN)
    assert "ขอจำนวนผู้เข้าร่วมในมาตรการที่ ๑" in told
    assert "วิชัย มุ่งดี" in told
    assert [block.signed for block in memo(office).blocks] == [False, False, False]
    assert started(office).id != sign_off.id, "the same version can be laid before them anew"


def test_signatures_belong_to_the_version_they_were_given_for(office: Desk) -> None:
    sign_off = started(office)
    office.talk(MALEE, "เห็นชอบ")
    before = memo(office)
    assert before.blocks[0].signed
    office.talk(MALEE, "แก้ไข", "สรุปผลการดำเนินการ", "อบรม ๓๕ คน", "เสร็จแล้ว", "ยืนยัน")
    assert [block.signed for block in memo(office).blocks] == [False, False, False]
    compiled(office)
    with office.rt.store.read() as uow:
        assert newer_version(uow, sign_off)
    office.news(CLERK)
    office.says(CLERK, "ส่งกลับ")
    office.says(CLERK, "ย้อนกลับ")
    office.work()
    assert any("มีฉบับใหม่กว่าแล้ว" in text for text in office.news(CLERK))


def test_a_sign_off_of_a_newer_version_stops_the_older_one(office: Desk) -> None:
    first = started(office)
    office.talk(MALEE, "แก้ไข", "สรุปผลการดำเนินการ", "อบรม ๓๕ คน", "เสร็จแล้ว", "ยืนยัน")
    second = started(office)
    assert as_it_stands(office, first).state is SignOffState.STOPPED
    assert as_it_stands(office, second).state is SignOffState.RUNNING
    assert second.inputs_hash != first.inputs_hash


def test_asking_twice_is_asking_once(office: Desk) -> None:
    run = compiled(office)
    assert started(office, run) == started(office, compiled(office))
    assert len(office.news(MALEE)) == 1


def test_signatures_do_not_change_the_reports_own_version(office: Desk) -> None:
    run = compiled(office)
    started(office, run)
    unsigned = office.rt.compiler.model(AGENCY.id, YEAR, RoundNo.TWELVE, draft=False, kind=Kind.MEMO)
    office.talk(MALEE, "เห็นชอบ")
    signed = office.rt.compiler.model(AGENCY.id, YEAR, RoundNo.TWELVE, draft=False, kind=Kind.MEMO)
    again = office.rt.compiler.model(AGENCY.id, YEAR, RoundNo.TWELVE, draft=False, kind=Kind.MEMO)
    assert compiled(office).inputs_hash == run.inputs_hash
    assert unsigned.inputs_hash != signed.inputs_hash == again.inputs_hash


def test_nobody_but_the_one_whose_step_it_is_can_sign(office: Desk) -> None:
    sign_off = started(office)
    assert any("ไม่มีรายการรอตรวจ" in text for text in office.talk(CHIEF, "เห็นชอบ"))
    rt = office.rt
    with pytest.raises(NotFound), rt.store.write() as uow:
        sign_step(uow, rt.notices, rt.links, sign_off.id, 0, office.person(CHIEF).id, None)
    with pytest.raises(NotFound), rt.store.write() as uow:
        sign_step(uow, rt.notices, rt.links, sign_off.id, 1, office.person(CLERK).id, None)
    assert as_it_stands(office, sign_off).place == 0


def test_one_who_acts_for_the_signer_is_asked_too_and_signs_with_two_lines(office: Desk) -> None:
    rt, today = office.rt, bangkok_day(office.clock.now())
    post = ActingPost(
        id=ActingPostId("post-1"),
        agency_id=AGENCY.id,
        holder_id=office.person(CHIEF).id,
        acting_id=office.person(CLERK).id,
        first_on=today,
        last_on=today + timedelta(days=3),
        made_at=office.clock.now(),
    )
    with rt.store.write() as uow:
        uow.acting.add(post)
    started(office)
    office.talk(MALEE, "เห็นชอบ")
    office.talk(CLERK, "เห็นชอบ", "ข้าม")
    office.talk(CLERK, "เห็นชอบ", "เห็นชอบตามที่เสนอ")
    last = memo(office).blocks[-1]
    assert (last.name, last.opinion) == ("วิชัย มุ่งดี", "เห็นชอบตามที่เสนอ")
    assert last.positions == ("หัวหน้าสำนักปลัด รักษาราชการแทน", "นายกองค์การบริหารส่วนตำบลหนองดี")


def test_a_chain_that_names_an_acting_post_prints_both_lines(office: Desk) -> None:
    acting = replace(
        step(office, "ความเห็นของปลัด", "รองปลัด", CLERK, asks=True),
        acting=ActingAs.FOR_POST,
        acting_for="ปลัดองค์การบริหารส่วนตำบลหนองดี",
    )
    set_chain(office, acting)
    started(office)
    office.talk(CLERK, "เห็นชอบ", "ทราบ")
    assert memo(office).blocks[0].positions == ("รองปลัด รักษาการแทน", "ปลัดองค์การบริหารส่วนตำบลหนองดี")


def test_a_step_on_paper_is_passed_over_and_stays_to_be_signed_by_hand(office: Desk) -> None:
    paper = ChainStep(label="ความเห็นของนายก", position="นายก", name="นายสมหวัง ตั้งมั่น")
    set_chain(office, step(office, *CHAIN[1]), paper, replace(paper, label="ผู้อนุมัติ"))
    sign_off = started(office)
    office.talk(CLERK, "เห็นชอบ", "ทราบ")
    assert as_it_stands(office, sign_off).state is SignOffState.SIGNED
    assert [(b.signed, b.name) for b in memo(office).blocks] == [
        (True, "วิชัย มุ่งดี"),
        (False, "นายสมหวัง ตั้งมั่น"),
        (False, "นายสมหวัง ตั้งมั่น"),
    ]


def test_any_holder_of_a_role_can_sign_its_step_and_then_it_waits_for_nobody(office: Desk) -> None:
    set_chain(office, ChainStep(label="ผู้บริหาร", position="ผู้บริหาร", role=Role.APPROVER, asks_opinion=False))
    started(office)
    assert len(office.news(CLERK)) == len(office.news(CHIEF)) == 1
    office.talk(CHIEF, "เห็นชอบ")
    assert any("ไม่มีรายการรอตรวจ" in text for text in office.talk(CLERK, "เห็นชอบ"))
    assert memo(office).blocks[0].name == "สมหวัง ตั้งมั่น"


def test_what_waits_is_known_for_reminders(office: Desk) -> None:
    sign_off = started(office)
    office.talk(MALEE, "เห็นชอบ")
    today = bangkok_day(office.clock.now())
    with office.rt.store.read() as uow:
        (waiting,) = waiting_signatures(uow, today)
        assert waiting_signatures(uow, today, ["another"]) == []  # type: ignore[list-item]
    assert waiting.person_id == office.person(CLERK).id
    assert (waiting.agency_id, waiting.sign_off.id, waiting.sign_off.inputs_hash) == (
        AGENCY.id,
        sign_off.id,
        sign_off.inputs_hash,
    )
    assert waiting.since > sign_off.started_at


def test_an_admin_stops_a_sign_off_and_its_card_is_gone(office: Desk) -> None:
    sign_off = started(office)
    office.says(MALEE, "ส่งกลับ")
    office.work()
    rt = office.rt
    with rt.store.write() as uow:
        stop_sign_off(uow, rt.notices, sign_off.id, office.person(ADMIN).id)
    office.news(MALEE)
    assert any("ไม่ได้รอความเห็นของท่านแล้ว" in text for text in office.talk(MALEE, "เหตุผลที่มาช้า"))
    with pytest.raises(NotFound), rt.store.write() as uow:
        stop_sign_off(uow, rt.notices, sign_off.id, office.person(ADMIN).id)


@pytest.mark.parametrize(("fields", "why"), [({"draft": True}, "draft"), ({"kind": Kind.PLAN}, "kind")])
def test_only_a_finished_report_for_publication_is_signed(office: Desk, fields: dict[str, object], why: str) -> None:
    run = compiled(office, **fields)
    with pytest.raises(BadInput) as refused:
        started(office, run)
    assert refused.value.fields["why"] == why


def test_without_a_chain_or_a_signer_there_is_no_sign_off(office: Desk) -> None:
    run = compiled(office)
    now = office.clock.now()
    with office.rt.store.read() as uow:
        assert why_not(uow, run, now) is None
    set_chain(office, ChainStep(label="นายก", position="นายก"))
    with office.rt.store.read() as uow:
        assert why_not(uow, run, now) == "nobody"
    set_chain(office)
    with office.rt.store.read() as uow:
        assert why_not(uow, run, now) == "chain"


def test_a_chain_is_refused_where_it_cannot_be(office: Desk) -> None:
    good = step(office, *CHAIN[0])
    for wrong, field in (
        (replace(good, label=" "), "label"),
        (replace(good, position=""), "position"),
        (replace(good, acting=ActingAs.FOR_OFFICE), "acting_for"),
        (replace(good, person_id=PersonId("stranger")), "signer"),
        (replace(good, person_id=None, role=Role.OPERATOR), "signer"),
        (replace(good, label="ก" * 400), "label"),
    ):
        with pytest.raises(BadInput) as refused:
            set_chain(office, wrong)
        assert refused.value.fields["field"] == field


def test_two_who_edit_at_once_are_told(office: Desk) -> None:
    rt = office.rt
    with rt.store.write() as uow, pytest.raises(StaleWrite):
        edit_chain(uow, rt.ids, rt.clock.now(), None, AGENCY.id, "seen before", ())
    with rt.store.write() as uow, pytest.raises(StaleWrite):
        edit_choices(uow, rt.ids, rt.clock.now(), None, AGENCY.id, "seen before", DocumentChoices())
    with rt.store.write() as uow, pytest.raises(StaleWrite):
        edit_memo(uow, rt.ids, rt.clock.now(), None, AGENCY.id, YEAR, RoundNo.SIX, "seen before", MemoFields())


def test_the_memo_is_as_the_agency_wrote_it(office: Desk) -> None:
    rt = office.rt
    fields = MemoFields(number=" 45 ", dated=date(2024, 10, 2), body="มี {measures} มาตรการ\n\nจบ", closing="โปรดทราบ")
    with rt.store.write() as uow:
        edit_memo(uow, rt.ids, rt.clock.now(), None, AGENCY.id, YEAR, RoundNo.TWELVE, None, fields)
        edit_choices(uow, rt.ids, rt.clock.now(), None, AGENCY.id, None, DocumentChoices(parts=("memo", "plan")))
    found = memo(office)
    assert (found.number, found.dated) == ("/๔๕", "๒ ตุลาคม ๒๕๖๗")
    assert (found.paragraphs, found.closing) == (("มี ๒ มาตรการ", "จบ"), "โปรดทราบ")
    together = rt.compiler.model(AGENCY.id, YEAR, RoundNo.TWELVE, draft=False, kind=Kind.SET)
    assert (together.memo is not None, [t.sheet for t in together.tables]) == (True, ["แผนมาตรการ"])
    assert together.contents is False


def test_the_agencys_parts_can_be_set_aside_for_one_compile(office: Desk) -> None:
    report = office.rt.compiler.model(
        AGENCY.id, YEAR, RoundNo.TWELVE, draft=False, kind=Kind.SET, parts=("preface", "outcome")
    )
    assert report.preface is not None
    assert [table.sheet for table in report.tables] == ["ผลผลิตและผลลัพธ์"]
    assert builders.AGENCY.name in report.preface.signer
