"""Have the addresses of an agency's documents opened, and keep what became of it for the check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.links import LinkState, LookedAt
from bot.domain.rounds import RoundNo
from bot.ports.outside import Clock, LinkOpener
from bot.ports.store import Store, UnitOfWork
from bot.reporting.check.links import addresses
from bot.reporting.check.subject import Subject
from bot.services.load_year import load_year

GOOD_FOR = timedelta(days=7)
"""A look that is older says nothing any more."""
_YEARS = 2


def look_at_links(store: Store, opener: LinkOpener, clock: Clock, agency_id: AgencyId) -> int:
    """Open what the documents of the newest years and the publish record name; returns how many were opened.

    Only where the agency turned it on.
    """
    with store.read() as uow:
        if not uow.agencies.settings(agency_id).tries_links:
            return 0
        urls = _published(uow, agency_id)
        for year in sorted(uow.plans.fiscal_years(agency_id), reverse=True)[:_YEARS]:
            for round_no in reversed(RoundNo):
                urls += addresses_of(uow, agency_id, year, round_no)
    return _keep(store, opener, clock, agency_id, urls)


def look_at_round(
    store: Store, opener: LinkOpener, clock: Clock, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo
) -> int:
    """Open what one round's report names, because somebody asked for it just now."""
    with store.read() as uow:
        urls = addresses_of(uow, agency_id, fiscal_year, round_no)
    return _keep(store, opener, clock, agency_id, urls)


def addresses_of(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> list[str]:
    """The addresses that a round's report names, each once."""
    subject = Subject(year=load_year(uow, agency_id, fiscal_year), round_no=round_no, draft=True)
    return list(dict.fromkeys(url for passage in subject.passages for url in addresses(passage.text)))


def links_now(uow: UnitOfWork, now: datetime, agency_id: AgencyId) -> dict[str, LinkState]:
    """What is known of the agency's addresses and not too old."""
    since = now - GOOD_FOR
    return {look.url: look.state for look in uow.links.looked(agency_id).values() if look.at >= since}


def _published(uow: UnitOfWork, agency_id: AgencyId) -> list[str]:
    return [url for each in uow.publications.of_agency(agency_id) for url in each.urls]


def _keep(store: Store, opener: LinkOpener, clock: Clock, agency_id: AgencyId, urls: Sequence[str]) -> int:
    states = opener.open_all(list(dict.fromkeys(urls))) if urls else {}
    at = clock.now()
    with store.write() as uow:
        uow.links.save(agency_id, (LookedAt(url=url, state=state, at=at) for url, state in states.items()))
    return len(states)
