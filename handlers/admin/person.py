"""Everything about one person of the agency, and what an admin changes about them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.acting import ActingPostId
from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.divisions import DivisionId
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.plans import MeasureId
from bot.jobs import DELIVER, LINK_MENUS
from bot.ports.store import UnitOfWork
from bot.services import edit_person
from bot.services.acting import end_acting, start_acting
from bot.services.end_sessions import end_sessions_of
from bot.services.find import existing_agency
from bot.services.hand_over import hand_over
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import day_of
from handlers.admin.person_view import person_view
from handlers.admin.role_words import GIVEN_HERE, ROLE_NAMES
from handlers.runtime import runtime

pages = Blueprint("person", __name__, url_prefix="/admin/<agency_id>/people")

Change = Callable[[UnitOfWork], list[ChatId]]


@pages.get("/<person_id>/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, person_id: PersonId) -> str:
    """Roles, divisions, measures, leave, who acts, what was handed over, where they are signed in."""
    rt = runtime()
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        view = person_view(uow, agency_id, person_id, rt.clock.now())
    return render_template(
        "person.html",
        agency=agency,
        view=view,
        role_names=ROLE_NAMES,
        given_here=GIVEN_HERE,
        today=bangkok_day(rt.clock.now()),
        runs_it=may_run(agency_id),
    )


@pages.post("/<person_id>/profile")
@for_roles(Role.ADMIN)
def profile(agency_id: AgencyId, person_id: PersonId) -> Response:
    """Language and divisions."""
    rt, by, form = runtime(), who().person.id, request.form
    chosen = [DivisionId(each) for each in form.getlist("division")]

    def change(uow: UnitOfWork) -> list[ChatId]:
        now, seen, language = rt.clock.now(), form.get("seen", ""), form.get("language", "")
        edit_person.edit_profile(uow, rt.ids, now, by, agency_id, person_id, seen, language, chosen)
        return []

    return _changed(agency_id, person_id, change, _("บันทึกแล้ว"))


@pages.post("/<person_id>/roles")
@for_roles(Role.ADMIN)
def role(agency_id: AgencyId, person_id: PersonId) -> Response:
    """A further role."""
    rt, by = runtime(), who().person.id
    given = next((each for each in GIVEN_HERE if each.value == request.form.get("role")), None)

    def change(uow: UnitOfWork) -> list[ChatId]:
        if given is None:
            raise BadInput("there is no such role", field="role")
        edit_person.give_role(uow, rt.ids, rt.clock.now(), by, agency_id, person_id, given)
        return []

    return _changed(agency_id, person_id, change, _("ให้บทบาทแล้ว"))


@pages.post("/<person_id>/leave")
@for_roles(Role.ADMIN)
def leave(agency_id: AgencyId, person_id: PersonId) -> Response:
    """Days of leave; none ends it."""
    rt, by = runtime(), who().person.id
    first, last = day_of("first"), day_of("last")

    def change(uow: UnitOfWork) -> list[ChatId]:
        edit_person.set_leave(uow, rt.ids, rt.clock.now(), by, agency_id, person_id, first, last)
        return []

    return _changed(agency_id, person_id, change, _("บันทึกวันลาแล้ว") if first else _("ยกเลิกวันลาแล้ว"))


@pages.post("/<person_id>/acting")
@for_roles(Role.ADMIN)
def acting(agency_id: AgencyId, person_id: PersonId) -> Response:
    """Let a colleague act for the person."""
    rt, by = runtime(), who().person.id
    first, last = day_of("first"), day_of("last")
    other = PersonId(request.form.get("other", ""))

    def change(uow: UnitOfWork) -> list[ChatId]:
        if first is None or last is None:
            raise BadInput("both days are needed", why="dates")
        return start_acting(uow, rt.notices, rt.clock.now(), by, agency_id, person_id, other, first, last)[1]

    return _changed(agency_id, person_id, change, _("ให้รักษาราชการแทนแล้ว และแจ้งทั้งสองคนแล้ว"))


@pages.post("/<person_id>/acting/<post_id>/end")
@for_roles(Role.ADMIN)
def acting_end(agency_id: AgencyId, person_id: PersonId, post_id: ActingPostId) -> Response:
    """End it now."""
    rt, by = runtime(), who().person.id

    def change(uow: UnitOfWork) -> list[ChatId]:
        return end_acting(uow, rt.notices, rt.clock.now(), by, agency_id, post_id)[1]

    return _changed(agency_id, person_id, change, _("สิ้นสุดการรักษาราชการแทนแล้ว และแจ้งทั้งสองคนแล้ว"))


@pages.post("/<person_id>/handover")
@for_roles(Role.ADMIN)
def handover(agency_id: AgencyId, person_id: PersonId) -> Response:
    """Move measures to a colleague, with drafts, evidence and what was sent."""
    rt, by = runtime(), who().person.id
    other = PersonId(request.form.get("other", ""))
    ids = [MeasureId(each) for each in request.form.getlist("measure")]

    def change(uow: UnitOfWork) -> list[ChatId]:
        return hand_over(uow, rt.notices, rt.clock.now(), by, agency_id, person_id, other, ids)[1]

    return _changed(agency_id, person_id, change, _("โอนงานแล้ว และแจ้งทั้งสองคนแล้ว"))


@pages.post("/<person_id>/sessions/end")
@for_roles(Role.ADMIN)
def sessions_end(agency_id: AgencyId, person_id: PersonId) -> Response:
    """Sign the person out everywhere."""
    rt, me = runtime(), who()

    def change(uow: UnitOfWork) -> list[ChatId]:
        person = edit_person.member_of(uow, agency_id, person_id)
        end_sessions_of(uow, rt.ids, rt.clock.now(), me.person.id, person, agency_id, but=me.session)
        return []

    return _changed(agency_id, person_id, change, _("ให้ออกจากหน้าเว็บทุกอุปกรณ์แล้ว"))


_REFUSED = {
    "same_person": lazy_gettext("เลือกผู้อื่น ไม่ใช่คนเดียวกัน"),
    "dates": lazy_gettext("วันสุดท้ายต้องไม่ก่อนวันแรก"),
    "over": lazy_gettext("วันสุดท้ายผ่านไปแล้ว"),
    "too_long": lazy_gettext("รักษาราชการแทนได้ครั้งละไม่เกินหนึ่งปี"),
    "taken": lazy_gettext("ในวันเหล่านั้นมีผู้รักษาราชการแทนอยู่แล้ว"),
    "away": lazy_gettext("ผู้ที่เลือกมีผู้รักษาราชการแทนอยู่ในวันเหล่านั้น"),
}


def _changed(agency_id: AgencyId, person_id: PersonId, change: Change, done: str) -> Response:
    """Do it and say so, or say why not; back to the person's page either way."""
    rt = runtime()
    try:
        with rt.store.write() as uow:
            chats = change(uow)
    except StaleWrite:
        flash(_("มีผู้แก้ไขข้อมูลนี้ไปก่อน กรุณาตรวจค่าล่าสุดแล้วบันทึกอีกครั้ง"), "warning")
    except BadInput as problem:
        why = _REFUSED.get(str(problem.fields.get("why")))
        flash(str(why or _("ยังบันทึกไม่ได้ กรุณาตรวจสิ่งที่เลือกและวันที่")), "warning")
    except NotFound:
        flash(_("ไม่พบรายการนี้ หรือสิ้นสุดไปก่อนแล้ว"), "warning")
        with rt.store.read() as uow:
            here = any(person.id == person_id for person, _m in uow.people.members(agency_id))
        if not here:
            return redirect(url_for("people.show", agency_id=agency_id), 303)
    else:
        for chat_id in chats:
            rt.queue.enqueue(DELIVER, chat_id)
        _show_menu(person_id)
        flash(done, "success")
    return redirect(url_for(".show", agency_id=agency_id, person_id=person_id), 303)


def _show_menu(person_id: PersonId) -> None:
    """What the person may do has changed, and with it the menu below their chat."""
    rt = runtime()
    with rt.store.read() as uow:
        chat = uow.chats.of_person(person_id)
    if chat is not None:
        rt.queue.enqueue(LINK_MENUS, chat.channel_id)
