"""How stored text becomes printed text: characters that no file may hold are left out, digits become Thai."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.text import thai_digits

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls, lone surrogates, non-characters and the byte order mark: XML or PDF/A refuse them, none is visible.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]"
    "|[" + "".join(chr((plane << 16) | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)) + "]"
)
_ARABIC_DIGIT = re.compile("[0-9]")

Words = Callable[[str | None], str]
"""Makes a stored text printable; None becomes ""."""


def printable(text: str) -> str:
    """The text with one kind of line end and without what no file format may hold."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " ")).strip()


def verbatim(text: str | None) -> str:
    """Printable text with its digits as they were typed: names of files, addresses."""
    return printable(text) if text else ""


def with_thai_digits(text: str | None) -> str:
    """Printable text with Thai digits everywhere but in addresses, file names and codes."""
    shown = verbatim(text)
    return thai_digits(shown) if _ARABIC_DIGIT.search(shown) else shown


def words_for(*, thai: bool) -> Words:
    """The way in which an agency's reports print text."""
    return with_thai_digits if thai else verbatim
