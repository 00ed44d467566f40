"""Cancel a compile that waits or runs; the worker that has it stops at the next stage."""

from __future__ import annotations

from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import PersonId
from bot.ports.outside import Clock, Ids
from bot.ports.records import ReportId
from bot.ports.store import Store
from bot.services.logbook import Action, note


def cancel_report(
    store: Store, ids: Ids, clock: Clock, by: PersonId | None, agency_id: AgencyId, report_id: ReportId
) -> bool:
    """Cancel it; False when it had ended already.

    Raises:
        NotFound: the agency has no such report.
    """
    with store.write() as uow:
        run = uow.reports.get(report_id)
        if run is None or run.agency_id != agency_id:
            raise NotFound("there is no such report")
        now = clock.now()
        if not uow.reports.cancel(report_id, now):
            return False
        details: dict[str, str | int] = {"year": run.fiscal_year, "round": run.round_no.value, "draft": run.draft}
        note(uow, ids, now, by, Action.REPORT_CANCELLED, agency_id, **details, report=run.id)
    return True
