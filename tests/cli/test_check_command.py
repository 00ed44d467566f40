"""`check` and `compile` on the command line: exit status, places and remedies, every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import main

PLAN = """มาตรการ\tขั้นตอน/วิธีการปฏิบัติ\tผู้รับผิดชอบ\tระยะเวลา\tสรุปผลการดำเนินการ\tผลลัพธ์/ความสำเร็จ
๑. จัดทำคู่มือการให้บริการ\t๑. แต่งตั้งคณะทำงาน\tสำนักปลัด\tตุลาคม ๒๕๖๖ - กันยายน ๒๕๖๗\t{summary}\tประชาชน ๓๕ คนใช้คู่มือ
๒. อบรมเจ้าหน้าที่\t๑. จัดอบรม\tกองคลัง\tไตรมาส ๒\tอบรม ๒๕ คน เมื่อ ๑๕ มกราคม ๒๕๖๗\tผู้เข้าอบรมผ่านแบบทดสอบทุกคน
"""
YEAR = ("--agency", "saithong", "--fiscal-year", "2567")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An agency on a database of its own."""
    for name in (
        "DATABASE_URL",
        "REDIS_URL",
        "MEDIA_URL",
        "LINE_CHANNEL_SECRET",
        "LINE_CHANNEL_ACCESS_TOKEN",
        "BOT_NOW",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    assert main(["init"]) == 0
    assert main(["agency", "add", "--id", "saithong", "--name", "องค์การบริหารส่วนตำบลทรายทองงาม", "--kind", "อบต."]) == 0
    return tmp_path


def reported(office: Path, summary: str) -> None:
    file = office / "report.txt"
    file.write_text(PLAN.format(summary=summary), encoding="utf-8")
    assert main(["plan", "import", str(file), *YEAR, "--results", "12"]) == 0


def test_a_clean_report_passes(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    capsys.readouterr()
    assert main(["check", *YEAR, "--round", "12"]) == 0
    assert capsys.readouterr().out == "ไม่พบข้อที่ควรแก้ไข\n"


def test_a_defect_that_costs_the_score_makes_the_answer_no(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reported(office, "จัดทำคู่มือขององค์การบริหารส่วนตำบลทรายทองวาม")
    capsys.readouterr()
    assert main(["check", *YEAR, "--round", "12"]) == 1
    told = capsys.readouterr().out
    assert "มาตรการลำดับที่ ๑: สรุปผลการดำเนินการ" in told
    assert "แก้เป็น องค์การบริหารส่วนตำบลทรายทองงาม" in told
    assert main(["check", *YEAR, "--round", "12", "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["code"], finding["severity"], finding["measure_no"], finding["field"]) == (
        "agency_name_misspelt", "error", 1, "summary",
    )  # fmt: skip
    assert finding["words"] == "องค์การบริหารส่วนตำบลทรายทองวาม"


def test_a_warning_alone_lets_the_report_pass(office: Path) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน สอบถาม 081-234-5678")
    assert main(["check", *YEAR, "--round", "12"]) == 0


def test_a_year_without_plan_or_an_unknown_agency_is_wrong_input(office: Path) -> None:
    assert main(["check", *YEAR, "--round", "12"]) == 2
    assert main(["check", "--agency", "nobody", "--fiscal-year", "2567", "--round", "12"]) == 2


def test_every_format_is_compiled_by_default_and_its_path_printed(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    capsys.readouterr()
    assert main(["compile", *YEAR, "--round", "12", "--out", str(office / "out")]) == 0
    paths = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.suffix for path in paths] == [".pdf", ".docx", ".xlsx", ".html", ".json"]
    assert all(path.is_absolute() and path.stat().st_size for path in paths)
