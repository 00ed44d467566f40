"""File names as people send them, made fit to be shown, stored and downloaded."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 150
LONGEST_EXTENSION = 10


def clean_file_name(name: str | None) -> str | None:
    """The name without folders, control and invisible characters, not too long; None when nothing is left.

    Thai and all other letters stay as they are.
    """
    if not name:
        return None
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(character for character in last if _may_stay(character))
    folded = " ".join(shown.split()).strip(". ")
    return _short(folded) or None


def _may_stay(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and character not in '<>:"|?*'


def _short(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or not 0 < len(extension) <= LONGEST_EXTENSION:
        return name[:LONGEST_NAME].rstrip()
    return f"{stem[: LONGEST_NAME - len(extension) - 1].rstrip()}.{extension}"
