"""Uploaded Word templates keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace

from bot.ports.store import Store
from bot.ports.word_templates import KeptTemplate, TemplateId
from tests.contracts.office import AGENCY, NOW, SOMCHAI, later

FIRST = KeptTemplate(
    id=TemplateId("template-1"),
    agency_id=AGENCY,
    kind="progress",
    name="แบบของเรา.docx",
    sha256="a" * 64,
    key="templates/agency-1/a.docx",
    uploaded_at=NOW,
    uploaded_by=SOMCHAI,
)
SECOND = replace(FIRST, id=TemplateId("template-2"), uploaded_at=later(days=1), uploaded_by=None)
PLAN = replace(FIRST, id=TemplateId("template-3"), kind="plan", uploaded_at=later(days=2))


def test_every_upload_is_kept_and_one_of_a_kind_is_in_use(office: Store) -> None:
    with office.write() as uow:
        for template in (FIRST, SECOND, PLAN):
            uow.word_templates.add(template)
        assert uow.word_templates.get(FIRST.id) == FIRST
        assert uow.word_templates.get(TemplateId("none")) is None
        assert uow.word_templates.of_agency(AGENCY) == [PLAN, SECOND, FIRST]
        assert uow.word_templates.in_use(AGENCY, "progress") is None
        uow.word_templates.use(AGENCY, "progress", FIRST.id)
        uow.word_templates.use(AGENCY, "progress", SECOND.id)
    with office.read() as uow:
        assert uow.word_templates.in_use(AGENCY, "progress") == replace(SECOND, in_use=True)
        assert uow.word_templates.in_use(AGENCY, "plan") is None
        assert [each.in_use for each in uow.word_templates.of_agency(AGENCY)] == [False, True, False]


def test_taking_away_keeps_the_upload(office: Store) -> None:
    with office.write() as uow:
        uow.word_templates.add(FIRST)
        uow.word_templates.use(AGENCY, "progress", FIRST.id)
        uow.word_templates.use(AGENCY, "progress", None)
        assert uow.word_templates.in_use(AGENCY, "progress") is None
        assert uow.word_templates.of_agency(AGENCY) == [FIRST]


def test_a_template_of_another_kind_is_never_put_to_use(office: Store) -> None:
    with office.write() as uow:
        uow.word_templates.add(PLAN)
        uow.word_templates.use(AGENCY, "progress", PLAN.id)
        assert uow.word_templates.in_use(AGENCY, "progress") is None
