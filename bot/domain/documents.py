"""What an agency wrote and chose for its documents: the memo's fields, the preface, the parts of a set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoFields:
    """What an agency wrote of a round's memo; None leaves a field to the program.

    Attributes:
        department: ส่วนราชการ.
        number: the running number after the agency's code; dotted until it is given.
        dated: วันที่; dotted until it is given.
        body: the paragraphs, with places such as {measures} for the year's facts.
    """

    department: str | None = None
    number: str | None = None
    dated: date | None = None
    subject: str | None = None
    addressee: str | None = None
    body: str | None = None
    closing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChoices:
    """What an agency chose about its documents.

    Attributes:
        preface: the words of คำนำ; None for the program's own.
        parts: what a set holds, by name; None for the program's own choice.
        emblem: key of the picture at the head of the memo in the media store.
    """

    preface: str | None = None
    parts: tuple[str, ...] | None = None
    emblem: str | None = None
