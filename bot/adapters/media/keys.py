"""Keys of stored files: relative paths that can lead nowhere else."""

from __future__ import annotations

import re

from bot.domain.errors import BadInput

LONGEST_KEY = 400
# A dot never comes first, so ".." and hidden files (those being written) are no keys; no character that a file
# system or fsspec would read as a pattern, a protocol or a chain.
_PART = re.compile(r"[\w\u0e01-\u0e5b][\w\u0e01-\u0e5b .()+=@,-]*", re.ASCII)


def checked(key: str) -> str:
    """The key itself.

    Raises:
        BadInput: it is no key.
    """
    if len(key) > LONGEST_KEY or not all(_PART.fullmatch(part) for part in key.split("/")):
        raise BadInput("that is no key of a stored file", key=key[:LONGEST_KEY])
    return key
