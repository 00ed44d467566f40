"""The JSON of a year (`export`, `compile --format json`): names and order of keys are a promise to others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.domain.agencies import Agency
from bot.domain.calendar import BANGKOK
from bot.domain.plans import Measure
from bot.domain.rounds import RoundNo
from bot.domain.updates import Evidence, Update
from bot.domain.years import AgencyYear, MeasureYear
from bot.reporting.merge import Merged, merge, parts_of

Json = dict[str, Any]


def every_update(update: Update) -> bool:
    """Lets every submitted update through, whatever its review."""
    return True


def year_json(year: AgencyYear, *, only: RoundNo | None = None, takes: Callable[[Update], bool] = every_update) -> Json:
    """The year as JSON values; a field with nothing in it is None or [].

    Args:
        year: the year, whole.
        only: leave the other round empty, as the JSON of one round's report does.
        takes: which updates count.
    """
    return {
        "agency": _agency(year.agency),
        "fiscal_year": int(year.fiscal_year),
        "measures": [_measure(entry, only, takes) for entry in year.measures],
    }


def _agency(agency: Agency) -> Json:
    return {
        "id": agency.id,
        "name": agency.name,
        "kind": agency.kind or None,
        "subdistrict": agency.subdistrict or None,
        "district": agency.district or None,
        "province": agency.province or None,
        "website": agency.website or None,
    }


def _measure(entry: MeasureYear, only: RoundNo | None, takes: Callable[[Update], bool]) -> Json:
    return {
        **_plan(entry.measure),
        "officers": [officer.name for officer in entry.officers],
        "rounds": {
            str(round_no.value): _round(merge(parts_of(entry, round_no, takes))) if only in (None, round_no) else None
            for round_no in RoundNo
        },
    }


def _plan(measure: Measure) -> Json:
    return {
        "no": measure.no,
        "section": measure.section or None,
        "indicator": measure.indicator or None,
        "title": measure.title,
        "approach": measure.approach or None,
        "steps": measure.steps or None,
        "responsible": measure.responsible or None,
        "monitoring": measure.monitoring or None,
        "period_text": measure.period_text or None,
        "period_start": _day(measure.period_start),
        "period_end": _day(measure.period_end),
    }


def _round(merged: Merged | None) -> Json | None:
    if merged is None:
        return None
    sent = merged.submitted_at
    return {
        "status": merged.status.value if merged.status else None,
        "summary": merged.summary,
        "outcome": merged.outcome,
        "output": merged.output,
        "obstacles": merged.obstacles,
        "remark": merged.remark,
        "expected_on": _day(merged.expected_on),
        "parts": [
            {
                "officer": part.officer or None,
                "summary": part.update.summary or None,
                "outcome": part.update.outcome or None,
            }
            for part in merged.parts
        ],
        "evidence": [_evidence(piece) for piece in merged.evidence],
        "submitted_at": sent.astimezone(BANGKOK).isoformat(timespec="seconds") if sent else None,
        "submitted_by": merged.submitted_by,
        "review": merged.review.value,
    }


def _evidence(piece: Evidence) -> Json:
    return {
        "kind": piece.kind.value,
        "name": piece.name or None,
        "sha256": piece.sha256 or None,
        "url": piece.url or None,
        "caption": piece.caption or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
