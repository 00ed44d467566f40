"""From a finished report's file through officers' chats to the compiled report, cell by cell in every format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.conversation.words import Word
from bot.domain.calendar import BANGKOK
from bot.domain.text import thai_digits
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


def _lock_round(town: Town, agency: str, year: int, no: int) -> None:
    """Move a round into the past."""
    today = datetime.now(BANGKOK).date()
    opened, due, locked = (today - timedelta(days=days) for days in (40, 20, 10))
    dates = ("--open", opened, "--due", due, "--lock", locked)
    town.bot("round", "set", "--agency", agency, "--fiscal-year", year, "--round", no, *dates)


def _told(no: int) -> tuple[str, str]:
    """What was done on a measure of the plan and what came of it; no two alike."""
    return (
        f"ดำเนินการตามมาตรการที่ {no} แล้ว จัดประชุมเจ้าหน้าที่ {no + 10} คน",
        f"ผู้รับบริการ {no * 100 + 7} ราย ได้รับความสะดวกขึ้น",
    )


@pytest.mark.skipif(not REPORT_B.exists(), reason="the shared examples are not here")
def test_a_plan_is_reported_on_in_both_rounds_with_nothing_typed_twice(calm: Town, tmp_path: Path) -> None:
    agency, year = "b-chat", 2569
    which = ("--agency", agency, "--fiscal-year", year)
    calm.bot("agency", "add", "--id", agency, "--name", "องค์การบริหารส่วนตำบลสองรอบ")
    calm.bot("plan", "import", REPORT_B, *which)
    calm.open_round(agency, year, 6)
    shares = {"ผู้รายงาน ครึ่งแรก": range(1, 6), "ผู้รายงาน ครึ่งหลัง": range(6, 11)}
    users = {}
    for name, share in shares.items():
        users[name] = user = calm.joins(name, agency=agency, fiscal_year=year, measures=",".join(map(str, share)))
        calm.taps(user, "รายงานผล")
        for no in share:
            _reports_first(calm, user, no)
    _lock_round(calm, agency, year, 6)
    calm.open_round(agency, year, 12)
    for name, share in shares.items():
        calm.taps(users[name], "รายงานผล")
        for no in share:
            _reports_again(calm, users[name], no)
    for user in users.values():
        said = [line.text for line in calm.line.chat(user) if line.by == "user"]
        typed = [text for text in said if text not in set(Word) and len(text) > len("ปัญหา/ข้อเสนอแนะ")]
        assert len(typed) == len(set(typed)) == 5, "one message for each measure, and everything else by tapping"

    for round_no in (6, 12):
        measures = calm.export(agency, year)["measures"]
        rounds = [measure["rounds"][str(round_no)] for measure in measures]
        assert [(each["summary"], each["outcome"]) for each in rounds] == [_told(no) for no in range(1, 11)]
        folder = tmp_path / str(round_no)
        compiled = Compiled.of(calm.bot("compile", *which, "--round", round_no, "--out", folder).lines)
        printed = [[folded(cell) for cell in row[-2:]] for row in compiled.docx_rows()]
        assert printed == [[folded(text) for text in _told(no)] for no in range(1, 11)]
        for reader, text in compiled.pdf_texts().items():
            assert all(pieces_of(folded(cell), text) for no in range(1, 11) for cell in _told(no)), reader


def _reports_first(town: Town, user: str, no: int) -> None:
    """One typed message with its headings; everything else is tapped."""
    summary, outcome = _told(no)
    town.taps(user, f"มาตรการที่ {thai_digits(str(no))}", "แล้วเสร็จ")
    town.says(user, f"สรุปผลการดำเนินการ: {summary}\nผลลัพธ์/ความสำเร็จ: {outcome}")
    assert "ขอบคุณ" in town.taps(user, "ข้าม", "ข้าม", "ยืนยัน")[-1]


def _reports_again(town: Town, user: str, no: int) -> None:
    """Nothing new: the last round's words, and ยืนยัน."""
    town.taps(user, f"มาตรการที่ {thai_digits(str(no))}")
    assert "ขอบคุณ" in town.taps(user, "ใช้ข้อความรอบก่อน", "ยืนยัน")[-1]
