"""Patches: bytes to be written over bytes, and files seen as if their scattered pieces were one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from mmap import mmap

Data = bytes | mmap
Patch = tuple[int, bytes]
"""An offset and what is written over the bytes there."""

MOST_JOINED = 16 * 1024 * 1024


def number(data: Data, at: int, size: int) -> int:
    """A big-endian number; ValueError when the file ends before it does."""
    found = data[at : at + size]
    if at < 0 or len(found) != size:
        raise ValueError("the file is cut short")
    return int.from_bytes(found, "big")


def joined(data: Data, pieces: Sequence[tuple[int, int]]) -> bytes:
    """The bytes of (offset, length) pieces in a row; empty when they do not fit the file or are too many."""
    if any(at < 0 or length < 0 or at + length > len(data) for at, length in pieces):
        return b""
    if sum(length for _, length in pieces) > MOST_JOINED:
        return b""
    return b"".join(data[at : at + length] for at, length in pieces)


def spread(patches: Iterable[Patch], pieces: Sequence[tuple[int, int]]) -> Iterator[Patch]:
    """Patches of joined pieces as patches of the file."""
    for offset, new in patches:
        begins = 0
        for at, length in pieces:
            first, last = max(offset, begins), min(offset + len(new), begins + length)
            if first < last:
                yield at + first - begins, new[first - offset : last - offset]
            begins += length


def applied(data: bytes, patches: Iterable[Patch]) -> bytes:
    """The bytes with the patches written over them."""
    changed = bytearray(data)
    for at, new in patches:
        changed[at : at + len(new)] = new
    return bytes(changed)
