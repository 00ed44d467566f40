"""One measure in a round: what was reported, the evidence, and the admin's decision."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.comments import LONGEST_COMMENT
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import ChatId, Role
from bot.domain.text import clean
from bot.domain.updates import Answer, UpdateId
from bot.jobs import DELIVER
from bot.services.comment_on_update import comment_on_update
from bot.services.review_update import decide_review
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import known_measure, known_round, text_of
from handlers.admin.pieces import shown
from handlers.admin.round_view import REVIEWS, parts_of, standing_of
from handlers.runtime import WebRuntime, runtime

pages = Blueprint("measure", __name__, url_prefix="/admin")

LONGEST_REASON = 1000
_COMMENT_WRONG = {
    "empty": lazy_gettext("กรุณาเขียนข้อความก่อนส่ง"),
    "many": lazy_gettext("ส่งข้อความถึงรายงานฉบับนี้หลายครั้งแล้ว หากยังต้องแก้ กรุณาส่งกลับพร้อมเหตุผล"),
}


@pages.get("/<agency_id>/<int:fiscal_year>/<int:number>/<int:measure_no>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, fiscal_year: int, number: int, measure_no: int) -> str:
    """Every part with its texts and evidence."""
    rt = runtime()
    with rt.store.read() as uow:
        round_ = known_round(uow, agency_id, fiscal_year, number)
        each = known_measure(uow, agency_id, fiscal_year, measure_no)
        agency = uow.agencies.get(agency_id)
        count = len(uow.plans.measures(agency_id, round_.fiscal_year))
        parts = parts_of(each, round_.no)
        comments = uow.comments.of_updates([part.update.id for part in parts if part.update])
        wrote = [key for part in parts if part.update for key in (part.update.entered_by, part.update.acted_by)]
        wrote += [comment.person_id for said in comments.values() for comment in said]
        names = {key: person.name for key in set(wrote) if key and (person := uow.people.get(key))}
    return render_template(
        "measure.html",
        agency=agency,
        round=round_,
        measure=each.measure,
        count=count,
        standing=standing_of(each, round_.no),
        parts=parts,
        enterers=names,
        is_open=round_.is_open(bangkok_day(rt.clock.now())),
        pieces={part.update.id: [shown(rt, e) for e in part.update.evidence] for part in parts if part.update},
        answers=tuple(Answer),
        reviews=REVIEWS,
        runs_it=may_run(agency_id),
        comments=comments,
        longest_comment=LONGEST_COMMENT,
        longest_reason=LONGEST_REASON,
        reason=clean(request.args.get("reason", ""))[:LONGEST_REASON],
    )


@pages.post("/<agency_id>/<int:fiscal_year>/<int:number>/<int:measure_no>/review")
@for_roles(Role.ADMIN)
def review(agency_id: AgencyId, fiscal_year: int, number: int, measure_no: int) -> Response:
    """Accept an update, or return it to its officer with a reason."""
    rt = runtime()
    back = redirect(
        url_for(".show", agency_id=agency_id, fiscal_year=fiscal_year, number=number, measure_no=measure_no), 303
    )
    update_id = UpdateId(request.form.get("update", ""))
    accept = _is_accepting(request.form.get("decision"))
    reason = clean(request.form.get("reason", ""))[:LONGEST_REASON] or None
    if not accept and reason is None:
        flash(_("กรุณาเขียนเหตุผลที่ส่งกลับ ผู้รายงานจะได้ทราบว่าต้องแก้อะไร"), "warning")
        return back
    with rt.store.write() as uow:
        round_ = known_round(uow, agency_id, fiscal_year, number)
        each = known_measure(uow, agency_id, fiscal_year, measure_no)
        update = next((u for u in each.updates.get(round_.no, ()) if u.id == update_id), None)
        if update is None:
            flash(_("รายงานฉบับนี้ถูกแทนด้วยฉบับใหม่แล้ว กรุณาตรวจฉบับล่าสุด"), "warning")
            return back
        try:
            decide_review(uow, rt.notices, update.id, who().person.id, accept=accept, reason=reason)
        except NotFound:
            flash(_("รายงานฉบับนี้ถูกแทนด้วยฉบับใหม่แล้ว กรุณาตรวจฉบับล่าสุด"), "warning")
            return back
        chat = uow.chats.of_person(update.person_id)
    _told(rt, chat.id if chat else None, accept=accept)
    return back


@pages.post("/<agency_id>/<int:fiscal_year>/<int:number>/<int:measure_no>/comment")
@for_roles(Role.ADMIN)
def comment(agency_id: AgencyId, fiscal_year: int, number: int, measure_no: int) -> Response:
    """Say something to the officer; the update stands as it is."""
    rt = runtime()
    back = redirect(
        url_for(".show", agency_id=agency_id, fiscal_year=fiscal_year, number=number, measure_no=measure_no), 303
    )
    update_id = UpdateId(request.form.get("update", ""))
    try:
        with rt.store.write() as uow:
            round_ = known_round(uow, agency_id, fiscal_year, number)
            each = known_measure(uow, agency_id, fiscal_year, measure_no)
            if update_id not in {update.id for update in each.updates.get(round_.no, ())}:
                raise NotFound("the update has been replaced or is gone")
            said, told = comment_on_update(uow, rt.notices, update_id, who().person.id, text_of("text"))
    except NotFound:
        flash(_("รายงานฉบับนี้ถูกแทนด้วยฉบับใหม่แล้ว ยังไม่ได้ส่งข้อความ กรุณาอ่านฉบับล่าสุด"), "warning")
        return back
    except BadInput as problem:
        flash(_COMMENT_WRONG[str(problem.fields["why"])], "warning")
        return back
    for chat_id in told:
        rt.queue.enqueue(DELIVER, chat_id)
    if told:
        flash(_("ส่งข้อความแล้ว ผู้รายงานจะได้รับในแชต"), "success")
    elif said is None:
        flash(_("ข้อความนี้ส่งไปแล้ว"), "success")
    else:
        flash(_("บันทึกข้อความแล้ว แต่ผู้รายงานยังไม่เข้าร่วมในแชต กรุณาแจ้งด้วยทางอื่น"), "warning")
    return back


def _is_accepting(decision: str | None) -> bool:
    match decision:
        case "accept":
            return True
        case "return":
            return False
    raise BadInput("a decision is accept or return")


def _told(rt: WebRuntime, chat_id: ChatId | None, *, accept: bool) -> None:
    if accept:
        flash(_("บันทึกว่าเห็นชอบแล้ว"), "success")
    elif chat_id is None:
        flash(_("ส่งกลับแล้ว แต่ผู้รายงานยังไม่เข้าร่วมในแชต กรุณาแจ้งด้วยทางอื่น"), "warning")
    else:
        rt.queue.enqueue(DELIVER, chat_id)
        flash(_("ส่งกลับพร้อมเหตุผลแล้ว ผู้รายงานจะได้รับข้อความในแชต"), "success")
