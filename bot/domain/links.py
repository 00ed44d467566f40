"""Web addresses that were looked at from outside, as an assessor would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkState(StrEnum):
    """What became of opening an address."""

    OPENS = "opens"
    GONE = "gone"  # the site says that there is no such page, or there is no such site
    CLOSED = "closed"  # behind a login
    AWAY = "away"  # no answer in time, or the site has trouble just now
    REFUSED = "refused"  # not looked at: a private address, or nothing that may be opened

    @property
    def thai(self) -> str:
        """What people read."""
        return _WORDS[self]


_WORDS = {
    LinkState.OPENS: "เปิดได้",
    LinkState.GONE: "ไม่พบหน้าหรือเว็บไซต์นี้",
    LinkState.CLOSED: "ต้องเข้าสู่ระบบจึงเปิดได้",
    LinkState.AWAY: "เว็บไซต์ไม่ตอบ",
    LinkState.REFUSED: "เป็นที่อยู่ภายใน จึงไม่ได้ลองเปิด",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """An address and what became of opening it, and when."""

    url: str
    state: LinkState
    at: datetime
