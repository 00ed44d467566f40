"""Change a measure's texts and period, unless somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.text import clean
from bot.importing.periods import read_period
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note

TEXTS = ("title", "section", "indicator", "approach", "steps", "responsible", "monitoring", "period_text")
"""The fields that are texts of the plan."""

LONGEST = 20_000
"""Letters of one text."""


def edited(old: Measure, texts: Mapping[str, str], start: date | None, end: date | None) -> Measure:
    """The measure as it would be; a period whose words changed and whose days did not is read from its words.

    Raises:
        BadInput: no title, a text that is too long, or a period that ends before it starts.
    """
    given: dict[str, Any] = {name: clean(texts[name]) or None for name in TEXTS}
    title = given.pop("title")
    if title is None:
        raise BadInput("the measure needs a title", field="title")
    for name, text in {"title": title, **given}.items():
        if text and len(text) > LONGEST:
            raise BadInput(f"at most {LONGEST} letters", field=name)
    days_kept = (start, end) == (old.period_start, old.period_end)
    words = given["period_text"]
    if days_kept and words != old.period_text:
        period = read_period(words, old.fiscal_year) if words else None
        start, end = (period.start, period.end) if period else (None, None)
    if start and end and end < start:
        raise BadInput("the period ends before it starts", field="period_end")
    return replace(old, title=title, period_start=start, period_end=end, **given)


def edit_measure(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    measure_id: MeasureId,
    seen: str,
    texts: Mapping[str, str],
    start: date | None,
    end: date | None,
) -> Measure:
    """Store the change.

    Raises:
        NotFound: the agency has no such measure (any more).
        StaleWrite: the measure is no longer as it was seen.
        BadInput: as `edited` says.
    """
    uow.agencies.hold(agency_id)
    old = uow.plans.measure(measure_id)
    if old is None or old.agency_id != agency_id:
        raise NotFound("the measure is gone")
    if fingerprint(old) != seen:
        raise StaleWrite("the measure was changed meanwhile")
    new = edited(old, texts, start, end)
    changed = [name for name in (*TEXTS, "period_start", "period_end") if getattr(old, name) != getattr(new, name)]
    if changed:
        uow.plans.save([new])
        note(uow, ids, at, by, Action.MEASURE_EDITED, agency_id, no=new.no, year=new.fiscal_year, fields=changed)
    return new
