"""Keep what an agency posted for the assessment, unless somebody else changed the record meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import PersonId, normal_code
from bot.domain.publications import Publication, PublicationId
from bot.domain.text import arabic_digits, clean
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note

MOST_URLS = 10
LONGEST_URL, LONGEST_ITEM, LONGEST_TEXT = 2_000, 40, 4_000
ITA_YEARS = range(2561, 2651)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was typed."""

    fiscal_year: FiscalYear
    kind: str
    ita_year: str
    item: str
    urls: str
    description: str
    posted_on: date | None
    code: str = ""


def urls_in(text: str) -> tuple[str, ...]:
    """The addresses of a field, one a line, each once.

    Raises:
        BadInput: one of them is no web address, or they are too many; `field` is urls.
    """
    urls = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    for url in urls:
        if not _is_web(url) or len(url) > LONGEST_URL:
            raise BadInput("this is no web address", field="urls")
    if len(urls) > MOST_URLS:
        raise BadInput("too many addresses", field="urls")
    return urls


def save_publication(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    given: Given,
    *,
    publication_id: PublicationId | None = None,
    seen: str = "",
) -> Publication:
    """Store a new record, or a changed one.

    Raises:
        NotFound: there is no such record (any more).
        StaleWrite: it is no longer as it was seen.
        BadInput: something cannot be; `field` names it.
    """
    uow.agencies.hold(agency_id)
    old = _known(uow, agency_id, publication_id) if publication_id else None
    if old is not None and fingerprint(old) != seen:
        raise StaleWrite("the record was changed meanwhile")
    fresh = Publication(
        id=old.id if old else PublicationId(ids.new()),
        agency_id=agency_id,
        fiscal_year=given.fiscal_year,
        kind=given.kind,
        ita_year=_year(given.ita_year),
        item=_short(given.item, LONGEST_ITEM, "item"),
        urls=urls_in(given.urls),
        description=_short(given.description, LONGEST_TEXT, "description"),
        saved_at=at,
        posted_on=given.posted_on,
        code=_code(given.code),
        saved_by=by,
    )
    if old is not None and replace(fresh, saved_at=old.saved_at, saved_by=old.saved_by) == old:
        return old
    uow.publications.save(fresh)
    _noted(uow, ids, at, by, Action.PUBLICATION_SAVED, fresh)
    return fresh


def remove_publication(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, publication_id: PublicationId
) -> None:
    """Remove a record; what was posted stays where it is.

    Raises:
        NotFound: there is no such record (any more).
    """
    old = _known(uow, agency_id, publication_id)
    uow.publications.delete(old.id)
    _noted(uow, ids, at, by, Action.PUBLICATION_REMOVED, old)


def _noted(uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, action: Action, record: Publication) -> None:
    note(uow, ids, at, by, action, record.agency_id, year=record.ita_year, item=record.item, kind=record.kind)


def _known(uow: UnitOfWork, agency_id: AgencyId, publication_id: PublicationId) -> Publication:
    record = uow.publications.get(publication_id)
    if record is None or record.agency_id != agency_id:
        raise NotFound("there is no such record")
    return record


def _year(text: str) -> int:
    plain = arabic_digits(text).strip()
    if not plain.isdecimal() or int(plain) not in ITA_YEARS:
        raise BadInput("the assessment's year is a year of the Buddhist era", field="ita_year")
    return int(plain)


def _short(text: str, longest: int, field: str) -> str:
    kept = clean(text)
    if len(kept) > longest:
        raise BadInput(f"at most {longest} letters", field=field)
    return kept


def _code(text: str) -> str:
    if not text.strip():
        return ""
    code = normal_code(text)
    if code is None:
        raise BadInput("this is no version's code", field="code")
    return code


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in url
