"""What an agency posted for the assessment: which document, under which item, where, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import PersonId

PublicationId = NewType("PublicationId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One answer in ITAS.

    Attributes:
        fiscal_year: the year that the document tells of.
        kind: which document, by the name of its kind.
        ita_year: the assessment's year; `item` is the number of its item, as that year's manual has it.
        urls: where it can be opened, the home page first.
        description: the คำอธิบาย that goes into ITAS.
        code: of the version that was posted; "" when none was named.
    """

    id: PublicationId
    agency_id: AgencyId
    fiscal_year: FiscalYear
    kind: str
    ita_year: int
    item: str
    urls: tuple[str, ...]
    description: str
    saved_at: datetime
    posted_on: date | None = None
    code: str = ""
    saved_by: PersonId | None = None
