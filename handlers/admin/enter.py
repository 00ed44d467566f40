"""Enter an update for somebody who reported by telephone or on paper, with that said in the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Person, PersonId, Role
from bot.domain.plans import Measure
from bot.domain.rounds import Round
from bot.domain.updates import Answer, Status, Update
from bot.jobs import DELIVER
from bot.ports.store import UnitOfWork
from bot.services.enter_update import LONGEST, Told, enter_update, in_force_of
from bot.services.find import existing_agency
from handlers.admin.access import for_roles, who
from handlers.admin.desk import day_of, known_round, text_of
from handlers.runtime import runtime

pages = Blueprint("enter", __name__, url_prefix="/admin")

MISSING = {
    "summary": lazy_gettext("กรุณาเขียนสรุปผลการดำเนินการ"),
    "outcome": lazy_gettext("กรุณาเขียนผลลัพธ์/ความสำเร็จ"),
    "obstacles": lazy_gettext("กรุณาเขียนเหตุผล"),
    "expected_on": lazy_gettext("กรุณาใส่วันที่คาดว่าจะเริ่ม"),
}
NO_STATUS = lazy_gettext("กรุณาเลือกสถานะ")


@pages.get("/<agency_id>/<int:fiscal_year>/<int:number>/<int:measure_no>/enter/<person_id>")
@for_roles(Role.ADMIN)
def ask(agency_id: AgencyId, fiscal_year: int, number: int, measure_no: int, person_id: PersonId) -> str:
    """The form, with what the officer has in force."""
    with runtime().store.read() as uow:
        round_, measure, person = _about(uow, agency_id, fiscal_year, number, measure_no, person_id)
        return _page(uow, round_, measure, person)


@pages.post("/<agency_id>/<int:fiscal_year>/<int:number>/<int:measure_no>/enter/<person_id>")
@for_roles(Role.ADMIN)
def save(
    agency_id: AgencyId, fiscal_year: int, number: int, measure_no: int, person_id: PersonId
) -> Response | tuple[str, int]:
    """Put it in force."""
    rt = runtime()
    typed = {name: text_of(name) for name in ("status", "summary", "output", "outcome", "obstacles", "expected_on")}
    address: dict[str, Any] = {
        "agency_id": agency_id,
        "fiscal_year": fiscal_year,
        "number": number,
        "measure_no": measure_no,
    }
    try:
        told = _told(typed)
        with rt.store.write() as uow:
            round_, measure, person = _about(uow, agency_id, fiscal_year, number, measure_no, person_id)
            if not round_.is_open(bangkok_day(rt.clock.now())):
                flash(_("รอบนี้ไม่ได้เปิดรับรายงานแล้ว หากจำเป็น เลื่อนวันปิดรับได้ในหน้าตั้งค่า"), "warning")
                return redirect(url_for("measure.show", **address), 303)
            now, by, seen = rt.clock.now(), who().person.id, request.form.get("seen", "")
            chats = enter_update(uow, rt.notices, measure, round_, person.id, by, now, seen, told)[1]
    except (BadInput, StaleWrite) as problem:
        with rt.store.read() as uow:
            round_, measure, person = _about(uow, agency_id, fiscal_year, number, measure_no, person_id)
            newer = isinstance(problem, StaleWrite)
            page = _page(uow, round_, measure, person, typed=typed, wrong=_wrong(problem), newer=newer)
        return page, 409 if newer else 422
    for chat_id in chats:
        rt.queue.enqueue(DELIVER, chat_id)
    flash(_("บันทึกแทน %(name)s แล้ว ในรายงานระบุว่าคุณเป็นผู้บันทึก", name=person.name), "success")
    return redirect(url_for("measure.show", **address), 303)


def _about(
    uow: UnitOfWork, agency_id: AgencyId, fiscal_year: int, number: int, measure_no: int, person_id: PersonId
) -> tuple[Round, Measure, Person]:
    round_ = known_round(uow, agency_id, fiscal_year, number)
    measures = uow.plans.measures(agency_id, round_.fiscal_year)
    measure = next((each for each in measures if each.no == measure_no), None)
    if measure is None:
        raise NotFound("there is no such measure")
    reporters = uow.plans.reporters([measure.id])[measure.id]
    person = next((each for each in reporters if each.id == person_id), None)
    if person is None:
        raise NotFound("they do not report on this measure")
    return round_, measure, person


def _page(
    uow: UnitOfWork,
    round_: Round,
    measure: Measure,
    person: Person,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: tuple[str, ...] = (),
    newer: bool = False,
) -> str:
    current = in_force_of(uow, measure, round_, person.id)
    asks_output = uow.agencies.settings(measure.agency_id).asks_output
    return render_template(
        "enter.html",
        agency=existing_agency(uow, measure.agency_id),
        round=round_,
        measure=measure,
        person=person,
        current=current,
        values=typed or _values(current),
        statuses=tuple(Status),
        answers=[each for each in Answer if each is not Answer.OUTPUT or asks_output],
        wrong=wrong,
        newer=newer,
        longest=LONGEST,
    )


def _values(current: Update | None) -> dict[str, str]:
    if current is None:
        return dict.fromkeys(("status", "summary", "output", "outcome", "obstacles", "expected_on"), "")
    texts = {answer.value: current.answer(answer) or "" for answer in Answer}
    day = current.expected_on.isoformat() if current.expected_on else ""
    return {**texts, "status": current.status.value if current.status else "", "expected_on": day}


def _told(typed: Mapping[str, str]) -> Told:
    try:
        status = Status(typed["status"])
    except ValueError:
        raise BadInput("no status", fields=("status",)) from None
    answers = {answer: typed[answer.value] for answer in Answer}
    return Told(status=status, answers=answers, expected_on=day_of("expected_on"))


def _wrong(problem: BadInput | StaleWrite) -> tuple[str, ...]:
    """A sentence for each field that is to be mended."""
    if isinstance(problem, StaleWrite):
        return ()
    fields = problem.fields.get("fields", ())
    if not isinstance(fields, tuple):
        return ()
    if fields == ("status",):
        return (str(NO_STATUS),)
    too_long = str(_("ข้อความยาวเกิน %(most)s ตัวอักษร", most=f"{LONGEST:,}"))
    return tuple(str(MISSING[name]) if "missing" in problem.detail else too_long for name in fields)
