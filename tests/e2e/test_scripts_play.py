"""Every script that ships is played as a user would play it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.town import ROOT, processes_using

SCRIPTS = sorted([*(ROOT / "examples").glob("*.chat"), *(ROOT / "tests" / "data" / "scripts").glob("*.chat")])


def _play(script: Path, out: Path, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--script", str(script), "--out", str(out), "--data-dir", str(data)],
        cwd=ROOT,
        env={**os.environ},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_shipped_script_holds_and_writes_the_report(script: Path, tmp_path: Path) -> None:
    done = _play(script, tmp_path / "out", tmp_path / "data")
    assert done.returncode == 0, done.stdout + done.stderr
    written = [Path(line) for line in done.stdout.splitlines() if line.startswith("/")]
    assert {path.suffix for path in written} == {".pdf", ".docx", ".xlsx", ".html", ".json"}
    assert all(path.stat().st_size > 500 for path in written)


def test_a_script_whose_expectations_fail_ends_with_one_and_names_each_line(tmp_path: Path) -> None:
    script = tmp_path / "wrong.chat"
    lines = [
        "@ใครบางคน",
        "> สวัสดี",
        "< รหัสเชิญ",
        "< ไม่มีใครพูดคำนี้",
        "> [ปุ่มที่ไม่มี]",
        "! invite --agency suksomdee --role king --name x",
        "!2 invite --agency suksomdee --role king --name x",
        "= measures.0.rounds.12.status not_started",
        "= measures.99.title x",
        '! invite --agency suksomdee --role officer --name "ใคร บางคน" --measures all',
        "> {code}",
        "< ใคร บางคน",
    ]
    script.write_text("\n".join(lines), encoding="utf-8")
    done = _play(script, tmp_path / "out", tmp_path / "data")
    assert done.returncode == 1
    failed = [number for number in range(1, len(lines) + 1) if f"wrong.chat:{number}:" in done.stderr]
    assert failed == [4, 5, 6, 8, 9]
    assert "7 of 12 steps held" in done.stdout
    assert processes_using(tmp_path) == "", "nothing is left running"
