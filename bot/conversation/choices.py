"""Buttons as they travel: what a tap brings back, dated so that an old one is recognised."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.types import Choice

VERSION = "1"
DATA_LIMIT = 300
"""LINE's limit for postback data and for what a tap says, in UTF-16 units."""
LABEL_LIMIT = 20
MOST_CHOICES = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A button that came back; `serial` is None for words that mean the same at any time."""

    word: str
    serial: int | None = None


class DataTooLong(ValueError):
    """A choice whose data LINE would refuse; a mistake of ours, found by tests."""


def pack(choice: Choice) -> str:
    """The postback data of a choice: version, serial and word."""
    serial = "" if choice.serial is None else str(choice.serial)
    data = f"{VERSION}|{serial}|{choice.word}"
    if len(data.encode("utf-16-le")) // 2 > DATA_LIMIT:
        raise DataTooLong(data)
    return data


def unpack(data: str) -> Tap | None:
    """The tap that postback data means; None for anything that this program did not pack."""
    version, _, rest = data.partition("|")
    serial, separator, word = rest.partition("|")
    if version != VERSION or not separator or len(data) > DATA_LIMIT:
        return None
    if serial == "":
        return Tap(word=word)
    if not (serial.isascii() and serial.isdigit()) or len(serial) > 12:
        return None
    return Tap(word=word, serial=int(serial))
