"""How many lines a text takes, near enough to say which rows of a table stay on one page."""

from __future__ import annotations

import unicodedata

from bot.reporting.model import MeasureRow, Table


def stays_together(row: MeasureRow, table: Table, *, line: int, most: int) -> bool:
    """Whether a row is so short that it had better move to the next page than be split.

    Args:
        row: the row.
        table: the table that it stands in.
        line: how many characters a line over the whole width of A4 landscape holds at 14 points.
        most: how many lines a row may have that surely fits below a page's headings.
    """
    total = sum(column.width for column in table.columns)
    line = round(line * (table.page_size()[0] / 29.7) * (14 / table.font_pt))
    return all(
        lines_needed(text, column.width / total * line) <= most
        for text, column in zip(row.cells, table.columns, strict=True)
    )


def lines_needed(text: str, width: float) -> int:
    """How many lines of so many characters a text takes; Thai marks above and below take no width."""
    return sum(1 + int(_shown(line) / max(1.0, width)) for line in text.split("\n"))


def _shown(line: str) -> int:
    return sum(2 if ord(c) > 0x2FFF else 1 for c in line if unicodedata.category(c) != "Mn")
