"""The GPS directory of EXIF data (a TIFF structure), whatever it is wrapped in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.adapters.media.positions.patches import Data, Patch
from bot.adapters.media.positions.xmp import xmp_patches

GPS_DIRECTORY = 0x8825
SUB_DIRECTORIES = (0x8769, 0x014A)
XMP_PACKET = 0x02BC

_ORDERS: dict[bytes, Literal["little", "big"]] = {b"II*\x00": "little", b"MM\x00*": "big"}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_MOST_DIRECTORIES = 32
_MOST_ENTRIES = 2000
_ENTRY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One tag; `value_at` and `size` say where its value lies, inside the entry or elsewhere."""

    at: int
    tag: int
    count: int
    value_at: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Directory:
    """An image file directory: count, entries, offset of the next directory."""

    at: int
    end: int
    entries: tuple[_Entry, ...]
    next_at: int


class _Tiff:
    """Reads within the bounds of one TIFF structure."""

    def __init__(self, data: Data, start: int, end: int, order: Literal["little", "big"]) -> None:
        self.data, self.start, self.end, self._order = data, start, end, order

    def number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], self._order)

    def written(self, value: int, size: int) -> bytes:
        return value.to_bytes(size, self._order)

    def address(self, at: int) -> int:
        """Where the offset stored at `at` leads."""
        return self.start + self.number(at, 4)

    def directory(self, at: int) -> _Directory | None:
        """The directory there; None when it does not fit."""
        if not self.start + 8 <= at <= self.end - 2:
            return None
        count = self.number(at, 2)
        entries_end = at + 2 + count * _ENTRY
        if count > _MOST_ENTRIES or entries_end > self.end:
            return None
        has_next = entries_end + 4 <= self.end
        return _Directory(
            at=at,
            end=entries_end + (4 if has_next else 0),
            entries=tuple(self._entry(at + 2 + index * _ENTRY) for index in range(count)),
            next_at=self.address(entries_end) if has_next else self.start,
        )

    def _entry(self, at: int) -> _Entry:
        count = self.number(at + 4, 4)
        size = count * _SIZES.get(self.number(at + 2, 2), 0)
        value_at = at + 8 if size <= 4 else self.address(at + 8)
        return _Entry(at=at, tag=self.number(at, 2), count=count, value_at=value_at, size=size)

    def fits(self, at: int, size: int) -> bool:
        return self.start + 8 <= at and at + size <= self.end


def tiff_patches(data: Data, start: int, end: int) -> Iterator[Patch]:
    """Take the GPS directory out of the structure: its values, its entries and the entry that leads to it."""
    order = _ORDERS.get(bytes(data[start : start + 4]))
    if order is None:
        return
    tiff = _Tiff(data, start, end, order)
    directories = _walk(tiff)
    for directory in directories:
        for entry in directory.entries:
            if entry.tag == XMP_PACKET and tiff.fits(entry.value_at, entry.size):
                yield from xmp_patches(data, entry.value_at, entry.value_at + entry.size)
    for directory in directories:
        doomed = [entry for entry in directory.entries if entry.tag == GPS_DIRECTORY]
        for entry in doomed:
            yield from _blank(tiff, tiff.address(entry.at + 8), directories)
        if doomed:
            yield directory.at, _without(tiff, directory, doomed)


def _walk(tiff: _Tiff) -> list[_Directory]:
    """Every directory that can be reached, but those with positions."""
    found: dict[int, _Directory] = {}
    waiting = [tiff.address(tiff.start + 4)]
    while waiting and len(found) < _MOST_DIRECTORIES:
        at = waiting.pop()
        directory = tiff.directory(at)
        if at in found or directory is None:
            continue
        found[at] = directory
        waiting.append(directory.next_at)
        for entry in directory.entries:
            if entry.tag in SUB_DIRECTORIES and tiff.fits(entry.value_at, 4 * min(entry.count, 16)):
                waiting += [tiff.address(entry.value_at + 4 * index) for index in range(min(entry.count, 16))]
    return list(found.values())


def _blank(tiff: _Tiff, at: int, others: list[_Directory]) -> Iterator[Patch]:
    """Zeros over a directory and its values; in a broken file where they overlap others, those are spared."""
    directory = tiff.directory(at)
    if directory is None:
        return
    places = [(entry.value_at, entry.size) for entry in directory.entries if entry.size > 4]
    for place, size in [*places, (directory.at, directory.end - directory.at)]:
        spared = any(place < other.end and other.at < place + size for other in others)
        if tiff.fits(place, size) and not spared:
            yield place, bytes(size)


def _without(tiff: _Tiff, directory: _Directory, doomed: list[_Entry]) -> bytes:
    """The directory with entries taken out: the rest moves up, zeros fill the end."""
    kept = [entry for entry in directory.entries if entry not in doomed]
    last = directory.entries[-1].at + _ENTRY
    parts = [tiff.written(len(kept), 2)]
    parts += [tiff.data[entry.at : entry.at + _ENTRY] for entry in kept]
    parts += [tiff.data[last : directory.end], bytes(_ENTRY * len(doomed))]
    return b"".join(parts)
