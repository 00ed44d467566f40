"""An agency's own table styles: columns, headings, order, paper and footer in a form, with the table as it would be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.ports.store import UnitOfWork
from bot.reporting.build import build_report
from bot.reporting.kinds import Kind
from bot.reporting.model import Table
from bot.reporting.style_json import MOST_COLUMNS, read_style, style_as_json, style_name, styles_of
from bot.reporting.styles import DEFAULTS, NAMED, PAPERS, TableStyle
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.load_year import load_year
from bot.services.table_styles import keep_style
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import year_that_matters
from handlers.admin.report_desk import kind_words
from handlers.runtime import runtime

pages = Blueprint("table_styles", __name__, url_prefix="/admin")

COLUMNS = {
    "measure": lazy_gettext("มาตรการ"),
    "section": lazy_gettext("กลุ่มมาตรการ"),
    "indicator": lazy_gettext("ตัวชี้วัด"),
    "approach": lazy_gettext("แนวทาง"),
    "steps": lazy_gettext("ขั้นตอน/วิธีการ"),
    "responsible": lazy_gettext("ผู้รับผิดชอบ"),
    "period": lazy_gettext("ระยะเวลา"),
    "monitoring": lazy_gettext("การกำกับติดตาม"),
    "summary": lazy_gettext("สรุปผลการดำเนินการ"),
    "output": lazy_gettext("ผลผลิต"),
    "outcome": lazy_gettext("ผลลัพธ์/ความสำเร็จ"),
    "obstacles": lazy_gettext("ปัญหา อุปสรรค และข้อเสนอแนะ"),
    "remark": lazy_gettext("หมายเหตุ"),
    "status": lazy_gettext("สถานะ"),
}
PAPER_WORDS = {"a4": "A4", "a3": "A3", "f14": lazy_gettext("F14 (กระดาษยาว)")}
SHOWN_MEASURES = 3


@pages.get("/<agency_id>/styles/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """The style of each kind of table, and ours to begin with."""
    with runtime().store.read() as uow:
        agency, settings = existing_agency(uow, agency_id), uow.agencies.settings(agency_id)
    styles = styles_of(settings.table_styles)
    return render_template(
        "table_styles.html",
        agency=agency,
        styles={kind: (kind_words(kind), style, style != NAMED.get(style.name)) for kind, style in styles.items()},
        named={kind: [s for s in NAMED.values() if s.kind is kind] for kind in DEFAULTS},
        runs_it=may_run(agency_id),
    )


@pages.get("/<agency_id>/styles/<kind>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def edit(agency_id: AgencyId, kind: str) -> str:
    """The form, beginning with the agency's style or with one of ours."""
    known = _kind(kind)
    with runtime().store.read() as uow:
        stored = styles_of(uow.agencies.settings(agency_id).table_styles)[known]
        begin = NAMED.get(request.args.get("from", ""))
        style = begin if begin is not None and begin.kind is known else stored
        return _page(uow, agency_id, style, stored)


