"""A version of a document with all that is known of it, and two versions beside each other."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.ports.records import ReportVersion
from bot.ports.store import UnitOfWork
from bot.reporting.compare_versions import compare
from bot.reporting.versions import dashed
from bot.services.find import existing_agency
from handlers.admin.access import for_roles
from handlers.admin.report_desk import called, kind_words, newest_first, people_names
from handlers.admin.report_form import FORMATS
from handlers.runtime import runtime

pages = Blueprint("report_versions", __name__, url_prefix="/admin")


@pages.get("/<agency_id>/reports/versions/<inputs_hash>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, inputs_hash: str) -> str:
    """Who made it when and of what, its files, and what the check found then."""
    with runtime().store.read() as uow:
        version = _version(uow, agency_id, inputs_hash)
        others = newest_first(uow.versions.of_year(agency_id, version.fiscal_year), version)
        return render_template(
            "report_version.html",
            agency=existing_agency(uow, agency_id),
            version=version,
            code=dashed(version.code),
            kind=called(version),
            styles=_styles(version),
            files=uow.versions.files([version.inputs_hash])[version.inputs_hash],
            formats=FORMATS,
            others=others,
            names=people_names(uow, agency_id, [version.made_by]),
        )


@pages.get("/<agency_id>/reports/compare")
@for_roles(Role.ADMIN, Role.AUDITOR)
def beside(agency_id: AgencyId) -> str | Response:
    """What the later of two versions says otherwise, measure by measure."""
    chosen = [request.args.get(name, "") for name in ("a", "b")]
    if not all(chosen) or chosen[0] == chosen[1]:
        return redirect(url_for("report_desk.current", agency_id=agency_id), 303)
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        older, newer = sorted((_version(uow, agency_id, each) for each in chosen), key=lambda v: v.made_at)
    return render_template(
        "report_compare.html",
        agency=agency,
        older=older,
        newer=newer,
        kinds={each.inputs_hash: called(each) for each in (older, newer)},
        found=compare(older.content, newer.content),
    )


def _version(uow: UnitOfWork, agency_id: AgencyId, inputs_hash: str) -> ReportVersion:
    version = uow.versions.get(inputs_hash)
    if version is None or version.agency_id != agency_id:
        raise NotFound("there is no such version")
    return version


def _styles(version: ReportVersion) -> list[tuple[str, str]]:
    """The table styles by the kind that they are of; an edited one by its own name."""
    given: dict[str, Any] = version.made_with.get("styles", {})
    return [(kind_words(kind), style if isinstance(style, str) else style["name"]) for kind, style in given.items()]
