"""Every word of the pages goes through the catalogue, and the English one is complete."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "templates" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
THAI = re.compile("[\u0e00-\u0e7f]")
PLACE = re.compile(r"%(?:\((\w+)\))?[a-z%]")
LOOKED_UP = {"gettext", "lazy_gettext", "_"}

STAYS_THAI = {"ไทย"}
"""The button that leads back to Thai says so in Thai."""
READ = {
    "ทั้งหมด", "ทุกมาตรการ", "ทุกข้อ", "เจ้าหน้าที่", "หัวหน้า", "แอดมิน", "0123456789๐๑๒๓๔๕๖๗๘๙",
    r"^\s*[0-9๐-๙]{1,3}\s*[.)]\s*", "[\u0e47-\u0e4e]",
    " ประจำปีงบประมาณ พ.ศ. ",
}  # fmt: skip
"""What views compare with what people type, or write into Thai documents, whatever language the page speaks."""


def catalogue() -> Catalog:
    with WORDS.open("rb") as file:
        return read_po(file, locale="en")


def extracted() -> set[str]:
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
    found: set[str] = set()
    for folder in ("handlers", "templates"):
        here = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]
        found |= {str(each[2]) for each in extract_from_dir(ROOT / folder, here, options, keywords)}
    return found


def test_every_word_that_pages_look_up_has_its_english() -> None:
    known = {message.id: message for message in catalogue() if message.id}
    missing = {word for word in extracted() if word not in known or not str(known[word].string).strip()}
    assert not missing, f"`make words`, then write their English: {sorted(missing)[:20]}"


def test_the_catalogue_holds_nothing_that_no_page_says_any_more() -> None:
    words = catalogue()
    assert not words.obsolete
    assert not {str(message.id) for message in words if message.id} - extracted()


def test_nothing_in_the_catalogue_is_unsure_and_none_of_its_english_is_thai() -> None:
    named = re.compile(r"[\u0e00-\u0e7f–]+(?: [\u0e00-\u0e7f–]+)* \([a-z][^)]*\)")
    thai = [m.string for m in catalogue() if m.id and THAI.search(named.sub("", str(m.string)))]
    assert not thai, "a Thai word that is named stands with its meaning in brackets"
    assert not [message.id for message in catalogue() if message.fuzzy and message.id]


def test_both_languages_have_the_same_places_for_values() -> None:
    def places(text: object) -> list[str]:
        return sorted(PLACE.findall(str(text)))

    assert not [m.id for m in catalogue() if m.id and places(m.id) != places(m.string)]


def test_the_compiled_catalogue_is_that_of_the_written_one() -> None:
    made = io.BytesIO()
    write_mo(made, catalogue())
    assert WORDS.with_suffix(".mo").read_bytes() == made.getvalue(), "run `make words`"


def test_no_page_says_a_thai_word_without_looking_it_up() -> None:
    syntax = Environment(extensions=["jinja2.ext.i18n"])
    bare = [
        (path.name, word)
        for path in sorted((ROOT / "templates" / "admin").glob("*.html"))
        for word in _bare_in_page(syntax.parse(path.read_text(encoding="utf-8")))
    ]
    assert not bare


def test_no_view_says_a_thai_word_without_looking_it_up() -> None:
    bare = [
        (path.name, word)
        for path in sorted((ROOT / "handlers").rglob("*.py"))
        if path.name != "core_words.py"
        for word in _bare_in_code(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not bare


def _bare_in_page(page: nodes.Template) -> Iterator[str]:
    looked_up = {
        id(call.args[0])
        for call in page.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in LOOKED_UP and call.args
    }
    for data in page.find_all(nodes.TemplateData):
        if THAI.search(data.data):
            yield data.data.strip()
    for word in page.find_all(nodes.Const):
        if isinstance(word.value, str) and THAI.search(word.value) and id(word) not in looked_up:
            yield from {word.value} - STAYS_THAI


def _bare_in_code(code: ast.Module) -> Iterator[str]:
    said = {
        id(call.args[0])
        for call in ast.walk(code)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in LOOKED_UP and call.args
    }
    notes = {id(node.value) for node in ast.walk(code) if isinstance(node, ast.Expr)}
    for node in ast.walk(code):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and THAI.search(node.value)
        if is_text and id(node) not in said | notes:
            yield from {node.value} - READ