@pages.post("/<agency_id>/styles/<kind>")
@for_roles(Role.ADMIN)
def save(agency_id: AgencyId, kind: str) -> Response | tuple[str, int]:
    """Show the table with what was typed, or make it the agency's."""
    rt, known = runtime(), _kind(kind)
    try:
        style = _given(known)
    except BadInput as problem:
        with rt.store.read() as uow:
            stored = styles_of(uow.agencies.settings(agency_id).table_styles)[known]
            return _page(uow, agency_id, stored, stored, wrong=_said(problem.detail), typed=_typed_rows()), 422
    if request.form.get("do") != "save":
        with rt.store.read() as uow:
            stored = styles_of(uow.agencies.settings(agency_id).table_styles)[known]
            return _page(uow, agency_id, style, stored, seen=request.form.get("seen", "")), 200
    try:
        with rt.store.write() as uow:
            keep_style(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, request.form.get("seen", ""), style)
    except StaleWrite:
        with rt.store.read() as uow:
            stored = styles_of(uow.agencies.settings(agency_id).table_styles)[known]
            return _page(uow, agency_id, style, stored, stale=True), 409
    flash(_("บันทึกแบบตารางแล้ว เอกสารที่ออกต่อไปใช้แบบนี้"), "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)


def _kind(name: str) -> Kind:
    if name not in {kind.value for kind in DEFAULTS}:
        raise NotFound(f"there is no table of {name}")
    return Kind(name)


def _given(kind: Kind) -> TableStyle:
    """The style that the form describes; raises BadInput as read_style does."""
    form = request.form
    base = form.get("base", "")
    data: dict[str, Any] = {
        "base": base if base in NAMED and NAMED[base].kind is kind else DEFAULTS[kind].name,
        "columns": [{name: row[name] for name in ("key", "title", "width", "group")} for row in _rows()],
        "title": form.get("title", "").replace("\r\n", "\n").strip(),
        "footer": form.get("footer", "").replace("\r\n", "\n").strip(),
        "paper": form.get("paper", "a4"),
        "font_pt": _number(form.get("font_pt", "")),
        "per_page": _number(form.get("per_page", "0")),
        **{name: form.get(name) == "yes" for name in ("sections", "title_again", "landscape")},
    }
    digits = form.get("thai_digits", "")
    return read_style({**data, "thai_digits": digits == "yes" if digits else None})


def _rows() -> list[dict[str, Any]]:
    """The rows with a column chosen, by the numbers of their order and then as they stand."""
    rows = [row for row in _typed_rows() if row["key"]]
    placed = sorted(enumerate(rows), key=lambda pair: (_number(str(pair[1]["order"])), pair[0]))
    return [{**row, "width": _number(str(row["width"]))} for _place, row in placed]


def _typed_rows() -> list[dict[str, Any]]:
    names = ("key", "title", "width", "group", "order")
    return [{name: request.form.get(f"{name}{n}", "").strip() for name in names} for n in range(MOST_COLUMNS)]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadInput("a number is missing") from None


def _said(detail: str) -> str:
    """What is wrong, in words for people; the place is the field's name before the colon."""
    if "measure" in detail and "must be" in detail:
        return str(_("ต้องมีช่อง “มาตรการ” หนึ่งช่อง"))
    if "twice" in detail:
        return str(_("มีช่องที่เลือกซ้ำ เลือกแต่ละช่องได้ครั้งเดียว"))
    if "heading" in detail:
        return str(_("มีช่องที่ยังไม่ได้เขียนหัวตาราง"))
    return str(_("มีตัวเลขหรือข้อความที่ใช้ไม่ได้: ความกว้าง ๑–๑๐๐ ขนาดตัวอักษร ๘–๒๔ มาตรการต่อหน้า ๐–๒๐ ข้อความไม่เกิน ๔๐๐ ตัวอักษร"))


def _page(
    uow: UnitOfWork,
    agency_id: AgencyId,
    style: TableStyle,
    stored: TableStyle,
    *,
    wrong: str | None = None,
    typed: list[dict[str, Any]] | None = None,
    seen: str | None = None,
    stale: bool = False,
) -> str:
    rows = [{**column, "order": n} for n, column in enumerate(style_as_json(style)["columns"], start=1)]
    blank: dict[str, Any] = {"key": "", "title": "", "width": 10, "group": "", "order": len(rows) + 1}
    return render_template(
        "table_style.html",
        agency=existing_agency(uow, agency_id),
        kind=style.kind,
        kind_words=kind_words(style.kind),
        style=style,
        base=style_as_json(style)["base"],
        rows=typed or [*rows, *(dict(blank) for _n in range(MOST_COLUMNS - len(rows)))],
        columns=COLUMNS,
        papers={name: PAPER_WORDS[name] for name in PAPERS},
        named=[each for each in NAMED.values() if each.kind is style.kind],
        table=_table(uow, agency_id, style),
        seen=seen if seen is not None else fingerprint(style_name(stored)),
        wrong=wrong,
        stale=stale,
        runs_it=may_run(agency_id),
    )


def _table(uow: UnitOfWork, agency_id: AgencyId, style: TableStyle) -> Table | None:
    """The year's first measures in the style; nothing before there is a plan."""
    fiscal_year: FiscalYear = year_that_matters(uow, agency_id)
    year = load_year(uow, agency_id, fiscal_year)
    if not year.measures:
        return None
    few = replace(year, measures=year.measures[:SHOWN_MEASURES])
    thai = uow.agencies.settings(agency_id).thai_digits
    now = runtime().clock.now()
    styles = {**DEFAULTS, style.kind: style}
    report = build_report(
        few, RoundNo.TWELVE, draft=True, compiled_at=now, kind=style.kind, styles=styles, thai_digits=thai
    )
    return report.table
