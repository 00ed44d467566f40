"""The agency (หน่วยงาน) that is assessed and publishes the reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

AgencyId = NewType("AgencyId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency as its letterhead names it; `kind` is its legal kind (อบต., เทศบาลตำบล …)."""

    id: AgencyId
    name: str
    kind: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None
    address: str | None = None
    website: str | None = None
    doc_code: str | None = None
