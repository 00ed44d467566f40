"""LINE groups that serve the agency: when each was linked and by whom, and the way out of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import ChatId, Role
from bot.services.find import existing_agency
from bot.services.take_group_turn import send_away
from handlers.admin.access import for_roles, may_run, who
from handlers.runtime import runtime

pages = Blueprint("groups", __name__, url_prefix="/admin")


@pages.get("/<agency_id>/groups/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """The groups, first linked first; LINE's names of them are not kept."""
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        linked = uow.groups.of_agency(agency_id)
        names = {person.id: person.name for person, _role in uow.people.members(agency_id)}
    return render_template("groups.html", agency=agency, groups=linked, names=names, runs_it=may_run(agency_id))


@pages.post("/<agency_id>/groups/<chat_id>/leave")
@for_roles(Role.ADMIN)
def leave(agency_id: AgencyId, chat_id: ChatId) -> Response:
    """Have the bot leave; a goodbye would be a push that counts every member."""
    rt = runtime()
    try:
        with rt.store.write() as uow:
            hints = send_away(uow, rt.notices, rt.ids, agency_id, chat_id, who().person.id, rt.clock.now())
        for job, argument in hints:
            rt.queue.enqueue(job, argument)
        flash(_("บอตกำลังออกจากกลุ่ม กลุ่มนี้จะไม่ได้รับข้อความจากระบบอีก"), "success")
    except NotFound:
        flash(_("กลุ่มนี้ไม่ได้เชื่อมกับหน่วยงานแล้ว"), "warning")
    return redirect(url_for(".show", agency_id=agency_id), 303)
