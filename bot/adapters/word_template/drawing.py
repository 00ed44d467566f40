"""Draw a report by an agency's own Word template, in a process with limits."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.adapters.limited import Limits, OverLimit, run_limited
from bot.adapters.render.docx import CODE_CM
from bot.adapters.render.qr import ALT, qr_png
from bot.adapters.word_template.child import ANSWER, DOCUMENT, REQUEST, TEMPLATE
from bot.adapters.word_template.finish import Shown
from bot.domain.errors import CompileFailed
from bot.reporting.fields import VERSION_CODE, values_of
from bot.reporting.model import Report
from bot.reporting.rendering import DrawnTemplate, Picture, Rendered, TemplateProblem

LIMITS = Limits(seconds=60, memory_mib=1024, file_mib=100)
_OVER = {
    "time": "ใช้เวลานานเกินกำหนด",
    "memory": "ใช้หน่วยความจำเกินกำหนด หรือผลลัพธ์ใหญ่เกินไป",
    "broke": "โปรแกรมอ่านไฟล์นี้ไม่ได้ โปรดลองบันทึกใหม่ด้วย Word หรือ LibreOffice",
}


def draw_template(
    data: bytes, report: Report, pictures: Mapping[str, Picture], *, with_outline: bool = False, limits: Limits = LIMITS
) -> DrawnTemplate:
    """The template's document with the report in its fields, or what is wrong with the template."""
    with tempfile.TemporaryDirectory(prefix="kaona-word-") as name:
        folder = Path(name)
        (folder / TEMPLATE).write_bytes(data)
        _ask(folder, report, pictures, with_outline=with_outline)
        try:
            run_limited("bot.adapters.word_template.child", folder, limits)
        except OverLimit as error:
            return DrawnTemplate(problems=(TemplateProblem(place="ทั้งไฟล์", words="", message=_OVER[error.over]),))
        answer = json.loads((folder / ANSWER).read_text(encoding="utf-8"))
        problems = tuple(TemplateProblem(**each) for each in answer["problems"])
        if problems:
            return DrawnTemplate(problems=problems)
        return DrawnTemplate(document=(folder / DOCUMENT).read_bytes(), outline=tuple(answer["outline"]))


@dataclass(frozen=True, slots=True)
class TemplatedDocx:
    """The Word renderer of an agency with a template of its own."""

    template: bytes

    def render(self, report: Report, pictures: Mapping[str, Picture]) -> Rendered:
        """The document.

        Raises:
            CompileFailed: the template does not fit, which names the place and the words.
        """
        drawn = draw_template(self.template, report, pictures)
        if drawn.problems:
            first = drawn.problems[0]
            words = f" {first.words}" if first.words else ""
            raise CompileFailed(f"แม่แบบ Word ใช้ไม่ได้: {first.place}{words}: {first.message}")
        return Rendered(data=drawn.document)


def _ask(folder: Path, report: Report, pictures: Mapping[str, Picture], *, with_outline: bool) -> None:
    photos: list[dict[str, Any]] = []
    for number, (key, shown) in enumerate(_shown(report, pictures).items()):
        (folder / f"{number}.jpg").write_bytes(shown.picture.data)
        size = {"width": shown.picture.width, "height": shown.picture.height, "box": shown.box}
        photos.append({"key": key, "alt": shown.alt, "name": shown.name, **size})
    request = {
        "values": values_of(report),
        "photos": photos,
        "title": report.title,
        "agency": report.agency,
        "moment": report.compiled_at.isoformat(),
        "outline": with_outline,
    }
    (folder / REQUEST).write_text(json.dumps(request, ensure_ascii=False), encoding="utf-8")


def _shown(report: Report, pictures: Mapping[str, Picture]) -> dict[str, Shown]:
    """The pictures that a template can show, by their keys."""
    found = {
        item.image_key or "": Shown(picture=pictures[item.image_key or ""], alt=item.alt, name=item.heading)
        for group in report.annex
        for item in group.items
        if item.image_key in pictures
    }
    if link := report.cover.link:
        code = Picture(data=qr_png(link), width=1, height=1)
        found[VERSION_CODE] = Shown(picture=code, alt=f"{ALT} {link}", name="คิวอาร์โค้ด", box=(CODE_CM, CODE_CM))
    return found
