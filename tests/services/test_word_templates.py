"""A compile's Word file is drawn by the agency's own template while one is in use; its version is another."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document

from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Person, PersonId
from bot.domain.rounds import RoundNo
from bot.ports.records import ReportRun
from bot.ports.word_templates import KeptTemplate, TemplateId
from bot.reporting.kinds import Kind
from bot.reporting.rendering import DrawnTemplate
from bot.services import word_templates
from bot.services.compile_report import queue_report
from bot.services.logbook import Action
from tests.services.desk import AGENCY, YEAR, Desk
from tests.word_template.files import texts, word

WHO = PersonId("person-admin")


@pytest.fixture
def office(desk: Desk) -> Desk:
    with desk.rt.store.write() as uow:
        uow.people.add(Person(id=WHO, name="มานี รอบรู้"))
    return desk


def added(office: Desk, *paragraphs: str, kind: Kind = Kind.PROGRESS) -> KeptTemplate:
    kept = office.rt.template_desk.add(WHO, AGENCY.id, kind, "แบบ.docx", word(*paragraphs))
    assert isinstance(kept, KeptTemplate)
    return kept


def compiled(office: Desk) -> list[str]:
    with office.rt.store.write() as uow:
        formats = ("docx",)
        run: ReportRun = queue_report(
            uow, office.ids, office.clock, AGENCY.id, YEAR, RoundNo.TWELVE, formats=formats, draft=True
        )
    assert office.rt.compile_report(run.id) is True
    with office.rt.store.read() as uow:
        done = uow.reports.get(run.id)
    assert done is not None
    return texts(office.media.files[done.files["docx"]])


def codes(office: Desk) -> set[str]:
    with office.rt.store.read() as uow:
        return {version.inputs_hash for version in uow.versions.of_year(AGENCY.id, YEAR)}


def test_the_template_in_use_draws_the_word_file_until_it_is_taken_away(office: Desk) -> None:
    usual = compiled(office)
    desk = office.rt.template_desk
    kept = added(office, "หนังสือของ {{ agency }}", "{{ version }}")
    assert compiled(office) == usual, "an upload is not in use"
    desk.use(WHO, AGENCY.id, Kind.PROGRESS, kept.id)
    own = compiled(office)
    assert own[0] == f"หนังสือของ {AGENCY.name}"
    assert own[1].startswith("รหัสฉบับ ")
    assert len(codes(office)) == 2
    desk.use(WHO, AGENCY.id, Kind.PROGRESS, None)
    assert compiled(office) == usual
    assert len(codes(office)) == 2, "the version from before"


def test_who_did_what_is_written_down(office: Desk) -> None:
    kept = added(office, "{{ agency }}")
    office.rt.template_desk.use(WHO, AGENCY.id, Kind.PROGRESS, kept.id)
    office.rt.template_desk.use(WHO, AGENCY.id, Kind.PROGRESS, None)
    with office.rt.store.read() as uow:
        actions = [entry.action for entry in uow.log.entries(AGENCY.id)]
    assert actions == [Action.TEMPLATE_TAKEN_AWAY, Action.TEMPLATE_USED, Action.TEMPLATE_ADDED]


def test_what_cannot_be_drawn_is_not_kept(office: Desk) -> None:
    drawn = office.rt.template_desk.add(WHO, AGENCY.id, Kind.PROGRESS, "ผิด.docx", word("{{ agncy }}"))
    assert isinstance(drawn, DrawnTemplate)
    assert [problem.place for problem in drawn.problems] == ["เนื้อหา ย่อหน้าที่ ๑"]
    assert office.media.files == {}


def test_too_large_a_file_and_too_many_files_are_refused(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = office.rt.template_desk
    with pytest.raises(BadInput):
        desk.add(WHO, AGENCY.id, Kind.PROGRESS, "ใหญ่.docx", bytes(word_templates.LARGEST + 1))
    monkeypatch.setattr(word_templates, "MOST_KEPT", 1)
    added(office, "ก")
    with pytest.raises(BadInput):
        added(office, "ข")


def test_a_template_of_another_kind_or_agency_cannot_be_used(office: Desk) -> None:
    kept = added(office, "ก", kind=Kind.PLAN)
    desk = office.rt.template_desk
    for template_id in (kept.id, TemplateId("none")):
        with pytest.raises(NotFound):
            desk.use(WHO, AGENCY.id, Kind.PROGRESS, template_id)
    with pytest.raises(NotFound):
        desk.get(replace(AGENCY, id="elsewhere").id, kept.id)


def test_the_template_to_start_from_is_in_the_agencys_style(office: Desk) -> None:
    data = office.rt.template_desk.starting(AGENCY.id, Kind.PROGRESS)
    assert "{{ m.summary }}" in [cell.text for row in Document(io.BytesIO(data)).tables[0].rows for cell in row.cells]
    with pytest.raises(NotFound):
        office.rt.template_desk.starting(AGENCY.id, Kind.SET)
