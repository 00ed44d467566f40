"""Chat words: what a whole message can be, whatever digits, particles or look-alike spelling it comes in."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from bot.domain.people import normal_code
from bot.domain.rounds import RoundNo
from bot.domain.text import match_key
from bot.domain.updates import Answer, Status

LONGEST_WORD = 80
"""No chat word is longer, particles included: longer messages need not be compared."""


class Word(StrEnum):
    """The words that mean the same wherever they are said."""

    REPORT = "รายงานผล"
    END = "เสร็จแล้ว"
    SKIP = "ข้าม"
    BACK = "ย้อนกลับ"
    CHANGE = "แก้ไข"
    CANCEL = "ยกเลิก"
    PAUSE = "พักไว้"
    REUSE = "ใช้ข้อความรอบก่อน"
    CONFIRM = "ยืนยัน"
    MY_WORK = "งานของฉัน"
    COMPLETENESS = "สถานะ"
    HELP = "ช่วยเหลือ"
    POSTPONE = "เลื่อนเตือน"
    LEAVE = "วันลา"
    QUIET = "ไม่รบกวน"
    WHY = "ทำไมจึงเตือน"
    SIGN_IN = "ผู้ดูแล"
    COMPILE = "ออกรายงาน"
    INBOX = "คลังหลักฐาน"
    HISTORY = "ประวัติ"
    REOPEN = "ขอแก้ไข"
    ALLOW_CHANGE = "เปิดให้แก้ไข"
    DENY_CHANGE = "ไม่เปิดให้แก้ไข"
    PRACTICE = "ซ้อม"
    END_PRACTICE = "เลิกซ้อม"
    ACCEPT = "เห็นชอบ"
    RETURN = "ส่งกลับ"
    LINK_GROUP = "เชื่อมกลุ่ม"
    JOIN = "ขอเข้าร่วม"
    APPROVE = "อนุมัติ"
    DENY = "ไม่อนุมัติ"
    HAND_OVER = "โอนงาน"
    TAKE_OVER = "รับโอนงาน"
    DECLINE = "ไม่รับโอนงาน"
    ENGLISH = "English"
    THAI = "ภาษาไทย"
    STAND_IN = "มอบหมายแทน"
    SWITCH = "เปลี่ยนหน่วยงาน"


OF_QUESTIONS = frozenset({Word.END, Word.SKIP, Word.BACK, Word.REUSE, Word.CONFIRM})
"""Words that only some question gives a meaning to."""

YES = "ใช่"
NO = "ไม่ใช่"
SNOOZES = {"พรุ่งนี้": 1, "๓ วัน": 3, "๗ วัน": 7}
"""What answers เลื่อนเตือน, in days."""
END_LEAVE, END_QUIET = "ยกเลิกวันลา", "เตือนได้ทุกเวลา"
STATUS_HEADING = "สถานะ"
EVIDENCE_HEADING = "หลักฐาน"
EXPECTED_ON_HEADING = "วันที่คาดว่าจะเริ่ม"
REASON_HEADING = "เหตุผล"

_PARTICLES = (
    "นะครับ", "นะคับ", "ครับผม", "เจ้าค่ะ", "ขอรับ", "ครับ", "คร้าบ", "คับ", "นะคะ", "นะค่ะ", "ค่ะ", "คะ", "ค่า",
    "นะจ๊ะ", "นะจ้ะ", "จ้า", "จ้ะ", "จ๊ะ", "จ๋า", "ฮะ", "ฮับ", "นะ", "น่ะ",
)  # fmt: skip
_SMALL_TALK = frozenset(
    match_key(said)
    for said in (
        "ขอบคุณ", "ขอบคุณมาก", "ขอบใจ", "รับทราบ", "ทราบแล้ว", "โอเค", "ok", "okay", "ได้", "ตกลง",
        "ดี", "ครับ", "ค่ะ", "จ้า", "ครับผม", "เยี่ยม", "thank you", "thanks",
    )
)  # fmt: skip
_GREETINGS = frozenset(
    match_key(said)
    for said in ("สวัสดี", "หวัดดี", "ดีครับ", "ดีค่ะ", "อรุณสวัสดิ์", "hello", "hi", "good morning", "good afternoon")
)
_UNKNOWN_DAY = frozenset(
    match_key(said)
    for said in (
        "ยังไม่ทราบ", "ไม่ทราบ", "ยังไม่รู้", "ไม่รู้", "ไม่แน่ใจ", "ไม่แน่นอน", "ยังไม่แน่นอน", "ยังไม่กำหนด", "ยังไม่มีกำหนด",
        "ไม่มีกำหนด", "ยังไม่ได้กำหนด", "-", "ไม่มี", "don't know", "unknown", "not known",
    )
)  # fmt: skip
_NONE = frozenset(match_key(said) for said in ("-", "–", "ไม่มี", "ไม่มีปัญหา", "ไม่มีปัญหาอุปสรรค", "none", "n/a"))


def _folded(text: str) -> str:
    """The text with single blanks and the usual look-alike spellings and digits made one."""
    return " ".join(match_key(piece) for piece in text.split())


def forms(text: str) -> tuple[str, ...]:
    """The message as it may be meant: as it is, then with politeness particles at its ends taken off.

    Every way of taking them off is tried, since "สถานะ" itself ends like a particle.
    """
    return () if len(text) > LONGEST_WORD else _forms(text)


@lru_cache(maxsize=64)
def _forms(text: str) -> tuple[str, ...]:
    """Kept for a moment: one turn looks at its message in several ways."""
    waiting = [_folded(text)]
    seen = {"": None}
    for form in waiting:
        if form in seen:
            continue
        seen[form] = None
        waiting += [form.removesuffix(particle).rstrip() for particle in _PARTICLES if form.endswith(particle)]
        waiting += [form.removeprefix(f"{particle} ") for particle in _PARTICLES if form.startswith(f"{particle} ")]
    return tuple(seen)[1:]


_WORDS = {_folded(word): word for word in Word}
_ENGLISH_STATUSES = {
    "not started": Status.NOT_STARTED, "in progress": Status.IN_PROGRESS, "ongoing": Status.IN_PROGRESS,
    "done": Status.DONE, "completed": Status.DONE, "complete": Status.DONE, "finished": Status.DONE,
    "cancelled": Status.CANCELLED, "canceled": Status.CANCELLED,
}  # fmt: skip
_AS_PEOPLE_SAY = {
    Status.NOT_STARTED: ("ยังไม่ได้เริ่ม", "ยังไม่ได้ทำ", "ยังไม่ทำ", "ยังไม่ดำเนินการ"),
    Status.IN_PROGRESS: ("กำลังทำ", "ทำอยู่", "ดำเนินการอยู่", "อยู่ระหว่างดำเนินการ"),
    Status.DONE: ("เสร็จ", "เสร็จสิ้น", "เสร็จเรียบร้อย", "ทำแล้ว", "ดำเนินการแล้ว"),
}
_STATUSES = (
    {_folded(status.thai): status for status in Status}
    | {_folded(said): status for status, words in _AS_PEOPLE_SAY.items() for said in words}
    | _ENGLISH_STATUSES
)
_HEADINGS = {match_key(answer.heading): answer.value for answer in Answer} | {
    match_key(STATUS_HEADING): "status",
    match_key(EVIDENCE_HEADING): "evidence",
    match_key(EXPECTED_ON_HEADING): "expected_on",
    match_key(REASON_HEADING): "reason",
    match_key("สรุปผล"): "summary",
    match_key("ผลลัพธ์"): "outcome",
    match_key("ปัญหา"): "obstacles",
}
_CHANGE = _folded(Word.CHANGE)
_SNOOZES = {_folded(word).replace(" ", ""): days for word, days in SNOOZES.items()}
_ROUND = re.compile(r"(?:รอบ)?(?:ที่)?(6|12)เดือน")
_NUMBER = re.compile(r"(?:(?:มาตรการ|ข้อ) ?(?:ที่)? ?)?([0-9]{1,3})[.)]?")
_EIGHT = re.compile(r"[A-Z0-9]{8}")
_COMPILE_ROUND = re.compile(rf"{Word.COMPILE.value}(?:รอบ)(6|12)เดือน")


def command(text: str) -> Word | None:
    """The chat word that the message is."""
    return next((_WORDS[form] for form in forms(text) if form in _WORDS), None)


def status(text: str) -> Status | None:
    """The status that the message names."""
    return next((_STATUSES[form] for form in forms(text) if form in _STATUSES), None)


def yes_or_no(text: str) -> bool | None:
    """True for ใช่, False for ไม่ใช่, None for anything else."""
    answers = {YES: True, "ใช่แล้ว": True, NO: False, "ไม่": False, "ไม่เอา": False, "yes": True, "no": False}
    return next((answers[form] for form in forms(text) if form in answers), None)


def snooze(text: str) -> int | None:
    """The days by which a reminder is to be put off: พรุ่งนี้, ๓ วัน, 7 วัน."""
    spans = (form.replace(" ", "") for form in forms(text))
    return next((_SNOOZES[span] for span in spans if span in _SNOOZES), None)


def ends_leave(text: str) -> bool:
    """Whether the message takes a leave back."""
    return _is_one_of(
        text, (END_LEAVE, "เลิกลา", "กลับมาแล้ว", "กลับมาทำงานแล้ว", "cancel leave", "back at work", "i'm back")
    )


def ends_quiet(text: str) -> bool:
    """Whether the message takes quiet hours back."""
    return _is_one_of(text, (END_QUIET, "ยกเลิกไม่รบกวน", "รบกวนได้", "any time", "anytime"))


def _is_one_of(text: str, said: tuple[str, ...]) -> bool:
    keys = {match_key(each) for each in said}
    return any(match_key(form) in keys for form in forms(text))


def number(text: str) -> int | None:
    """The measure's number that the message is: 3, ๓, มาตรการที่ ๓."""
    return next((int(found.group(1)) for form in forms(text) if (found := _NUMBER.fullmatch(form))), None)


