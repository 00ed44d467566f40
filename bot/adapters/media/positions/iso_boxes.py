"""The boxes that ISO base media files are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.adapters.media.positions.patches import Data, number

_MOST_BOXES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box: its type, where it begins, where its body does, where it ends."""

    kind: bytes
    at: int
    body: int
    end: int


def boxes(data: Data, start: int, end: int) -> Iterator[Box]:
    """The boxes in a row; ends at the first that does not fit."""
    at = start
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        size, header = number(data, at, 4), 8
        if size == 1:
            if at + 16 > end:
                return
            size, header = number(data, at + 8, 8), 16
        elif size == 0:
            size = end - at
        if size < header or at + size > end:
            return
        yield Box(kind=bytes(data[at + 4 : at + 8]), at=at, body=at + header, end=at + size)
        at += size
