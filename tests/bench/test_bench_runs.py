"""Every measurement runs; what it finds depends on the machine and is asserted nowhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import MEASUREMENTS
from bench.figure import Aim, Beside, Figure
from bench.table import as_table

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_a_measurement_runs_and_gives_positive_figures(name: str):
    command = [sys.executable, "-m", "bench", name, "--quick", "--json"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout)["figures"]
    assert figures or (name == "memory" and sys.platform != "linux")
    for figure in figures:
        assert figure["name"].startswith(f"{name}: ")
        assert all(value > 0 for value in [*figure["values"], *(figure["beside"] or {"values": []})["values"]])


def test_every_measurement_is_a_file_that_says_what_it_measures():
    files = {path.stem for path in (ROOT / "bench").glob("*.py") if "\ndef measure(" in path.read_text("utf-8")}
    assert files == set(MEASUREMENTS)
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert [name for name in MEASUREMENTS if f"`{name}`" not in page] == []


def test_an_unknown_measurement_is_refused_by_name():
    ran = subprocess.run([sys.executable, "-m", "bench", "nothing"], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "'nothing'" in ran.stderr


def test_the_table_shows_medians_aims_and_the_ratio_to_the_alternative():
    beside = Beside(name="bare", values=(2.0,))
    slow = Figure(name="slow", unit="s", values=(3.0, 9.0, 6.0), aim=Aim(limit=5), beside=beside)
    rate = Figure(name="rate", unit="/s", values=(12_345.6,), aim=Aim(limit=10_000, at_least=True))
    _, _, first, second = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in as_table([slow, rate]).splitlines()
    ]
    assert first == ["slow", "6.00 (3.00–9.00) s", "< 5 s", "MISSED", "bare: 2.00 s", "3.00 ×"]
    assert second == ["rate", "12,346 /s", "≥ 10,000 /s", "met", "", ""]
