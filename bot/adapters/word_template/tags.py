"""The tags of a template: {{ field }}, {% for … %}, {% if … %}, found in Word's text however Word cut it to runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from bot.adapters.word_template.places import Places, shortened
from bot.reporting.rendering import TemplateProblem as Problem

SENTINEL = "\ue000{}\ue001"
"""Stands in the text where a tag stood; these characters are taken out of everything that people wrote."""
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\{%|\}\}|%\}")
_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " ", "\u200b": "", "\ufeff": ""})
_ROW_MARK = re.compile(r"^\{%(?:tr|p|tc)\s")
_STATEMENT = re.compile(r"^(for|endfor|if|elif|else|endif|set)\b")
OPENS = {"for": "endfor", "if": "endif"}
NOT_CLOSED = "เปิดด้วย {opened} แต่ไม่พบ {closed} ในย่อหน้าเดียวกัน"
_CLOSED_BY = {"{{": "}}", "{%": "%}"}


@dataclass(slots=True, kw_only=True)
class Tag:
    """One tag; `lifted` says that it stands between paragraphs or rows and not in the text."""

    no: int
    text: str
    place: str
    keyword: str = ""
    lifted: bool = False

    @property
    def opens(self) -> bool:
        """Whether it begins what an end must close."""
        return self.keyword in OPENS

    @property
    def closes(self) -> bool:
        """Whether it ends a loop or a condition."""
        return self.keyword.startswith("end")

    @property
    def source(self) -> str:
        """The tag for Jinja, one line long."""
        opening, inner, closing = self.text[:2], self.text[2:-2], self.text[-2:]
        return f"{opening} {inner.strip()} \n{closing}"


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """A paragraph that holds tags; `alone` when it holds statements and nothing else."""

    element: Any
    tags: list[Tag]
    alone: bool

    @property
    def statements(self) -> list[Tag]:
        """Its tags that repeat or choose."""
        return [tag for tag in self.tags if tag.keyword]


def find_tags(root: Any, part: str, tags: list[Tag]) -> tuple[list[Paragraph], list[Problem]]:
    """Every paragraph of a part that holds tags, each tag replaced in the text by its sentinel.

    Args:
        root: the part's root element, which is changed.
        part: the part's name for people.
        tags: the tags of all parts so far, to which these are added.
    """
    places = Places(root, part)
    found: list[Paragraph] = []
    problems: list[Problem] = []
    for element in list(root.iter(qn("w:p"))):
        characters = _characters(element)
        text = "".join(character for character, _ in characters)
        if "{" not in text and "}" not in text:
            continue
        place = places.of(element)
        mine, wrong = _tags_of(text, place, len(tags))
        problems += wrong
        if not mine:
            continue
        tags += [tag for tag, _, _ in mine]
        _put_sentinels(characters, mine)
        rest = _TAG.sub("", text).strip()
        alone = not rest and all(tag.keyword for tag, _, _ in mine) and not _has_more(element)
        found.append(Paragraph(element=element, tags=[tag for tag, _, _ in mine], alone=alone))
    return found, problems


def _tags_of(text: str, place: str, first: int) -> tuple[list[tuple[Tag, int, int]], list[Problem]]:
    found: list[tuple[Tag, int, int]] = []
    problems: list[Problem] = []
    for match in _TAG.finditer(text):
        words = match.group().translate(_TYPED)
        wrong = _wrong_with(words)
        if wrong:
            problems.append(Problem(place=place, words=shortened(match.group()), message=wrong))
            continue
        if not words.startswith("{{") and not words.startswith("{#"):
            words = _ROW_MARK.sub("{% ", words)
        keyword = _STATEMENT.match(words[2:-2].strip()) if words.startswith("{%") else None
        tag = Tag(no=first + len(found), text=words, place=place, keyword=keyword[1] if keyword else "")
        found.append((tag, match.start(), match.end()))
    outside = _TAG.sub(lambda match: " " * len(match.group()), text)
    return found, [*problems, *(_loose(text, loose, place) for loose in _LOOSE.finditer(outside))]


def _wrong_with(words: str) -> str:
    inner = words[2:-2]
    if words.startswith("{#"):
        return ""
    if "\n" in inner:
        return "มีการขึ้นบรรทัดหรือแท็บอยู่ในวงเล็บปีกกา"
    if "{{" in inner or "{%" in inner:
        opened = words[:2]
        return NOT_CLOSED.format(opened=opened, closed=_CLOSED_BY[opened])
    if not inner.strip():
        return "ไม่มีชื่อช่องในวงเล็บปีกกา"
    if words.startswith("{%") and not _STATEMENT.match(_ROW_MARK.sub("{% ", words)[2:-2].strip()):
        return "ใช้ได้เฉพาะ for, endfor, if, elif, else, endif และ set"
    return ""


def _loose(text: str, loose: re.Match[str], place: str) -> Problem:
    sign, words = loose.group(), shortened(text[max(0, loose.start() - 20) : loose.end() + 40])
    if sign in _CLOSED_BY:
        message = NOT_CLOSED.format(opened=sign, closed=_CLOSED_BY[sign])
    else:
        message = f"ปิดด้วย {sign} แต่ไม่ได้เปิดไว้ในย่อหน้าเดียวกัน"
    return Problem(place=place, words=words, message=message)


def _characters(paragraph: Any) -> list[tuple[str, tuple[Any, int] | None]]:
    """The paragraph's characters with where each stands; a tab or line break stands nowhere."""
    found: list[tuple[str, tuple[Any, int] | None]] = []
    for element in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        if next(element.iterancestors(qn("w:p"))) is not paragraph or element.getparent().tag == qn("w:tabs"):
            continue
        if element.tag == qn("w:t"):
            found += [(character, (element, at)) for at, character in enumerate(element.text or "")]
        else:
            found.append(("\n", None))
    return found


def _put_sentinels(characters: list[tuple[str, tuple[Any, int] | None]], tags: list[tuple[Tag, int, int]]) -> None:
    """Write the texts anew, a sentinel at each tag's first character and nothing in place of the others."""
    instead: dict[int, str] = {}
    for tag, start, end in tags:
        instead |= dict.fromkeys(range(start, end), "")
        instead[start] = "" if tag.text.startswith("{#") else SENTINEL.format(tag.no)
    texts: dict[Any, list[str]] = {}
    for at, (character, where) in enumerate(characters):
        if where is not None:
            texts.setdefault(where[0], []).append(instead.get(at, character))
    for element, pieces in texts.items():
        element.text = "".join(pieces)
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _has_more(paragraph: Any) -> bool:
    """Whether it holds a picture or a box, or ends a section, and so must stay."""
    kept = (qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:sectPr"))
    return next(paragraph.iter(*kept), None) is not None
