"""Pages of a PDF as pictures, by PDFium."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_LONGEST_SIDE = 1500
_QUALITY = 82


class PdfiumPages:
    """Keeps bot.ports.outside.PagePainter; PDFium is loaded when it is first needed."""

    def paint(self, pdf: Path, most: int) -> tuple[int, Iterator[bytes]]:
        """One page at a time, so that memory holds one."""
        import pypdfium2

        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
        return count, _pages(document, min(count, most))


def _pages(document: Any, count: int) -> Iterator[bytes]:
    try:
        for number in range(count):
            page = document[number]
            scale = _LONGEST_SIDE / max(page.get_size())
            out = io.BytesIO()
            page.render(scale=scale).to_pil().convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
            page.close()
            yield out.getvalue()
    finally:
        document.close()
