"""The assessment's items as data: their numbers in each year, and what the documents must hold."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.domain.calendar import FiscalYear
from bot.domain.text import thai_digits

DATA = Path(__file__).with_name("ita_items.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """What the documents of one fiscal year answer.

    Attributes:
        plan: names the item of the measures plan, with its year where that is known.
        report: the same for the results report.
        plan_elements: fields that every measure must fill; of several in one entry any will do.
        report_elements: the same for every measure's update.
    """

    plan: str
    report: str
    plan_elements: tuple[tuple[str, ...], ...]
    report_elements: tuple[tuple[str, ...], ...]


def items_of(fiscal_year: FiscalYear, data: str | None = None) -> Items:
    """The items that the plan and the results of a fiscal year answer; without numbers where none are known."""
    table = _table(data)
    elements = table["elements"]
    plan = next((year for year in table["year"] if year["ita_year"] == fiscal_year), None)
    report = next(
        (year for year in table["year"] if year["ita_year"] - (year["covers"] == "before") == fiscal_year), None
    )
    return Items(
        plan=_named(plan, "plan", "ข้อมาตรการส่งเสริมคุณธรรมและความโปร่งใส"),
        report=_named(report, "report", "ข้อรายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใส"),
        plan_elements=tuple(map(tuple, elements["plan"])),
        report_elements=tuple(map(tuple, elements["report"])),
    )


def item_of(fiscal_year: FiscalYear, which: str, data: str | None = None) -> tuple[int, str]:
    """The assessment's year and the number of the item that the "plan" or "report" of a fiscal year answers.

    Where the data does not know the year yet, the rule of the newest known one goes on, without a number.
    """
    years = sorted(_table(data)["year"], key=lambda year: year["ita_year"])
    for year in years:
        if year["ita_year"] - _behind(year, which) == fiscal_year:
            return year["ita_year"], year.get(which, "")
    return fiscal_year + _behind(years[-1], which), ""


def _behind(year: dict[str, Any], which: str) -> int:
    """How many years the document tells of before the assessment's own."""
    return int(which == "report" and year["covers"] == "before")


def _named(year: dict[str, Any] | None, which: str, words: str) -> str:
    if year is None or which not in year:
        return f"OIT {words}"
    return f"ITA ปี {thai_digits(str(year['ita_year']))} ข้อ {year[which]} {words}"


@lru_cache(maxsize=4)
def _table(data: str | None) -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8") if data is None else data)
