"""The plan: measures (มาตรการ) of a fiscal year and the periods in which they are carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear

MeasureId = NewType("MeasureId", str)


class Precision(StrEnum):
    """How exactly a period text names its days."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RECURRING = "recurring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period as the plan prints it, and as it was understood; `text` is verbatim.

    Attributes:
        recurrence: how often, when the text says so: "monthly", "quarterly", "half-yearly", "yearly", "continuous".
        doubts: English codes with a Thai sentence each, for the reader of the import.
    """

    text: str
    start: date | None
    end: date | None
    precision: Precision | None = None
    recurrence: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of an agency's plan; text fields are verbatim, None when the plan has nothing there."""

    id: MeasureId
    agency_id: AgencyId
    fiscal_year: FiscalYear
    no: int
    title: str
    section: str | None = None
    indicator: str | None = None
    approach: str | None = None
    steps: str | None = None
    responsible: str | None = None
    monitoring: str | None = None
    period_text: str | None = None
    period_start: date | None = None
    period_end: date | None = None
