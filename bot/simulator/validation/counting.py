"""How LINE counts characters: UTF-16 code units here, grapheme clusters there."""

import regex  # type: ignore[import-untyped]

_CLUSTER = regex.compile(r"\X")


def utf16_units(text: str) -> int:
    """Count as LINE counts message text, alternative text and postback data."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Count as LINE counts labels, display texts and the texts of templates ("ที่นี่" is two)."""
    return sum(1 for _ in _CLUSTER.finditer(text))
