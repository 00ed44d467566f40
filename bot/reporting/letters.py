"""The pages of running text in a document: the memo with its opinions, and the preface."""

from __future__ import annotations

from dataclasses import dataclass

MEMO_TITLE = "บันทึกข้อความ"
PREFACE_TITLE = "คำนำ"
CONTENTS_TITLE = "สารบัญ"
LABELS = ("ส่วนราชการ", "ที่", "วันที่", "เรื่อง", "เรียน")
"""The labels of a memo's head, in their order."""
SIGN_HERE = "ลงชื่อ"
OPINION_NOTE = "ความเห็นที่มีชื่อและวันที่กำกับ ให้ไว้ในระบบภายในของหน่วยงาน มิใช่ลายมือชื่อดิจิทัล"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignBlock:
    """One step of the sign-off chain as it stands on paper; what is empty is a dotted line to fill by hand.

    Attributes:
        label: what stands above.
        asks_opinion: an opinion has its place above the signature.
        opinion: what was said.
        signed: it was given in the program; `dated` is then its day.
        positions: one line below the name, two for an acting post.
    """

    label: str
    asks_opinion: bool
    opinion: str = ""
    signed: bool = False
    name: str = ""
    positions: tuple[str, ...] = ()
    dated: str = ""

    @property
    def in_brackets(self) -> str:
        """The name as it stands below the signature; "" when nobody is named."""
        return f"({self.name})" if self.name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A memo (บันทึกข้อความ).

    Attributes:
        number: the agency's code with a stroke and, where it is known, the running number.
        number_open: the running number is still to be written by hand.
        dated: "" is still to be written by hand; so are `department`, `subject` and `addressee`.
        note: what electronic opinions are; "" where none was given.
        emblem: key of the picture at its head; without one its place stays empty.
    """

    department: str
    number: str
    number_open: bool
    dated: str
    subject: str
    addressee: str
    paragraphs: tuple[str, ...]
    closing: str
    blocks: tuple[SignBlock, ...]
    note: str = ""
    emblem: str | None = None

    def head(self) -> tuple[tuple[str, str], ...]:
        """The labels with their values."""
        values = (self.department, self.number, self.dated, self.subject, self.addressee)
        return tuple(zip(LABELS, values, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preface:
    """A preface, signed by the agency."""

    paragraphs: tuple[str, ...]
    signer: str
    dated: str
