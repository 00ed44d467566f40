"""The words of period texts (domain: months, years, quarters, rounds, recurrences) as patterns.

All patterns run on squeezed text: Arabic digits, one kind of dash, no white space except between two digits.
"""

from __future__ import annotations

import re
import unicodedata

from bot.domain.calendar import MONTHS, SHORT_MONTHS
from bot.domain.text import arabic_digits

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_DASHES = re.compile("[‐‑‒–—―−~]|จนถึง|ถึง")
_SPACE_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_SPELLED_NUMBERS = {"สิบสอง": "12", "หก": "6", "สาม": "3", "สี่": "4", "สอง": "2", "หนึ่ง": "1"}
# Only where a count stands: "สามารถ" is no three.
_SPELLED = re.compile(
    "(?:(?<=ที่)|(?<=ไตรมาส)|(?<=ละ)|(?<=ทุก)|(?<=รอบ)|(?=[^0-9]{2,6}เดือน))(?:สิบสอง|หก|สาม|สี่|สอง|หนึ่ง)(?!าร)"
)


def squeeze(text: str) -> str:
    """The text in the one spelling that the patterns know."""
    squeezed = arabic_digits(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)))
    squeezed = squeezed.replace("กรกฏ", "กรกฎ").replace("\u0e4d\u0e32", "\u0e33")
    squeezed = _SPACE_BETWEEN_DIGITS.sub("\x01", squeezed)
    squeezed = re.sub(r"\s+", "", squeezed).replace("\x01", " ")
    squeezed = _SPELLED.sub(lambda found: _SPELLED_NUMBERS[found.group()], squeezed)
    return _DASHES.sub("-", squeezed)


def _month_forms() -> dict[str, int]:
    """Each pattern of a month's name with its number: in full, cut short, abbreviated with or without dots."""
    forms: dict[str, int] = {}
    for number, (full, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1):
        stem = re.sub("(?:คม|ยน|พันธ์)$", "", full)
        ending = full[len(stem) :].replace("ธ์", "ธ์?")
        forms[f"{stem}(?:{ending})?"] = number
        first, second = short.rstrip(".").split(".")
        forms[rf"{first}\.{second}\.?"] = number
        forms[rf"(?<![ก-๎]){first}{second}\.?(?![ก-๎])"] = number
    return forms


_MONTH_FORMS = _month_forms()
MONTH = "(?:" + "|".join(sorted(_MONTH_FORMS, key=len, reverse=True)) + ")"
_MONTH_PATTERNS = tuple((re.compile(form), number) for form, number in _MONTH_FORMS.items())
ERA = r"(?:ปี|พ\.?ศ\.?|ค\.?ศ\.?|,)"

DATE = re.compile(
    rf"(?P<iso>(?P<iy>[0-9]{{4}})-(?P<im>[0-9]{{1,2}})-(?P<id>[0-9]{{1,2}})(?![0-9]))"
    rf"|(?P<nd>(?<![0-9])[0-9]{{1,2}})(?P<sep>[/.-])(?P<nm>[0-9]{{1,2}})(?P=sep)(?P<ny>[0-9]{{2,6}})"
    rf"|(?:(?P<from>(?<![0-9])[0-9]{{1,2}})-)?(?P<day>(?<![0-9])[0-9]{{1,2}})?(?:เดือน)?(?P<month>{MONTH})"
    rf"(?:{ERA}*(?P<year>[0-9]{{2,6}})(?![0-9]|(?:เดือน)?{MONTH}))?"
)
FISCAL_YEAR = re.compile(rf"ปีงบ(?:ประมาณ|ฯ)?{ERA}*(?P<year>[0-9]{{2,6}})?(?P<more>-{ERA}*[0-9]{{2,4}})?")
MANY_YEARS = re.compile(
    rf"(?<![0-9/.]){ERA}*(?P<a>2[05][0-9]{{2}})-{ERA}*(?P<b>2[05][0-9]{{2}}|[0-9]{{2}}(?!-))(?![0-9/]|(?:เดือน)?{MONTH})"
)
LONE_YEAR = re.compile(
    rf"(?:(?P<said>(?:ประจำ)?ปี){ERA}*(?P<short>[0-9]{{2}}(?![0-9]))"
    rf"|(?P<word>(?:ประจำ)?{ERA}*)(?P<year>[0-9]{{4,6}}))(?![0-9])"
)

_QUARTER_WORD = "(?:ไตรมาส(?:ที่)?|[Qq])"
QUARTERS = re.compile(
    rf"{_QUARTER_WORD}\(?(?P<first>[0-9]|แรก|สุดท้าย)(?![0-9])"
    rf"(?P<more>(?:(?P<link>-|,|และ|กับ|&|/(?=[0-9](?![0-9]))){_QUARTER_WORD}?[0-9](?![0-9]))*)\)?"
    rf"(?:(?:/|{ERA}+)(?P<year>[0-9]{{2,6}}))?"
)
QUARTER_MORE = re.compile(rf"(-|,|และ|กับ|&|/){_QUARTER_WORD}?([0-9])")
ROUND = re.compile(r"(?P<said>รอบ)?\(?(?P<months>6|12)\)?เดือน(?P<half>แรก|หลัง)?|ครึ่งปี(?P<semester>แรก|หลัง)")
DEADLINE = re.compile(r"(?:ภายใน|ไม่เกิน|ก่อน|แล้วเสร็จ|สิ้นสุด)(?:วันที่|สิ้น|เดือน|ที่|วัน)*$")
ONWARDS = re.compile("ตั้งแต่|เริ่ม|เป็นต้นไป")
WHOLE_YEAR = re.compile("ตลอด(?:ทั้ง)?ปี|ทั้งปี|ตลอดปีงบ|รอบปี")
BETWEEN_DATES = re.compile(r"^[().,]*-(?:วันที่|สิ้นเดือน|สิ้น|ณ)*$")

_TIMES = "(?:ละ)?(?:[0-9]+ครั้ง)?"
RECURRENCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "monthly",
        re.compile(
            rf"(?:เป็น)?(?:ประจำ)?ทุกๆ?(?:สิ้น)?เดือน|รายเดือน|(?:เป็น)?ประจำเดือน|เดือนละ{_TIMES}"
            r"|(?:ทุก)?วันที่[0-9]{1,2}(?:-[0-9]{1,2})?ของ(?:ทุก)?เดือน|ทุกวันที่[0-9]{1,2}"
        ),
    ),
    (
        "quarterly",
        re.compile(rf"(?:ทุกๆ?|ราย|รอบ)ไตรมาส|ไตรมาสละ{_TIMES}|ทุกๆ?3เดือน|ปีละ4ครั้ง"),
    ),
    ("half-yearly", re.compile("ทุกๆ?(?:รอบ)?6เดือน|ทุกๆ?ครึ่งปี|ปีละ2ครั้ง")),
    ("yearly", re.compile("ทุกๆ?ปี|รายปี|ปีละ(?:1)?ครั้ง")),
    (
        "continuous",
        re.compile(
            "ต่อเนื่อง|สม่ำเสมอ|ตลอดเวลา|ทุกๆ?วัน(?!ที่)|ทุกๆ?สัปดาห์|ราย(?:วัน|สัปดาห์)|(?:วัน|สัปดาห์)ละ|เป็นประจำ(?!ทุก|ปี|เดือน)"
        ),
    ),
)


def month_number(name: str) -> int:
    """The number of a month as `MONTH` matched it."""
    for pattern, number in _MONTH_PATTERNS:
        if pattern.fullmatch(name):
            return number
    message = f"not a month: {name!r}"
    raise ValueError(message)
