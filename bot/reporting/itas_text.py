"""The คำอธิบาย that goes into ITAS beside the addresses: what is shown where, as a path that can be followed; pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from bot.domain.text import thai_digits

_STEPS = ("หน้าแรกของเว็บไซต์หน่วยงาน", "หน้าที่เผยแพร่เอกสาร", "ไฟล์เอกสาร")


def itas_text(agency: str, document: str, ita_year: int, item: str, urls: Sequence[str]) -> str:
    """The text for a document and its addresses; the site itself stands first where only the file was named."""
    named = thai_digits(f"ITA ปี {ita_year}" + (f" ข้อ {item}" if item else ""))
    lines = [f"{agency} เผยแพร่{thai_digits(document)} ({named}) ดังนี้"]
    ways = _ways(urls)
    for number, url in enumerate(ways, start=1):
        words = _STEPS[min(number - 1, 2)] if len(ways) > 1 else _STEPS[2]
        if number == len(ways):
            words = _STEPS[2] if _is_file(url) else _STEPS[1]
        lines.append(f"{thai_digits(str(number))}. {words}: {url}")
    if len(ways) > 1:
        lines.append(f"วิธีเข้าดู: เปิด {ways[0]} แล้วเลือกเมนู {named} จากนั้นเปิด {_last_part(ways[-1])}")
    return "\n".join(lines)


def _ways(urls: Sequence[str]) -> list[str]:
    """The addresses from the site's front page on."""
    if not urls:
        return []
    site = urlsplit(urls[0])
    home = f"{site.scheme}://{site.netloc}/"
    return [*([] if urls[0].rstrip("/") == home.rstrip("/") else [home]), *urls]


def _is_file(url: str) -> bool:
    return "." in _last_part(url) and bool(urlsplit(url).path.strip("/"))


def _last_part(url: str) -> str:
    return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]) or url
