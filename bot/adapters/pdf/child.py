"""The limited process in which a PDF is read: `python -m bot.adapters.pdf.child FOLDER LIMITS`."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

from bot.adapters.limited import take_limits

SOURCE, ANSWER = "source.pdf", "answer.json"
MOST_PAGES = 200
MOST_SEGMENTS = 100_000
MOST_LETTERS = 200_000
"""Of one page."""

Piece = tuple[float, float, float, float, str]


def main(arguments: list[str]) -> int:
    """Read the file of the folder; the answer is written there."""
    folder = take_limits(arguments)
    (folder / ANSWER).write_text(json.dumps(_answer(folder / SOURCE), ensure_ascii=False), encoding="utf-8")
    return 0


def _answer(path: Path) -> dict[str, Any]:
    """The pages' pieces of text with where they stand, or why there are none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path.read_bytes())
    except pypdfium2.PdfiumError as error:
        return {"refused": "password" if "password" in str(error).lower() else "broken"}
    if len(document) > MOST_PAGES:
        return {"refused": "pages"}
    pages: list[dict[str, Any]] = []
    count = 0
    for page in document:
        pages.append({"height": page.get_height(), "segments": _segments(page)})
        count += len(pages[-1]["segments"])
        if count > MOST_SEGMENTS:
            return {"refused": "pages"}
    return {"pages": pages}


def _segments(page: Any) -> list[Piece]:
    """Left, top, right, bottom in points from the page's upper left corner, and the text, in the order of drawing.

    Letters are taken one by one, because pdfium cuts Thai lines at every mark above or below.
    """
    import pypdfium2.raw as pdfium

    height, text = page.get_height(), page.get_textpage()
    found: list[Piece] = []
    open_piece: list[Any] | None = None
    for number in range(min(text.count_chars(), MOST_LETTERS)):
        letter = chr(pdfium.FPDFText_GetUnicode(text, number))
        if letter in "\r\n\x00\ufffe" or (letter.isspace() and open_piece is None):
            _close(open_piece, found)
            open_piece = None
            continue
        left, bottom, right, top = text.get_charbox(number, loose=True)
        box = (left, height - top, right, height - bottom)
        if open_piece is not None and not letter.isspace() and not _goes_on(open_piece, box, letter):
            _close(open_piece, found)
            open_piece = None
        if open_piece is None:
            open_piece = [*box, letter]
        else:
            open_piece[4] += letter
            if not letter.isspace():
                open_piece[2] = max(open_piece[2], box[2])
    _close(open_piece, found)
    return found


def _goes_on(piece: list[Any], box: tuple[float, float, float, float], letter: str) -> bool:
    """Whether a letter stands right behind a piece of text, on its line."""
    if unicodedata.category(letter) == "Mn":
        return True
    size = max(1.0, piece[3] - piece[1])
    same_line = abs((box[1] + box[3]) - (piece[1] + piece[3])) < size
    return bool(same_line and -size < box[0] - piece[2] < size * 0.6)


def _close(piece: list[Any] | None, found: list[Piece]) -> None:
    if piece is not None and (words := piece[4].strip()):
        found.append((piece[0], piece[1], piece[2], piece[3], words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
