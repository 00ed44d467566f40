"""The text of one cell: tags removed, a newline for each paragraph and line break, ends trimmed, NFC."""

from __future__ import annotations

import html
import re

from bot.domain.text import clean

# Only the tags that editors leave behind are tags; "<ดู>" or "a < b" are words.
_TAG_NAMES = (
    "p|b|i|u|s|br|div|span|strong|em|font|sup|sub|ul|ol|li|table|tbody|thead|tr|td|th|a|h[1-6]|hr|center|small|o:p"
)
_ATTRIBUTES = r"(?:\s[^<>]{0,500})?"
_BREAK = re.compile(rf"<br{_ATTRIBUTES}/?>", re.IGNORECASE)
_BETWEEN_PARAGRAPHS = re.compile(rf"</(?:p|div|li|h[1-6])\s*>\s*<(?:p|div|li|h[1-6]){_ATTRIBUTES}>", re.IGNORECASE)
_BLOCK = re.compile(rf"</?(?:p|div|li|h[1-6]){_ATTRIBUTES}/?>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_TAG_NAMES}){_ATTRIBUTES}/?>", re.IGNORECASE)
_BOLD = re.compile(
    r"\s*(?:<p>\s*)?(?:<b>.*</b>|<strong>.*</strong>|\*\*[^*]+\*\*)(?:\s*</p>)?\s*", re.IGNORECASE | re.DOTALL
)
_MARKDOWN_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#39|apos);")


def cell_text(raw: str) -> str:
    """The text of a pasted cell."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text:
        text = _BREAK.sub("\n", text)
        text = _BETWEEN_PARAGRAPHS.sub("\n", text)
        text = _blocks_apart(text)
        text = _TAG.sub("", text)
    if "**" in text:
        text = _MARKDOWN_BOLD.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    return clean(text)


def _blocks_apart(text: str) -> str:
    """Each tag that opens or ends a paragraph as a newline where text stands on both of its sides."""
    pieces = _BLOCK.split(text)
    kept = [pieces[0]] if pieces[0].strip() else []
    kept += [piece for piece in pieces[1:] if piece.strip()]
    return "\n".join(kept)


def is_bold(raw: str) -> bool:
    """Whether pasted text is one piece of bold."""
    return _BOLD.fullmatch(raw) is not None
