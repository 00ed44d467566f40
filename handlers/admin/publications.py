"""The publish record: which document was posted under which item, where, since when, and whether it still opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Role
from bot.domain.publications import Publication, PublicationId
from bot.ports.store import UnitOfWork
from bot.reporting.check.items import item_of
from bot.reporting.itas_text import itas_text
from bot.reporting.kinds import Kind
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.publish_record import Given, remove_publication, save_publication, urls_in
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import day_of, known_year, text_of, year_that_matters
from handlers.admin.report_desk import kind_words, thai_kind
from handlers.runtime import runtime

pages = Blueprint("publications", __name__, url_prefix="/admin")

FIELDS = ("fiscal_year", "kind", "ita_year", "item", "urls", "description", "posted_on", "code")
WRONG = {
    "urls": lazy_gettext("ที่อยู่เว็บต้องขึ้นต้นด้วย https:// หรือ http:// บรรทัดละหนึ่งที่อยู่ ไม่เกิน ๑๐ ที่อยู่"),
    "ita_year": lazy_gettext("ปี ITA เป็นปี พ.ศ. สี่หลัก เช่น ๒๕๖๘"),
    "item": lazy_gettext("เลขข้อยาวเกินไป"),
    "description": lazy_gettext("คำอธิบายยาวเกินไป กรุณาย่อ"),
    "code": lazy_gettext("รหัสฉบับมีตัวอักษรและตัวเลข ๘ ตัว"),
    "posted_on": lazy_gettext("วันที่ไม่ถูกต้อง"),
}


@pages.get("/<agency_id>/publications/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """Every record, with what became of its links when they were last opened."""
    with runtime().store.read() as uow:
        return render_template(
            "publications.html",
            agency=existing_agency(uow, agency_id),
            records=uow.publications.of_agency(agency_id),
            looked=uow.links.looked(agency_id),
            kind_words=kind_words,
            runs_it=may_run(agency_id),
        )


@pages.get("/<agency_id>/publications/new")
@for_roles(Role.ADMIN)
def new(agency_id: AgencyId) -> str:
    """An empty record, with the item that the document is for."""
    with runtime().store.read() as uow:
        year = request.args.get("fiscal_year", type=int)
        fiscal_year = known_year(year) if year else year_that_matters(uow, agency_id)
        kind = request.args.get("kind", Kind.PROGRESS.value)
        return _form(uow, agency_id, _fresh(uow, agency_id, fiscal_year, kind))


@pages.get("/<agency_id>/publications/<publication_id>")
@for_roles(Role.ADMIN)
def edit(agency_id: AgencyId, publication_id: PublicationId) -> str:
    """A record's form."""
    with runtime().store.read() as uow:
        record = _record(uow, agency_id, publication_id)
        return _form(uow, agency_id, _values(record), record=record)


@pages.post("/<agency_id>/publications/")
@for_roles(Role.ADMIN)
def save(agency_id: AgencyId) -> Response | tuple[str, int]:
    """Store a record, or only write its คำอธิบาย anew."""
    rt = runtime()
    typed = {name: text_of(name) for name in FIELDS}
    record_id = PublicationId(text_of("record")) or None
    if request.form.get("do") == "write":
        return _written(agency_id, typed, record_id)
    try:
        with rt.store.write() as uow:
            save_publication(
                uow,
                rt.ids,
                rt.clock.now(),
                who().person.id,
                agency_id,
                _given(typed),
                publication_id=record_id,
                seen=request.form.get("seen", ""),
            )
    except (BadInput, StaleWrite) as problem:
        stale = isinstance(problem, StaleWrite)
        with rt.store.read() as uow:
            record = _record(uow, agency_id, record_id) if record_id else None
            wrong = None if stale else str(problem.fields.get("field", ""))
            return _form(uow, agency_id, typed, record=record, wrong=wrong, stale=stale), 409 if stale else 422
    flash(_("บันทึกการเผยแพร่แล้ว"), "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)


@pages.post("/<agency_id>/publications/<publication_id>/remove")
@for_roles(Role.ADMIN)
def remove(agency_id: AgencyId, publication_id: PublicationId) -> Response:
    """Remove the record; what was posted stays."""
    rt = runtime()
    with rt.store.write() as uow:
        remove_publication(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, publication_id)
    flash(_("ลบบันทึกการเผยแพร่แล้ว เอกสารบนเว็บไซต์ไม่เปลี่ยน"), "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)


def _written(agency_id: AgencyId, typed: dict[str, str], record_id: PublicationId | None) -> tuple[str, int]:
    with runtime().store.read() as uow:
        record = _record(uow, agency_id, record_id) if record_id else None
        try:
            given = _given(typed)
            words = thai_kind(given.kind)
            document = f"{words} ประจำปีงบประมาณ พ.ศ. {given.fiscal_year}"
            name = existing_agency(uow, agency_id).name
            ita_year = int(given.ita_year) if given.ita_year.isdecimal() else given.fiscal_year
            typed["description"] = itas_text(name, document, ita_year, given.item.strip(), urls_in(given.urls))
        except BadInput as problem:
            wrong = str(problem.fields.get("field", ""))
            return _form(uow, agency_id, typed, record=record, wrong=wrong), 422
        return _form(uow, agency_id, typed, record=record), 200


def _given(typed: Mapping[str, str]) -> Given:
    kind, year = typed["kind"], typed["fiscal_year"]
    if kind not in set(Kind) or not year.isdecimal():
        raise BadInput("a record is of a kind and a year")
    try:
        posted_on = day_of("posted_on")
    except BadInput:
        raise BadInput("no date", field="posted_on") from None
    rest = {name: typed[name] for name in ("ita_year", "item", "urls", "description", "code")}
    return Given(fiscal_year=known_year(int(year)), kind=kind, posted_on=posted_on, **rest)


def _fresh(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, kind: str) -> dict[str, str]:
    ita_year, item = item_of(fiscal_year, "plan" if kind == Kind.PLAN else "report")
    website = existing_agency(uow, agency_id).website or ""
    home = website if "://" in website or not website else f"https://{website}"
    newest = next((v for v in uow.versions.of_year(agency_id, fiscal_year) if v.kind == kind and not v.draft), None)
    empty = dict.fromkeys(FIELDS, "")
    known = {"fiscal_year": str(fiscal_year), "kind": kind, "ita_year": str(ita_year), "item": item, "urls": home}
    return {**empty, **known, "code": newest.code if newest else ""}


def _values(record: Publication) -> dict[str, str]:
    shown = {name: str(getattr(record, name)) for name in FIELDS if name not in ("urls", "posted_on")}
    posted = record.posted_on.isoformat() if record.posted_on else ""
    return {**shown, "urls": "\n".join(record.urls), "posted_on": posted}


def _record(uow: UnitOfWork, agency_id: AgencyId, publication_id: PublicationId) -> Publication:
    record = uow.publications.get(publication_id)
    if record is None or record.agency_id != agency_id:
        raise NotFound("there is no such record")
    return record


def _form(uow: UnitOfWork, agency_id: AgencyId, values: Mapping[str, str], **more: Any) -> str:
    record, wrong = more.get("record"), more.get("wrong")
    return render_template(
        "publication.html",
        agency=existing_agency(uow, agency_id),
        values=values,
        years=sorted({*uow.plans.fiscal_years(agency_id), int(values["fiscal_year"] or 0)} - {0}, reverse=True),
        kinds={kind.value: kind_words(kind) for kind in Kind},
        record=record,
        seen=fingerprint(record) if record else "",
        wrong=wrong,
        said=WRONG.get(wrong) if wrong else None,
        stale=more.get("stale", False),
    )
