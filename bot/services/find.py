"""Look things up by the names that people give, with a clear answer when they are not there."""

from __future__ import annotations

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Person
from bot.domain.plans import Measure
from bot.domain.text import arabic_digits
from bot.ports.store import UnitOfWork


def existing_agency(uow: UnitOfWork, agency_id: AgencyId) -> Agency:
    """The agency, or NotFound naming those that are there."""
    agency = uow.agencies.get(agency_id)
    if agency is None:
        known = ", ".join(a.id for a in uow.agencies.all()[:10]) or "none yet"
        raise NotFound(f"there is no agency {agency_id!r} (known: {known})")
    return agency


def existing_measures(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, numbers: str) -> list[Measure]:
    """The measures named as "1,3,4" or "all", in the order of the plan.

    Raises:
        BadInput: a number that is none, or no plan.
        NotFound: a number that the plan does not have.
    """
    plan = uow.plans.measures(agency_id, fiscal_year)
    if not plan:
        raise NotFound(f"agency {agency_id!r} has no measures for fiscal year {fiscal_year}: import the plan first")
    if numbers.strip().lower() == "all":
        return plan
    wanted: set[int] = set()
    for text in arabic_digits(numbers).split(","):
        if not text.strip().isdecimal():
            raise BadInput(f"measures must be numbers like 1,3,4 or the word all, not {numbers!r}")
        wanted.add(int(text))
    missing = wanted - {measure.no for measure in plan}
    if missing:
        raise NotFound(
            f"fiscal year {fiscal_year} of {agency_id!r} has measures 1 to {len(plan)}, "
            f"not {', '.join(map(str, sorted(missing)))}"
        )
    return [measure for measure in plan if measure.no in wanted]


def existing_person(uow: UnitOfWork, agency_id: AgencyId, name: str) -> Person:
    """The member or invited person of that name, or NotFound naming those that are there."""
    person = uow.people.named(agency_id, name)
    if person is None:
        known = ", ".join(sorted({p.name for p, _ in uow.people.members(agency_id)})[:20]) or "nobody yet"
        raise NotFound(f"nobody named {name!r} is in agency {agency_id!r} (there: {known}); invite them first")
    return person
