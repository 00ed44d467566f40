"""A compiled report's pages are drawn once, in order, and not without end."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.adapters.memory import MemoryMediaStore
from bot.adapters.render.page_pictures import PdfiumPages
from bot.adapters.render.typst_pdf import compile_pdf
from bot.adapters.sql.store import SqlStore
from bot.domain.rounds import RoundNo
from bot.ports.records import ReportId, ReportState
from bot.reporting.build import build_report
from bot.services import draw_pages as service
from bot.services.draw_pages import draw_pages, drawn_pages, page_key
from tests.contracts.office import a_run, an_agency
from tests.reporting.sample_year import NOW, full_year

KEY = "reports/report-1/progress.pdf"


@pytest.fixture
def media() -> MemoryMediaStore:
    store = MemoryMediaStore()
    store.files[KEY] = compile_pdf(build_report(full_year(), RoundNo.TWELVE, compiled_at=NOW)).data
    return store


@pytest.fixture
def run(sqlite_store: SqlStore):
    made = a_run(state=ReportState.DONE, files={"pdf": KEY})
    with sqlite_store.write() as uow:
        uow.agencies.add(an_agency())
        uow.reports.add(made)
    return made


def test_every_page_is_kept_and_the_second_time_nothing_is_drawn(sqlite_store, media, run, tmp_path: Path) -> None:
    assert drawn_pages(media, run) is None
    count = draw_pages(sqlite_store, media, PdfiumPages(), tmp_path, run.id)
    assert drawn_pages(media, run) == (count, count)
    assert count > 2
    sizes = [Image.open(io.BytesIO(media.files[page_key(run, n)])).size for n in range(1, count + 1)]
    assert sizes[0][1] > sizes[0][0]  # the cover stands upright
    assert sizes[1][0] > sizes[1][1]  # the table lies
    assert draw_pages(sqlite_store, media, PdfiumPages(), tmp_path, run.id) == 0


def test_of_a_long_report_the_first_pages_are_drawn(sqlite_store, media, run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(service, "MOST_PAGES", 1)
    assert draw_pages(sqlite_store, media, PdfiumPages(), tmp_path, run.id) == 1
    count, shown = drawn_pages(media, run) or (0, 0)
    assert (shown, count > 2) == (1, True)


def test_a_report_that_is_not_there_has_no_pages(sqlite_store, media, run, tmp_path: Path) -> None:
    assert draw_pages(sqlite_store, media, PdfiumPages(), tmp_path, ReportId("none")) == 0
