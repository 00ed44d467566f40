"""ผลผลิต is asked only where the agency's own table has a column for it."""

from __future__ import annotations

import pytest

from bot.domain.rounds import RoundNo
from bot.services.import_plan import ImportPlan
from tests.services.desk import AGENCY, YEAR, Desk

MALEE = "U-malee"
HEAD = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\tระยะเวลา\tสรุปผลการดำเนินการ"
ROW = "จัดทำคู่มือ\tจัดทำ\tสำนักปลัด\tตลอดปีงบประมาณ\tทำแล้ว"


def _import(desk: Desk, *columns: tuple[str, str], **options: object) -> None:
    text = "\n".join(
        "\t".join([line, *cells]) for line, cells in ((HEAD, [h for h, _ in columns]), (ROW, [c for _, c in columns]))
    )
    use_case = ImportPlan(store=desk.rt.store, ids=desk.rt.ids, clock=desk.rt.clock)
    use_case(AGENCY.id, YEAR, "plan.txt", text.encode(), **options)  # type: ignore[arg-type]


def _asks(desk: Desk) -> bool:
    with desk.rt.store.read() as uow:
        return uow.agencies.settings(AGENCY.id).asks_output


OUTPUT, OUTCOME, BOTH = ("ผลผลิต", "คู่มือ ๑ เล่ม"), ("ผลลัพธ์", "ดีขึ้น"), ("ผลผลิต/ผลลัพธ์", "ดีขึ้น")


@pytest.mark.parametrize(("columns", "asked"), [((OUTPUT, OUTCOME), True), ((OUTCOME,), False), ((BOTH,), False)])
def test_the_table_decides_whether_output_is_asked(
    desk: Desk, columns: tuple[tuple[str, str], ...], asked: bool
) -> None:
    _import(desk, *columns, dry_run=True)
    assert not _asks(desk)
    _import(desk, *columns)
    assert _asks(desk) is asked


def test_only_replacing_the_plan_takes_the_column_away(desk: Desk) -> None:
    _import(desk, OUTPUT, OUTCOME)
    _import(desk, OUTCOME)
    assert _asks(desk)
    _import(desk, OUTCOME, replace_all=True)
    assert not _asks(desk)


def test_output_is_asked_between_summary_and_outcome(desk: Desk) -> None:
    _import(desk, OUTPUT, OUTCOME, replace_all=True)
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    said = ("รายงานผล", "แล้วเสร็จ", "ทำแล้ว", "เสร็จแล้ว", "คู่มือ ๒ เล่ม", "เสร็จแล้ว", "ดี", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    desk.talk(MALEE, *said)
    (update,) = desk.submitted(round_no=RoundNo.TWELVE)
    assert (update.summary, update.output, update.outcome) == ("ทำแล้ว", "คู่มือ ๒ เล่ม", "ดี")
