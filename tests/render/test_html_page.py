"""The page for an agency's website: the same words as every other format, complete in itself, fit for everybody."""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from itertools import pairwise

import pytest
from PIL import Image

from bot.adapters.render.html import SCREEN_PIXELS, HtmlFile
from bot.adapters.render.pictures import prepare_pictures
from bot.domain.rounds import RoundNo
from bot.domain.years import AgencyYear
from bot.reporting.build import build_report
from bot.reporting.model import Report, SectionRow
from tests.render.html_reading import Page, read_page
from tests.reporting.sample_year import NOW, full_year, jpeg, link, one_measure


def page_of(year: AgencyYear, *, draft: bool = False) -> tuple[Report, bytes]:
    report = build_report(year, RoundNo.TWELVE, draft=draft, compiled_at=NOW)
    ready, pictures = prepare_pictures(report, lambda key: jpeg(key, size=(1500, 1000)))
    return ready, HtmlFile().render(ready, pictures).data


@lru_cache
def full(*, draft: bool = False) -> tuple[Report, Page]:
    report, data = page_of(full_year(), draft=draft)
    return report, read_page(data)


@pytest.mark.parametrize("draft", [False, True])
def test_the_pages_table_is_the_models_table(draft: bool):
    report, page = full(draft=draft)
    heads, *rows = page.tables[0]
    assert heads == [column.title for column in report.table.columns]
    assert rows == [[row.title] if isinstance(row, SectionRow) else list(row.cells) for row in report.table.rows]
    assert page.unclosed == []


def test_the_page_holds_cover_notes_and_annex():
    report, page = full()
    shown = [text for _, text in page.blocks]
    assert [line for line in report.cover.lines() if line not in shown] == []
    assert page.tables[1][1:] == [[row.measure, row.text] for row in report.notes[0].rows]
    assert page.of("h3") == [group.measure for group in report.annex]
    for group in report.annex:
        for item in group.items:
            assert any(text.startswith(f"{item.heading} {item.caption}".strip()) for text in shown)
            assert not item.source or item.image_key or item.source in page.of("p")


def test_a_draft_says_so_on_its_page():
    report, page = full(draft=True)
    assert report.cover.draft
    assert report.cover.draft in page.of("p")


def test_nothing_is_loaded_from_anywhere_and_nothing_runs():
    _, page = full()
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "form", "input"}
    assert {str(image["src"])[:23] for image in page.attributes("img")} == {"data:image/jpeg;base64,"}
    policy = next(a["content"] for a in page.attributes("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert str(policy).startswith("default-src 'none'")
    _, data = page_of(full_year())
    assert re.findall(rb"url\(|@import", data) == []


def test_readers_of_every_kind_find_language_headings_headers_and_alternatives():
    report, page = full()
    assert page.attributes("html") == [{"lang": "th"}]
    assert page.of("title") == [report.title]
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {header["scope"] for header in page.headers} == {"col", "row", "rowgroup"}
    assert [image["alt"] for image in page.attributes("img")] == [
        item.alt for group in report.annex for item in group.items if item.image_key
    ]
    assert all(image["alt"] for image in page.attributes("img"))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert named <= set(ids)


def test_photos_are_small_enough_for_a_page_and_keep_their_shape():
    _, page = full()
    for image in page.attributes("img"):
        data = base64.b64decode(str(image["src"]).split(",", 1)[1])
        with Image.open(io.BytesIO(data)) as photo:
            assert max(photo.size) == SCREEN_PIXELS
            assert [str(size) for size in photo.size] == [image["width"], image["height"]]


def test_only_web_addresses_become_links():
    _, data = page_of(one_measure(evidence=(link("javascript:alert(1)"), link("https://a.example/x?y=1&z=2"))))
    page = read_page(data)
    assert [a["href"] for a in page.attributes("a")][1:] == ["https://a.example/x?y=1&z=2"]
    assert "javascript:alert(1)" in page.of("p")


def test_what_people_type_is_never_markup():
    nasty = "<script>alert('x')</script> & \"quoted\" {{ 7 * 7 }} </td></table>\nบรรทัดที่สอง 😀"
    report, data = page_of(one_measure(summary=nasty))
    page = read_page(data)
    assert page.tables[0][1] == list(report.table.rows[0].cells)
    assert page.tables[0][1][4] == nasty.replace("7", "๗")
    assert page.attributes("script") == []


def test_the_same_report_gives_the_same_page():
    assert page_of(full_year())[1] == page_of(full_year())[1]
