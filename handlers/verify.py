"""Which version is this: what anybody may know of a document by the code on its cover, nothing personal."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.people import normal_code
from bot.ports.records import ReportVersion, VersionFile
from bot.ports.store import UnitOfWork
from bot.reporting.kinds import WORDS, Kind
from bot.reporting.versions import dashed
from handlers.admin.access import public
from handlers.runtime import runtime

pages = Blueprint("verify", __name__, url_prefix="/v")

FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "HTML", "json": "JSON"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A version as anybody sees it; `newer` is the code of the newest one of the same document."""

    version: ReportVersion
    agency: str
    title: str
    of_round: bool
    files: tuple[VersionFile, ...]
    newer: ReportVersion | None


@pages.get("/")
@public
def ask() -> Response | str:
    """A field for the code, for those who cannot scan."""
    typed = request.args.get("code", "")
    code = normal_code(typed)
    if code:
        return redirect(url_for(".show", code=code), 303)
    return render_template("version_ask.html", typed=typed, wrong=_("รหัสฉบับมีตัวอักษรและตัวเลข ๘ ตัว") if typed else None)


@pages.get("/<code>")
@public
def show(code: str) -> tuple[str, int] | Response:
    """What this program knows of the version; nothing of what its document says."""
    normal = normal_code(code)
    if normal is None:
        return redirect(url_for(".ask", code=code), 303)
    with runtime().store.read() as uow:
        versions = uow.versions.of_code(normal)
        files = uow.versions.files(each.inputs_hash for each in versions)
        known = [_known(uow, each, files[each.inputs_hash]) for each in versions]
    page = render_template("version_public.html", code=dashed(normal), versions=known, formats=FORMATS)
    return page, 200 if known else 404


def _known(uow: UnitOfWork, version: ReportVersion, files: list[VersionFile]) -> Known:
    agency = uow.agencies.get(AgencyId(version.agency_id))
    newest = uow.versions.newest_like(version)
    words = WORDS.get(Kind(version.kind)) if version.kind in set(Kind) else None
    return Known(
        version=version,
        agency=agency.name if agency else "",
        title="".join(words.title) if words else version.kind,
        of_round=words.of_round if words else True,
        files=tuple(files),
        newer=newest if newest.inputs_hash != version.inputs_hash else None,
    )
