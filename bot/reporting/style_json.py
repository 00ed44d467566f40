"""Table styles as JSON: an agency's own style begins with a named one and says what is different."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from bot.domain.errors import BadInput
from bot.reporting.columns import KEYS
from bot.reporting.kinds import Kind
from bot.reporting.styles import DEFAULTS, NAMED, PAPERS, StyleColumn, TableStyle

Stored = Mapping[str, Any]
MOST_COLUMNS = 12
_SWITCHES = ("sections", "title_again", "landscape")
_TEXTS = ("name", "title", "footer")
_LONGEST = 400


def styles_of(stored: Stored) -> dict[Kind, TableStyle]:
    """An agency's styles by kind, the defaults where it picked none."""
    return {kind: read_style(stored[kind]) if kind in stored else default for kind, default in DEFAULTS.items()}


def read_style(data: object) -> TableStyle:
    """A style by its name, or as an agency edited it.

    Raises:
        BadInput: there is no such style, or something in it cannot be.
    """
    if isinstance(data, str):
        if data not in NAMED:
            raise BadInput(f"there is no table style {data!r}: {', '.join(NAMED)}")
        return NAMED[data]
    if not isinstance(data, Mapping):
        raise BadInput("a table style is a name, or an object with base and columns")
    unknown = data.keys() - {
        *_SWITCHES,
        *_TEXTS,
        "base",
        "kind",
        "columns",
        "per_page",
        "paper",
        "font_pt",
        "thai_digits",
    }
    if unknown:
        raise BadInput(f"a table style has no {', '.join(sorted(map(str, unknown)))}")
    base = read_style(str(data.get("base", "standard")))
    if "kind" in data and data["kind"] != base.kind:
        raise BadInput(f"kind: a style based on {base.name} is for {base.kind.value}")
    changes: dict[str, Any] = {name: _text(data, name) for name in _TEXTS if name in data}
    changes |= {name: _switch(data, name) for name in _SWITCHES if name in data}
    if data.get("thai_digits") is not None:
        changes["thai_digits"] = _switch(data, "thai_digits")
    changes |= _numbers(data)
    if "columns" in data:
        changes["columns"] = _columns(data["columns"])
    style = replace(base, **changes)
    return replace(style, name=f"{style.name}+") if style.name in NAMED and style != NAMED[style.name] else style


def styles_given(given: Stored) -> dict[Kind, TableStyle]:
    """Styles chosen by kind, with nothing for the kinds that are not there."""
    return {Kind(kind): read_style(style) for kind, style in given.items()}


def style_name(style: TableStyle) -> str | dict[str, Any]:
    """The style's name where it is one of ours, else all of it."""
    return style.name if NAMED.get(style.name) == style else style_as_json(style)


def style_as_json(style: TableStyle) -> dict[str, Any]:
    """The style in full, ready to be edited and read again."""
    named = style.name if style.name in NAMED else DEFAULTS[style.kind].name
    return {"base": named, **asdict(style), "kind": style.kind.value, "columns": [asdict(c) for c in style.columns]}


def _text(data: Stored, name: str) -> str:
    value = data[name]
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise BadInput(f"{name}: a text of at most {_LONGEST} characters")
    return value


def _switch(data: Stored, name: str) -> bool:
    value = data[name]
    if not isinstance(value, bool):
        raise BadInput(f"{name}: true or false, not {value!r}")
    return value


def _numbers(data: Stored) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "paper" in data:
        if data["paper"] not in PAPERS:
            raise BadInput(f"paper: {', '.join(PAPERS)}, not {data['paper']!r}")
        found["paper"] = data["paper"]
    if "font_pt" in data:
        found["font_pt"] = _number(data["font_pt"], "font_pt", 8, 24)
    if "per_page" in data:
        found["per_page"] = int(_number(data["per_page"], "per_page", 0, 20))
    return found


def _number(value: object, where: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise BadInput(f"{where}: a number from {least} to {most}, not {value!r}")
    return float(value)


def _columns(data: object) -> tuple[StyleColumn, ...]:
    if not isinstance(data, Sequence) or isinstance(data, str) or not 1 <= len(data) <= MOST_COLUMNS:
        raise BadInput(f"columns: a list of 1 to {MOST_COLUMNS} columns")
    columns = tuple(_column(each, f"columns[{place}]") for place, each in enumerate(data))
    keys = [column.key for column in columns]
    if len(set(keys)) < len(keys):
        raise BadInput("columns: a key stands there twice")
    if "measure" not in keys:
        raise BadInput("columns: there must be a column with the key measure")
    return columns


def _column(data: object, where: str) -> StyleColumn:
    if not isinstance(data, Mapping) or data.keys() - {"key", "title", "width", "group"}:
        raise BadInput(f"{where}: an object with key, title, width and group")
    if data.get("key") not in KEYS:
        raise BadInput(f"{where}.key: one of {', '.join(sorted(KEYS))}, not {data.get('key')!r}")
    named = {"title": data.get("title"), "group": data.get("group", "")}
    if not named["title"]:
        raise BadInput(f"{where}.title: a heading is missing")
    width = _number(data.get("width", 10), f"{where}.width", 1, 100)
    return StyleColumn(key=data["key"], title=_text(named, "title"), width=width, group=_text(named, "group"))
