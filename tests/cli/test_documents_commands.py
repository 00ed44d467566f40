"""`agency style` and `compile --kind`, as an operator uses them."""

from __future__ import annotations

import io
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document

from bot.adapters.render.docx import DocxFile
from bot.cli.main import main
from bot.reporting.model import MeasureRow, Report
from bot.reporting.rendering import Picture, Rendered
from tests.cli.test_check_command import YEAR, office, reported

__all__ = ["office"]


def compiled(office: Path, *more: str, extension: str = "docx") -> Path:
    assert main(["compile", *YEAR, "--round", "12", "--out", str(office / "out"), "--format", extension, *more]) == 0
    (file,) = (office / "out").glob(f"*.{extension}")
    return file


def heads(file: Path) -> list[str]:
    return [cell.text for cell in Document(io.BytesIO(file.read_bytes())).tables[0].rows[0].cells]


def test_a_chosen_style_is_kept_and_used(office: Path) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    assert main(["agency", "style", "--id", "saithong", "--style", "D1"]) == 0
    assert heads(compiled(office))[2] == "หน่วยงานผู้รับผิดชอบ"


def test_a_style_is_written_out_edited_and_chosen(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    capsys.readouterr()
    assert main(["agency", "style", "--id", "saithong", "--json"]) == 0
    style = json.loads(capsys.readouterr().out)["progress"]
    style["columns"][0]["title"] = "เรื่อง"
    style["columns"].reverse()
    file = office / "style.json"
    file.write_text(json.dumps(style), encoding="utf-8")
    assert main(["agency", "style", "--id", "saithong", "--style", str(file)]) == 0
    assert heads(compiled(office))[-1] == "เรื่อง"


def test_one_compile_can_take_another_style(office: Path) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    assert heads(compiled(office, "--style", "A3"))[0] == "มาตรการหรือกิจกรรม ที่ดำเนินการ"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("plan", "plan-saithong-2567"),
        ("outcome", "outcome-saithong-2567-12"),
        ("memo", "memo-saithong-2567-12"),
    ],
)
def test_other_kinds_have_files_of_their_own(office: Path, kind: str, name: str) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    assert compiled(office, "--kind", kind).stem == name


@pytest.mark.parametrize(
    "more",
    [
        ("--style", "Z9"),
        ("--style", "A1"),
        ("--parts", "plan"),
        ("--kind", "set", "--parts", "plan,soup"),
        ("--kind", "plan", "--style", "D1"),
    ],
)
def test_a_style_or_kind_that_does_not_fit_is_wrong_usage(office: Path, more: tuple[str, ...]) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    with suppress(SystemExit):  # the parser's own way to say 2
        assert main(["compile", *YEAR, "--round", "12", "--out", str(office / "out"), *more]) == 2
    assert not (office / "out").exists()


def test_an_agency_that_is_not_there_has_no_style(office: Path) -> None:
    assert main(["agency", "style", "--id", "nobody"]) == 2


def test_a_table_with_outputs_makes_the_bot_ask_for_them(office: Path) -> None:
    from bot.cli.runtime import runtime
    from bot.domain.agencies import AgencyId

    assert main(["agency", "style", "--id", "saithong", "--style", "A2"]) == 0
    with runtime().store.read() as uow:
        assert uow.agencies.settings(AgencyId("saithong")).asks_output


def test_last_years_export_becomes_this_years_draft_plan(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    capsys.readouterr()
    assert main(["export", *YEAR]) == 0
    file = office / "year.json"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    new = ("--agency", "saithong", "--fiscal-year", "2568")
    assert main(["plan", "import", str(file), *new, "--from-year", "2567", "--results", "12"]) == 2
    assert main(["plan", "import", str(file), *new, "--from-year", "2567"]) == 0
    assert main(["plan", "import", str(file), *new, "--from-year", "2567"]) == 0
    capsys.readouterr()
    assert main(["export", *new]) == 0
    first, second = json.loads(capsys.readouterr().out)["measures"]
    assert (first["period_text"], first["period_start"]) == ("ตุลาคม ๒๕๖๗ - กันยายน ๒๕๖๘", "2024-10-01")
    assert (second["period_text"], second["period_start"]) == ("ไตรมาส ๒", "2025-01-01")
    assert first["rounds"] == {"6": None, "12": None}


def test_unchanged_inputs_give_the_same_bytes_and_a_changed_word_another_code(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINE_API_BASE", "http://127.0.0.1:9")
    monkeypatch.setenv("LINE_DATA_API_BASE", "http://127.0.0.1:9")
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    every = "pdf,docx,xlsx,html,json"
    made: list[dict[str, bytes]] = []
    for day in ("2024-10-01T09:00", "2024-11-05T10:00"):
        monkeypatch.setenv("BOT_NOW", day)
        assert main(["compile", *YEAR, "--round", "12", "--out", str(office / day[:10]), "--format", every]) == 0
        made.append({file.name: file.read_bytes() for file in (office / day[:10]).iterdir()})
    assert made[0] == made[1]
    reported(office, "จัดทำคู่มือ ๑๓ งาน")
    assert main(["compile", *YEAR, "--round", "12", "--out", str(office / "new"), "--format", "html"]) == 0
    (new,) = (office / "new").iterdir()
    codes = [re.search("รหัสฉบับ ([A-Z2-9-]+)", data.decode())[1] for data in (made[0][new.name], new.read_bytes())]
    assert codes[0] != codes[1]


def test_a_compile_that_fails_names_the_measure_and_makes_the_rest_when_asked(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    draw = DocxFile.render

    def fragile(self: DocxFile, report: Report, pictures: dict[str, Picture]) -> Rendered:
        if any("จัดทำคู่มือ" in cell for row in report.table.rows if isinstance(row, MeasureRow) for cell in row.cells):
            raise ZeroDivisionError
        return draw(self, report, pictures)

    monkeypatch.setattr(DocxFile, "render", fragile)
    wish = ["compile", *YEAR, "--round", "12", "--out", str(office / "out"), "--format", "docx"]
    capsys.readouterr()
    assert main(wish) == 3
    said = capsys.readouterr().err
    assert "มาตรการลำดับที่ ๑" in said
    assert "--without-failed" in said
    assert not list((office / "out").glob("*.docx"))
    assert main([*wish, "--without-failed"]) == 0
    (file,) = (office / "out").glob("*.docx")
    cells = [cell.text for row in Document(str(file)).tables[0].rows for cell in row.cells]
    assert any("มาตรการลำดับที่ ๑ ไม่ได้พิมพ์ในฉบับนี้" in cell for cell in cells)
