"""An agency's table styles: which it has, and choosing another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.agencies import AgencyId
from bot.domain.errors import StaleWrite
from bot.domain.people import PersonId
from bot.ports.outside import Ids
from bot.ports.store import Store, UnitOfWork
from bot.reporting.kinds import Kind
from bot.reporting.style_json import style_name, styles_of
from bot.reporting.styles import TableStyle
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note


def table_styles(store: Store, agency_id: AgencyId) -> dict[Kind, TableStyle]:
    """The styles of an agency by kind.

    Raises:
        NotFound: no such agency.
    """
    with store.read() as uow:
        existing_agency(uow, agency_id)
        return styles_of(uow.agencies.settings(agency_id).table_styles)


def choose_style(store: Store, agency_id: AgencyId, chosen: TableStyle) -> None:
    """Make a style the agency's for its kind; officers are asked for outputs where a table has a column for them.

    Raises:
        NotFound: no such agency.
    """
    with store.write() as uow:
        existing_agency(uow, agency_id)
        _keep(uow, agency_id, chosen)


def keep_style(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, seen: str, chosen: TableStyle
) -> None:
    """The same by somebody at the desk, who saw the style that there was.

    Raises:
        StaleWrite: it is no longer as it was seen.
    """
    uow.agencies.hold(agency_id)
    old = styles_of(uow.agencies.settings(agency_id).table_styles)[chosen.kind]
    if fingerprint(style_name(old)) != seen:
        raise StaleWrite("the style was changed meanwhile")
    if old != chosen:
        _keep(uow, agency_id, chosen)
        note(uow, ids, at, by, Action.STYLE_CHANGED, agency_id, kind=chosen.kind.value, name=chosen.name)


def _keep(uow: UnitOfWork, agency_id: AgencyId, chosen: TableStyle) -> None:
    settings = uow.agencies.settings(agency_id)
    styles = {**settings.table_styles, chosen.kind.value: style_name(chosen)}
    asks_output = any("output" in each.keys for kind, each in styles_of(styles).items() if kind.value in styles)
    uow.agencies.save_settings(
        agency_id, replace(settings, table_styles=styles, asks_output=settings.asks_output or asks_output)
    )
