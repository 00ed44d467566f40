"""Keep the assessment's scores as somebody typed them, unless somebody else changed them meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, StaleWrite
from bot.domain.people import PersonId
from bot.domain.results import INDICATORS, AssessmentResult, Instrument
from bot.domain.text import arabic_digits, clean
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note

LONGEST_LEVEL, LONGEST_ANALYSIS = 100, 20_000
"""Letters."""

_SCORE = re.compile(r"\d{1,3}(\.\d{1,2})?")
_HIGHEST = Decimal(100)


def result_given(
    agency_id: AgencyId, fiscal_year: FiscalYear, given: Mapping[str, str], years: Iterable[int]
) -> AssessmentResult:
    """The result that a form's fields say; empty ones are not known.

    Args:
        agency_id: whose result it is.
        fiscal_year: the year that was assessed.
        given: `overall`, `level`, each instrument's name, `i1`-`i10` (indicators), `a1`-`a10` (analysis) and
            `h2565` … (overall scores of other years).
        years: the other years that the form has.

    Raises:
        BadInput: something is no score, or too long; `field` names it.
    """
    level = clean(given.get("level", ""))
    if len(level) > LONGEST_LEVEL:
        raise BadInput(f"at most {LONGEST_LEVEL} letters", field="level")
    numbers = range(1, len(INDICATORS) + 1)
    written = {number: clean(given.get(f"a{number}", "")) for number in numbers}
    for number, text in written.items():
        if len(text) > LONGEST_ANALYSIS:
            raise BadInput(f"at most {LONGEST_ANALYSIS} letters", field=f"a{number}")
    scored = {name: _score(given, name) for name in ("overall", *Instrument, *(f"i{number}" for number in numbers))}
    history = {year: _score(given, f"h{year}") for year in years}
    return AssessmentResult(
        agency_id=agency_id,
        fiscal_year=fiscal_year,
        overall=scored["overall"],
        level=level or None,
        instruments={each: score for each in Instrument if (score := scored[each]) is not None},
        indicators={number: score for number in numbers if (score := scored[f"i{number}"]) is not None},
        history={year: score for year, score in history.items() if score is not None},
        analysis={number: text for number, text in written.items() if text},
    )


def keep_results(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, result: AssessmentResult, seen: str
) -> AssessmentResult:
    """Store the result.

    Raises:
        NotFound: no such agency.
        StaleWrite: what is stored is no longer as it was seen.
    """
    existing_agency(uow, result.agency_id)
    uow.agencies.hold(result.agency_id)
    old = uow.results.get(result.agency_id, result.fiscal_year)
    if fingerprint(old) != seen:
        raise StaleWrite("the scores were changed meanwhile")
    if old != result:
        uow.results.save(result)
        note(uow, ids, at, by, Action.RESULTS_KEPT, result.agency_id, year=int(result.fiscal_year))
    return result


def _score(given: Mapping[str, str], name: str) -> Decimal | None:
    text = arabic_digits(given.get(name, "")).strip()
    if not text:
        return None
    if not _SCORE.fullmatch(text) or Decimal(text) > _HIGHEST:
        raise BadInput("a score is 0 to 100 with at most two decimals", field=name)
    return Decimal(text)
