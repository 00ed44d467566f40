"""Uploaded Word templates."""

from __future__ import annotations

from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.ports.word_templates import KeptTemplate, TemplateId


class KeptTemplates(Protocol):
    """Uploaded Word templates; every upload is kept."""

    def add(self, template: KeptTemplate) -> None: ...
    def get(self, template_id: TemplateId) -> KeptTemplate | None: ...
    def of_agency(self, agency_id: AgencyId) -> list[KeptTemplate]:
        """Newest first."""
        ...

    def in_use(self, agency_id: AgencyId, kind: str) -> KeptTemplate | None:
        """The one by which the kind is drawn."""
        ...

    def use(self, agency_id: AgencyId, kind: str, template_id: TemplateId | None) -> None:
        """Draw the kind by this one from now on; None: as the program draws it."""
        ...
