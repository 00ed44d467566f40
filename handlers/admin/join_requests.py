"""Answer somebody who asks to be let in: with which role and measures, or not."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput, NotFound
from bot.domain.joining import Asked, JoinRequestId
from bot.domain.people import Role
from bot.domain.plans import MeasureId
from bot.jobs import DELIVER, LINK_MENUS
from bot.ports.store import UnitOfWork
from bot.services.find import existing_measures
from bot.services.join_requests import decide_join
from handlers.admin.access import for_roles, who
from handlers.admin.desk import known_year
from handlers.admin.role_words import GIVEN_HERE
from handlers.runtime import runtime

pages = Blueprint("join_requests", __name__, url_prefix="/admin/<agency_id>/people/requests")


@pages.post("/<request_id>")
@for_roles(Role.ADMIN)
def decide(agency_id: AgencyId, request_id: JoinRequestId) -> Response:
    """Let them in under the name, role and measures chosen, or not."""
    rt, form = runtime(), request.form
    approve = form.get("decision") == "approve"
    role = next((each for each in GIVEN_HERE if each.value == form.get("role", Role.OFFICER.value)), None)
    back = redirect(url_for("people.show", agency_id=agency_id), 303)
    try:
        with rt.store.write() as uow:
            chosen = _measures(uow, agency_id) if approve and role is Role.OFFICER else []
            given = {"role": role, "name": form.get("name"), "measure_ids": chosen} if approve else {}
            if role is None:
                raise BadInput("there is no such role", field="role")
            by, now = who().person.id, rt.clock.now()
            settled, chats = decide_join(uow, rt.notices, now, by, agency_id, request_id, approve=approve, **given)  # type: ignore[arg-type]
            chat = uow.chats.get(settled.chat_id)
    except BadInput:
        flash(_("ยังไม่ได้ตอบ กรุณาตรวจชื่อ บทบาท และหมายเลขมาตรการ"), "warning")
        return back
    except NotFound:
        flash(_("คำขอนี้มีผู้ตอบไปแล้ว หรือไม่มีหมายเลขมาตรการนั้น"), "warning")
        return back
    for chat_id in chats:
        rt.queue.enqueue(DELIVER, chat_id)
    if chat is not None:
        rt.queue.enqueue(LINK_MENUS, chat.channel_id)
    if settled.state is Asked.APPROVED:
        flash(_("ให้เข้าร่วมแล้ว และแจ้งในแชตแล้ว"), "success")
    else:
        flash(_("ไม่ให้เข้าร่วม และแจ้งในแชตแล้ว"), "success")
    return back


def _measures(uow: UnitOfWork, agency_id: AgencyId) -> list[MeasureId]:
    """The measures named in the form, as in an invitation; none for an empty field."""
    named = request.form.get("measures", "").replace("ทั้งหมด", "all").replace(" ", "")
    if not named:
        return []
    year = known_year(request.form.get("year", 0, type=int))
    return [measure.id for measure in existing_measures(uow, agency_id, year, named)]
