"""Links in what people write."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.text import clean

_LINK = re.compile(
    r"(?:https?://|(?<![\w@.])www\.)[^\s<>\"“”]+"
    r"|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:go|or|ac|in|co|mi)\.th(?![\w.-]*@)(?:[:/?#][^\s<>\"“”]*)?",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(r"(?:[.,;:!?…)\]'’]|ครับ|ค่ะ|คะ)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The links of a text in order, and the words around them."""

    urls: tuple[str, ...]
    words: str


def find(text: str) -> Found:
    """Find the links of a text; one written without a scheme gets http."""
    urls: list[str] = []
    words: list[str] = []
    end = 0
    for match in _LINK.finditer(text):
        link = _trimmed(match.group())
        if not re.sub(r"^https?://", "", link, flags=re.IGNORECASE):
            continue
        words.append(text[end : match.start()])
        end = match.start() + len(link)
        urls.append(link if re.match(r"https?://", link, re.IGNORECASE) else f"http://{link}")
    words.append(text[end:])
    around = "\n".join(line.strip() for line in "".join(words).split("\n") if line.strip())
    return Found(urls=tuple(urls), words=clean(around))


def _trimmed(link: str) -> str:
    """The link without the punctuation or particle of the sentence that it ends; a pair of brackets stays."""
    trimmed = _LOOSE_END.sub("", link)
    return trimmed + ")" if trimmed.count("(") > trimmed.count(")") else trimmed
