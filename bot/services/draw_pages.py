"""The pages of a compiled report as pictures, drawn once when somebody first wants to see them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from bot.domain.errors import NotFound
from bot.ports.outside import MediaStore, PagePainter
from bot.ports.records import ReportId, ReportRun
from bot.ports.store import Store

MOST_PAGES = 60
"""Pages that are shown; of a longer document the rest is in its file."""


def draw_pages(store: Store, media: MediaStore, painter: PagePainter, work_dir: Path, report_id: ReportId) -> int:
    """Draw and keep the pages; returns how many. What is there already is left as it is."""
    with store.read() as uow:
        run = uow.reports.get(report_id)
    if run is None or "pdf" not in run.files or drawn_pages(media, run) is not None:
        return 0
    with media.local_copy(run.files["pdf"]) as pdf:
        count, pages = painter.paint(pdf, MOST_PAGES)
        shown = 0
        for shown, page in enumerate(pages, start=1):
            _keep(media, work_dir, page_key(run, shown), page)
    told = json.dumps({"pages": count, "shown": shown}).encode()
    _keep(media, work_dir, _index_key(run), told)  # last: with it the pages count as drawn
    return shown


def drawn_pages(media: MediaStore, run: ReportRun) -> tuple[int, int] | None:
    """How many pages the report has and how many of them can be shown; None before they are drawn."""
    try:
        with media.open(_index_key(run)) as file:
            told = json.loads(file.read())
    except NotFound:
        return None
    return int(told["pages"]), int(told["shown"])


def page_key(run: ReportRun, number: int) -> str:
    """Where a page's picture is kept."""
    return f"reports/{run.id}/pages/{number}.jpg"


def _index_key(run: ReportRun) -> str:
    return f"reports/{run.id}/pages/index.json"


def _keep(media: MediaStore, work_dir: Path, key: str, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=work_dir, prefix="page-") as file:
        file.write(content)
        file.flush()
        media.put(key, Path(file.name))
