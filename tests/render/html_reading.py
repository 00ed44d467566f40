"""Reads a compiled page back as a browser would build it: its tables, its text, and what it refers to."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = {"meta", "img", "col", "br", "link"}
_BLOCKS = {"p", "h1", "h2", "h3", "li", "figcaption", "span", "th", "td", "header", "footer", "title"}


@dataclass
class Page(HTMLParser):
    """A page that was read."""

    tables: list[list[list[str]]] = field(default_factory=list)
    headers: list[dict[str, str | None]] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    blocks: list[tuple[str, str]] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    _texts: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag == "th":
            self.headers.append(dict(attrs))
        if tag not in _EMPTY:
            self.unclosed.append(tag)
        if tag in _BLOCKS:
            self._texts.append([])

    def handle_data(self, data: str) -> None:
        for texts in self._texts:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag
        if tag in _BLOCKS:
            text = "".join(self._texts.pop())
            self.blocks.append((tag, text))
            if tag in {"th", "td"}:
                self.tables[-1][-1].append(text)

    def of(self, tag: str) -> list[str]:
        """The texts of the elements with that tag."""
        return [text for name, text in self.blocks if name == tag]

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of the elements with that tag."""
        return [attributes for name, attributes in self.elements if name == tag]


def read_page(data: bytes) -> Page:
    """The page that these bytes are."""
    page = Page()
    page.feed(data.decode())
    page.close()
    return page
