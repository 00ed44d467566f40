"""The menu of the desk: the same on every page of an agency, with only what one may open."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, request, url_for
from flask_babel import lazy_gettext  # type: ignore[import-untyped]

from bot.domain.agencies import AgencyId
from bot.domain.people import Role
from handlers.admin.access import roles_in, rule_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of the menu; `blueprints` are those whose pages stand under it."""

    endpoint: str
    label: object
    blueprints: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry as it is drawn."""

    url: str
    label: str
    current: bool


def _entry(endpoint: str, label: object, *others: str) -> Entry:
    return Entry(endpoint=endpoint, label=label, blueprints=frozenset({endpoint.split(".")[0], *others}))


AGENCY_MENU = (
    _entry(
        "overview.current", lazy_gettext("ภาพรวม"), "measure", "enter", "compare", "reopenings", "piece", "submissions"
    ),
    _entry("plan.current", lazy_gettext("แผน"), "plan_import", "plan_measure", "plan_shape"),
    _entry("results.current", lazy_gettext("ผลประเมิน")),
    _entry(
        "report_desk.current",
        lazy_gettext("รายงาน"),
        "reports",
        "report_versions",
        "report_pages",
        "check",
        "publications",
        "table_styles",
        "memo",
        "sign_offs",
    ),
    _entry("people.show", lazy_gettext("บุคลากร"), "person", "divisions"),
    _entry("reminders.ahead", lazy_gettext("การเตือน"), "reminder_rules", "reminder_days", "letters"),
    _entry("settings.show", lazy_gettext("ตั้งค่า"), "programs", "word_templates", "documents"),
    _entry("log.show", lazy_gettext("บันทึกการทำงาน")),
    _entry("search.show", lazy_gettext("ค้นหา")),
)


OPERATOR_MENU = (
    _entry("home.home", lazy_gettext("หน่วยงาน")),
    _entry("system.show", lazy_gettext("ระบบ")),
)


def install(app: Flask) -> None:
    """Give every page its menu."""

    @app.context_processor
    def menu() -> dict[str, list[Link]]:
        return {"menu": _menu(app)}


def _menu(app: Flask) -> list[Link]:
    agency_id = (request.view_args or {}).get("agency_id")
    who = g.get("who")
    if who is None:
        return []
    held = roles_in(who.memberships, AgencyId(agency_id) if agency_id else None)
    address = {"agency_id": agency_id} if agency_id else {}
    entries = AGENCY_MENU if agency_id else OPERATOR_MENU if Role.OPERATOR in held else ()
    return [
        Link(
            url=url_for(entry.endpoint, **address),
            label=str(entry.label),
            current=request.blueprint in entry.blueprints,
        )
        for entry in entries
        if _opens(app, entry, held)
    ]


def _opens(app: Flask, entry: Entry, held: set[Role]) -> bool:
    rule = rule_of(app.view_functions[entry.endpoint])
    return rule is not None and bool(rule.roles & held)
