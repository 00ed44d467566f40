"""Search over the plan and what was reported: broken spacing, digits and tone slips are forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext  # type: ignore[import-untyped]

from bot.domain.agencies import AgencyId
from bot.domain.people import Role
from bot.domain.plans import Measure
from bot.domain.text import match_key
from bot.domain.updates import Answer, Update
from bot.ports.store import UnitOfWork
from bot.services.find import existing_agency
from handlers.admin.access import for_roles
from handlers.runtime import runtime
from handlers.thai import said

pages = Blueprint("search", __name__, url_prefix="/admin")

MOST_HITS = 50
MOST_YEARS = 5
"""The newest; each costs a query."""

AROUND = 60
"""Letters shown of a text, from its beginning where the words cannot be found exactly."""

_MARKS = re.compile("[\u0e47-\u0e4e]")
"""Tone marks, thanthakhat and the like, which are slipped or left out most."""

FIELDS = {
    "title": lazy_gettext("มาตรการ"),
    "section": lazy_gettext("หัวข้อ"),
    "indicator": lazy_gettext("ตัวชี้วัด"),
    "approach": lazy_gettext("แนวทาง"),
    "steps": lazy_gettext("ขั้นตอน"),
    "responsible": lazy_gettext("ผู้รับผิดชอบ"),
    "monitoring": lazy_gettext("การกำกับติดตาม"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where the words stand: in the plan, or in a round's update."""

    measure: Measure
    where: str
    extract: str
    round_no: int | None = None


@pages.get("/<agency_id>/search")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """The field and what was found."""
    words = request.args.get("q", "").strip()[:100]
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        hits = list(_hits(uow, agency_id, words)) if search_key(words) else []
    return render_template("search.html", agency=agency, words=words, hits=hits[:MOST_HITS], more=len(hits) > MOST_HITS)


def search_key(text: str) -> str:
    """A key in which two spellings of the same words meet, whatever became of their tone marks."""
    return _MARKS.sub("", match_key(text))


def extract_of(text: str, words: str) -> str:
    """A piece of the text around the words, or its beginning."""
    at = text.find(words)
    start = max(0, at - AROUND // 2) if at > AROUND else 0
    end = start + AROUND + len(words)
    return f"{'…' if start else ''}{' '.join(text[start:end].split())}{'…' if end < len(text) else ''}"


def _hits(uow: UnitOfWork, agency_id: AgencyId, words: str) -> Iterator[Hit]:
    wanted = search_key(words)
    years = sorted(uow.plans.fiscal_years(agency_id), reverse=True)[:MOST_YEARS]
    measures = [measure for year in years for measure in uow.plans.measures(agency_id, year)]
    reported: dict[str, list[Update]] = {}
    for update in uow.updates.in_force([measure.id for measure in measures]):
        reported.setdefault(update.measure_id, []).append(update)
    for measure in measures:
        for name, label in FIELDS.items():
            text = getattr(measure, name) or ""
            if wanted in search_key(text):
                yield Hit(measure=measure, where=str(label), extract=extract_of(text, words))
        for update in reported.get(measure.id, ()):
            for answer in Answer:
                text = update.answer(answer) or ""
                if wanted in search_key(text):
                    no = update.round_no.value
                    yield Hit(measure=measure, where=said(answer), extract=extract_of(text, words), round_no=no)
