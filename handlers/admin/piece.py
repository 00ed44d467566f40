"""One piece of evidence, as large as the window, with the way to the one before and the one after."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.domain.updates import Evidence, EvidenceId
from bot.domain.years import MeasureYear
from bot.services.find import existing_agency
from handlers.admin.access import for_roles
from handlers.admin.desk import known_measure, known_round
from handlers.admin.pieces import shown
from handlers.admin.round_view import Part, parts_of
from handlers.runtime import runtime

pages = Blueprint("piece", __name__, url_prefix="/admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """A piece's place among all of the measure's in a round."""

    part: Part
    evidence: Evidence
    place: int
    count: int
    before: EvidenceId | None
    after: EvidenceId | None


@pages.get("/<agency_id>/<int:fiscal_year>/<int:number>/<int:measure_no>/evidence/<evidence_id>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, fiscal_year: int, number: int, measure_no: int, evidence_id: EvidenceId) -> str:
    """The piece."""
    rt = runtime()
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        round_ = known_round(uow, agency_id, fiscal_year, number)
        each = known_measure(uow, agency_id, fiscal_year, measure_no)
    found = among(each, round_.no, evidence_id)
    return render_template(
        "piece.html",
        agency=agency,
        round=round_,
        measure=each.measure,
        found=found,
        piece=shown(rt, found.evidence),
    )


def among(each: MeasureYear, no: RoundNo, evidence_id: EvidenceId) -> Among:
    """Where a piece stands, in the order of the measure's page."""
    pieces = [(part, piece) for part in parts_of(each, no) if part.update for piece in part.update.evidence]
    ids = [piece.id for _, piece in pieces]
    if evidence_id not in ids:
        raise NotFound("the measure has no such evidence in the round")
    at = ids.index(evidence_id)
    return Among(
        part=pieces[at][0],
        evidence=pieces[at][1],
        place=at + 1,
        count=len(ids),
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
    )
