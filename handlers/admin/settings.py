"""Settings: the agency's profile, how it works, and when its rounds are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day, fiscal_year_of
from bot.domain.errors import BadInput, StaleWrite
from bot.domain.people import Role
from bot.domain.rounds import default_round
from bot.services.agency_rounds import agency_rounds
from bot.services.change_settings import LONGEST, PROFILE, SWITCHES, change_switches, edit_agency, move_round
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import day_of, known_year, round_no, text_of
from handlers.runtime import runtime

pages = Blueprint("settings", __name__, url_prefix="/admin")

LABELS = {
    "name": lazy_gettext("ชื่อเต็มของหน่วยงาน"),
    "kind": lazy_gettext("ประเภท (อบต., เทศบาลตำบล …)"),
    "subdistrict": lazy_gettext("ตำบล"),
    "district": lazy_gettext("อำเภอ"),
    "province": lazy_gettext("จังหวัด"),
    "address": lazy_gettext("ที่อยู่"),
    "website": lazy_gettext("เว็บไซต์"),
    "doc_code": lazy_gettext("รหัสหนังสือ (เช่น ทท ๑๒๓๔๕)"),
}
SWITCH_WORDS = {
    "review_by_admin": (
        lazy_gettext("ผู้ดูแลตรวจรายงานก่อน"),
        lazy_gettext("รายงานจะรอให้ผู้ดูแลเห็นชอบ แม้หน่วยงานไม่มีหัวหน้าส่วนราชการในระบบ"),
    ),
    "asks_output": (
        lazy_gettext("ถามผลผลิต"),
        lazy_gettext("แบบของหน่วยงานมีช่อง “ผลผลิต” บอตจึงถามผู้รายงานเพิ่มอีกข้อ"),
    ),
    "tries_links": (
        lazy_gettext("ลองเปิดลิงก์ในรายงาน"),
        lazy_gettext("การตรวจก่อนเผยแพร่จะลองเปิดที่อยู่เว็บในรายงานจากเครื่องนี้เมื่อผู้ดูแลกด ไม่เปิดที่อยู่ภายในสำนักงาน"),
    ),
    "thai_digits": (
        lazy_gettext("ใช้เลขไทยในเอกสาร"),
        lazy_gettext("เอกสารแสดง ๐–๙ ยกเว้นที่อยู่เว็บ ชื่อไฟล์ และรหัสที่มีอักษรละติน"),
    ),
}
WRONG = {
    "name": lazy_gettext("กรุณาเขียนชื่อหน่วยงาน ไม่เกิน %(most)s ตัวอักษร", most=LONGEST),
    "website": lazy_gettext("เว็บไซต์ต้องเป็นที่อยู่ เช่น https://www.example.go.th"),
    "due_on": lazy_gettext("วันต้องเรียงกัน: เปิดรับ ไม่หลังครบกำหนด และครบกำหนด ไม่หลังปิดรับ"),
}
CHANGED_MEANWHILE = lazy_gettext("มีผู้อื่นแก้ส่วนนี้ก่อนคุณบันทึก ยังไม่ได้บันทึกของคุณ ด้านล่างคือข้อมูลล่าสุด กรุณาตรวจแล้วแก้อีกครั้ง")


@pages.get("/<agency_id>/settings/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """Everything with its form."""
    return _page(agency_id)


@pages.post("/<agency_id>/settings/profile")
@for_roles(Role.ADMIN)
def profile(agency_id: AgencyId) -> Response | tuple[str, int]:
    """Store the profile."""
    rt = runtime()
    given = {name: text_of(name) for name in PROFILE}
    try:
        with rt.store.write() as uow:
            edit_agency(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, _seen(), given)
    except BadInput as problem:
        wrong = WRONG.get(str(problem.fields["field"]), _("ข้อความยาวเกิน %(most)s ตัวอักษร", most=LONGEST))
        return _page(agency_id, typed=given, wrong=wrong), 422
    except StaleWrite:
        return _page(agency_id, wrong=str(CHANGED_MEANWHILE)), 409
    return _saved(agency_id, _("บันทึกข้อมูลหน่วยงานแล้ว"))


@pages.post("/<agency_id>/settings/switches")
@for_roles(Role.ADMIN)
def switches(agency_id: AgencyId) -> Response | tuple[str, int]:
    """Store what is on and off."""
    rt = runtime()
    given = {name: request.form.get(name) == "yes" for name in SWITCHES}
    try:
        with rt.store.write() as uow:
            change_switches(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, _seen(), given)
    except StaleWrite:
        return _page(agency_id, wrong=str(CHANGED_MEANWHILE)), 409
    return _saved(agency_id, _("บันทึกวิธีทำงานแล้ว"))


@pages.post("/<agency_id>/settings/rounds/<int:fiscal_year>/<int:number>")
@for_roles(Role.ADMIN)
def move(agency_id: AgencyId, fiscal_year: int, number: int) -> Response | tuple[str, int]:
    """Store when a round opens, is due and locks."""
    rt = runtime()
    year, no = known_year(fiscal_year), round_no(number)
    try:
        days = _days()
        with rt.store.write() as uow:
            move_round(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, year, no, _seen(), days)
    except BadInput:
        return _page(agency_id, wrong=str(WRONG["due_on"])), 422
    except StaleWrite:
        return _page(agency_id, wrong=str(CHANGED_MEANWHILE)), 409
    return _saved(agency_id, _("บันทึกกำหนดการแล้ว การเตือนจะเป็นไปตามวันใหม่"))


def _page(agency_id: AgencyId, *, typed: Mapping[str, str] | None = None, wrong: str | None = None) -> str:
    rt = runtime()
    today = bangkok_day(rt.clock.now())
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        settings = uow.agencies.settings(agency_id)
        rounds = agency_rounds(uow, agency_id, [fiscal_year_of(today)])
    return render_template(
        "settings.html",
        agency=agency,
        typed=typed or {name: getattr(agency, name) or "" for name in PROFILE},
        labels=LABELS,
        switches={name: (getattr(settings, name), *SWITCH_WORDS[name]) for name in SWITCHES},
        rounds=[(each, each == default_round(agency_id, each.fiscal_year, each.no)) for each in reversed(rounds)],
        today=today,
        fingerprint=fingerprint,
        settings=settings,
        wrong=wrong,
        runs_it=may_run(agency_id),
    )


def _seen() -> str:
    return request.form.get("seen", "")


def _days() -> tuple[date, date, date]:
    opens, due, locks = (day_of(name) for name in ("opens_on", "due_on", "locks_on"))
    if opens is None or due is None or locks is None:
        raise BadInput("a round has three dates", field="due_on")
    return opens, due, locks


def _saved(agency_id: AgencyId, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)
