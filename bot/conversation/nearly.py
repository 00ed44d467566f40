"""Slips of the thumb in chat words: a wrong or missing tone mark or vowel, a neighbouring consonant.

Only short messages that come close to exactly one word are seen as slips; what is done about one is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

from bot.conversation.words import Word, forms
from bot.domain.text import match_key
from bot.domain.updates import Status

Meaning = TypeVar("Meaning", Word, Status)

_MARKS = frozenset("ะาำัิีึืุูเแโใไ็่้๊๋์ๆๅํ")
"""Vowels and marks: what gets lost or doubled when a word is typed in a hurry."""
_ALIKE = ("ฉชซ", "นณลร", "ศษสซ", "คขฆ", "ทธฑฒ", "ตฏ", "พภผฟฝ", "ดฎ", "หฮ")
"""Consonants that sound or look alike."""
_CHEAP, _DEAR = 1, 2
_LONGEST = 40
"""The longest chat word with a slip and its particles is shorter."""
_NEGATION = match_key("ไม่")
_ALSO: Mapping[str, Word] = {
    "รายงาน": Word.REPORT,
    "ส่งรายงาน": Word.REPORT,
    "เริ่มรายงาน": Word.REPORT,
    "งานฉัน": Word.MY_WORK,
    "งานของผม": Word.MY_WORK,
    "งานของหนู": Word.MY_WORK,
    "ช่วยด้วย": Word.HELP,
    "วิธีใช้": Word.HELP,
    "กลับ": Word.BACK,
    "ถอยกลับ": Word.BACK,
    "แก้": Word.CHANGE,
    "พัก": Word.PAUSE,
    "ทำต่อ": Word.REPORT,
    "ดูประวัติ": Word.HISTORY,
    "ประวัติการรายงาน": Word.HISTORY,
    "ประวัติของฉัน": Word.HISTORY,
    "คลัง": Word.INBOX,
    "ขอซ้อม": Word.PRACTICE,
    "ทดลอง": Word.PRACTICE,
    "ลองรายงาน": Word.PRACTICE,
    "จบซ้อม": Word.END_PRACTICE,
    "หยุดซ้อม": Word.END_PRACTICE,
    "หลักฐานที่เก็บไว้": Word.INBOX,
    "ลางาน": Word.LEAVE,
    "แจ้งลา": Word.LEAVE,
    "ขอลา": Word.LEAVE,
    "เวลาเงียบ": Word.QUIET,
    "ห้ามรบกวน": Word.QUIET,
    "อย่ารบกวน": Word.QUIET,
}
"""Other ways of saying a word, as people try them."""


def command(text: str) -> Word | None:
    """The one chat word that the message nearly is; None when it is one exactly, or none, or several."""
    keys = _keys(text)
    also = next((_ALSO_KEYS[key] for key in keys if key in _ALSO_KEYS), None)
    return also or _nearest(keys, _WORD_KEYS)


def status(text: str) -> Status | None:
    """The one status that the message nearly is."""
    return _nearest(_keys(text), _STATUS_KEYS)


def _keys(text: str) -> list[str]:
    """The message as it may be meant, without blanks; nothing for one too long to be a word."""
    return [form.replace(" ", "") for form in forms(text)] if len(text) <= _LONGEST else []


_ALSO_KEYS = {match_key(said): word for said, word in _ALSO.items()}
_WORD_KEYS = {match_key(word): word for word in Word}
_STATUS_KEYS = {match_key(each.thai): each for each in Status} | {match_key(Word.END): Status.DONE}


def _nearest(keys: Iterable[str], known: Mapping[str, Meaning]) -> Meaning | None:
    """What lies nearest to the keys, within reach and nearer than anything else."""
    best: dict[Meaning, int] = {}
    for key in keys:
        letters = _skeleton(key)
        for word, meaning in known.items():
            limit = _REACH[word]
            if abs(len(word) - len(key)) > limit or (key.startswith(_NEGATION) and not word.startswith(_NEGATION)):
                continue
            if _DEAR * max(len(_SKELETONS[word] - letters), len(letters - _SKELETONS[word])) > limit:
                continue  # a consonant of another sound is dear: most messages end here
            away = distance(key, word)
            if away <= limit:
                best[meaning] = min(away, best.get(meaning, away))
    if not best:
        return None
    nearest = min(best.values())
    meanings = [meaning for meaning, away in best.items() if away == nearest]
    return meanings[0] if len(meanings) == 1 else None


def _reach(word: str) -> int:
    """How far a slip may be from a word: short words have near neighbours that mean something else."""
    if len(word) >= 8:
        return 3
    return 2 if len(word) >= 6 else 1


def _skeleton(word: str) -> frozenset[str]:
    """The sounds of a word's consonants."""
    return frozenset(_SOUND.get(letter, letter) for letter in word if letter not in _MARKS)


_SOUND = {letter: group[0] for group in _ALIKE for letter in group}
_REACH = {word: _reach(word) for word in (*_WORD_KEYS, *_STATUS_KEYS)}
_SKELETONS = {word: _skeleton(word) for word in _REACH}


@cache
def _swap(one: str, other: str) -> int:
    if one == other:
        return 0
    alike = any(one in group and other in group for group in _ALIKE)
    return _CHEAP if alike or (one in _MARKS and other in _MARKS) else _DEAR


def _drop(letter: str) -> int:
    return _CHEAP if letter in _MARKS else _DEAR


def distance(one: str, other: str) -> int:
    """How many slips apart two short texts are: 1 for a mark or a sound-alike, 2 for any other letter."""
    before: list[int] = []
    row = [0]
    for letter in other:
        row.append(row[-1] + _drop(letter))
    for i, mine in enumerate(one, start=1):
        earlier, before = before, row
        row = [before[0] + _drop(mine)]
        for j, theirs in enumerate(other, start=1):
            cost = min(before[j] + _drop(mine), row[-1] + _drop(theirs), before[j - 1] + _swap(mine, theirs))
            if i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, earlier[j - 2] + _CHEAP)
            row.append(cost)
    return row[-1]
