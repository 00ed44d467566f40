"""Import a plan: upload or paste, look at the difference, confirm. Nothing is stored before the last step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day, fiscal_year_of
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.importing.pdf_rows import is_pdf
from bot.importing.plan import TableChoice
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.import_plan import Imported, ImportPlan
from bot.services.kept_uploads import KeptUploads
from handlers.admin.access import for_roles, who
from handlers.admin.desk import LONGEST_NAME, given_file, known_year, round_no, text_of, year_that_matters
from handlers.admin.plan_difference import changes_of
from handlers.runtime import WebRuntime, runtime
from handlers.thai import digits
from handlers.uploads import takes_files

pages = Blueprint("plan_import", __name__, url_prefix="/admin")

PASTED = lazy_gettext("ข้อความที่วาง")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be taken of which kept file, carried from the preview to the confirmation by the form."""

    ticket: str
    name: str
    year: FiscalYear
    table: TableChoice
    results: RoundNo | None
    replace_all: bool
    mend: bool = False

    def fields(self) -> dict[str, str]:
        """As fields of a form or address."""
        return {
            "ticket": self.ticket,
            "name": self.name,
            "year": str(self.year),
            "table": str(self.table or ""),
            "results": str(self.results.value) if self.results else "",
            "replace": "yes" if self.replace_all else "",
            "mend": "yes" if self.mend else "",
        }


@pages.get("/<agency_id>/plan/import")
@for_roles(Role.ADMIN)
def ask(agency_id: AgencyId) -> str:
    """The form."""
    return _form(agency_id, request.args.get("year", type=int))


@pages.post("/<agency_id>/plan/import")
@for_roles(Role.ADMIN)
@takes_files
def read(agency_id: AgencyId) -> Response | tuple[str, int]:
    """Read the file once, so that one that is no use is refused here; keep it and show the preview."""
    rt = runtime()
    year = known_year(request.form.get("year", 0, type=int))
    name, data = given_file(str(PASTED))
    pasted = text_of("text")
    wish = Wish(
        ticket="", name=name, year=year, table=None, results=_results(request.form.get("results")), replace_all=False
    )
    if not data:
        return _form(agency_id, year, wrong=_("กรุณาเลือกไฟล์ หรือวางข้อความจากตาราง")), 422
    try:
        _import(rt, agency_id, wish, data, dry_run=True)
    except BadInput as problem:
        return _form(agency_id, year, wrong=problem.detail, pasted=pasted), 422
    ticket = _kept(rt).keep(who().person.id, agency_id, data)
    return _to_preview(agency_id, replace(wish, ticket=ticket))


@pages.get("/<agency_id>/plan/import/preview")
@for_roles(Role.ADMIN)
def preview(agency_id: AgencyId) -> Response | str:
    """What the import would do, row by row and field by field."""
    rt = runtime()
    wish = _wish(request.args)
    try:
        data = _kept(rt).read(wish.ticket, who().person.id, agency_id)
        imported = _import(rt, agency_id, wish, data, dry_run=True)
    except NotFound:
        return _gone(agency_id, wish.year)
    except BadInput as problem:
        flash(problem.detail, "warning")
        return redirect(url_for(".ask", agency_id=agency_id, year=wish.year), 303)
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        known = uow.plans.measures(agency_id, wish.year)
    reading = imported.reading
    return render_template(
        "plan_preview.html",
        agency=agency,
        wish=wish,
        imported=imported,
        reading=reading,
        changes=changes_of(known, imported.changed),
        doubts=[line for line in reading.lines if line.outcome.value != "read"],
        seen=fingerprint(*known),
        known=len(known),
        nothing=not imported.does_something,
        draft=is_pdf(data),
    )


