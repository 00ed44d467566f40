"""Import a measures plan, or a finished report, as people have them; says row by row what became of it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.errors import BadInput
from bot.domain.rounds import RoundNo
from bot.importing.plan import PlanReading, ReadingLine, TableChoice, TableReading
from bot.services.import_plan import Imported, ImportPlan

LARGEST = 20 * 1024 * 1024
"""Bytes; the readers refuse more, and a larger file is not even read."""

MARKS = {"read": "✓", "doubtful": "?", "not taken": "–"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The action import with the file and what to take of it."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="import")
    importing = actions.add_parser("import", help="import a plan (.xlsx, .docx, .csv, .json, .pdf, or text as pasted)")
    importing.add_argument("file", type=Path, metavar="FILE")
    arguments.agency(importing)
    arguments.fiscal_year(importing)
    importing.add_argument("--table", type=_table, metavar="N|all", help="the table to take, as --dry-run numbers them")
    importing.add_argument(
        "--results", type=int, choices=(6, 12), help="also take summaries and outcomes as this round's updates"
    )
    importing.add_argument(
        "--from-year",
        type=arguments.year_be,
        metavar="N",
        help="the file is that earlier year's plan or report: take it as this year's draft, its years moved",
    )
    importing.add_argument("--replace", action="store_true", help="remove measures that the file does not have")
    importing.add_argument("--mend", action="store_true", help="put right letters that a PDF or an old font broke")
    importing.add_argument(
        "--confirm-draft", action="store_true", help="what --dry-run read out of a PDF has been looked through"
    )
    importing.add_argument("--dry-run", action="store_true", help="change nothing")
    importing.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(options: argparse.Namespace, out: Output) -> int:
    """Import."""
    data = read_file(options.file)
    rt = runtime()
    imported = ImportPlan(store=rt.store, ids=rt.ids, clock=rt.clock, pdf=rt.pdf)(
        options.agency,
        options.fiscal_year,
        options.file.name,
        data,
        table=options.table,
        results=RoundNo(options.results) if options.results else None,
        from_year=options.from_year,
        replace_all=options.replace,
        dry_run=options.dry_run,
        mend=options.mend,
        confirm_draft=options.confirm_draft,
    )
    lines = [*_as_lines(imported, dry_run=options.dry_run), *_mendable(imported, mend=options.mend)]
    out.result(_as_data(imported, dry_run=options.dry_run), lines)
    return 0


def _table(text: str) -> TableChoice:
    if text == "all":
        return "all"
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no table: a number from 1, or all")
    return int(text)


def read_file(path: Path) -> bytes:
    """The file's bytes, refused when it cannot be read or is too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadInput(f"{path}: the file has {size / 1024**2:.0f} MB; at most {LARGEST // 1024**2} MB can be read")
        return path.read_bytes()
    except OSError as problem:
        raise BadInput(f"{path}: the file cannot be read: {problem.strerror}") from None


def _as_lines(imported: Imported, *, dry_run: bool) -> list[str]:
    reading = imported.reading
    lines = [_table_line(table) for table in reading.tables]
    lines += [_row_line(line) for line in reading.lines]
    lines += [f"  ! มาตรการที่ {m.no} ไม่มีในไฟล์นี้ จึงคงไว้: {_short(m.title)}" for m in imported.absent]
    lines += [f"  ! มาตรการที่ {m.no} ถูกนำออก: {_short(m.title)}" for m in imported.removed]
    done = "จะได้" if dry_run else "ได้"
    counts = (
        f"{done} {len(reading.measures)} มาตรการ: เพิ่ม {len(imported.added)} · ปรับ {len(imported.changed)} · "
        f"เหมือนเดิม {len(imported.same)}"
    )
    removed = f" · นำออก {len(imported.removed)}" if imported.removed else ""
    results = f" · ผลการดำเนินการ {imported.results}" if imported.results else ""
    return [*lines, counts + removed + results + (" (ยังไม่ได้บันทึก)" if dry_run else "")]


def _mendable(imported: Imported, *, mend: bool) -> list[str]:
    """What looks broken, and how it is or would be put right."""
    if not imported.mendable:
        return []
    done = "แก้ตัวอักษรที่เพี้ยนแล้ว" if mend else "มีตัวอักษรที่เพี้ยน แก้ให้ได้ด้วย --mend"
    changes = [f"  ~ มาตรการที่ {m.measure_no} {m.field}: {m.before} → {m.after}" for m in imported.mendable]
    return [f"{done} ({len(changes)} บรรทัด)", *changes]


def _table_line(table: TableReading) -> str:
    taken = "นำเข้า" if table.taken else f"ไม่นำเข้า: {table.reason}"
    return f"ตารางที่ {table.no} · {table.place} · {table.rows} แถว · {taken}"


def _row_line(line: ReadingLine) -> str:
    return f"  {MARKS.get(line.outcome.value, ' ')} {line.place} · {line.sentence}"


def _short(text: str) -> str:
    first = text.splitlines()[0]
    return first if len(first) <= 60 else first[:59] + "…"


def _as_data(imported: Imported, *, dry_run: bool) -> dict[str, object]:
    reading: PlanReading = imported.reading
    return {
        "dry_run": dry_run,
        "tables": [
            {
                "no": t.no,
                "place": str(t.place),
                "headers": list(t.headers),
                "rows": t.rows,
                "kind": t.kind.value,
                "taken": t.taken,
                "reason": t.reason,
            }
            for t in reading.tables
        ],
        "lines": [
            {"place": str(line.place), "outcome": line.outcome.value, "says": line.sentence, "measure": line.measure_no}
            for line in reading.lines
        ],
        "measures": [asdict(m) for m in (*imported.added, *imported.changed, *imported.same)],
        "added": [m.no for m in imported.added],
        "changed": [m.no for m in imported.changed],
        "same": [m.no for m in imported.same],
        "removed": [m.no for m in imported.removed],
        "absent": [m.no for m in imported.absent],
        "results": imported.results,
        "mendable": [asdict(m) for m in imported.mendable],
    }
