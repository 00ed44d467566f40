"""Text folded for finding names in it, with the way back to the words as they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.text import arabic_digits

_DROPPED = re.compile("[\\s\u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_PAIRS = {"\u0e4d\u0e32": "\u0e33", "เเ": "แ"}
_TONES, _VOWELS = frozenset("\u0e48\u0e49\u0e4a\u0e4b"), frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text without white space and with the usual slips of keyboard and PDF undone; `at` leads back."""

    text: str
    at: Sequence[int]
    source: str

    def words(self, start: int, end: int) -> str:
        """The source's words under a stretch of the folded text."""
        last = self.at[end] if end < len(self.at) else len(self.source)
        return self.source[self.at[start] : last].strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """The text folded."""
    letters: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(arabic_digits(text)):
        if _DROPPED.match(letter):
            continue
        pair = (letters[-1] if letters else "") + letter
        if pair in _PAIRS:
            letters[-1] = _PAIRS[pair]
        elif letters and letter in _VOWELS and letters[-1] in _TONES:
            letters[-1:] = [letter, letters[-1]]
            at.append(place)
        else:
            letters.append(letter)
            at.append(place)
    return Folded(text="".join(letters), at=at, source=text)


def distance(left: str, right: str, most: int) -> int:
    """How many letters must be changed, added or left out to make one text the other; `most` + 1 when more."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        before, row = row, [i]
        for j, b in enumerate(right, start=1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
        if min(row) > most:
            return most + 1
    return row[-1]
