"""Change what an agency is called, how it works, and when its rounds are; unless somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from bot.domain.agencies import Agency, AgencyId, AgencySettings
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, StaleWrite
from bot.domain.people import PersonId
from bot.domain.rounds import Round, RoundNo
from bot.domain.text import clean
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import one_round
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note

PROFILE = ("name", "kind", "subdistrict", "district", "province", "address", "website", "doc_code")
LONGEST = 300
SWITCHES = ("review_by_admin", "asks_output", "thai_digits", "tries_links")


def edit_agency(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, seen: str, given: Mapping[str, str]
) -> Agency:
    """Store the profile.

    Raises:
        StaleWrite: it is no longer as it was seen.
        BadInput: no name, something too long, or a website that is no address; `field` names it.
    """
    uow.agencies.hold(agency_id)
    old = existing_agency(uow, agency_id)
    if fingerprint(old) != seen:
        raise StaleWrite("the profile was changed meanwhile")
    texts = {name: " ".join(clean(given[name]).split()) or None for name in PROFILE}
    name = texts.pop("name")
    if name is None:
        raise BadInput("an agency has a name", field="name")
    for field, text in {"name": name, **texts}.items():
        if text and len(text) > LONGEST:
            raise BadInput(f"at most {LONGEST} letters", field=field)
    if texts["website"] and not _is_address(texts["website"]):
        raise BadInput("the website is no address", field="website")
    new = Agency(id=agency_id, name=name, **texts)
    changed = [field for field in PROFILE if getattr(old, field) != getattr(new, field)]
    if changed:
        uow.agencies.save(new)
        note(uow, ids, at, by, Action.AGENCY_EDITED, agency_id, fields=changed)
    return new


def change_switches(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, seen: str, given: Mapping[str, bool]
) -> AgencySettings:
    """Store what is turned on and off; everything else that the agency chose stays.

    Raises:
        StaleWrite: the choices are no longer as they were seen.
    """
    uow.agencies.hold(agency_id)
    old = uow.agencies.settings(agency_id)
    if fingerprint(old) != seen:
        raise StaleWrite("the settings were changed meanwhile")
    switches: dict[str, Any] = {name: given[name] for name in SWITCHES}
    changed = [name for name in SWITCHES if getattr(old, name) != switches[name]]
    if not changed:
        return old
    new = replace(old, **switches)
    uow.agencies.save_settings(agency_id, new)
    turned_on = [name for name in changed if switches[name]]
    note(uow, ids, at, by, Action.SETTINGS_CHANGED, agency_id, fields=changed, on=turned_on)
    return new


def move_round(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    fiscal_year: FiscalYear,
    no: RoundNo,
    seen: str,
    days: tuple[date, date, date],
) -> Round:
    """Store when a round opens, is due and locks.

    Raises:
        StaleWrite: the dates are no longer as they were seen.
        BadInput: the dates are not in order.
    """
    uow.agencies.hold(agency_id)
    old = one_round(uow, agency_id, fiscal_year, no)
    if fingerprint(old) != seen:
        raise StaleWrite("the round was changed meanwhile")
    opens_on, due_on, locks_on = days
    if not opens_on <= due_on <= locks_on:
        raise BadInput("the round's dates must be in order", field="due_on")
    new = replace(old, opens_on=opens_on, due_on=due_on, locks_on=locks_on)
    if new != old:
        uow.plans.save_round(new)
        dates = {"opens": opens_on.isoformat(), "due": due_on.isoformat(), "locks": locks_on.isoformat()}
        note(uow, ids, at, by, Action.ROUND_SET, agency_id, year=fiscal_year, round=no.value, **dates)
    return new


def _is_address(website: str) -> bool:
    parts = urlsplit(website if "://" in website else f"https://{website}")
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")
