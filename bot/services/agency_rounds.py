"""The rounds of an agency with the dates that hold: set ones over the default ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.domain.rounds import Round, RoundNo, default_round
from bot.ports.outside import Clock, Ids
from bot.ports.store import Store, UnitOfWork
from bot.services.find import existing_agency
from bot.services.logbook import Action, note


def agency_rounds(uow: UnitOfWork, agency_id: AgencyId, extra_years: Iterable[FiscalYear] = ()) -> list[Round]:
    """Both rounds of every fiscal year that has a plan or set dates, oldest year first."""
    stored = {(r.fiscal_year, r.no): r for r in uow.plans.rounds(agency_id)}
    years = {*uow.plans.fiscal_years(agency_id), *(year for year, _ in stored), *extra_years}
    return [stored.get((year, no)) or default_round(agency_id, year, no) for year in sorted(years) for no in RoundNo]


def one_round(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, no: RoundNo) -> Round:
    """One round with the dates that hold."""
    wanted = (r for r in agency_rounds(uow, agency_id, [fiscal_year]) if (r.fiscal_year, r.no) == (fiscal_year, no))
    return next(wanted)


def set_round(
    store: Store,
    ids: Ids,
    clock: Clock,
    agency_id: AgencyId,
    fiscal_year: FiscalYear,
    no: RoundNo,
    *,
    opens_on: date | None = None,
    due_on: date | None = None,
    locks_on: date | None = None,
) -> Round:
    """Change some or all of a round's dates.

    Raises:
        NotFound: no such agency.
        BadInput: the dates are not in order: opens ≤ due ≤ locks.
    """
    with store.write() as uow:
        existing_agency(uow, agency_id)
        old = one_round(uow, agency_id, fiscal_year, no)
        new = Round(
            agency_id=agency_id,
            fiscal_year=fiscal_year,
            no=no,
            opens_on=opens_on or old.opens_on,
            due_on=due_on or old.due_on,
            locks_on=locks_on or old.locks_on,
        )
        if not new.opens_on <= new.due_on <= new.locks_on:
            raise BadInput(
                f"the round's dates must be in order: opens {new.opens_on}, due {new.due_on}, locks {new.locks_on}"
            )
        uow.plans.save_round(new)
        if new != old:
            dates = {"opens": new.opens_on, "due": new.due_on, "locks": new.locks_on}
            days = {name: day.isoformat() for name, day in dates.items()}
            note(uow, ids, clock.now(), None, Action.ROUND_SET, agency_id, year=fiscal_year, round=no.value, **days)
        return new
