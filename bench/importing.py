"""How long `plan import` of 200 rows takes as a whole process: start, read, store, account row by row.

Each run imports into a fresh copy of an empty database. Aim: less than 2 s, for text, .xlsx and .docx alike.
Beside it: a Python process that only reads every cell of the same file with openpyxl or python-docx; the ratio is the
price of understanding the table, storing it durably, and telling what became of each row.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.figure import Aim, Beside, Figure, Options, in_turn, say, seconds
from bench.plans import FISCAL_YEAR, as_docx, as_text, as_xlsx
from bot.cli.processes import ROOT, clean_environment

AIM = Aim(limit=2)
ROWS = 200
_BARE_CODE = {
    "xlsx": "import sys, openpyxl as x; [[c.value for c in r] for r in x.load_workbook(sys.argv[1]).active.rows]",
    "docx": "import sys, docx; [[c.text for c in r.cells] for r in docx.Document(sys.argv[1]).tables[0].rows]",
}
_BARE = {"xlsx": "bare openpyxl", "docx": "bare python-docx"}


def measure(options: Options) -> Iterable[Figure]:
    """Import each kind of file."""
    makers: dict[str, Callable[[Path, int], None]] = {"txt": as_text, "xlsx": as_xlsx, "docx": as_docx}
    with tempfile.TemporaryDirectory(prefix="kaona-bench-") as folder:
        empty = Path(folder, "empty")
        _bot(empty, "init")
        _bot(empty, "agency", "add", "--id", "bench", "--name", "องค์การบริหารส่วนตำบลทดลอง")
        for suffix, make in makers.items():
            file = Path(folder, f"plan.{suffix}")
            make(file, ROWS)
            say(f"plan import of {file.name}")
            yield _figure(empty, file, options.runs(7))


def _figure(empty: Path, file: Path, times: int) -> Figure:
    name, kind = f"importing: {ROWS} rows of {file.suffix}", file.suffix[1:]
    if kind not in _BARE:
        return Figure(name=name, unit="s", values=tuple(_import(empty, file) for _ in range(times)), aim=AIM)
    ours, bare = in_turn(times, lambda: _import(empty, file), lambda: _bare(file))
    return Figure(name=name, unit="s", values=ours, aim=AIM, beside=Beside(name=_BARE[kind], values=bare))


def _import(empty: Path, file: Path) -> float:
    with tempfile.TemporaryDirectory(prefix="kaona-bench-") as folder:
        data_dir = Path(folder, "data")
        shutil.copytree(empty, data_dir)
        command = ("plan", "import", str(file), "--agency", "bench", "--fiscal-year", str(FISCAL_YEAR))
        taken = seconds(lambda: _bot(data_dir, *command))
        if f'"no": {ROWS},' not in _bot(data_dir, "export", "--agency", "bench", "--fiscal-year", str(FISCAL_YEAR)):
            raise RuntimeError(f"not all rows of {file.name} became measures")
        return taken


def _bare(file: Path) -> float:
    return seconds(lambda: subprocess.run([sys.executable, "-c", _BARE_CODE[file.suffix[1:]], file], check=True))


def _bot(data_dir: Path, *arguments: str) -> str:
    data_dir.mkdir(exist_ok=True)
    env = {**clean_environment(), "DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True).stdout
