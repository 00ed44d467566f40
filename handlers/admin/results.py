"""Results of the assessment: scores by year, typed, pasted or from a file, drawn as reports draw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day, fiscal_year_of
from bot.domain.errors import BadInput, StaleWrite
from bot.domain.people import Role
from bot.domain.results import GROUPS, INDICATORS, PASSING, AssessmentResult, Instrument, rounded
from bot.importing.scores import ScoresReading, doubts_of
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.import_results import import_results
from bot.services.keep_results import keep_results, result_given
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.charts import Columns, columns
from handlers.admin.desk import given_file, known_year
from handlers.runtime import runtime
from handlers.uploads import takes_files

pages = Blueprint("results", __name__, url_prefix="/admin")

YEARS_BACK = 4
"""A form has the overall scores of this many earlier years."""


@pages.get("/<agency_id>/results/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def current(agency_id: AgencyId) -> Response:
    """The newest year that has scores; before there is one, last year's, which this year's plan goes by."""
    rt = runtime()
    with rt.store.read() as uow:
        known = uow.results.of_agency(agency_id)
    year = known[0].fiscal_year if known else fiscal_year_of(bangkok_day(rt.clock.now())) - 1
    return redirect(url_for(".show", agency_id=agency_id, fiscal_year=year))


@pages.get("/<agency_id>/results/<int:fiscal_year>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, fiscal_year: int) -> str:
    """A year's scores, drawn and in tables."""
    return _page(agency_id, known_year(fiscal_year))


@pages.post("/<agency_id>/results/<int:fiscal_year>")
@for_roles(Role.ADMIN)
def save(agency_id: AgencyId, fiscal_year: int) -> Response | tuple[str, int]:
    """Store what was typed."""
    rt, year = runtime(), known_year(fiscal_year)
    typed = {name: text.replace("\r\n", "\n") for name, text in request.form.items()}
    try:
        result = result_given(agency_id, year, typed, earlier_years(year))
        with rt.store.write() as uow:
            keep_results(uow, rt.ids, rt.clock.now(), who().person.id, result, typed.get("seen", ""))
    except BadInput as problem:
        return _page(agency_id, year, typed=typed, wrong=str(problem.fields["field"])), 422
    except StaleWrite:
        return _page(agency_id, year, typed=typed, stale=True), 409
    flash(_("บันทึกคะแนนแล้ว"), "success")
    return redirect(url_for(".show", agency_id=agency_id, fiscal_year=year), 303)


@pages.post("/<agency_id>/results/<int:fiscal_year>/import")
@for_roles(Role.ADMIN)
@takes_files
def read(agency_id: AgencyId, fiscal_year: int) -> tuple[str, int] | str:
    """Read a file or pasted text into the form; nothing is stored before it is saved there."""
    year = known_year(fiscal_year)
    name, data = given_file(_("ข้อความที่วาง"))
    if not data:
        return _page(agency_id, year, unread=_("กรุณาเลือกไฟล์ หรือวางข้อความจากตารางคะแนน")), 422
    try:
        reading = import_results(runtime().store, agency_id, year, name, data, dry_run=True)
    except BadInput as problem:
        return _page(agency_id, year, unread=problem.detail), 422
    return _page(agency_id, year, typed=fields_of(reading.result), reading=reading)


def _page(
    agency_id: AgencyId,
    year: FiscalYear,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: str | None = None,
    unread: str | None = None,
    reading: ScoresReading | None = None,
    stale: bool = False,
) -> str:
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        known = uow.results.of_agency(agency_id)
    result = next((each for each in known if each.fiscal_year == year), None)
    values = fields_of(result) if typed is None and result else typed or {}
    return render_template(
        "results.html",
        agency=agency,
        year=year,
        years=sorted({year, year + 1, *(each.fiscal_year for each in known)}, reverse=True),
        earlier=earlier_years(year),
        result=result,
        values=values,
        doubts=doubts_of(result) if result else [],
        groups=GROUPS,
        indicators=INDICATORS,
        instruments=tuple(Instrument),
        overall=years_drawn(known),
        drawn=indicators_drawn(result) if result else None,
        passing=PASSING,
        rounded=rounded,
        seen=fingerprint(result),
        wrong=wrong,
        unread=unread,
        reading=reading,
        stale=stale,
        editing=typed is not None or result is None,
        runs_it=may_run(agency_id),
    )


def earlier_years(year: FiscalYear) -> Sequence[int]:
    """The years before it that a form has."""
    return range(int(year) - YEARS_BACK, int(year))


def fields_of(result: AssessmentResult) -> dict[str, str]:
    """A result as the fields of its form."""
    scores: dict[str, Decimal | None] = {"overall": result.overall}
    scores |= {each.value: score for each, score in result.instruments.items()}
    scores |= {f"i{number}": score for number, score in result.indicators.items()}
    scores |= {f"h{year}": score for year, score in result.history.items()}
    fields = {name: str(score) for name, score in scores.items() if score is not None}
    return fields | {f"a{number}": text for number, text in result.analysis.items()} | {"level": result.level or ""}


def years_drawn(known: Sequence[AssessmentResult]) -> Columns | None:
    """The overall scores over the years, each year's own result before what later ones say of it."""
    scores: dict[int, Decimal] = {}
    for result in sorted(known, key=lambda each: each.fiscal_year):
        scores |= {year: score for year, score in result.history.items() if year not in scores}
        if result.overall is not None:
            scores[int(result.fiscal_year)] = result.overall
    points = [(str(year), float(score)) for year, score in sorted(scores.items())]
    return columns(points, float(PASSING)) if len(points) > 1 else None


def indicators_drawn(result: AssessmentResult) -> Columns | None:
    """The scores by indicator, named by number."""
    points = [(str(number), float(score)) for number, score in sorted(result.indicators.items())]
    return columns(points, float(PASSING)) if points else None
