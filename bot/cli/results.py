"""Import the assessment's scores and analysis; says row by row what was read, and what does not add up."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.plan import MARKS, read_file
from bot.cli.runtime import runtime
from bot.domain.results import INDICATORS, AssessmentResult
from bot.domain.text import thai_digits
from bot.importing.scores import ScoresReading
from bot.services.import_results import import_results


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The action import with the file and the year that was assessed."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="import")
    importing = actions.add_parser("import", help="import scores (.xlsx, .docx, .csv, or text as pasted)")
    importing.add_argument("file", type=Path, metavar="FILE")
    arguments.agency(importing)
    arguments.fiscal_year(importing)
    importing.add_argument("--dry-run", action="store_true", help="change nothing")
    importing.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(options: argparse.Namespace, out: Output) -> int:
    """Import."""
    data = read_file(options.file)
    reading = import_results(
        runtime().store, options.agency, options.fiscal_year, options.file.name, data, dry_run=options.dry_run
    )
    out.result(_as_data(reading, dry_run=options.dry_run), _as_lines(reading, dry_run=options.dry_run))
    return 0


def _as_lines(reading: ScoresReading, *, dry_run: bool) -> list[str]:
    result = reading.result
    lines = [f"  {MARKS.get(line.outcome.value, ' ')} {line.place} · {line.sentence}" for line in reading.lines]
    lines += [f"  ? {doubt}" for doubt in reading.doubts]
    overall = "ไม่พบ" if result.overall is None else str(result.overall)
    told = (
        f"คะแนนรวม {overall} ระดับ {result.level or 'ไม่พบ'} · เครื่องมือ {len(result.instruments)} · "
        f"ตัวชี้วัด {len(result.indicators)}/{len(INDICATORS)} · ผลการวิเคราะห์ {len(result.analysis)} · "
        f"คะแนนหลายปี {len(result.history)}"
    )
    return [*lines, thai_digits(told) + (" (ยังไม่ได้บันทึก)" if dry_run else "")]


def _as_data(reading: ScoresReading, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "result": result_as_json(reading.result),
        "doubts": list(reading.doubts),
        "lines": [
            {"place": str(line.place), "outcome": line.outcome.value, "says": line.sentence} for line in reading.lines
        ],
    }


def result_as_json(result: AssessmentResult) -> dict[str, Any]:
    """The scores as JSON values; numbers as they are printed."""
    return {
        "fiscal_year": int(result.fiscal_year),
        "overall": None if result.overall is None else float(result.overall),
        "level": result.level,
        "instruments": {key.value: float(score) for key, score in result.instruments.items()},
        "indicators": {str(key): float(score) for key, score in result.indicators.items()},
        "history": {str(key): float(score) for key, score in result.history.items()},
        "analysis": {str(key): text for key, text in result.analysis.items()},
    }
