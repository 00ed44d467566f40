"""A piece of evidence as pages show it: with a link to open it by, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from flask_babel import lazy_gettext  # type: ignore[import-untyped]

from bot.domain.updates import Evidence, EvidenceKind, MediaState
from handlers.runtime import WebRuntime

LINK_LIFE = timedelta(hours=1)
_DRAWABLE = ("image/jpeg", "image/png", "image/webp", "image/gif")
_LOST: Mapping[MediaState, object] = {
    MediaState.WANTED: lazy_gettext("กำลังรับไฟล์จาก LINE"),
    MediaState.GONE: lazy_gettext("LINE ลบไฟล์นี้แล้วก่อนรับได้ทัน กรุณาขอให้ผู้รายงานส่งใหม่"),
    MediaState.REFUSED: lazy_gettext("รับไฟล์นี้ไม่ได้ (ใหญ่เกินไปหรือดาวน์โหลดไม่สำเร็จ) กรุณาขอให้ผู้รายงานส่งใหม่"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of evidence as it is shown; `lost` says why there is nothing to open."""

    evidence: Evidence
    link: str | None
    is_picture: bool
    lost: str | None


def shown(rt: WebRuntime, evidence: Evidence) -> Piece:
    """The piece with its link; addresses that a browser should not follow have none."""
    lost = _LOST.get(evidence.media)
    link: str | None = None
    if evidence.kind is EvidenceKind.LINK:
        link = evidence.url if urlsplit(evidence.url or "").scheme in ("http", "https") else None
    elif evidence.kind is EvidenceKind.LOCATION:
        link = evidence.url if (evidence.url or "").startswith("geo:") else None
    elif evidence.media is MediaState.STORED and evidence.stored_as:
        link = _media_path(rt, evidence.stored_as, evidence.name)
    is_picture = link is not None and evidence.kind is EvidenceKind.IMAGE and evidence.mime in _DRAWABLE
    return Piece(evidence=evidence, link=link, is_picture=is_picture, lost=str(lost) if lost else None)


def _media_path(rt: WebRuntime, key: str, name: str | None) -> str:
    """A signed link without host, good for one to two hours and the same within an hour, so that browsers keep it."""
    hour = rt.clock.now().replace(minute=0, second=0, microsecond=0)
    return urlsplit(rt.links.url(key, hour + 2 * LINK_LIFE, name)).path
