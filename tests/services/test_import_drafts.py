"""Imports that somebody has to look through: rows out of a PDF, and letters that a PDF broke."""

from __future__ import annotations

import pytest

from bot.domain.errors import BadInput
from bot.importing.measures import Outcome
from bot.importing.pdf_rows import Page
from bot.services.import_plan import Imported, ImportPlan
from tests.importing.test_pdf_rows import FIRST, SECOND
from tests.services.desk import AGENCY, YEAR, Desk

PDF = b"%PDF-1.7 as the reader below has it"
BROKEN = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. การดาเนินงานตามแผน\tจัดทา คู่มือ\tส านักปลัด\n๒. อบรม\tจัดอบรม\tกองคลัง\n"


class Reader:
    """A PDF with a plan on two pages."""

    def pages(self, name: str, data: bytes) -> tuple[Page, ...]:
        return FIRST, SECOND


def importing(desk: Desk, data: bytes, name: str = "แผน.pdf", **more: object) -> Imported:
    rt = desk.rt
    return ImportPlan(store=rt.store, ids=desk.ids, clock=desk.clock, pdf=Reader())(AGENCY.id, YEAR, name, data, **more)  # type: ignore[arg-type]


def titles(desk: Desk) -> list[str]:
    with desk.rt.store.read() as uow:
        return [measure.title for measure in uow.plans.measures(AGENCY.id, YEAR)]


def test_rows_out_of_a_pdf_are_shown_but_not_stored_until_somebody_confirms(desk: Desk) -> None:
    before = titles(desk)
    seen = importing(desk, PDF, dry_run=True)
    assert len(seen.added) == 3
    assert {line.outcome for line in seen.reading.lines if line.measure_no} == {Outcome.DOUBTFUL}
    with pytest.raises(BadInput, match="--confirm-draft"):
        importing(desk, PDF)
    assert titles(desk) == before
    importing(desk, PDF, confirm_draft=True)
    assert titles(desk) == [*before, "๑. จัดทำคู่มือการให้บริการ", "๒. อบรม No Gift Policy", "๓. เปิดเผยข้อมูล"]


def test_broken_letters_are_offered_and_kept_as_they_are_unless_asked(desk: Desk) -> None:
    offered = importing(desk, BROKEN.encode(), "แผน.txt", replace_all=True)
    assert [(m.measure_no, m.field, m.before, m.after) for m in offered.mendable] == [
        (1, "ชื่อมาตรการ", "๑. การดาเนินงานตามแผน", "๑. การดำเนินงานตามแผน"),
        (1, "ขั้นตอน", "จัดทา คู่มือ", "จัดทำ คู่มือ"),
        (1, "ผู้รับผิดชอบ", "ส านักปลัด", "สำนักปลัด"),
    ]
    assert titles(desk)[0] == "๑. การดาเนินงานตามแผน"


def test_broken_letters_are_put_right_when_asked_and_the_measure_stays_the_same(desk: Desk) -> None:
    importing(desk, BROKEN.encode(), "แผน.txt", replace_all=True)
    again = importing(desk, BROKEN.encode(), "แผน.txt", mend=True)
    assert (len(again.added), len(again.changed), len(again.same)) == (0, 1, 1)
    assert titles(desk)[0] == "๑. การดำเนินงานตามแผน"


def test_a_sound_file_has_nothing_to_mend(desk: Desk) -> None:
    sound = "มาตรการ\tขั้นตอน\n๑. การดำเนินงาน\tจัดทำคู่มือ\n"
    assert importing(desk, sound.encode(), "แผน.txt", dry_run=True).mendable == ()
