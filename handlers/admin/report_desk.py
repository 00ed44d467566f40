"""The agency's documents of a year: ask for one, see what was made, and compare versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day
from bot.domain.errors import BadInput
from bot.domain.people import PersonId, Role
from bot.domain.rounds import Round
from bot.jobs import COMPILE_REPORT
from bot.ports.records import ReportRun, ReportState, ReportVersion
from bot.ports.store import UnitOfWork
from bot.reporting.kinds import PARTS, WORDS, Kind
from bot.reporting.style_json import styles_of
from bot.reporting.styles import NAMED
from bot.services.agency_rounds import agency_rounds
from bot.services.compile_report import PROGRESS_FORMATS, queue_report
from bot.services.find import existing_agency
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import known_round, known_year, year_that_matters
from handlers.admin.report_form import FORMAT_HINTS, FORMATS, KIND_HINTS, Wish, wish_of_form
from handlers.admin.round_view import shown_round
from handlers.runtime import runtime
from handlers.thai import digits, said

pages = Blueprint("report_desk", __name__, url_prefix="/admin")

OPEN_STATES = (ReportState.QUEUED, ReportState.RUNNING)
SHOWN_RUNS = 20


@pages.get("/<agency_id>/reports/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def current(agency_id: AgencyId) -> str:
    """The year that matters now."""
    with runtime().store.read() as uow:
        return _page(uow, agency_id, year_that_matters(uow, agency_id))


@pages.get("/<agency_id>/<int:fiscal_year>/reports")
@for_roles(Role.ADMIN, Role.AUDITOR)
def of_year(agency_id: AgencyId, fiscal_year: int) -> str:
    """Any year."""
    with runtime().store.read() as uow:
        return _page(uow, agency_id, known_year(fiscal_year))


@pages.post("/<agency_id>/reports")
@for_roles(Role.ADMIN)
def ask(agency_id: AgencyId) -> Response:
    """Queue a compile; a second press while the same is under way leads to that one."""
    rt = runtime()
    fiscal_year = request.form.get("fiscal_year", type=int)
    if fiscal_year is None:
        raise BadInput("a report needs its fiscal year")
    back = redirect(url_for(".of_year", agency_id=agency_id, fiscal_year=fiscal_year), 303)
    try:
        wish = wish_of_form()
    except BadInput as problem:
        if not problem.fields.get("shown"):
            raise
        flash(problem.detail, "warning")
        return back
    with rt.store.write() as uow:
        round_ = known_round(uow, agency_id, fiscal_year, wish.round_no.value)
        missing = _missing(uow, agency_id, round_.fiscal_year, wish.kind)
        if missing:
            flash(missing, "warning")
            return back
        run = _under_way(uow, agency_id, round_.fiscal_year, wish) or queue_report(
            uow,
            rt.ids,
            rt.clock,
            agency_id,
            round_.fiscal_year,
            round_.no,
            formats=wish.formats,
            draft=wish.draft,
            requested_by=who().person.id,
            kind=wish.kind,
            parts=wish.parts,
            styles=wish.styles,
        )
    rt.queue.enqueue(COMPILE_REPORT, run.id)
    return redirect(url_for("reports.show", agency_id=agency_id, report_id=run.id), 303)


def _missing(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, kind: Kind) -> str | None:
    if kind is Kind.ANALYSIS:
        years = (FiscalYear(fiscal_year - 1), fiscal_year)
        if not any(uow.results.get(agency_id, year) for year in years):
            return str(_("ยังไม่มีผลการประเมิน กรุณาบันทึกในหน้า ผลประเมิน ก่อน"))
    elif not uow.plans.measures(agency_id, fiscal_year):
        return str(_("ยังไม่มีแผนมาตรการของปีงบประมาณนี้ จึงยังออกรายงานไม่ได้"))
    return None


def _under_way(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, wish: Wish) -> ReportRun | None:
    for run in uow.reports.latest(agency_id, fiscal_year, SHOWN_RUNS):
        if run.state in OPEN_STATES and not run.skip and wish.is_of(run):
            return run
    return None


def _page(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear) -> str:
    rt = runtime()
    agency = existing_agency(uow, agency_id)
    rounds = agency_rounds(uow, agency_id)
    here = [each for each in rounds if each.fiscal_year == fiscal_year]
    runs = uow.reports.latest(agency_id, fiscal_year, SHOWN_RUNS)
    versions = uow.versions.of_year(agency_id, fiscal_year)
    chosen = styles_of(uow.agencies.settings(agency_id).table_styles)
    return render_template(
        "reports.html",
        agency=agency,
        year=fiscal_year,
        years=sorted({each.fiscal_year for each in rounds} | {fiscal_year}, reverse=True),
        rounds=here,
        shown=_round_to_offer(here),
        kinds={kind: (kind_words(kind), KIND_HINTS.get(kind, "")) for kind in Kind},
        parts=PARTS,
        formats={name: (FORMATS[name], FORMAT_HINTS[name]) for name in PROGRESS_FORMATS},
        named=list(NAMED.values()),
        styles={kind: style.name for kind, style in chosen.items()},
        runs=runs,
        versions=versions,
        pair=_pair(versions),
        called=called,
        names=people_names(uow, agency_id, [*(v.made_by for v in versions), *(r.requested_by for r in runs)]),
        open_states=OPEN_STATES,
        runs_it=may_run(agency_id),
        today=bangkok_day(rt.clock.now()),
    )


def _round_to_offer(rounds: list[Round]) -> Round | None:
    """The one whose report is due next, else the last that closed."""
    return shown_round(rounds, bangkok_day(runtime().clock.now())) if rounds else None


def kind_words(kind: str) -> str:
    """What a kind of document is called on the page; a newer program's kind by its own name."""
    return said(thai_kind(kind))


def thai_kind(kind: str) -> str:
    """What documents themselves call it."""
    words = WORDS[Kind(kind)] if kind in set(Kind) else None
    return (words.short or "".join(words.title)) if words else kind


def called(document: ReportRun | ReportVersion) -> str:
    """A document as lists name it: its kind, and its round where it has one."""
    words = WORDS[Kind(document.kind)] if document.kind in set(Kind) else None
    kind = kind_words(document.kind)
    if words is not None and not words.of_round:
        return kind
    return f"{kind} {_('รอบ %(no)s เดือน', no=digits(document.round_no.value))}"


def _pair(versions: list[ReportVersion]) -> tuple[str, str]:
    """The two that one would compare first: the newest with a version of the same document before it."""
    for newest in versions:
        before = newest_first(versions, newest)
        if before:
            return before[0].inputs_hash, newest.inputs_hash
    return (versions[1].inputs_hash, versions[0].inputs_hash) if len(versions) > 1 else ("", "")


def people_names(uow: UnitOfWork, agency_id: AgencyId, ids: Iterable[PersonId | None]) -> Mapping[PersonId, str]:
    """Names of those who asked: the agency's people at once, others one by one."""
    wanted = {each for each in ids if each}
    names = {person.id: person.name for person, _ in uow.people.members(agency_id) if person.id in wanted}
    for missing in wanted - names.keys():
        person = uow.people.get(missing)
        names[missing] = person.name if person else ""
    return names


def newest_first(versions: Iterable[ReportVersion], like: ReportVersion) -> list[ReportVersion]:
    """The other versions of the same document, as they are listed."""
    same = (like.kind, like.round_no)
    return [v for v in versions if (v.kind, v.round_no) == same and v.inputs_hash != like.inputs_hash]
