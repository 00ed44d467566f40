"""`plan import`: what is read, what a second import does, and every file that cannot be used."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.conftest import PLAN, Cli, Ran, database_of

IMPORT = ("--agency", "dee", "--fiscal-year", "2567")


def _measures(cli: Cli) -> list[dict[str, object]]:
    found: list[dict[str, object]] = cli("export", "--agency", "dee", "--fiscal-year", 2567).json["measures"]
    return found


def _titles(cli: Cli) -> list[object]:
    return [m["title"] for m in _measures(cli)]


def _import(cli: Cli, file: Path, *more: object) -> Ran:
    return cli("plan", "import", file, *IMPORT, *more)


@pytest.fixture
def empty(cli: Cli) -> Cli:
    """An agency without a plan."""
    assert cli("agency", "add", "--id", "dee", "--name", "องค์การบริหารส่วนตำบลดี").status == 0
    return cli


def test_says_row_by_row_what_was_read(empty: Cli, plan_file: Path) -> None:
    ran = _import(empty, plan_file)
    assert ran.status == 0
    assert [line.strip()[0] for line in ran.lines[1:-1]] == ["✓", "✓", "✓"] or sum("✓" in x for x in ran.lines) == 3
    assert "เพิ่ม 3" in ran.lines[-1]
    first = _measures(empty)[0]
    assert (first["title"], first["responsible"]) == ("๑. จัดทำคู่มือบริการ", "สำนักปลัด")
    assert (first["period_start"], first["period_end"]) == ("2023-10-01", "2024-09-30")


def test_a_dry_run_changes_nothing(empty: Cli, plan_file: Path, sqlite_url: str) -> None:
    before = database_of(sqlite_url)
    ran = _import(empty, plan_file, "--dry-run", "--json")
    assert (ran.status, ran.json["dry_run"], len(ran.json["added"])) == (0, True, 3)
    assert database_of(sqlite_url) == before


def test_importing_again_doubles_nothing(office: Cli, plan_file: Path, sqlite_url: str) -> None:
    before = database_of(sqlite_url)
    ran = _import(office, plan_file, "--json")
    assert (ran.json["added"], ran.json["changed"], ran.json["same"]) == ([], [], [1, 2, 3])
    assert database_of(sqlite_url) == before


def test_a_changed_row_changes_its_measure_only(office: Cli, plan_file: Path) -> None:
    plan_file.write_text(PLAN.replace("กองคลัง", "กองคลังและพัสดุ"), encoding="utf-8")
    ran = _import(office, plan_file, "--json")
    assert (ran.json["added"], ran.json["changed"], ran.json["same"]) == ([], [2], [1, 3])
    assert _measures(office)[1]["responsible"] == "กองคลังและพัสดุ"


def test_what_the_file_lacks_stays_unless_replaced(office: Cli, plan_file: Path) -> None:
    shorter = "\n".join(line for line in PLAN.splitlines() if not line.startswith("๒"))
    plan_file.write_text(shorter, encoding="utf-8")
    kept = _import(office, plan_file, "--json")
    assert (kept.json["absent"], len(_titles(office))) == ([2], 3)
    gone = _import(office, plan_file, "--replace", "--json")
    assert gone.json["removed"] == [2]
    assert [(m["no"], m["title"]) for m in _measures(office)] == [(1, "๑. จัดทำคู่มือบริการ"), (2, "๓. รับเรื่องร้องเรียน")]


def test_results_are_taken_as_updates_once(empty: Cli, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    rows = [
        "มาตรการ\tระยะเวลาดำเนินการ\tสรุปผลการดำเนินการ\tผลลัพธ์/ความสำเร็จ",
        "๑. จัดทำคู่มือ\tไตรมาส ๑\t<p>ทบทวนแล้ว</p><p>ติดประกาศแล้ว</p>\tประชาชนทราบ",
        "๒. เผยแพร่งบ\tไตรมาส ๒\t\t",
    ]
    report.write_text("\n".join(rows), encoding="utf-8")
    first = _import(empty, report, "--results", 12, "--json")
    assert first.json["results"] == 1
    found = _measures(empty)[0]["rounds"]
    assert isinstance(found, dict)
    assert (found["12"]["summary"], found["12"]["outcome"]) == ("ทบทวนแล้ว\nติดประกาศแล้ว", "ประชาชนทราบ")
    assert (found["12"]["status"], found["12"]["review"], found["6"]) == ("done", "accepted", None)
    assert _import(empty, report, "--results", 12, "--json").json["results"] == 0


TWO_TABLES = PLAN + "\n\nมาตรการ\tผู้รับผิดชอบ\n๔. อีกตาราง\tกองช่าง\n"


@pytest.mark.parametrize(("table", "count"), [("1", 3), ("2", 1), ("all", 4)])
def test_one_table_or_all_can_be_chosen(empty: Cli, tmp_path: Path, table: str, count: int) -> None:
    file = tmp_path / "two.txt"
    file.write_text(TWO_TABLES, encoding="utf-8")
    listed = _import(empty, file, "--dry-run", "--json").json["tables"]
    assert [t["no"] for t in listed] == [1, 2]
    assert _import(empty, file, "--table", table).status == 0
    assert len(_titles(empty)) == count


@pytest.mark.parametrize("table", ["0", "x", "-1", "9"])
def test_a_table_that_is_none_is_refused(empty: Cli, plan_file: Path, table: str) -> None:
    ran = _import(empty, plan_file, f"--table={table}")
    assert ran.status == 2
    assert table in ran.err


def _workbook(*rows: tuple[str, ...]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_workbook_reads_as_the_text_does(empty: Cli, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(_workbook(*(tuple(line.split("\t")) for line in PLAN.splitlines())))
    assert _import(empty, file).status == 0
    assert len(_titles(empty)) == 3


def _encrypted() -> bytes:
    """The beginning of a password-protected workbook: an OLE file with the streams Excel writes."""
    streams = "EncryptedPackage".encode("utf-16-le") + "EncryptionInfo".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + streams + bytes(1024)


def _zip_of_nothing() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return file.getvalue()


BAD_FILES: list[tuple[str, Callable[[], bytes]]] = [
    ("empty.txt", lambda: b""),
    ("empty.xlsx", lambda: b""),
    ("blank.txt", lambda: b" \n\t\n"),
    ("no-measure-column.txt", lambda: "ลำดับ\tผู้รับผิดชอบ\n๑\tกองคลัง\n".encode()),
    ("no-measure-column.xlsx", lambda: _workbook(("ลำดับ", "ผู้รับผิดชอบ"), ("1", "กองคลัง"))),
    ("no-table.txt", lambda: "เรียน นายก\nเพื่อโปรดทราบ\n".encode()),
    ("protected.xlsx", _encrypted),
    ("legacy-thai.txt", lambda: PLAN.encode("cp874", "replace")),
    ("not-a-workbook.xlsx", lambda: b"PK\x03\x04 broken"),
    ("not-a-workbook-either.xlsx", _zip_of_nothing),
    ("not-a-document.docx", _zip_of_nothing),
    ("cut-short.xlsx", lambda: _workbook(("มาตรการ",), ("ก",))[:900]),
    ("picture.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
    ("headers-only.txt", lambda: "มาตรการ\tผู้รับผิดชอบ\n".encode()),
]


@pytest.mark.parametrize(("name", "content"), BAD_FILES, ids=[name for name, _ in BAD_FILES])
def test_a_file_that_cannot_be_used_is_named_in_one_line_and_changes_nothing(
    empty: Cli, tmp_path: Path, sqlite_url: str, name: str, content: Callable[[], bytes]
) -> None:
    file = tmp_path / name
    file.write_bytes(content())
    before = database_of(sqlite_url)
    ran = _import(empty, file)
    assert (ran.status, ran.out) == (2, "")
    assert name in ran.problem
    assert database_of(sqlite_url) == before


def test_each_reason_is_said(empty: Cli, tmp_path: Path) -> None:
    said = {}
    for name, content in BAD_FILES:
        (tmp_path / name).write_bytes(content())
        said[name] = _import(empty, tmp_path / name).problem.lower()
    assert "password" in said["protected.xlsx"] or "รหัสผ่าน" in said["protected.xlsx"]
    assert "utf-8" in said["legacy-thai.txt"]
    assert "empty" in said["empty.txt"] or "ว่าง" in said["empty.txt"]
    assert "มาตรการ" in said["no-measure-column.txt"]


def test_a_huge_file_is_refused_without_being_read(empty: Cli, tmp_path: Path, sqlite_url: str) -> None:
    file = tmp_path / "huge.xlsx"
    with file.open("wb") as sparse:
        sparse.truncate(200 * 1024 * 1024)
    before = database_of(sqlite_url)
    ran = _import(empty, file)
    assert ran.status == 2
    assert "200 MB" in ran.problem
    assert str(file) in ran.problem
    assert database_of(sqlite_url) == before


def test_a_file_that_is_not_there_or_may_not_be_read_is_named(empty: Cli, tmp_path: Path) -> None:
    assert "nowhere.txt" in _import(empty, tmp_path / "nowhere.txt").problem
    assert _import(empty, tmp_path).status == 2
    locked = tmp_path / "locked.txt"
    locked.write_text(PLAN, encoding="utf-8")
    locked.chmod(0)
    if os.geteuid() != 0:
        assert "locked.txt" in _import(empty, locked).problem


def test_an_unknown_agency_is_refused_with_those_that_are_there(empty: Cli, plan_file: Path) -> None:
    ran = empty("plan", "import", plan_file, "--agency", "nobody", "--fiscal-year", 2567)
    assert ran.status == 2
    assert "nobody" in ran.problem
    assert "dee" in ran.problem


@pytest.mark.parametrize("year", ["2024", "abc", "25670"])
def test_a_fiscal_year_is_buddhist(empty: Cli, plan_file: Path, year: str) -> None:
    ran = empty("plan", "import", plan_file, "--agency", "dee", "--fiscal-year", year)
    assert ran.status == 2
    assert year in ran.err


def test_periods_of_another_year_are_doubted_aloud(empty: Cli, plan_file: Path) -> None:
    ran = empty("plan", "import", plan_file, "--agency", "dee", "--fiscal-year", 2569, "--json")
    assert ran.status == 0
    doubtful = {line["measure"] for line in ran.json["lines"] if line["outcome"] == "doubtful"}
    assert doubtful >= {1, 3}
