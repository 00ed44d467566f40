"""Long text with headings in it, taken apart into the answers that it gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.domain.text import clean, match_key
from bot.domain.updates import Answer

_KEYS = {match_key(answer.heading): answer for answer in Answer}
_SHORT = {
    match_key(short): answer
    for short, answer in {
        "สรุปผล": Answer.SUMMARY,
        "ผลลัพธ์": Answer.OUTCOME,
        "ปัญหา": Answer.OBSTACLES,
        "ปัญหาอุปสรรค": Answer.OBSTACLES,
        "ปัญหา/อุปสรรค": Answer.OBSTACLES,
    }.items()
}
"""Headings as people shorten them; only before a colon, for alone they may be any words of an answer."""

_COLON = re.compile("[:：]")
_LONGEST_LINE_START = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What a message gives: the text before its first heading, and a text for each heading with one."""

    before: str = ""
    answers: Mapping[Answer, str] = field(default_factory=dict)


def split(text: str, allowed: Collection[Answer]) -> Split:
    """Take a message apart at the headings of `allowed` that start a line, alone or before a colon."""
    parts: list[tuple[Answer | None, list[str]]] = [(None, [])]
    for line in text.split("\n"):
        heading = _heading_of(line, allowed)
        if heading is None:
            parts[-1][1].append(line)
        else:
            answer, rest = heading
            parts.append((answer, [rest] if rest.strip() else []))
    answers: dict[Answer, str] = {}
    for heading_answer, lines in parts[1:]:
        given = clean("\n".join(lines))
        if heading_answer is not None and given:
            earlier = answers.get(heading_answer)
            answers[heading_answer] = f"{earlier}\n{given}" if earlier else given
    return Split(before=clean("\n".join(parts[0][1])), answers=answers)


def _heading_of(line: str, allowed: Collection[Answer]) -> tuple[Answer, str] | None:
    """The answer whose heading starts the line, and what follows the colon."""
    start, *rest = _COLON.split(line, maxsplit=1)
    if not start or len(start) > _LONGEST_LINE_START:
        return None
    key = match_key(start)
    answer = _KEYS.get(key) or (_SHORT.get(key) if rest else None)
    if answer is None or answer not in allowed:
        return None
    return answer, rest[0] if rest else ""
