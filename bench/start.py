"""How long a person waits for the demo.

`second start`: the real `python -m bot demo` on a data directory that has been used before, until the simulator's page
and /readyz answer 200. Aim: less than 5 s. `first start` is the same on an empty directory, to the moment when the
sample people have joined and the addresses are printed.
`clean` (only with --clean): a fresh copy of the committed tree, without a virtual environment, and `make demo`, until
the first page answers. Aim: less than 90 s with a warm pip cache; with a cold one the network is measured.
"""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from bench.figure import Aim, Figure, Options, say
from bench.running_demo import running, running_demo, temporary_folder
from bot.cli.processes import ROOT, free_port

AIM = Aim(limit=5)
CLEAN_AIM = Aim(limit=90)
CLEAN_PATIENCE = 600.0


def measure(options: Options) -> Iterable[Figure]:
    """Start the demo on a new directory and again, several times; then, if asked, from nothing."""
    first, second = [], []
    for _ in range(1 if options.quick else 5):
        with temporary_folder() as folder:
            with running_demo(folder / "demo") as demo:
                first.append(demo.ready)
            with running_demo(folder / "demo") as demo:
                second.append(demo.first_page)
            say(f"first {first[-1]:.1f} s, second {second[-1]:.1f} s")
    yield Figure(name="start: first, sample agency made", unit="s", values=tuple(first))
    yield Figure(name="start: second, to first page", unit="s", values=tuple(second), aim=AIM)
    if options.clean:
        yield Figure(name="start: clean make demo", unit="s", values=(_clean(),), aim=CLEAN_AIM)


def _clean() -> float:
    """One clean set-up, from the committed tree."""
    say("clean make demo: a fresh tree, a new virtual environment")
    with temporary_folder() as folder:
        tree = folder / "tree"
        packed = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(tree, filter="data")
        port = free_port()
        command = ["make", "demo", f"PORT={port}"]
        data_dir = Path(tree, "data", "demo")
        with running(command, port, data_dir, cwd=tree, patience=CLEAN_PATIENCE) as demo:
            return demo.first_page