@pages.post("/<agency_id>/plan/import/confirm")
@for_roles(Role.ADMIN)
def confirm(agency_id: AgencyId) -> Response:
    """Do what the preview showed, if the plan is still what it was shown against."""
    rt = runtime()
    wish, by = _wish(request.form), who().person.id
    kept = _kept(rt)
    if wish.replace_all and request.form.get("sure") != "yes":
        flash(_("ยังไม่ได้บันทึก: กรุณาทำเครื่องหมายยืนยันการนำมาตรการออกก่อน"), "warning")
        return _to_preview(agency_id, wish)
    try:
        data = kept.read(wish.ticket, by, agency_id)
        if is_pdf(data) and request.form.get("looked") != "yes":
            flash(_("ยังไม่ได้บันทึก: ตารางที่อ่านจาก PDF เป็นร่าง กรุณาเทียบกับต้นฉบับแล้วทำเครื่องหมายยืนยัน"), "warning")
            return _to_preview(agency_id, wish)
        imported = _import(rt, agency_id, wish, data, dry_run=False, seen=request.form.get("seen", ""))
    except NotFound:
        return _gone(agency_id, wish.year)
    except StaleWrite:
        flash(_("มีผู้อื่นแก้แผนนี้ระหว่างที่คุณตรวจ ยังไม่ได้บันทึก กรุณาดูความแตกต่างล่าสุดแล้วยืนยันอีกครั้ง"), "warning")
        return _to_preview(agency_id, wish)
    kept.forget(wish.ticket, by, agency_id)
    flash(_said(imported), "success")
    return redirect(url_for("plan.chosen", agency_id=agency_id, fiscal_year=wish.year), 303)


def _form(agency_id: AgencyId, wanted: int | None, *, wrong: str | None = None, pasted: str = "") -> str:
    rt = runtime()
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        year = known_year(wanted) if wanted else year_that_matters(uow, agency_id)
    this_year = fiscal_year_of(bangkok_day(rt.clock.now()))
    return render_template(
        "plan_import.html",
        agency=agency,
        year=year,
        years=sorted({year, *(FiscalYear(this_year + step) for step in (-2, -1, 0, 1))}, reverse=True),
        wrong=wrong,
        pasted=pasted,
    )


def _to_preview(agency_id: AgencyId, wish: Wish) -> Response:
    address: dict[str, Any] = {"agency_id": agency_id, **wish.fields()}
    return redirect(url_for(".preview", **address), 303)


def _wish(fields: Mapping[str, str]) -> Wish:
    get = fields.get
    year, table = get("year", ""), get("table", "")
    if not year.isdecimal():
        raise NotFound("an import has a year")
    return Wish(
        ticket=get("ticket", ""),
        name=get("name", str(PASTED))[:LONGEST_NAME],
        year=known_year(int(year)),
        table=int(table) if table.isdecimal() else None,
        results=_results(get("results")),
        replace_all=get("replace") == "yes",
        mend=get("mend") == "yes",
    )


def _results(number: str | None) -> RoundNo | None:
    return round_no(int(number)) if number and number.isdecimal() else None


def _import(
    rt: WebRuntime, agency_id: AgencyId, wish: Wish, data: bytes, *, dry_run: bool, seen: str | None = None
) -> Imported:
    return ImportPlan(store=rt.store, ids=rt.ids, clock=rt.clock, pdf=rt.pdf)(
        agency_id,
        wish.year,
        wish.name,
        data,
        table=wish.table,
        results=wish.results,
        replace_all=wish.replace_all,
        dry_run=dry_run,
        by=who().person.id,
        seen=seen,
        mend=wish.mend,
        confirm_draft=request.form.get("looked") == "yes",
    )


def _kept(rt: WebRuntime) -> KeptUploads:
    return KeptUploads(media=rt.media, clock=rt.clock, ids=rt.ids, keyed=rt.keyed)


def _gone(agency_id: AgencyId, year: FiscalYear) -> Response:
    flash(_("ไฟล์ที่ส่งไว้หมดเวลาหรือนำเข้าไปแล้ว กรุณาเลือกไฟล์อีกครั้ง"), "warning")
    return redirect(url_for(".ask", agency_id=agency_id, year=year), 303)


def _said(imported: Imported) -> str:
    parts = [
        _("เพิ่ม %(count)s", count=digits(len(imported.added))),
        _("ปรับ %(count)s", count=digits(len(imported.changed))),
        _("เหมือนเดิม %(count)s", count=digits(len(imported.same))),
    ]
    parts += [_("นำออก %(count)s", count=digits(len(imported.removed)))] if imported.removed else []
    parts += [_("ผลการดำเนินการ %(count)s", count=digits(imported.results))] if imported.results else []
    return str(_("นำเข้าแล้ว: %(parts)s", parts=" · ".join(parts)))
