"""What several admin pages look up in the same way."""

from __future__ import annotations

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import NotFound
from bot.domain.rounds import Round, RoundNo
from bot.domain.years import MeasureYear
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.load_year import load_year


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
