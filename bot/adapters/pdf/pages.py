"""Keeps bot.ports.outside.PdfReader's promise with pdfium, which is loaded in a process of its own."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from bot.adapters.limited import Limits, OverLimit, run_limited
from bot.adapters.pdf.child import ANSWER, MOST_PAGES, SOURCE
from bot.domain.errors import BadInput
from bot.importing.pdf_rows import Page, Segment

LIMITS = Limits(seconds=30, memory_mib=768, file_mib=60)
_REFUSED = {
    "password": "ไฟล์ใส่รหัสผ่านไว้ โปรดนำรหัสผ่านออกแล้วส่งใหม่ (password-protected)",
    "broken": "ไฟล์เสียหาย เปิดอ่านไม่ได้ (unreadable or damaged file)",
    "pages": f"PDF มีเกิน {MOST_PAGES} หน้า หรือมีข้อความมากเกินไป (too many pages)",
    "time": "อ่าน PDF นี้นานเกินกำหนด โปรดส่งเป็น .docx หรือ .xlsx (took too long)",
    "memory": "PDF นี้ใช้หน่วยความจำเกินกำหนด โปรดส่งเป็น .docx หรือ .xlsx (needs too much memory)",
}


class PdfPages:
    """Reads PDF files within limits of time and memory."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits

    def pages(self, name: str, data: bytes) -> tuple[Page, ...]:
        """The text of every page, piece by piece; raises BadInput with a sentence for a file that is no use."""
        with tempfile.TemporaryDirectory(prefix="kaona-pdf-") as made:
            folder = Path(made)
            (folder / SOURCE).write_bytes(data)
            try:
                run_limited("bot.adapters.pdf.child", folder, self._limits)
                answer = json.loads((folder / ANSWER).read_text(encoding="utf-8"))
            except OverLimit as error:
                answer = {"refused": error.over}
        if "refused" in answer:
            raise BadInput(f"{name}: {_REFUSED.get(answer['refused'], _REFUSED['broken'])}")
        return tuple(_page(no, page) for no, page in enumerate(answer["pages"], start=1))


def _page(no: int, told: dict[str, Any]) -> Page:
    segments = (Segment(left=s[0], top=s[1], right=s[2], bottom=s[3], text=s[4]) for s in told["segments"])
    return Page(no=no, segments=tuple(segments), height=told["height"])
