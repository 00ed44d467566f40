"""An agency's own Word templates: the record of each upload, and the tool that checks and draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.ports.outside import MediaStore
from bot.reporting.kinds import Kind
from bot.reporting.model import Report
from bot.reporting.rendering import DrawnTemplate
from bot.reporting.styles import TableStyle

TemplateId = NewType("TemplateId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTemplate:
    """One uploaded template; of those of an agency and kind at most one is in use.

    Attributes:
        kind: which document it draws.
        name: the file's name as it was uploaded.
        sha256: of its bytes, which the media store keeps under `key`.
    """

    id: TemplateId
    agency_id: AgencyId
    kind: str
    name: str
    sha256: str
    key: str
    uploaded_at: datetime
    uploaded_by: PersonId | None = None
    in_use: bool = False


class WordTemplates(Protocol):
    """Makes, checks and draws Word templates."""

    def starting(self, kind: Kind, style: TableStyle | None, *, thai_digits: bool, with_code: bool) -> bytes:
        """The template that an agency starts from, which draws the document as it looks without one."""
        ...

    def draw(self, data: bytes, report: Report, media: MediaStore) -> DrawnTemplate:
        """The document with its outline, or every problem that was found; never raises for what the file is."""
        ...
