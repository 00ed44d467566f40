"""Opens .docx and .xlsx archives safely: no bombs, no outside entities, no guessing by the file's name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from bot.domain.errors import BadInput
from bot.importing.raw import MAX_ARCHIVE_ENTRIES, MAX_UNPACKED_BYTES

Element: TypeAlias = Any
"""An element of lxml, which comes without types."""

_ENCRYPTED = 0x1
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAX_PART_BYTES = 64 * 1024 * 1024
_MAX_MARKS = 2_000_000
_MAX_MARKS_IN_ALL = 30_000_000


class _Measured:
    """A part's bytes on their way to the parser, refused when they hold more elements than any document.

    An element takes a hundred times the memory of the four bytes that say it; `<` and `=` tell how many will come.
    """

    def __init__(self, stream: IO[bytes], place: str) -> None:
        self._stream = stream
        self._place = place
        self._marks = self._before = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._marks += data.count(b"<") + data.count(b"=")
        if self._marks > _MAX_MARKS or self._marks + self._before > _MAX_MARKS_IN_ALL:
            raise BadInput(f"{self._place}: โครงสร้างไฟล์ซับซ้อนเกินไป (too many elements)")
        return data

    def forget(self) -> None:
        """Starts anew: what was read so far has been freed."""
        self._before += self._marks
        self._marks = 0


class Archive:
    """An opened Office archive whose parts are read as XML."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, OverflowError) as error:
            raise self.broken() from error
        self._check()

    def _check(self) -> None:
        if len(self._infos) > MAX_ARCHIVE_ENTRIES:
            raise BadInput(f"{self.name}: ไฟล์มีส่วนย่อยเกิน {MAX_ARCHIVE_ENTRIES:,} ส่วน (too many parts)")
        if sum(info.file_size for info in self._infos.values()) > MAX_UNPACKED_BYTES:
            size = MAX_UNPACKED_BYTES // 1024 // 1024
            raise BadInput(f"{self.name}: เนื้อหาเมื่อคลายแล้วใหญ่เกิน {size} MB (unpacks to more than {size} MB)")
        if any(info.compress_type not in _PACKED for info in self._infos.values()):
            raise self.broken()
        if any(info.flag_bits & _ENCRYPTED for info in self._infos.values()):
            raise BadInput(f"{self.name}: ไฟล์ใส่รหัสผ่านไว้ โปรดนำรหัสผ่านออกแล้วส่งใหม่ (password-protected)")

    def __contains__(self, part: str) -> bool:
        """Whether the archive has a part of that name."""
        return part in self._infos

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._infos)

    def broken(self, part: str | None = None) -> BadInput:
        """The refusal of a file whose archive or part cannot be read."""
        where = f"{self.name} ({part})" if part else self.name
        return BadInput(f"{where}: ไฟล์เสียหาย เปิดอ่านไม่ได้ (unreadable or damaged file)")

    def root(self, part: str) -> Element:
        """The root element of a part."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            with self._open(part, _MAX_PART_BYTES) as stream:
                tree = etree.parse(_Measured(stream, f"{self.name} ({part})"), parser)
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as error:
            raise self.broken(part) from error
        except (NotImplementedError, RuntimeError) as error:
            raise self.broken(part) from error
        self._refuse_doctype(tree.docinfo.doctype, part)
        root: Element = tree.getroot()
        return root

    def elements(self, part: str, *tags: str) -> Iterator[Element]:
        """Every finished element with one of the tags, in order; each is forgotten once it was used."""
        try:
            with self._open(part) as stream:
                measured = _Measured(stream, f"{self.name} ({part})")
                walk = etree.iterparse(
                    measured, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
                )
                for _, element in walk:
                    self._refuse_doctype(element.getroottree().docinfo.doctype, part)
                    yield element
                    _free(element)
                    measured.forget()
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as error:
            raise self.broken(part) from error
        except (NotImplementedError, RuntimeError) as error:
            raise self.broken(part) from error

    def _open(self, part: str, limit: int = MAX_UNPACKED_BYTES) -> IO[bytes]:
        info = self._infos.get(part)
        if info is None:
            raise self.broken(part)
        if info.file_size > limit:
            size = limit // 1024 // 1024
            raise BadInput(f"{self.name} ({part}): เนื้อหาใหญ่เกิน {size} MB (unpacks to more than {size} MB)")
        return self._zip.open(info)

    def _refuse_doctype(self, doctype: str, part: str) -> None:
        if doctype:
            raise BadInput(f"{self.name} ({part}): ไฟล์มีคำสั่ง DOCTYPE ซึ่งไม่อนุญาต (DOCTYPE is not allowed)")


def _free(element: Element) -> None:
    """Forgets an element that was used and all that stands before it, at every level."""
    element.clear()
    while (parent := element.getparent()) is not None:
        while element.getprevious() is not None:
            del parent[0]
        element = parent
