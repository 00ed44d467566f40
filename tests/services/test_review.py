"""Review by a head or admin through the chat, and several officers on one measure."""

from __future__ import annotations

import pytest

from bot.domain.agencies import AgencySettings
from bot.domain.divisions import Division, DivisionId
from bot.domain.people import PersonId, Role
from bot.domain.reminder_rules import Audience
from bot.domain.rounds import RoundNo
from bot.domain.updates import Review, Status
from bot.domain.years import MeasureYear, Officer
from bot.services.plan_reminders import plan_reminders
from tests import builders
from tests.services.desk import AGENCY, Desk, at

MALEE, SOMSAK, HEAD = "U-malee", "U-somsak", "U-head"


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An officer and the head who reviews."""
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.join(HEAD, "ประยุทธ์ หัวหน้าดี", Role.HEAD)
    desk.news(MALEE), desk.news(HEAD)
    return desk


def test_with_a_head_a_submission_waits_and_the_head_is_asked_once(office: Desk) -> None:
    office.report(MALEE, 0)
    assert office.submitted()[0].review is Review.PENDING
    assert office.export()["rounds"]["12"]["review"] == "pending"
    (asked,) = office.news(HEAD)
    assert "มาลี ใจงาม" in asked
    assert "เท่าเทียม" in asked


def test_the_head_accepts_by_word(office: Desk) -> None:
    office.report(MALEE, 0)
    office.news(MALEE)
    office.talk(HEAD, "เห็นชอบ")
    assert office.submitted()[0].review is Review.ACCEPTED


def test_the_head_sends_back_with_a_reason_which_the_officer_hears_and_mends(office: Desk) -> None:
    office.report(MALEE, 0)
    office.news(MALEE)
    office.talk(HEAD, "ส่งกลับ", "ขอจำนวนผู้เข้าร่วมด้วย")
    returned = office.submitted()[0]
    assert (returned.review, returned.review_reason) == (Review.RETURNED, "ขอจำนวนผู้เข้าร่วมด้วย")
    told = [text for text in office.news(MALEE) if "ขอจำนวนผู้เข้าร่วมด้วย" in text]
    assert len(told) == 1
    assert [o.name for o in office.measure_year().missing_officers(RoundNo.TWELVE)] == ["มาลี ใจงาม"]
    office.talk(MALEE, "แก้ไข", "สรุปผลการดำเนินการ", "อบรม ๓๕ คน", "เสร็จแล้ว", "ยืนยัน")
    (mended,) = office.submitted()
    assert (mended.summary, mended.review, mended.review_reason) == ("อบรม ๓๕ คน", Review.PENDING, None)
    office.talk(HEAD, "เห็นชอบ")
    assert office.submitted()[0].review is Review.ACCEPTED


def test_without_a_head_submitting_is_accepting(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.report(MALEE, 0)
    assert desk.submitted()[0].review is Review.ACCEPTED


def test_an_admin_reviews_where_the_agency_turned_it_on(desk: Desk) -> None:
    with desk.rt.store.write() as uow:
        uow.agencies.save_settings(AGENCY.id, AgencySettings(review_by_admin=True))
    desk.join("U-admin", "มานี รอบรู้", Role.ADMIN)
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.news("U-admin")
    desk.report(MALEE, 0)
    assert desk.submitted()[0].review is Review.PENDING
    assert len(desk.news("U-admin")) == 1
    desk.talk("U-admin", "เห็นชอบ")
    assert desk.submitted()[0].review is Review.ACCEPTED


def test_an_officer_cannot_accept_their_own_update(office: Desk) -> None:
    office.report(MALEE, 0)
    office.talk(MALEE, "เห็นชอบ")
    assert office.submitted()[0].review is Review.PENDING


def test_a_pending_update_is_not_in_the_report_but_in_the_draft(office: Desk) -> None:
    office.report(MALEE, 0, summary="เรื่องที่รอการเห็นชอบ")
    year = builders.YEAR
    official = office.rt.compiler.model(AGENCY.id, year, RoundNo.TWELVE, draft=False)
    draft = office.rt.compiler.model(AGENCY.id, year, RoundNo.TWELVE, draft=True)
    assert "เรื่องที่รอการเห็นชอบ" not in repr(official)
    assert "เรื่องที่รอการเห็นชอบ" in repr(draft)


def test_the_parts_of_two_officers_are_one_answer_with_their_names(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.join(SOMSAK, "สมศักดิ์ ตั้งมั่น", measures="1")
    desk.report(SOMSAK, 0, summary="ส่วนของกองช่าง", outcome="ซ่อมไฟ ๑๒ จุด")
    half = desk.measure_year()
    assert not half.is_reported(RoundNo.TWELVE)
    assert [o.name for o in half.missing_officers(RoundNo.TWELVE)] == ["มาลี ใจงาม"]
    desk.report(MALEE, 0, summary="ส่วนของสำนักปลัด", outcome="อบรม ๓๕ คน")
    found = desk.export()["rounds"]["12"]
    assert [part["officer"] for part in found["parts"]] == ["มาลี ใจงาม", "สมศักดิ์ ตั้งมั่น"]
    assert found["summary"].index("ส่วนของสำนักปลัด") < found["summary"].index("ส่วนของกองช่าง")
    assert "มาลี ใจงาม" in found["summary"]
    assert found["status"] == Status.DONE


def test_a_second_submission_replaces_the_first_of_the_same_officer_only(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.join(SOMSAK, "สมศักดิ์ ตั้งมั่น", measures="1")
    desk.report(SOMSAK, 0, summary="ของสมศักดิ์")
    desk.report(MALEE, 0, summary="ฉบับแรก")
    desk.talk(MALEE, "แก้ไข")
    desk.talk(MALEE, "สรุปผลการดำเนินการ", "ฉบับแก้", "เสร็จแล้ว", "ยืนยัน")
    assert sorted(u.summary or "" for u in desk.submitted()) == ["ของสมศักดิ์", "ฉบับแก้"]


# Handover: a predecessor's update covers the measure

ANNA, BENJA = (Officer(person_id=PersonId(name), name=name) for name in ("อันนา", "เบญจา"))


def _year(officers: tuple[Officer, ...], *authors: tuple[Officer, Review]) -> MeasureYear:
    updates = tuple(
        builders.submitted(f"u-{count}", person_id=author.person_id, review=review)
        for count, (author, review) in enumerate(authors)
    )
    return MeasureYear(measure=builders.measure(), officers=officers, updates={RoundNo.TWELVE: updates})


GOOD, BACK = Review.ACCEPTED, Review.RETURNED


@pytest.mark.parametrize(
    ("year", "missing", "reported"),
    [
        (_year((ANNA,)), ["อันนา"], False),
        (_year((ANNA,), (ANNA, GOOD)), [], True),
        (_year((ANNA,), (ANNA, Review.PENDING)), [], True),
        (_year((ANNA,), (ANNA, BACK)), ["อันนา"], False),
        (_year((ANNA, BENJA), (ANNA, GOOD)), ["เบญจา"], False),
        (_year((BENJA,), (ANNA, GOOD)), [], True),
        (_year((BENJA,), (ANNA, BACK)), ["เบญจา"], False),
        (_year((ANNA, BENJA), (Officer(person_id=PersonId("importer"), name=""), GOOD)), [], True),
        (_year(()), [], False),
        (_year((), (ANNA, GOOD)), [], True),
        (_year((), (ANNA, BACK)), [], False),
    ],
)
def test_who_is_missing(year: MeasureYear, missing: list[str], reported: bool) -> None:
    assert [officer.name for officer in year.missing_officers(RoundNo.TWELVE)] == missing
    assert year.is_reported(RoundNo.TWELVE) is reported


# Divisions: a head reviews their own


def put_into_divisions(desk: Desk, **people: str) -> None:
    """Divisions by name, each person into one."""
    with desk.rt.store.write() as uow:
        for user, name in people.items():
            division = Division(id=DivisionId(f"d-{name}"), agency_id=AGENCY.id, name=name)
            uow.divisions.save(division)
            uow.divisions.put_person(AGENCY.id, desk.person(f"U-{user}").id, [division.id])


@pytest.fixture
def divided(desk: Desk) -> Desk:
    """Two officers and two heads, a division each, and a head of all."""
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.join(SOMSAK, "สมศักดิ์ ตั้งมั่น", measures="2")
    desk.join(HEAD, "ประยุทธ์ หัวหน้าดี", Role.HEAD)
    desk.join("U-chief", "ปรีดา หัวหน้าคลัง", Role.HEAD)
    put_into_divisions(desk, malee="สำนักปลัด", somsak="กองคลัง", head="สำนักปลัด", chief="กองคลัง")
    for user in (MALEE, SOMSAK, HEAD, "U-chief"):
        desk.news(user)
    return desk


def test_a_head_is_asked_about_and_sees_the_reports_of_their_division_only(divided: Desk) -> None:
    divided.report(MALEE, 0)
    assert divided.news("U-chief") == []
    assert "มาลี ใจงาม" in divided.news(HEAD)[0]
    divided.talk("U-chief", "เห็นชอบ")
    assert divided.submitted(1)[0].review is Review.PENDING
    divided.talk(HEAD, "เห็นชอบ")
    assert divided.submitted(1)[0].review is Review.ACCEPTED


def test_a_measures_division_counts_as_well_as_the_officers(divided: Desk) -> None:
    with divided.rt.store.write() as uow:
        uow.divisions.put_measure(builders.measure(1).id, DivisionId("d-กองคลัง"))
    divided.report(MALEE, 0)
    assert len(divided.news("U-chief")) == len(divided.news(HEAD)) == 1
    divided.talk("U-chief", "เห็นชอบ")
    assert divided.submitted(1)[0].review is Review.ACCEPTED


def test_a_head_without_a_division_reviews_everything(divided: Desk) -> None:
    divided.join("U-all", "สมปอง ดูทั่ว", Role.HEAD)
    divided.news("U-all")
    divided.report(MALEE, 0)
    divided.report(SOMSAK, 0)
    assert len(divided.news("U-all")) == 2


def test_what_would_fall_to_nobody_falls_to_all_heads(divided: Desk) -> None:
    divided.join("U-new", "ปราณี มีสุข", measures="1")
    divided.talk("U-new", "รายงานผล", "แล้วเสร็จ", "ก", "เสร็จแล้ว", "ข", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    assert len(divided.news("U-chief")) == len(divided.news(HEAD)) == 1


def test_a_divisions_head_is_reminded_of_its_waiting_reports_only(divided: Desk) -> None:
    divided.report(MALEE, 0)
    with divided.rt.store.read() as uow:
        digests = {d.person_id: d for d in plan_reminders(uow, at("2024-09-25T09:00"))}
    waiting = {
        person_id: [m.no for r in digest.reminders if r.audience is Audience.REVIEWER for m in r.measures]
        for person_id, digest in digests.items()
    }
    assert waiting[divided.person(HEAD).id] == [1]
    assert not waiting.get(divided.person("U-chief").id)
