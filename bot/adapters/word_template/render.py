"""Fill a template: Jinja2 in its sandbox, with fields for values and nothing else within reach."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from bot.adapters.word_template.check import FILTERS, LOOP, wrong_fields
from bot.adapters.word_template.package import open_package, parsed, printed_parts
from bot.adapters.word_template.source import jinja_source
from bot.adapters.word_template.tags import Tag
from bot.domain.text import arabic_digits, thai_digits
from bot.reporting.rendering import TemplateProblem as Problem

MOST_CHARACTERS = 30_000_000
"""Of one part; a report of sixty measures has about one million."""
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class BadTemplate(Exception):
    """A template that cannot be rendered; holds every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{each.place}: {each.message}" for each in self.problems))


class _Sandbox(SandboxedEnvironment):
    """Reaches into entries of lists and the loop's counters, and into nothing else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.undefined(obj=obj, name=str(argument))


def filled(data: bytes, values: Mapping[str, Any]) -> bytes:
    """The template's archive with its fields filled; pictures stand as their marks.

    Raises:
        Refused: the file cannot be a template.
        BadTemplate: its fields or commands are wrong.
    """
    parts = open_package(data)
    environment = _environment()
    ready: dict[str, tuple[Template, list[Tag]]] = {}
    problems: list[Problem] = []
    for name, words in printed_parts(parts).items():
        tags: list[Tag] = []
        source, wrong = jinja_source(parsed(parts[name], name), words, tags)
        problems += wrong or _compiled(environment, source, tags, name, ready)
    if problems:
        raise BadTemplate(problems)
    for name, (template, tags) in ready.items():
        parts[name] = (_HEAD + _text(template, tags, values)).encode()
        _mended(parts, name)
    return _packed(parts)


def _environment() -> _Sandbox:
    environment = _Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_printed, keep_trailing_newline=True)
    environment.globals.clear()
    environment.filters = {name: each for name, each in environment.filters.items() if name in FILTERS}
    environment.filters |= {
        "thai": lambda text: thai_digits(str(text)),
        "arabic": lambda text: arabic_digits(str(text)),
    }
    return environment


def _printed(value: object) -> object:
    """Values as Word's text: escaped, each line break one of Word's."""
    if isinstance(value, Markup) or value is None:
        return value or ""
    return _BREAK.join(escape(line) for line in str(value).split("\n"))


def _compiled(
    environment: _Sandbox,
    source: str,
    tags: list[Tag],
    name: str,
    ready: dict[str, tuple[Template, list[Tag]]],
) -> list[Problem]:
    if not tags:
        return []
    try:
        problems = wrong_fields(environment.parse(source), tags)
        if not problems:
            ready[name] = environment.from_string(source), tags
    except TemplateSyntaxError as error:
        return [_at(tags, error.lineno, f"เขียนคำสั่งไม่ถูก ({error.message})")]
    return problems


def _text(template: Template, tags: list[Tag], values: Mapping[str, Any]) -> str:
    pieces: list[str] = []
    size = 0
    try:
        for piece in template.generate(**values):
            size += len(piece)
            if size > MOST_CHARACTERS:
                raise BadTemplate([Problem(place="ทั้งไฟล์", words="", message="ผลลัพธ์ใหญ่เกินกำหนด มีการวนซ้อนกันเกินไปหรือไม่")])
            pieces.append(piece)
    except TemplateError as error:
        raise BadTemplate([_at(tags, _line_of(error), f"เติมข้อมูลไม่ได้ ({error.message})")]) from error
    except (TypeError, ValueError, ArithmeticError) as error:
        raise BadTemplate([_at(tags, _line_of(error), "คำนวณหรือเปรียบเทียบค่านี้ไม่ได้")]) from error
    return "".join(pieces)


def _line_of(error: BaseException) -> int:
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _at(tags: list[Tag], line: int, message: str) -> Problem:
    tag = tags[min(max(line, 1), len(tags)) - 1]
    return Problem(place=tag.place, words=tag.text, message=message)


def _mended(parts: dict[str, bytes], name: str) -> None:
    """A cell without a paragraph is no cell for Word: it gets an empty one."""
    root = parsed(parts[name], name)
    namespace = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    for table in root.xpath("//w:tbl[not(w:tr)]", namespaces=namespace):
        table.getparent().remove(table)
    for cell in root.xpath("//w:tc[not(*[last()][self::w:p])]", namespaces=namespace):
        etree.SubElement(cell, f"{{{namespace['w']}}}p")
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
