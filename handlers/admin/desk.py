"""What several admin pages look up in the same way."""

from __future__ import annotations

from datetime import date

from flask import request

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day, fiscal_year_of
from bot.domain.errors import BadInput, NotFound
from bot.domain.rounds import Round, RoundNo
from bot.domain.years import MeasureYear
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.load_year import load_year
from handlers.admin.round_view import shown_round
from handlers.runtime import runtime


def round_no(number: int) -> RoundNo:
    """The round of an address; any number but 6 and 12 is a page that is not there."""
    try:
        return RoundNo(number)
    except ValueError:
        raise NotFound(f"there is no round {number}") from None


def known_round(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: int, number: int) -> Round:
    """A round of a year that the agency has a plan or dates for."""
    no = round_no(number)
    for each in agency_rounds(uow, agency_id):
        if (each.fiscal_year, each.no) == (fiscal_year, no):
            return each
    raise NotFound(f"{agency_id} has no fiscal year {fiscal_year}")


def known_measure(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: int, number: int) -> MeasureYear:
    """A measure by its number, with everything reported on it."""
    for each in load_year(uow, agency_id, FiscalYear(fiscal_year)).measures:
        if each.measure.no == number:
            return each
    raise NotFound(f"{agency_id} has no measure {number} in {fiscal_year}")


FIRST_YEAR, LAST_YEAR = 2550, 2650
"""Fiscal years that somebody can mean."""


def known_year(number: int) -> FiscalYear:
    """The fiscal year of an address or form; one that nobody can mean is a page that is not there."""
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise NotFound(f"there is no fiscal year {number}")
    return FiscalYear(number)


def year_that_matters(uow: UnitOfWork, agency_id: AgencyId) -> FiscalYear:
    """The year of the round to show first; before there is any, the year of today."""
    today = bangkok_day(runtime().clock.now())
    round_ = shown_round(agency_rounds(uow, agency_id), today)
    return round_.fiscal_year if round_ else fiscal_year_of(today)


def text_of(name: str) -> str:
    """A text field of the form, with line breaks as everywhere else (browsers send CR and LF)."""
    return request.form.get(name, "").replace("\r\n", "\n").replace("\r", "\n")


LONGEST_NAME = 80
"""Letters of a file's name."""


def given_file(pasted_name: str) -> tuple[str, bytes]:
    """The file's name and bytes, or the pasted text (field `text`) as a file; the file wins where both are given."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.filename[-LONGEST_NAME:], file.read()
    return pasted_name, text_of("text").strip().encode()


def day_of(name: str) -> date | None:
    """A date field of the form; None when it was left empty."""
    return day_given(request.form.get(name, ""), name)


def day_given(text: str, name: str) -> date | None:
    """A day as browsers write it; None for nothing."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise BadInput(f"{name} is no date") from None
