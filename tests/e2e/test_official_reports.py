"""From a finished report's file through officers' chats to the compiled report, cell by cell in every format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.reading import CELLS, Compiled, paragraphs, pieces_of
from tests.e2e.town import ROOT, SHARED, Town
from tests.render.reading_back import folded

OWN = ROOT / "tests" / "data" / "e2e" / "report_own.txt"
REPORT_D = SHARED / "report-d-fy2566-12-month.txt"
REPORT_B = SHARED / "report-b-fy2568-measures-plan.txt"


@dataclass(frozen=True)
class Office:
    """An office whose finished report is played again."""

    agency: str
    year: int
    file: Path
    periods: tuple[tuple[str, str], ...]


OFFICES = [
    pytest.param(
        Office("own", 2568, OWN, (("2024-10-01", "2025-04-30"), ("2025-01-01", "2025-06-30"))), id="our own sample"
    ),
    pytest.param(
        Office(
            "office-d",
            2566,
            REPORT_D,
            (
                ("2022-10-01", "2023-04-30"),
                ("2022-10-01", "2022-12-31"),
                ("2022-10-01", "2023-09-30"),
                ("2023-01-01", "2023-06-30"),
                ("2023-01-01", "2023-06-30"),
                ("2022-10-01", "2023-09-30"),
            ),
        ),
        id="report D",
        marks=pytest.mark.skipif(not REPORT_D.exists(), reason="the shared examples are not here"),
    ),
]


def _printed(file: Path) -> list[list[list[str]]]:
    """The file's measures: six cells of paragraphs each, read as plainly as can be."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("<p>")]
    return [[paragraphs(cell) for cell in row] for row in rows]


def _report(town: Town, user: str, no: int, summary: list[str], outcome: list[str], *, left: bool) -> None:
    which = [str(no)] if left else []
    heard = town.says(user, "รายงานผล", *which, "แล้วเสร็จ")
    assert "สรุปผลการดำเนินการ" in heard[-1], heard
    town.says(user, *summary, "เสร็จแล้ว", *outcome, "เสร็จแล้ว", "ข้าม")
    assert any("ตรวจทาน" in text for text in town.says(user, "ข้าม"))  # advice before it, full texts after it
    assert "ส่งมาตรการที่" in town.says(user, "ยืนยัน")[0]


@pytest.mark.parametrize("office", OFFICES)
def test_a_finished_report_comes_out_again_cell_by_cell(calm: Town, tmp_path: Path, office: Office) -> None:
    printed = _printed(office.file)
    calm.bot("agency", "add", "--id", office.agency, "--name", "องค์การบริหารส่วนตำบลทดสอบ", "--province", "สมมติ")
    year = ("--agency", office.agency, "--fiscal-year", office.year)
    calm.bot("plan", "import", office.file, *year)
    plan = calm.export(office.agency, office.year)["measures"]
    assert len(plan) == len(printed) == len(office.periods)
    assert tuple((m["period_start"], m["period_end"]) for m in plan) == office.periods
    for measure, row in zip(plan, printed, strict=True):
        assert [measure[name] for name in CELLS[:4]] == ["\n".join(cell) for cell in row[:4]]
        assert measure["rounds"] == {"6": None, "12": None}, "a plan takes no results unless told to"

    calm.open_round(office.agency, office.year)
    half = len(printed) // 2
    shares = (list(range(1, half + 1)), list(range(half + 1, len(printed) + 1)))
    for number, share in enumerate(shares):
        measures = ",".join(map(str, share))
        name = f"ผู้รายงาน คนที่ {number + 1}"
        user = calm.joins(name, agency=office.agency, fiscal_year=office.year, measures=measures)
        for no in share:
            _report(calm, user, no, printed[no - 1][4], printed[no - 1][5], left=len(share) > 1)

    done = calm.export(office.agency, office.year)["measures"]
    for measure, row in zip(done, printed, strict=True):
        assert measure["rounds"]["12"]["summary"] == "\n".join(row[4])
        assert measure["rounds"]["12"]["outcome"] == "\n".join(row[5])
    compiled = Compiled.of(calm.bot("compile", *year, "--round", 12, "--out", tmp_path).lines)
    _assert_says_all(compiled, printed)


def _assert_says_all(compiled: Compiled, printed: list[list[list[str]]]) -> None:
    expected = [["\n".join(cell) for cell in row] for row in printed]
    assert compiled.json_rows() == expected
    wanted = [[folded(cell) for cell in row] for row in expected]
    assert [[folded(cell) for cell in row] for row in compiled.docx_rows()] == wanted
    assert [[folded(cell) for cell in row] for row in compiled.xlsx_rows()] == wanted
    for reader, text in compiled.pdf_texts().items():
        for row in expected:
            for name, cell in zip(CELLS, row, strict=True):
                pieces = pieces_of(cell, text)
                assert pieces is not None, f"{reader} does not find all of {name}: {cell}"
                assert pieces <= 3, f"{reader} finds {name} in {pieces} pieces: {cell}"


@pytest.mark.skipif(not REPORT_D.exists(), reason="the shared examples are not here")
def test_a_finished_report_can_be_taken_over_with_its_results(calm: Town, tmp_path: Path) -> None:
    calm.bot("agency", "add", "--id", "taken", "--name", "องค์การบริหารส่วนตำบลรับช่วง")
    year = ("--agency", "taken", "--fiscal-year", 2566)
    calm.bot("plan", "import", REPORT_D, *year, "--results", 12)
    compiled = Compiled.of(calm.bot("compile", *year, "--round", 12, "--out", tmp_path).lines)
    _assert_says_all(compiled, _printed(REPORT_D))


@pytest.mark.skipif(not REPORT_B.exists(), reason="the shared examples are not here")
def test_a_plan_keyed_by_indicator_keeps_its_columns_apart(calm: Town) -> None:
    calm.bot("agency", "add", "--id", "office-b", "--name", "องค์การบริหารส่วนตำบลแผนใหม่")
    right = calm.bot("plan", "import", REPORT_B, "--agency", "office-b", "--fiscal-year", 2569, "--json").json
    measures = calm.export("office-b", 2569)["measures"]
    assert len(measures) == 10
    assert len({m["indicator"] for m in measures}) == 10
    for measure in measures:
        assert (measure["period_start"], measure["period_end"]) == ("2025-10-01", "2026-09-30")
        assert "ตุลาคม" in measure["period_text"]
        assert measure["responsible"]
        assert not re.search("ตุลาคม|กันยายน", measure["responsible"])
    assert not [line for line in right["lines"] if line["outcome"] == "doubtful" and "ปีงบประมาณ" in line["says"]]
    wrong = calm.bot("plan", "import", REPORT_B, "--agency", "office-b", "--fiscal-year", 2568, "--json").json
    warned = {line["measure"] for line in wrong["lines"] if line["outcome"] == "doubtful"}
    assert warned >= set(range(1, 11))
