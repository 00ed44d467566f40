"""The numbers that Word prints before the paragraphs of a list, which are not in the paragraphs' text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from bot.domain.text import thai_digits
from bot.importing.archives import Archive, Element

_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LONGEST_PATTERN = 60
_LATIN = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """How one level of a list counts."""

    form: str = "decimal"
    pattern: str = "%1."
    start: int = 1


class Numbering:
    """Counts the lists of a document in reading order."""

    def __init__(self, archive: Archive) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._style_list: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if "word/numbering.xml" in archive:
            self._read(archive.root("word/numbering.xml"))
            if "word/styles.xml" in archive:
                self._read_styles(archive.root("word/styles.xml"))

    def _read(self, root: Element) -> None:
        for each in _named(root, "abstractNum"):
            self._levels[_attribute(each, "abstractNumId")] = {
                _whole(_attribute(level, "ilvl"), 0): _Level(
                    form=_child_value(level, "numFmt") or "decimal",
                    pattern=_child_value(level, "lvlText")[:_LONGEST_PATTERN],
                    start=_whole(_child_value(level, "start"), 1),
                )
                for level in _named(each, "lvl")
            }
        for each in _named(root, "num"):
            self._list_of[_attribute(each, "numId")] = _child_value(each, "abstractNumId")

    def _read_styles(self, root: Element) -> None:
        for style in _named(root, "style"):
            for properties in _named(style, "pPr"):
                for number in _named(properties, "numPr"):
                    level = _whole(_child_value(number, "ilvl"), 0)
                    self._style_list[_attribute(style, "styleId")] = (_child_value(number, "numId"), level)

    def label(self, paragraph: Element) -> str:
        """The number or bullet that Word prints before a paragraph, with a blank; empty for most."""
        belongs = self._list(paragraph)
        if belongs is None:
            return ""
        number, level = belongs
        levels = self._levels.get(self._list_of.get(number, ""))
        if not levels or level not in levels:
            return ""
        counts = self._counts[self._list_of[number]]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return _label(levels, counts, level)

    def _list(self, paragraph: Element) -> tuple[str, int] | None:
        for properties in _named(paragraph, "pPr"):
            for number in _named(properties, "numPr"):
                identity = _child_value(number, "numId")
                return (identity, _whole(_child_value(number, "ilvl"), 0)) if identity not in ("", "0") else None
            return self._style_list.get(_child_value(properties, "pStyle"))
        return None


def _label(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    """The printed label of a list's level with its counts filled in."""
    how = levels[level]
    if how.form == "bullet":
        return "- "
    if how.form == "none":
        return ""

    def filled(found: re.Match[str]) -> str:
        which = int(found[1]) - 1
        other = levels.get(which, _Level())
        return _count(counts.get(which, other.start), other.form)

    text = re.sub("%([1-9])", filled, how.pattern)
    return f"{text} " if text.strip() else ""


def _count(number: int, form: str) -> str:
    """A count in the form that the list asks for."""
    match form:
        case "thaiNumbers" | "thaiCounting":
            return thai_digits(str(number))
        case "thaiLetters":
            return _THAI_LETTERS[(number - 1) % len(_THAI_LETTERS)]
        case "lowerLetter":
            return _LATIN[(number - 1) % len(_LATIN)]
        case "upperLetter":
            return _LATIN[(number - 1) % len(_LATIN)].upper()
        case _:
            return str(number)


def _named(element: Element, name: str) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name]


def _attribute(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _child_value(element: Element, name: str) -> str:
    return next((_attribute(child, "val") for child in _named(element, name)), "")


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise
