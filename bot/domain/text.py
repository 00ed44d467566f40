"""Thai text as people type it: kept exactly, folded only for comparison, shown with Thai digits."""

from __future__ import annotations

import re
import unicodedata

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
_TO_THAI = str.maketrans(_ARABIC, _THAI)

# Never converted: URLs, e-mail addresses, file names and codes with Latin letters.
# Any run of non-space ASCII that holds a Latin letter is one of those: "ISO9001", "O26", "report_2568.pdf".
_KEEPS_DIGITS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]+"
    r"|(?<![^\s<>\"“”()])[^\s<>\"“”()@]{1,254}@[\w.-]{1,254}"
    r"|[^\s/\\<>\"“”()]{1,200}?\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|heic|webp|mp4|mov|m4a|mp3|zip|txt|csv)\b"
    r"|(?<![A-Za-z0-9-])(?:[A-Za-z0-9-]{1,63}\.){1,10}(?:go\.th|or\.th|ac\.th|in\.th|co\.th|com|org|net)\b[^\s<>\"“”]*"
    r"|(?<![A-Za-z0-9._/:#+-])(?=[0-9._/:#-]{0,64}[A-Za-z])[A-Za-z0-9][A-Za-z0-9._/:#+-]*",
    re.IGNORECASE,
)
# Characters that show nothing and only get in the way of matching.
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_TONE_BEFORE_VOWEL = re.compile("([\u0e48-\u0e4b])([\u0e34-\u0e39\u0e31])")


def clean(text: str) -> str:
    """The form in which free text is stored: Unicode NFC with trimmed ends, otherwise exact."""
    return unicodedata.normalize("NFC", text).strip()


def arabic_digits(text: str) -> str:
    """The text with Thai digits written as 0–9."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """The text with Thai digits, except in URLs, e-mail addresses, file names and codes with Latin letters."""
    shown: list[str] = []
    end = 0
    for kept in _KEEPS_DIGITS.finditer(text):
        shown += [text[end : kept.start()].translate(_TO_THAI), kept.group()]
        end = kept.end()
    shown.append(text[end:].translate(_TO_THAI))
    return "".join(shown)


def fold_space(text: str) -> str:
    """White space folded to single blanks, ends trimmed; for comparing titles."""
    return " ".join(_INVISIBLE.sub("", text).split())


def match_key(text: str) -> str:
    """A key under which two spellings of the same Thai text meet; never shown, never stored as the text.

    NFKC would split ำ, so only the known defects are folded: a decomposed ำ (ํา), a doubled เ for แ, tone marks
    typed before their vowel, invisible characters, digits, case and all white space.
    """
    folded = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\u00a0", " ")
    folded = folded.replace("\u0e4d\u0e32", "\u0e33").replace("เเ", "แ")
    folded = re.sub("\u0e4d([\u0e48-\u0e4b])\u0e32", "\\1\u0e33", folded)
    folded = _TONE_BEFORE_VOWEL.sub(r"\2\1", folded)
    return re.sub(r"\s+", "", arabic_digits(folded)).casefold()


_PRINTED_NUMBER = re.compile(r"\s*(?:มาตรการที่ *)?([0-9๐-๙]{1,3})(?:[.)]|(?= )) *")


def unnumbered(title: str, no: int) -> str:
    """A title as a numbered list shows it: without the same number printed at its start."""
    printed = _PRINTED_NUMBER.match(title)
    if printed is None or int(printed.group(1)) != no or printed.end() == len(title):
        return title
    return title[printed.end() :]


_TITLES = (
    "นางสาว",
    "นาง",
    "นาย",
    "ว่าที่",
    "ดร.",
    "ผศ.",
    "รศ.",
    "ศ.",
    "จ่า",
    "จ.อ.",
    "ส.อ.",
    "จ.ส.อ.",
    "พ.จ.อ.",
    "ร.ต.",
    "ร.อ.",
)


def khun(name: str) -> str:
    """How a person is spoken to: คุณ before a plain name, nothing before one that has its title already."""
    return name if name.startswith(_TITLES) else f"คุณ{name}"
