"""Reads the tables of any file that people send; what the file is, its bytes say and not its name."""

from __future__ import annotations

from bot.domain.errors import BadInput
from bot.importing.csv_tables import is_csv, read_csv
from bot.importing.json_tables import is_json, read_json
from bot.importing.raw import MAX_FILE_BYTES, RawTable
from bot.importing.text_tables import read_text

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")


def read_tables(name: str, data: bytes, *, round_no: int | None = None) -> list[RawTable]:
    """The tables of a text, CSV, JSON, .docx or .xlsx file.

    Args:
        name: the file's name, for messages only.
        data: the whole file.
        round_no: which round's results are wanted of a year's JSON.

    Raises:
        BadInput: the file cannot be used; the sentence says which file, where and what to do.
    """
    if not data:
        raise BadInput(f"{name}: ไฟล์ว่าง ไม่มีข้อมูล (empty file)")
    if len(data) > MAX_FILE_BYTES:
        size, limit = len(data) / 1024 / 1024, MAX_FILE_BYTES // 1024 // 1024
        raise BadInput(f"{name}: ไฟล์ใหญ่ {size:.0f} MB เกินกำหนด {limit} MB (file too large)")
    if data.startswith(_ZIP):
        return _read_archive(name, data)
    _refuse_others(name, data)
    if is_json(data):
        return read_json(name, data, round_no=round_no)
    return read_csv(name, data) if is_csv(name) else read_text(name, data)


def _read_archive(name: str, data: bytes) -> list[RawTable]:
    """The tables of an Office file; the libraries are loaded only for one."""
    from bot.importing.archives import Archive

    archive = Archive(name, data)
    if "word/document.xml" in archive:
        from bot.importing.docx_tables import read_docx

        return read_docx(name, archive)
    if "xl/workbook.xml" in archive:
        from bot.importing.xlsx_tables import read_xlsx

        return read_xlsx(name, archive)
    if "xl/workbook.bin" in archive:
        raise BadInput(f"{name}: อ่านไฟล์ .xlsb ไม่ได้ โปรดบันทึกเป็น .xlsx แล้วส่งใหม่ (save as .xlsx)")
    if "content.xml" in archive:
        raise BadInput(
            f"{name}: อ่านไฟล์ OpenDocument ไม่ได้ โปรดบันทึกเป็น .docx หรือ .xlsx แล้วส่งใหม่ (save as .docx or .xlsx)"
        )
    raise BadInput(f"{name}: ไม่ใช่ไฟล์ .docx หรือ .xlsx (an archive that is not a .docx or .xlsx file)")


def _refuse_others(name: str, data: bytes) -> None:
    """Says what a file is that cannot be read, and what to do instead."""
    if data.startswith(_OLE):
        raise BadInput(_old_office(name, data))
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise BadInput(f"{name}: อ่านไฟล์ PDF ที่นี่ไม่ได้ โปรดส่งเป็น .docx .xlsx หรือข้อความ (PDF is not supported here)")
    if data.startswith(_PICTURES):
        raise BadInput(
            f"{name}: เป็นไฟล์ภาพ โปรดส่งเป็น .docx .xlsx หรือข้อความ (a picture, not a text, .docx or .xlsx file)"
        )
    if data.startswith(b"{\\rtf"):
        raise BadInput(f"{name}: อ่านไฟล์ .rtf ไม่ได้ โปรดบันทึกเป็น .docx แล้วส่งใหม่ (save as .docx)")


def _old_office(name: str, data: bytes) -> str:
    """What to say of a file of the old compound format: encrypted, .doc, .xls or something else."""
    if any(part.encode("utf-16-le") in data for part in ("EncryptedPackage", "EncryptionInfo")):
        return f"{name}: ไฟล์ใส่รหัสผ่านไว้ โปรดนำรหัสผ่านออกแล้วส่งใหม่ (password-protected)"
    if "WordDocument".encode("utf-16-le") in data:
        return f"{name}: เป็นไฟล์ .doc รุ่นเก่า โปรดบันทึกเป็น .docx แล้วส่งใหม่ (legacy .doc: save as .docx)"
    if any(part.encode("utf-16-le") in data for part in ("Workbook", "Book")):
        return f"{name}: เป็นไฟล์ .xls รุ่นเก่า โปรดบันทึกเป็น .xlsx แล้วส่งใหม่ (legacy .xls: save as .xlsx)"
    return f"{name}: เป็นไฟล์ Office รุ่นเก่า โปรดบันทึกเป็น .docx หรือ .xlsx แล้วส่งใหม่ (save as .docx or .xlsx)"
