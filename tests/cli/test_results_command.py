"""`results import` on the command line, and the check that reads what it kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.cli.test_check_command import YEAR, office, reported

__all__ = ["office"]
SAMPLE = Path(__file__).parents[1] / "data" / "importing" / "scores.txt"


def imported(file: Path, *more: str) -> int:
    return main(["results", "import", str(file), *YEAR, *more])


def test_scores_are_kept_and_a_dry_run_keeps_nothing(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert imported(SAMPLE, "--dry-run") == 0
    assert capsys.readouterr().out.endswith("(ยังไม่ได้บันทึก)\n")
    part = office / "part.csv"
    part.write_text("เครื่องมือ,คะแนน\nIIT,97.41\n", encoding="utf-8")
    assert imported(part, "--json") == 0
    assert json.loads(capsys.readouterr().out)["result"]["indicators"] == {}
    assert imported(SAMPLE, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["result"]["overall"], told["result"]["indicators"]["9"], told["doubts"]) == (93.88, 80.0, [])


def test_scores_that_do_not_add_up_are_said_and_found_by_the_check(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = office / "wrong.txt"
    wrong.write_text(SAMPLE.read_text("utf-8").replace("๙๓.๘๘", "๙๕.๘๘"), encoding="utf-8")
    assert imported(wrong) == 0
    assert "คำนวณจากคะแนนส่วนอื่นได้ ๙๓.๘๘" in capsys.readouterr().out
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    capsys.readouterr()
    assert main(["check", *YEAR, "--round", "12", "--json"]) == 0
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["code"], finding["severity"], finding["words"]) == ("scores_do_not_add_up", "warning", "๙๕.๘๘")


def test_a_file_without_scores_is_wrong_input(office: Path) -> None:
    file = office / "none.txt"
    file.write_text("ไม่มีอะไร", encoding="utf-8")
    assert imported(file) == 2
    assert imported(office / "nowhere.txt") == 2


def test_the_analysis_of_last_years_result_is_compiled_with_or_without_a_plan(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--agency", "saithong", "--fiscal-year", "2568", "--round", "12", "--out", str(office / "out"))
    assert main(["compile", *where, "--kind", "analysis"]) == 2
    assert "results import" in capsys.readouterr().err
    assert imported(SAMPLE) == 0
    capsys.readouterr()
    assert main(["compile", *where, "--kind", "analysis", "--format", "pdf,html"]) == 0
    names = [Path(line).name for line in capsys.readouterr().out.splitlines()]
    assert names == ["analysis-saithong-2568.pdf", "analysis-saithong-2568.html"]
    assert "๙๓.๘๘" in (office / "out" / names[1]).read_text("utf-8")
