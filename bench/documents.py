"""Checking, importing and drawing large documents.

`check`: sixty measures told at length. `plan import`: a thousand rows. `pdf`: ten measures by Typst, beside the usual
ways of the same content: through Word and LibreOffice, and our own page through WeasyPrint, each where it is installed;
WeasyPrint in a virtual environment of its own that KAONA_WEASYPRINT names. `photos`: sixty measures with three hundred
photos of about 4 MB that all differ in every format, in a process of its own; its highest memory and that of its
helpers is read at the end, and what it still holds.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageChops

from bench.figure import Aim, Beside, Figure, Options, in_turn, seconds
from bench.reports import report
from bot.adapters.render.docx import DocxFile
from bot.adapters.render.html import HtmlFile
from bot.adapters.render.photo_pool import MOST_PROCESSES
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
from workers.rq_workers import resident_bytes

ROWS = 1_000
ROOT = Path(__file__).resolve().parent.parent


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
    yield from _beside_weasyprint(options)
    measures, photos = (2, 4) if options.quick else (60, 300)
    with tempfile.TemporaryDirectory(prefix="bench-photos-") as folder:
        program = [sys.executable, "-m", "bench.documents"]
        subprocess.run([*program, "photos", folder, str(photos)], check=True)
        command = [*program, "draw", folder, str(photos), str(measures)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    name = "documents: 60 measures, 300 photos of 4 MB, all formats"
    yield Figure(name=name, unit="s", values=(found["seconds"],), aim=Aim(limit=60))
    yield Figure(name=f"{name}, highest memory", unit="MB", values=(found["peak"],), aim=Aim(limit=1_000))
    yield Figure(name=f"{name}, still held", unit="MB", values=(found["held"],))


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


def _beside_weasyprint(options: Options) -> Iterable[Figure]:
    """A fresh process for each PDF on both sides, as a worker draws; the time is that of drawing alone."""
    python = os.environ.get("KAONA_WEASYPRINT", "")
    if not python or not Path(python).exists():
        print("documents: KAONA_WEASYPRINT names no Python with WeasyPrint, so it is not measured", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        page = Path(folder, "report.html")
        page.write_bytes(HtmlFile().render(report(0), {}).data)
        ours, usual = in_turn(
            options.runs(5),
            lambda: _told_by(sys.executable, _DRAW_OURS),
            lambda: _told_by(python, _DRAW_BY_WEASYPRINT, str(page)),
        )
    beside = Beside(name="WeasyPrint of our own page", values=tuple(usual))
    yield Figure(name="documents: PDF of 10 measures, cold", unit="s", values=tuple(ours), beside=beside)


_DRAW_OURS = """
import time
from bench.reports import report
from bot.adapters.render.typst_pdf import compile_pdf
made = report(1)
begun = time.perf_counter()
compile_pdf(made)
print(time.perf_counter() - begun)
"""
_DRAW_BY_WEASYPRINT = """
import sys, time
from weasyprint import HTML
begun = time.perf_counter()
HTML(sys.argv[1]).write_pdf()
print(time.perf_counter() - begun)
"""


def _told_by(python: str, program: str, *arguments: str) -> float:
    told = subprocess.run([python, "-c", program, *arguments], check=True, capture_output=True, text=True, cwd=ROOT)
    return float(told.stdout)


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


def _large_photos(folder: Path, count: int) -> None:
    """Photos of about 4 MB as telephones take them, no two alike."""
    grain = [Image.effect_noise((4000, 3000), 24 + step) for step in range(min(8, count))]
    for number in range(count):
        photo = ImageChops.offset(grain[number % len(grain)], 97 * number, 61 * number)
        photo.convert("RGB").save(folder / f"{number}.jpg", "JPEG", quality=76)


def _main(folder: Path, photos: int, measures: int) -> None:
    made = build_report(_year(measures, photos), RoundNo.TWELVE, compiled_at=NOW)
    keys = [item.image_key or "" for group in made.annex for item in group.items]
    files = {key: folder / f"{number}.jpg" for number, key in enumerate(keys)}
    begun = time.perf_counter()
    render_all(made, lambda key: files[key].read_bytes())
    took = time.perf_counter() - begun
    peak = _highest(resource.RUSAGE_SELF) + MOST_PROCESSES * _highest(resource.RUSAGE_CHILDREN)
    json.dump({"seconds": took, "peak": peak, "held": resident_bytes(os.getpid()) / 1e6}, sys.stdout)


def _highest(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss * (1024 if sys.platform != "darwin" else 1) / 1e6


if __name__ == "__main__":
    what, folder, *numbers = sys.argv[1:]
    if what == "photos":
        _large_photos(Path(folder), int(numbers[0]))
    else:
        _main(Path(folder), *map(int, numbers))
