"""The log: who did what when; filtered, by pages, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BANGKOK
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import PersonId, Role
from bot.ports.records import LogEntry
from bot.ports.store import UnitOfWork
from bot.services.find import existing_agency
from bot.services.logbook import Action
from handlers.admin.access import for_roles
from handlers.admin.desk import day_given
from handlers.admin.log_titles import TITLES
from handlers.admin.log_words import sentence, title_of, who_did
from handlers.admin.tables import as_csv, as_xlsx
from handlers.runtime import runtime
from handlers.thai import moment

pages = Blueprint("log", __name__, url_prefix="/admin")

PAGE = 50
MOST_EXPORTED = 10_000
LAST_PAGE = 1_000
HEAD = (lazy_gettext("วันเวลา"), lazy_gettext("ผู้ทำ"), lazy_gettext("การกระทำ"), lazy_gettext("รายละเอียด"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which entries are wanted; fields as they stand in the address."""

    action: str
    person: str
    since: str
    until: str

    def fields(self) -> dict[str, str]:
        """Those that choose anything."""
        given = {"action": self.action, "person": self.person, "since": self.since, "until": self.until}
        return {name: value for name, value in given.items() if value}

    def entries(self, uow: UnitOfWork, agency_id: AgencyId, *, skip: int, limit: int) -> list[LogEntry]:
        """Newest first; `until` is the last day that counts."""
        since, until = day_given(self.since, "since"), day_given(self.until, "until")
        return uow.log.entries(
            agency_id,
            actions=[self.action] if self.action else (),
            person_id=PersonId(self.person) if self.person else None,
            since=datetime.combine(since, time(), BANGKOK) if since else None,
            before=datetime.combine(until, time(), BANGKOK) + timedelta(days=1) if until else None,
            skip=skip,
            limit=limit,
        )


@pages.get("/<agency_id>/log/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """A page of entries."""
    choice, wrong = _choice(), None
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        people = uow.log.people(agency_id)
        try:
            found = choice.entries(uow, agency_id, skip=(page - 1) * PAGE, limit=PAGE + 1)
        except BadInput:
            found, wrong = [], _("วันที่ไม่ถูกต้อง")
    return render_template(
        "log.html",
        agency=agency,
        choice=choice,
        wrong=wrong,
        lines=[(entry, who_did(entry), title_of(entry.action), sentence(entry)) for entry in found[:PAGE]],
        page=page,
        more=len(found) > PAGE,
        people=people,
        titles={action.value: TITLES[action] for action in Action},
    )


@pages.get("/<agency_id>/log/<format_name>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def export(agency_id: AgencyId, format_name: str) -> Response:
    """The same entries as a file."""
    if format_name not in ("csv", "xlsx"):
        raise NotFound("the log is exported as csv or xlsx")
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        found = _choice().entries(uow, agency_id, skip=0, limit=MOST_EXPORTED)
    rows = [(moment(e.at), who_did(e), title_of(e.action), sentence(e)) for e in found]
    name = str(_("บันทึกการทำงาน %(name)s", name=agency.name))
    head = [str(title) for title in HEAD]
    return as_csv(name, head, rows) if format_name == "csv" else as_xlsx(name, head, rows, (30, 30, 24, 90))


def _choice() -> Choice:
    return Choice(**{name: request.args.get(name, "").strip() for name in ("action", "person", "since", "until")})
