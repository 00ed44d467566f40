"""One measure's two rounds beside each other, for each reporter."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import gettext as _  # type: ignore[import-untyped]

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId, Role
from bot.domain.rounds import RoundNo
from bot.domain.text import match_key
from bot.domain.updates import Answer, Update
from bot.domain.years import MeasureYear
from bot.services.find import existing_agency
from handlers.admin.access import for_roles
from handlers.admin.desk import known_measure, known_year
from handlers.admin.round_view import REVIEWS, parts_of
from handlers.runtime import runtime
from handlers.thai import said

pages = Blueprint("compare", __name__, url_prefix="/admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer in both rounds; `same` when the second repeats the first."""

    heading: str
    six: str
    twelve: str

    @property
    def same(self) -> bool:
        """Whether the texts are the same but for spacing and slips."""
        return bool(self.six) and match_key(self.six) == match_key(self.twelve)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One reporter's part in both rounds."""

    name: str
    six: Update | None
    twelve: Update | None
    lines: tuple[Line, ...]


@pages.get("/<agency_id>/<int:fiscal_year>/compare/<int:measure_no>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, fiscal_year: int, measure_no: int) -> str:
    """Both rounds."""
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        each = known_measure(uow, agency_id, known_year(fiscal_year), measure_no)
    return render_template(
        "compare.html",
        agency=agency,
        measure=each.measure,
        people=compared(each),
        reviews=REVIEWS,
        rounds=tuple(RoundNo),
    )


def compared(each: MeasureYear) -> list[Beside]:
    """Every reporter's parts, those who report now first."""
    names: dict[PersonId, str] = {}
    updates: dict[tuple[PersonId, RoundNo], Update | None] = {}
    for no in RoundNo:
        for part in parts_of(each, no):
            names.setdefault(part.person_id, part.name)
            updates[part.person_id, no] = part.update
    return [
        _beside(name, updates.get((key, RoundNo.SIX)), updates.get((key, RoundNo.TWELVE)))
        for key, name in names.items()
    ]


def _beside(name: str, six: Update | None, twelve: Update | None) -> Beside:
    lines = [Line(heading=str(_("สถานะ")), six=_status(six), twelve=_status(twelve))]
    lines += [Line(heading=said(a), six=_text(six, a), twelve=_text(twelve, a)) for a in Answer]
    shown = tuple(line for line in lines if line.six or line.twelve)
    return Beside(name=name, six=six, twelve=twelve, lines=shown)


def _status(update: Update | None) -> str:
    return said(update.status) if update and update.status else ""


def _text(update: Update | None, answer: Answer) -> str:
    return (update.answer(answer) if update else None) or ""
