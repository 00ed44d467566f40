"""Checking, importing and drawing large documents.

`check`: sixty measures told at length. `plan import`: a thousand rows. `pdf`: ten measures by Typst, beside the usual
way of the same content through Word and LibreOffice, where that is installed. `photos`: sixty measures with three
hundred photos of about 4 MB in every format, in a process of its own whose highest memory is read at the end.
"""

from __future__ import annotations

import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from bench.figure import Aim, Beside, Figure, Options, in_turn, seconds
from bench.reports import report
from bot.adapters.render.docx import DocxFile
from bot.adapters.render.render_all import render_all
from bot.adapters.render.typst_pdf import compile_pdf
from bot.domain.calendar import FiscalYear
from bot.domain.rounds import RoundNo
from bot.domain.years import AgencyYear
from bot.importing.plan import read_plan
from bot.reporting.build import build_report
from bot.reporting.check.run import check_report
from bot.reporting.check.subject import Subject
from tests.reporting.sample_year import LONG_SUMMARY, NOW, OUTCOME, entry, photo, update, year_of
from tests.reporting.sample_year import measure as a_measure

ROWS = 1_000


def measure(options: Options) -> Iterable[Figure]:
    """All of it."""
    runs = options.runs(7)
    year = _year(60)
    checks = [seconds(lambda: _check(year)) for _ in range(runs)]
    yield Figure(name="documents: check of 60 measures", unit="s", values=tuple(checks), aim=Aim(limit=1))
    data = _plan(20 if options.quick else ROWS)
    reads = [seconds(lambda: read_plan("plan.txt", data, FiscalYear(2567))) for _ in range(options.runs(3))]
    yield Figure(name=f"documents: reading a plan of {ROWS:,} rows", unit="s", values=tuple(reads), aim=Aim(limit=5))
    yield from _beside_office(options)
    measures, photos = (2, 4) if options.quick else (60, 300)
    command = [sys.executable, "-m", "bench.documents", str(measures), str(photos)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    name = "documents: 60 measures, 300 photos of 4 MB, all formats"
    yield Figure(name=name, unit="s", values=(found["seconds"],), aim=Aim(limit=60))
    yield Figure(name=f"{name}, highest memory", unit="MB", values=(found["peak"],), aim=Aim(limit=1_000))


def _beside_office(options: Options) -> Iterable[Figure]:
    if shutil.which("soffice") is None:
        print("documents: soffice is not installed, so the usual way is not measured", file=sys.stderr)
        return
    made = report(0)
    compile_pdf(made)
    word = DocxFile().render(made, {}).data
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(word)
        office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        numbers = iter(range(1, 1_000))
        ours, usual = in_turn(
            options.runs(3),
            lambda: seconds(lambda: compile_pdf(report(next(numbers)))),
            lambda: seconds(lambda: subprocess.run(office, check=True, capture_output=True)),
        )
    beside = Beside(name="DOCX → LibreOffice → PDF", values=tuple(usual))
    yield Figure(name="documents: PDF of 10 measures", unit="s", values=tuple(ours), beside=beside)


def _year(measures: int, photos: int = 0) -> AgencyYear:
    each = photos // measures if measures else 0
    return year_of(
        *(
            entry(
                a_measure(no, f"{no}. มาตรการยกระดับการให้บริการประชาชนอย่างโปร่งใส ด้านที่ {no}"),
                update(
                    no,
                    summary=f"{LONG_SUMMARY}\n{LONG_SUMMARY}\nครั้งที่ {no}",
                    outcome=f"{OUTCOME} ครั้งที่ {no}",
                    evidence=tuple(photo(f"{no}-{number}", f"ภาพที่ {number}") for number in range(each)),
                ),
            )
            for no in range(1, measures + 1)
        )
    )


def _check(year: AgencyYear) -> None:
    made = build_report(year, RoundNo.TWELVE, compiled_at=NOW)
    check_report(Subject(year=year, round_no=RoundNo.TWELVE), made.findings)


def _plan(rows: int) -> bytes:
    lines = ["มาตรการ\tขั้นตอน/วิธีการปฏิบัติ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ"]
    lines += [
        f"{no}. จัดทำคู่มือเรื่องที่ {no}\t๑. แต่งตั้งคณะทำงาน ๒. เผยแพร่\tสำนักปลัด\tตุลาคม ๒๕๖๖ - กันยายน ๒๕๖๗"
        for no in range(1, rows + 1)
    ]
    return "\n".join(lines).encode()


def _large_photo() -> bytes:
    """About 4 MB, as a telephone takes it."""
    out = io.BytesIO()
    Image.effect_noise((4000, 3000), 28).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _main(measures: int, photos: int) -> None:
    stored = _large_photo()
    made = build_report(_year(measures, photos), RoundNo.TWELVE, compiled_at=NOW)
    begun = time.perf_counter()
    render_all(made, lambda key: stored)
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    json.dump({"seconds": took, "peak": peak / (1024 if sys.platform != "darwin" else 1024**2)}, sys.stdout)


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:]))
