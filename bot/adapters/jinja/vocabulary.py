"""The other language of words that the conversation has in Thai: buttons, statuses, headings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.domain.calendar import BE_OFFSET, MONTHS, SHORT_MONTHS, english_date
from bot.domain.text import arabic_digits

FOLDER = "_words"

_THAI = re.compile("[ก-๙]")
_DAY = re.compile(r"([0-9]{1,2}) (\S+) ([0-9]{2}|[0-9]{4})")
_MONTHS = {name: place for names in (MONTHS, SHORT_MONTHS) for place, name in enumerate(names, start=1)}
_CENTURY = 2500


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words and patterns of words; what it does not know stays as it is."""

    words: Mapping[str, str]
    patterns: Sequence[tuple[re.Pattern[str], str]]

    @classmethod
    def read(cls, template_dir: Path, language: str) -> Vocabulary:
        """From templates/chat/_words/<language>.json; an empty one where there is none."""
        path = template_dir / FOLDER / f"{language}.json"
        kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"words": {}, "patterns": []}
        patterns = [(re.compile(pattern), said) for pattern, said in kept["patterns"]]
        return cls(words=kept["words"], patterns=patterns)

    def __call__(self, text: str) -> str:
        """The text in the other language: a word, a pattern with a word in it, a number, or a day."""
        if text in self.words:
            return self.words[text]
        plain = arabic_digits(text)
        for pattern, said in self.patterns:
            found = pattern.fullmatch(plain)
            if found is not None:
                return said.format(*map(self, found.groups()))
        if not _THAI.search(plain):
            return plain
        day = _day(plain)
        return english_date(day, short=True) if day else text


def _day(text: str) -> date | None:
    """A day as bot.domain.calendar.thai_date writes it."""
    found = _DAY.fullmatch(text)
    if found is None or found[2] not in _MONTHS:
        return None
    year = int(found[3])
    be = year if year >= _CENTURY else _CENTURY + year
    return date(be - BE_OFFSET, _MONTHS[found[2]], int(found[1]))
