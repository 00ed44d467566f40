"""A round's memo: what the agency writes itself, beside what the program would write, and making the document."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.documents import MemoFields
from bot.domain.errors import BadInput, StaleWrite
from bot.domain.people import Role
from bot.reporting.build import reported_measures
from bot.reporting.facts import PLACES, facts_of, filled
from bot.reporting.memo import default_fields
from bot.services.check_round import results_of
from bot.services.edit_documents import edit_memo
from bot.services.fingerprints import fingerprint
from bot.services.load_year import load_year
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import day_of, known_round, text_of
from handlers.runtime import runtime

pages = Blueprint("memo", __name__, url_prefix="/admin")

LABELS = {
    "department": lazy_gettext("ส่วนราชการ"),
    "number": lazy_gettext("เลขที่ (ต่อจากรหัสหนังสือ)"),
    "subject": lazy_gettext("เรื่อง"),
    "addressee": lazy_gettext("เรียน"),
    "body": lazy_gettext("เนื้อความ"),
    "closing": lazy_gettext("คำลงท้าย"),
}


@pages.get("/<agency_id>/<int:fiscal_year>/<int:number>/memo")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, fiscal_year: int, number: int) -> str:
    """The fields, with what the program writes where they are empty."""
    return _page(agency_id, fiscal_year, number)


@pages.post("/<agency_id>/<int:fiscal_year>/<int:number>/memo")
@for_roles(Role.ADMIN)
def save(agency_id: AgencyId, fiscal_year: int, number: int) -> Response | tuple[str, int]:
    """Store what was written."""
    rt = runtime()
    typed = {name: text_of(name) for name in LABELS}
    dated = day_of("dated")
    try:
        with rt.store.write() as uow:
            round_ = known_round(uow, agency_id, fiscal_year, number)
            new = MemoFields(dated=dated, **typed)
            seen = request.form.get("seen", "")
            now, by = rt.clock.now(), who().person.id
            edit_memo(uow, rt.ids, now, by, agency_id, round_.fiscal_year, round_.no, seen, new)
    except BadInput as problem:
        wrong = _("%(field)s ยาวเกินไป กรุณาย่อ", field=LABELS[str(problem.fields["field"])])
        return _page(agency_id, fiscal_year, number, typed=typed, wrong=wrong), 422
    except StaleWrite:
        wrong = _("มีผู้อื่นแก้บันทึกข้อความนี้ก่อนคุณบันทึก สิ่งที่คุณพิมพ์ยังอยู่ในแบบฟอร์ม ตรวจแล้วกดบันทึกอีกครั้งเพื่อใช้ของคุณ")
        return _page(agency_id, fiscal_year, number, typed=typed, wrong=wrong), 409
    flash(_("บันทึกข้อความของบันทึกข้อความแล้ว"), "success")
    return redirect(url_for(".show", agency_id=agency_id, fiscal_year=fiscal_year, number=number), 303)


def _page(
    agency_id: AgencyId,
    fiscal_year: int,
    number: int,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: str | None = None,
) -> str:
    with runtime().store.read() as uow:
        round_ = known_round(uow, agency_id, fiscal_year, number)
        year = load_year(uow, agency_id, round_.fiscal_year)
        fields = uow.documents.memo(agency_id, round_.fiscal_year, round_.no)
        chain = uow.sign_offs.chain(agency_id)
        results = results_of(uow, agency_id, round_.fiscal_year)
    facts = facts_of(year, round_.no, reported_measures(year, round_.no), results, "")
    usual = default_fields(year.agency, facts, chain)
    return render_template(
        "memo.html",
        agency=year.agency,
        round=round_,
        labels=LABELS,
        values=typed or {name: getattr(fields, name) or "" for name in LABELS},
        dated=fields.dated,
        usual={name: filled(text, facts) for name, text in usual.items()},
        usual_body=usual["body"],
        places=PLACES,
        seen=fingerprint(fields),
        wrong=wrong,
        has_chain=bool(chain),
        runs_it=may_run(agency_id),
    )
