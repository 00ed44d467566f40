"""The agency (หน่วยงาน) that is assessed and publishes the reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NewType

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


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySettings:
    """What an agency chose.

    Attributes:
        asks_output: its table has the ผลผลิต column, so officers are asked for it.
        review_by_admin: an admin accepts updates even where the agency has no head.
        thai_digits: reports show Thai digits.
        table_styles: kind of document to its table's style, a name or an edited style as JSON values.
        tries_links: the check may have the addresses in its documents opened.
    """

    asks_output: bool = False
    review_by_admin: bool = False
    thai_digits: bool = True
    table_styles: Mapping[str, Any] = field(default_factory=dict)
    tries_links: bool = False
