"""Uploaded Word templates, of which a partial unique index lets one per agency and kind be in use."""

from __future__ import annotations

from sqlalchemy import false, insert, select, true, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import word_templates
from bot.domain.agencies import AgencyId
from bot.ports.word_templates import KeptTemplate, TemplateId


class SqlKeptTemplates(Repository):
    """Keeps bot.ports.store.KeptTemplates."""

    def add(self, template: KeptTemplate) -> None:
        """Insert."""
        self._rows.change(insert(word_templates).values(values(template)))

    def get(self, template_id: TemplateId) -> KeptTemplate | None:
        """By id."""
        query = select(*columns(KeptTemplate, word_templates)).where(word_templates.c.id == template_id)
        row = self._rows.first(query)
        return load(KeptTemplate, row) if row else None

    def of_agency(self, agency_id: AgencyId) -> list[KeptTemplate]:
        """Newest first."""
        query = (
            select(*columns(KeptTemplate, word_templates))
            .where(word_templates.c.agency_id == agency_id)
            .order_by(word_templates.c.uploaded_at.desc(), word_templates.c.seq.desc())
        )
        return [load(KeptTemplate, row) for row in self._rows.all(query)]

    def in_use(self, agency_id: AgencyId, kind: str) -> KeptTemplate | None:
        """By agency and kind."""
        kept = word_templates.c
        query = select(*columns(KeptTemplate, word_templates)).where(
            kept.agency_id == agency_id, kept.kind == kind, kept.in_use
        )
        row = self._rows.first(query)
        return load(KeptTemplate, row) if row else None

    def use(self, agency_id: AgencyId, kind: str, template_id: TemplateId | None) -> None:
        """First none is, then that one."""
        kept = word_templates.c
        of_kind = (kept.agency_id == agency_id, kept.kind == kind)
        self._rows.change(update(word_templates).where(*of_kind, kept.in_use).values(in_use=false()))
        if template_id is not None:
            self._rows.change(update(word_templates).where(*of_kind, kept.id == template_id).values(in_use=true()))
