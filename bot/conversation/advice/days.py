"""Days and fiscal years that lie outside the year being reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.conversation import dates
from bot.conversation.advice.matter import Advice, Matter
from bot.domain.calendar import MONTHS, SHORT_MONTHS, fiscal_year_range
from bot.domain.text import arabic_digits

_NAMES = "|".join(
    re.escape(name) for full, short in zip(MONTHS, SHORT_MONTHS, strict=True) for name in (full, short, short[:-1])
)
_DAY = re.compile(
    rf"(?<![0-9])[0-9]{{1,2}} ?(?:{_NAMES}) ?(?:พ\.ศ\. ?)?(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
    r"|(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?![0-9/])"
)
_YEAR = re.compile(r"ปีงบประมาณ ?(?:พ\.ศ\. ?)?(25[0-9]{2})(?![0-9])")


def find(matter: Matter) -> Iterator[Advice]:
    """Each day, then each fiscal year, that is not of this year."""
    year = matter.draft.round.fiscal_year
    first, last = fiscal_year_range(year)
    for question, text in matter.texts():
        plain = arabic_digits(text)
        for words, day in named(text, matter.today):
            if not first <= day <= last:
                yield Advice(code="day_outside", question=question, words=words, other=year)
        for found in _YEAR.finditer(plain):
            if int(found.group(1)) != year:
                words = text[found.start() : found.end()]
                yield Advice(code="year_outside", question=question, words=words, other=year)


def named(text: str, today: date) -> Iterator[tuple[str, date]]:
    """Each day in a text, with its words as they were written: Thai digits are as long as the others."""
    for found in _DAY.finditer(arabic_digits(text)):
        day = dates.read(found.group(), today).day
        if day is not None:
            yield text[found.start() : found.end()], day
