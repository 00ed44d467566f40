"""Put the agency's right name in place of a misspelling that the check found in the plan."""

from __future__ import annotations

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import NotFound
from bot.domain.people import PersonId
from bot.domain.plans import Measure
from bot.domain.rounds import RoundNo
from bot.ports.outside import Clock, Ids
from bot.ports.store import UnitOfWork
from bot.services.check_round import checked
from bot.services.edit_measure import TEXTS, edit_measure
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint

MISSPELT = "agency_name_misspelt"


def mend_name(
    uow: UnitOfWork,
    ids: Ids,
    clock: Clock,
    by: PersonId,
    agency_id: AgencyId,
    fiscal_year: FiscalYear,
    round_no: RoundNo,
    measure_no: int,
    field: str,
    words: str,
) -> Measure:
    """Replace the words in that field of the plan; officers' own answers are never changed for them.

    Raises:
        NotFound: the check does not find this misspelling there (any more).
    """
    uow.agencies.hold(agency_id)
    wanted = (MISSPELT, measure_no, field, words)
    findings = checked(uow, clock, agency_id, fiscal_year, round_no).findings
    if field not in TEXTS or not any((f.code, f.measure_no, f.field, f.words) == wanted for f in findings):
        raise NotFound("the words are not there any more")
    measure = next(m for m in uow.plans.measures(agency_id, fiscal_year) if m.no == measure_no)
    texts = {name: getattr(measure, name) or "" for name in TEXTS}
    texts[field] = texts[field].replace(words, existing_agency(uow, agency_id).name)
    days = (measure.period_start, measure.period_end)
    return edit_measure(uow, ids, clock.now(), by, agency_id, measure.id, fingerprint(measure), texts, *days)
