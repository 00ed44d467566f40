"""The figures as one table, or as JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Sequence

from bench.figure import Figure

_HEADINGS = ("figure", "median (min–max)", "aim", "", "beside it", "ratio")


def as_table(figures: Sequence[Figure]) -> str:
    """Columns for a terminal; also good Markdown when copied."""
    rows = [_HEADINGS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in padded]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def as_json(figures: Sequence[Figure]) -> str:
    """For programs."""
    found = [
        {
            "name": figure.name,
            "unit": figure.unit,
            "median": figure.median,
            "values": figure.values,
            "aim": figure.aim.words(figure.unit) if figure.aim else None,
            "met": figure.is_met,
            "beside": {"name": figure.beside.name, "values": figure.beside.values} if figure.beside else None,
            "ratio": figure.ratio,
        }
        for figure in figures
    ]
    return json.dumps({"machine": machine(), "figures": found}, ensure_ascii=False, indent=1)


def machine() -> str:
    """What it was measured on, and how busy that was with other things."""
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    system, python = f"{platform.system()} {platform.machine()}", f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, {python}, {load}"


def _row(figure: Figure) -> tuple[str, ...]:
    beside = figure.beside
    return (
        figure.name,
        f"{_spread(figure.values)} {figure.unit}",
        figure.aim.words(figure.unit) if figure.aim else "",
        {True: "met", False: "MISSED", None: ""}[figure.is_met],
        f"{beside.name}: {_spread(beside.values)} {figure.unit}" if beside else "",
        f"{figure.ratio:.2f} ×" if figure.ratio is not None else "",
    )


def _spread(values: Sequence[float]) -> str:
    middle = _short(statistics.median(values))
    return middle if len(values) == 1 else f"{middle} ({_short(min(values))}–{_short(max(values))})"


def _short(value: float) -> str:
    """Three digits that count."""
    digits = max(0, 2 - len(str(int(abs(value)))) + 1) if abs(value) >= 1 else 3
    return f"{value:,.{digits}f}"
