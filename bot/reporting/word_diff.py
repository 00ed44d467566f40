"""What was taken out of a text and what was put in, in pieces that read well in Thai; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Thai leaves no blanks between words: the smallest piece is a consonant with its vowels and marks.
_TOKEN = re.compile(r"[เแโใไ]?[ก-ฮ][ะ-ฺ็-๎]*|[0-9๐-๙]+|[A-Za-z]+|\s+|.", re.DOTALL)
_SHORT = 3
"""Tokens that stay between two changes before they are worth showing as unchanged."""
_MOST_WORK = 1_000_000
"""Tokens of one text times tokens of the other; beyond it the differing middle counts as rewritten."""


class Change(StrEnum):
    """What became of a piece."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text and what became of it."""

    change: Change
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; what is gone stands before what came in its place."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    middle = _middle(old[head:old_end], new[head:new_end])
    return tuple(_joined([(Change.SAME, old[:head]), *middle, (Change.SAME, old[old_end:])]))


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    same = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        same += 1
    return same


def _middle(old: list[str], new: list[str]) -> Iterator[tuple[Change, list[str]]]:
    if len(old) * len(new) > _MOST_WORK:
        yield from ((Change.GONE, old), (Change.NEW, new))
        return
    gone: list[str] = []
    put: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" and j - i >= _SHORT:
            yield from ((Change.GONE, gone), (Change.NEW, put), (Change.SAME, old[i:j]))
            gone, put = [], []
        else:
            gone += old[i:j]
            put += new[k:m]
    yield from ((Change.GONE, gone), (Change.NEW, put))


def _joined(runs: Sequence[tuple[Change, list[str]]]) -> Iterator[Piece]:
    last: Piece | None = None
    for change, tokens in runs:
        if not tokens:
            continue
        if last is not None and last.change is change:
            last = Piece(change=change, text=last.text + "".join(tokens))
            continue
        if last is not None:
            yield last
        last = Piece(change=change, text="".join(tokens))
    if last is not None:
        yield last
