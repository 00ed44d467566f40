"""A compiled report page by page, as pictures that a worker draws when they are first wanted."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request

from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.jobs import DRAW_PAGES
from bot.ports.records import ReportId
from bot.services.draw_pages import drawn_pages, page_key
from bot.services.find import existing_agency
from handlers.admin.access import for_roles
from handlers.admin.report_desk import kind_words
from handlers.runtime import runtime

pages = Blueprint("report_pages", __name__, url_prefix="/admin")

LINK_LIFE = timedelta(hours=1)
MOST_LOOKS = 60
"""After so many looks, two seconds apart, the page stops loading itself again."""


@pages.get("/<agency_id>/reports/<report_id>/pages")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, report_id: ReportId) -> str:
    """One page with ways to the others; before they are drawn, a page that looks again by itself."""
    rt = runtime()
    with rt.store.read() as uow:
        agency, run = existing_agency(uow, agency_id), uow.reports.get(report_id)
    if run is None or run.agency_id != agency_id or "pdf" not in run.files:
        raise NotFound("there is no such report")
    drawn = drawn_pages(rt.media, run)
    if drawn is None:
        rt.queue.enqueue(DRAW_PAGES, run.id)
    count, shown = drawn or (0, 0)
    number = min(max(request.args.get("page", 1, type=int), 1), shown or 1)
    hour = rt.clock.now().replace(minute=0, second=0, microsecond=0)
    picture = rt.links.url(page_key(run, number), hour + 2 * LINK_LIFE)
    return render_template(
        "report_pages.html",
        agency=agency,
        run=run,
        kind=kind_words(run.kind),
        drawn=drawn is not None,
        count=count,
        shown=shown,
        number=number,
        picture=urlsplit(picture).path,
        looks=request.args.get("looks", 0, type=int),
        most_looks=MOST_LOOKS,
    )
