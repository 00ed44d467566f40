"""How long a report of ten measures without photos takes to draw, in a process of its own that is warm.

`warm`: fonts and templates are loaded and one report is drawn; then reports that all differ are timed, since Typst
answers a document it has seen from its cache. Aim: a PDF in less than 0.3 s. Beside it: bare `typst.compile` of the
very same document, data and standards, already written to disk; the ratio is the price of choosing fonts, guarding
against characters that cannot be shown, and preparing the data. Bare documents differ from ours by their number too.

`job`: what an officer waits for: a fork of a process that `warm_up` made ready, as a worker makes for each report.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import typst

from bench.figure import Aim, Beside, Figure, Options, in_turn, seconds
from bench.reports import report
from bot.adapters.render.fonts import font_set
from bot.adapters.render.render_all import FORMATS, render_all
from bot.adapters.render.typst_data import Shown, template_data
from bot.adapters.render.typst_pdf import STANDARDS, TEMPLATES, compile_pdf
from bot.bootstrap import Runtime
from bot.config import Settings

AIM = Aim(limit=0.3)


def measure(options: Options) -> Iterable[Figure]:
    """In a process of its own, so that nothing else is loaded or cached."""
    command = [sys.executable, "-m", "bench.pdf", str(options.runs(15))]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours, bare = found["ours"], found["bare"]
    beside = Beside(name="bare typst.compile", values=tuple(bare))
    yield Figure(name="pdf: 10 measures, warm", unit="s", values=tuple(ours), aim=AIM, beside=beside)
    yield Figure(name="pdf: 10 measures, as a worker's job", unit="s", values=tuple(found["job"]), aim=AIM)
    formats = f"pdf: all of {', '.join(FORMATS)}, warm"
    yield Figure(name=formats, unit="s", values=tuple(found["all"]), aim=Aim(limit=1))


def _main(times: int) -> None:
    numbers = itertools.count()
    job = [_in_a_fork(next(numbers)) for _ in range(times)]
    compile_pdf(report(next(numbers)))
    render_all(report(next(numbers)), _no_image)
    ours, bare = in_turn(times, lambda: _ours(next(numbers)), lambda: _bare(next(numbers)))
    every = [_all_formats(next(numbers)) for _ in range(times)]
    json.dump({"ours": ours, "bare": bare, "job": job, "all": every}, sys.stdout)


def _ours(number: int) -> float:
    made = report(number)
    return seconds(lambda: compile_pdf(made))


def _all_formats(number: int) -> float:
    made = report(number)
    return seconds(lambda: render_all(made, _no_image))


def _bare(number: int) -> float:
    made, fonts = report(number), font_set()
    data = json.dumps(template_data(made, {}, Shown(fonts, ())), ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder, "document.typ")
        for template in TEMPLATES.glob("*.typ"):
            Path(folder, template.name).write_bytes(template.read_bytes())
        return seconds(
            lambda: typst.compile(
                str(document),
                root=folder,
                font_paths=fonts.loaded,
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"data": data},
                pdf_standards=STANDARDS,
                timestamp=made.compiled_at,
            )
        )


def _in_a_fork(number: int) -> float:
    """One PDF in a fork of this process, which has loaded what a worker loads before its forks."""
    if number == 0:
        with tempfile.TemporaryDirectory() as folder:
            Runtime(Settings.from_env({"DATA_DIR": folder})).warm_up()
    made = report(number)
    read, write = os.pipe()

    def one_job() -> None:
        pid = os.fork()
        if pid == 0:
            try:
                os.write(write, str(len(compile_pdf(made).data)).encode())
            finally:
                os._exit(0)
        os.waitpid(pid, 0)

    taken = seconds(one_job)
    os.close(write)
    if not os.read(read, 20):
        raise RuntimeError("the fork drew nothing")
    os.close(read)
    return taken


def _no_image(key: str) -> bytes:
    raise KeyError(key)


if __name__ == "__main__":
    _main(int(sys.argv[1]))
