"""Text pasted from a PDF, put right: broken ำ, marks that came loose, shapes from old Windows fonts.

What comes out is only ever offered; nobody's words are changed without a tap.
"""

from __future__ import annotations

import re
import unicodedata

_OLD_SHAPES = str.maketrans(
    {0xF700: "ฐ", 0xF70F: "ญ", 0xF710: "ั", 0xF711: "ํ", 0xF712: "็"}
    | {0xF701 + i: mark for i, mark in enumerate("ิีึื")}
    | {0xF705 + i: mark for i, mark in enumerate("่้๊๋์")}
    | {0xF70A + i: mark for i, mark in enumerate("่้๊๋์")}
    | {0xF713 + i: mark for i, mark in enumerate("่้๊๋์")}
    | {0xF718 + i: mark for i, mark in enumerate("ุู")}
    | {0xF71A: "ฺ"}
)
"""Private-use letters of Windows' Thai fonts: the same marks, moved for a tall or a long-tailed consonant."""

_CONSONANT = "[ก-ฮ]"
_LOOSE_MARK = re.compile(r"([ก-ฮ\u0e31\u0e34-\u0e39])[ \u00a0]+(?=[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])")
_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?) ?\u0e32")
_LOST_AM = re.compile(rf"({_CONSONANT}[\u0e48-\u0e4b]?)[ \u00a0]+(?:\u0e32|\u0e33)")
_TONE_FIRST = re.compile("([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e39])")
_WIDE = re.compile(r"[ \t\u00a0]{2,}")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_BARE_AM = re.compile(
    "ดาเนิน|จัดทา(?!ง|น|ส)|จานวน|กาหนด|สานัก|ประจาปี|ประจาเดือน|อานวย|คานึง|คาสั่ง|การทางาน|นาเสนอ|สาคัญ|อาเภอ|สาเร็จ"
    "|ชานาญ|คาแนะนา(?!ม|ง|ย)|ให้คาปรึกษา|สารวจ(?=ความ|ข้อมูล)|บารุง|รับชาระ|อานาจ"
)
_SUSPECT = re.compile(f"[\uf700-\uf71a\u0e4d]|[ \u00a0][\u0e31-\u0e3a\u0e47-\u0e4e]|{_BARE_AM.pattern}")
"""What any of the repairs begins with; nearly every text has nothing of it."""

_BARE_WORDS = {"คาแนะนา": "คำแนะนำ", "นาเสนอ": "นำเสนอ", "การทางาน": "การทำงาน", "จัดทา": "จัดทำ", "ประจาปี": "ประจำปี",
               "ประจาเดือน": "ประจำเดือน", "ให้คาปรึกษา": "ให้คำปรึกษา", "รับชาระ": "รับชำระ"}  # fmt: skip


def mended(text: str) -> str:
    """The text with what a PDF broke put right; the same text when nothing looks broken."""
    if _SUSPECT.search(text) is None:
        return text
    found = _letters(text)
    if found == unicodedata.normalize("NFC", text):
        return text  # a doubled เ or blank alone is nobody's trouble
    found = _TONE_FIRST.sub("\\2\\1", found.replace("เเ", "แ"))
    return _WIDE.sub(" ", _INVISIBLE.sub("", found))


def _letters(text: str) -> str:
    found = text.translate(_OLD_SHAPES)
    found = _SPLIT_AM.sub("\\1\u0e33", found)
    found = _LOST_AM.sub("\\1\u0e33", found)
    found = _LOOSE_MARK.sub("\\1", found)
    found = _BARE_AM.sub(_with_am, found)
    return unicodedata.normalize("NFC", found)


def _with_am(found: re.Match[str]) -> str:
    word = found.group()
    return _BARE_WORDS.get(word) or word.replace("\u0e32", "\u0e33", 1)