def round_no(text: str) -> RoundNo | None:
    """The round that the message names: รอบ ๖ เดือน, รอบ 12 เดือน."""
    return _round(_ROUND, text)


def compile_round(text: str) -> RoundNo | None:
    """The round of a message like ออกรายงาน รอบ ๖ เดือน."""
    return _round(_COMPILE_ROUND, text)


def _round(pattern: re.Pattern[str], text: str) -> RoundNo | None:
    shown = (pattern.fullmatch(form.replace(" ", "")) for form in forms(text))
    return next((RoundNo(int(found.group(1))) for found in shown if found), None)


def heading(text: str) -> str | None:
    """The question whose heading the message is: an answer's, สถานะ or หลักฐาน."""
    keys = (match_key(form) for form in forms(text))
    return next((_HEADINGS[key] for key in keys if key in _HEADINGS), None)


def change_heading(text: str) -> str | None:
    """The question of a message like แก้ไข หลักฐาน."""
    said = next((form for form in forms(text) if form.startswith(_CHANGE)), None)
    rest = match_key(said.removeprefix(_CHANGE)) if said else ""
    return _HEADINGS.get(rest) if rest else None


def is_small_talk(text: str) -> bool:
    """Whether the message only says thank you, hello or noted."""
    return any(match_key(form) in _SMALL_TALK for form in forms(text)) or is_greeting(text)


def is_greeting(text: str) -> bool:
    """Whether the message only says hello."""
    return any(match_key(form) in _GREETINGS for form in forms(text))


def says_unknown(text: str) -> bool:
    """Whether the message says that a day is not known yet."""
    return any(match_key(form) in _UNKNOWN_DAY for form in forms(text))


def says_none(text: str) -> bool:
    """Whether the message says that there is nothing to tell: ไม่มี, "-"."""
    return any(match_key(form) in _NONE for form in forms(text))


def code_shape(text: str) -> str | None:
    """The invite code that the message may be, particles taken off; None when it cannot be one.

    Eight letters and digits with a look-alike among them are a code that was misread: they get the same answer as
    any other that does not live.
    """
    return next((code for form in forms(text) if (code := normal_code(form) or _misread_code(form))), None)


def _misread_code(form: str) -> str | None:
    code = re.sub(r"[\s\-–—]", "", form).upper()
    return code if _EIGHT.fullmatch(code) else None


def without_particles(text: str) -> str:
    """The message with every politeness particle at its ends taken off."""
    return min((form for form in forms(text)), key=len, default=text)
