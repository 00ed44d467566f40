"""Small files that unpack to a lot: refused with a sentence or read, in a process that may not have much memory."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.importing.office_files import DOCUMENT, FILLED, MAIN, ROW, SHEET, W, cell, docx, sheet, table, xlsx

MIB = 1024 * 1024
ADDRESSES = 500 * MIB  # of which Python, its libraries and their threads take some 150 before they read anything
SECONDS = 60
READ = """
import sys
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.importing.plan import read_plan
path, name = sys.argv[1:]
try:
    with open(path, "rb") as file:
        data = file.read()
    print(len(read_plan(name, data, FiscalYear(2567)).measures), "measures")
except BadInput as refused:
    print(refused.detail)
"""


def outcome(path: Path) -> str:
    """What becomes of the file in a process of its own; a process that dies of it says so."""

    def poor() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))

    ran = subprocess.run(
        [sys.executable, "-c", READ, str(path), path.name],
        preexec_fn=poor,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()[-2_000:]
    return ran.stdout.decode().strip()


def streamed(base: bytes, part: str, pieces: Iterable[bytes]) -> bytes:
    """The archive with a part that is written piece by piece, for it is too large to hold."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for name in before.namelist():
            if name != part:
                archive.writestr(name, before.read(name))
        with archive.open(part, "w", force_zip64=True) as stream:
            for piece in pieces:
                stream.write(piece)
    return out.getvalue()


def spaces(before: str, after: str, mib: int) -> Iterator[bytes]:
    yield before.encode()
    yield from (b" " * MIB for _ in range(mib))
    yield after.encode()


def repeated(before: str, piece: str, after: str, times: int) -> list[bytes]:
    return [before.encode(), *[piece.encode() * 1_000] * (times // 1_000), after.encode()]


DOC_START, DOC_END = f"<w:document {W}><w:body>", "</w:body></w:document>"
SHEET_START, SHEET_END = f"<worksheet {MAIN}><sheetData>", "</sheetData></worksheet>"
ROW_XML = f"<w:tr>{''.join(map(cell, ROW))}</w:tr>"


def gigabyte_in_docx() -> bytes:
    return streamed(docx(), DOCUMENT, spaces(DOC_START + "<w:p><w:r><w:t>", f"</w:t></w:r></w:p>{DOC_END}", 1024))


def spaces_in_one_cell() -> bytes:
    return streamed(xlsx(), SHEET, spaces(SHEET_START + '<row r="1"><c t="str"><v>', f"</v></c></row>{SHEET_END}", 20))


def elements_in_docx() -> bytes:
    return streamed(docx(), DOCUMENT, repeated(DOC_START, "<a/>", DOC_END, 4_000_000))


def elements_before_the_rows_of_a_sheet() -> bytes:
    return streamed(xlsx(), SHEET, repeated(f"<worksheet {MAIN}>", "<a/>", "</worksheet>", 4_000_000))


def elements_between_the_rows_of_a_sheet() -> bytes:
    between = "<x>" + "<a/>" * 4_000 + "</x><x><row/></x>"
    return streamed(xlsx(), SHEET, repeated(f"<worksheet {MAIN}>", between, "</worksheet>", 1_000))


def one_long_string_in_every_cell() -> bytes:
    rows = [f'<row><c t="s"><v>0</v></c><c t="s"><v>{number % 2}</v></c></row>' for number in range(800)]
    strings = "".join(f"<si><t>{'ยาว' * 33_000} {number}</t></si>" for number in range(2))
    return xlsx(sheet(FILLED).replace("</sheetData>", "".join(rows) + "</sheetData>"),
                xl__sharedStrings_xml=f"<sst {MAIN}>{strings}</sst>")  # fmt: skip


def long_list_numbers() -> bytes:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{"%1" * 30_000}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/>'
        "</w:num></w:numbering>"
    )
    numbered = ROW_XML.replace(
        "<w:p>", '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    )
    return docx(table(*[numbered[6:-7]] * 500), word__numbering_xml=numbering)


def columns_before_every_row() -> bytes:
    row = '<w:trPr><w:gridBefore w:val="99999"/></w:trPr>' + "".join(map(cell, ROW))
    return docx(table("".join(map(cell, ROW)), *[row] * 2_000))


def objects() -> bytes:
    return b"[" + b"{}," * 5_000_000 + b"{}]"


def lists() -> bytes:
    return json.dumps([{"title": "ก", "steps": [[]] * 3_000_000}]).encode()


BOMBS: dict[Callable[[], bytes], str] = {
    gigabyte_in_docx: "unpacks to more than",
    spaces_in_one_cell: "damaged",
    elements_in_docx: "too many elements",
    elements_before_the_rows_of_a_sheet: "too many elements",
    elements_between_the_rows_of_a_sheet: "empty workbook",
    one_long_string_in_every_cell: "too much text",
    long_list_numbers: "measures",
    columns_before_every_row: "measures",
    objects: "too many lists and objects",
    lists: "too many lists and objects",
}


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_is_read_or_refused_in_bounded_memory(bomb: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "plan.bin"
    path.write_bytes(bomb())
    assert path.stat().st_size < 20 * MIB
    said = outcome(path)
    assert "\n" not in said
    assert BOMBS[bomb] in said
